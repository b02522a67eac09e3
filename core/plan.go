package core

import (
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/consent"
	"github.com/s2sdoctor/s2sdoctor/core/plan"
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
			// The set-up makes a credential where there is none.
		case p.Field == connection.FieldClientID && form.ClientID == "":
		default:
			return plan.Target{}, &consent.RequestError{Field: p.Field, Cause: p.Cause, Summary: p.Summary}
		}
	}
	want.Environment, want.Cloud, want.TenantID = c.Environment, c.Cloud, c.Tenant
	want.ClientID, want.Given, want.RedirectURI = c.ClientID, c.Credential.Kind, c.RedirectURI
	return want, nil
}
