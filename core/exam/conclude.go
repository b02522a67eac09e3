package exam

import (
	"context"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
)

// report puts the outcome together once every check is over.
func (r *run) report(ctx context.Context, started time.Time) Report {
	f := r.known()
	out := Report{
		Version: 1, Healthy: true, Warnings: []catalog.Cause{},
		Connection: subject(r.session.form.Secret, f),
		WhoAmI:     r.redactedNames(whoAmI(f)),
		Complete:   ctx.Err() == nil,
		Basis:      basis(f),
		Started:    started,
		DurationMS: time.Since(started).Milliseconds(),
		Exchanges:  r.session.client.Exchanges(),
	}
	out.Requests = len(out.Exchanges)
	for _, c := range r.checks {
		result := f.Results[c.ID]
		out.Checks = append(out.Checks, result)
		switch result.Status {
		case Fail:
			out.Healthy = false
			if out.RootCause == "" {
				out.RootCause = result.Cause
			}
		case Warn:
			out.Warnings = append(out.Warnings, result.Cause)
		}
	}
	if !r.offline && out.WhoAmI == nil {
		out.Healthy = false
	}
	return out
}

func subject(typed secret.Value, f Facts) Subject {
	c := f.Connection
	s := Subject{
		Environment: c.Environment, Cloud: c.Cloud.Name, TenantID: f.TenantID(),
		ClientID: c.ClientID, Credential: string(c.Credential.Kind),
	}
	if f.failed(CheckTenant) && f.Tenant.Metadata.TenantID == "" && c.Tenant != "" {
		s.TenantID = c.Tenant // that one was looked up, and not the environment's own
	}
	if s.Credential == "" && !typed.Empty() {
		s.Credential = "secret"
	}
	return s
}

func whoAmI(f Facts) *WhoAmI {
	if !f.WhoAmI.Answered() {
		return nil
	}
	id := f.WhoAmI.Identity
	w := &WhoAmI{
		UserID: id.UserID, BusinessUnitID: id.BusinessUnitID, OrganizationID: id.OrganizationID,
		OrganizationName: f.Organization.Name,
	}
	for _, u := range f.User.Users {
		if equalFold(u.ID, id.UserID) {
			w.UserName = u.Name
		}
	}
	return w
}
