package xray

import (
	"slices"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/guide"
	"github.com/s2sdoctor/s2sdoctor/core/plan"
)

// Guide returns what the picture shows of the guide's steps, by their IDs. A step that
// it does not show is not among them.
func (p Picture) Guide(t plan.Target) map[guide.StepID]guide.Seen {
	seen := map[guide.StepID]guide.Seen{}
	for id, judge := range map[guide.StepID]func(plan.Target) (catalog.Cause, bool){
		guide.Register: p.register, guide.User: p.user, guide.Role: p.role, guide.Licence: p.licence,
		guide.ConsentURL: p.redirect, guide.Consent: p.consent, guide.ApplicationIDURI: p.idURI,
	} {
		if cause, known := judge(t); known {
			seen[id] = guide.Seen{Cause: cause}
		}
	}
	return seen
}

// register judges the registration and the credential of the form in it.
func (p Picture) register(t plan.Target) (catalog.Cause, bool) {
	switch {
	case !p.State.Applications.Read:
		return "", false
	case len(p.State.Applications.Rows) == 0:
		return catalog.ApplicationNotFound, len(p.State.Principals.Rows) == 0
	case len(p.State.Principals.Rows) == 1 && p.State.Principals.Rows[0].Disabled:
		return catalog.ApplicationDisabled, true
	}
	secret := t.Given == connection.SecretKind
	if !secret && t.Given != connection.CertificateKind {
		return "", false
	}
	switch key, found, _ := p.given(secret); {
	case !found && secret:
		return catalog.SecretWrong, true
	case !found:
		return catalog.CertificateNotRegistered, true
	case p.ended(key) && secret:
		return catalog.SecretExpired, true
	case p.ended(key):
		return catalog.CertificateExpired, true
	}
	return "", true
}

// user judges the application user, disabled or not.
func (p Picture) user(plan.Target) (catalog.Cause, bool) {
	if p.Users == nil {
		return "", false
	}
	active := p.active()
	switch {
	case len(active) == 0:
		return catalog.AppUserMissing, true
	case len(active) > 1:
		return catalog.AppUserDuplicate, true
	case active[0].Disabled:
		return catalog.AppUserDisabled, true
	case active[0].Gone, p.wrongObjectID(active[0]):
		return catalog.AppUserWrongObjectID, true
	}
	return "", true
}

// wrongObjectID reports whether a row names another service principal than the
// tenant's. An empty field is filled in later.
func (p Picture) wrongObjectID(u User) bool {
	return u.ObjectID != "" && len(p.State.Principals.Rows) == 1 && !strings.EqualFold(u.ObjectID, p.State.Principals.Rows[0].ObjectID)
}

// role judges the roles, those through teams included.
func (p Picture) role(plan.Target) (catalog.Cause, bool) {
	active := p.active()
	if len(active) != 1 {
		return "", false
	}
	roles := slices.Concat(active[0].Roles, active[0].TeamRoles)
	switch {
	case len(roles) == 0:
		return catalog.AppUserNoRole, true
	case slices.ContainsFunc(roles, func(r plan.SecurityRole) bool { return r.SystemAdministrator }):
		return catalog.RoleSystemAdministrator, true
	}
	return "", true
}

func (p Picture) licence(plan.Target) (catalog.Cause, bool) {
	active := p.active()
	if len(active) != 1 {
		return "", false
	}
	if active[0].Licensed {
		return catalog.AppUserLicensed, true
	}
	return "", true
}

// redirect judges the redirect URI of the form.
func (p Picture) redirect(t plan.Target) (catalog.Cause, bool) {
	if p.Registration == nil || t.RedirectURI == "" {
		return "", false
	}
	registered := slices.Concat(p.Registration.Web, p.Registration.Native, p.Registration.SPA)
	switch {
	case len(registered) == 0:
		return catalog.ConsentNoReplyAddress, true
	case !slices.Contains(registered, t.RedirectURI):
		return catalog.ConsentRedirectMismatch, true
	}
	return "", true
}

// consent judges the grant for the whole organisation: the article's. Today a service
// principal is enough.
func (p Picture) consent(t plan.Target) (catalog.Cause, bool) {
	if !p.State.Principals.Read {
		return "", false
	}
	if len(p.State.Principals.Rows) == 0 {
		return catalog.ApplicationNoServicePrincipal, true
	}
	if !t.Classic {
		return "", true
	}
	granted := slices.ContainsFunc(p.State.Grants.Rows, func(g plan.Grant) bool {
		return g.Everybody && slices.Contains(strings.Fields(g.Scope), "user_impersonation")
	})
	if !granted {
		return catalog.ConsentMissing, p.State.Grants.Read
	}
	return "", true
}

func (p Picture) idURI(plan.Target) (catalog.Cause, bool) {
	active := p.active()
	if len(active) != 1 {
		return "", false
	}
	if active[0].IDURI == "" {
		return catalog.AppUserNoApplicationIDURI, true
	}
	return "", true
}
