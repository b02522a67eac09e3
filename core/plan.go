package core

import (
	"context"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/admin"
	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/consent"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/guid"
	"github.com/s2sdoctor/s2sdoctor/core/plan"
	"github.com/s2sdoctor/s2sdoctor/core/setup"
	"github.com/s2sdoctor/s2sdoctor/core/text"
	"github.com/s2sdoctor/s2sdoctor/core/transport"
)

// PlanTarget returns what a plan aims at: the wanted set-up for the connection of the
// form. The fields of want that the form decides are overwritten. A form without an
// application plans a new one; a field that cannot be used is a
// *[consent.RequestError].
func (d Doctor) PlanTarget(form connection.Form, want plan.Target) (plan.Target, error) {
	c, _, problems := form.Clean(d.clouds())
	for _, p := range problems {
		switch {
		case p.Field == connection.FieldSecret, p.Field == connection.FieldCertificate:
			// The set-up makes a credential if there is no valid one.
		case p.Field == connection.FieldClientID && form.ClientID == "":
		default:
			return plan.Target{}, &consent.RequestError{Field: p.Field, Cause: p.Cause, Summary: p.Summary}
		}
	}
	want.Environment, want.Cloud, want.TenantID = c.Environment, c.Cloud, c.Tenant
	want.ClientID, want.Given, want.RedirectURI = c.ClientID, c.Credential.Kind, c.RedirectURI
	return want, nil
}

// ExamineReplicating is [Doctor.Examine] right after a set-up: it waits for Microsoft to
// have copied what was made moments ago.
func (d Doctor) ExamineReplicating(ctx context.Context, form connection.Form, observe func(exam.Event)) exam.Report {
	return exam.Run(ctx, form, exam.Options{Clouds: d.Clouds, Transport: d.Transport, Observe: observe, ReplicationTimeout: replication})
}

// SetupSession is an administrator at work on the set-up of a form. Close it when done.
type SetupSession struct {
	setup.Session
	Held setup.Held

	doctor Doctor
	state  plan.State // of the last reading
}

// Close signs the administrator out and ends the connections.
func (s *SetupSession) Close() {
	s.Admin.SignOut()
	s.Client.Close()
}

// OpenSetup starts the work on a target. The environment's own tenant is found out
// first, because that is where the administrator has to be signed in; signIn is then
// called with the target in it. The error is that of signIn, or the reason why the tenant
// cannot be found.
func (d Doctor) OpenSetup(ctx context.Context, form connection.Form, target plan.Target,
	signIn func(plan.Target) (admin.Administrator, error),
) (*SetupSession, error) {
	found, unknown := d.discover(ctx, form)
	ok := unknown == nil
	typed, isID := guid.Parse(target.TenantID)
	switch {
	case ok && isID && typed != found.TenantID:
		return nil, &admin.Error{Cause: catalog.EnvironmentWrongTenant, Summary: text.F("The environment belongs to another tenant than the one that was given: %s.", found.TenantID)}
	case ok:
		target.TenantID = found.TenantID
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case !isID:
		return nil, unknown
	}
	administrator, err := signIn(target)
	if err != nil {
		return nil, err
	}
	s := &SetupSession{doctor: d, Session: setup.Session{Client: transport.New(d.Transport), Admin: administrator, Target: target}}
	c, _, _ := form.CleanContext(ctx, d.clouds(), time.Now())
	s.Held = held(c)
	s.Client.AddSecret(c.Credential.Secret)
	return s, nil
}

// held returns what Graph shows of the form's credential.
func held(c connection.Connection) setup.Held {
	var h setup.Held
	if c.Credential.Kind == connection.CertificateKind && c.Credential.Certificate != nil {
		h.Thumbprint = c.Credential.Certificate.Thumbprint()
	}
	c.Credential.Secret.Use(func(plain string) {
		if len(plain) > 3 {
			h.Hint = plain[:3]
		}
	})
	return h
}
