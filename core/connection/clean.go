package connection

import (
	"context"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/cloud"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// Clean understands the form: the connection that it means, what was taken
// from the input without being asked for, and what cannot be used.
//
// Problems come in the order of the form, at most one a field. The connection
// holds what could be understood, also when there are problems: its fields are
// then empty where they could not. It reads the certificate's file and nothing
// else, and needs no network.
func (f Form) Clean(clouds []cloud.Cloud) (Connection, []Note, []Problem) {
	return f.CleanContext(context.Background(), clouds, time.Now())
}

// CleanContext is [Form.Clean] at a time of the caller's: of several certificates of
// one key, the one that is valid then is taken. Opening a certificate ends soon
// after ctx does.
func (f Form) CleanContext(ctx context.Context, clouds []cloud.Cloud, now time.Time) (Connection, []Note, []Problem) {
	var c Connection
	var r remarks

	c.Environment, c.Host, c.Cloud = f.cleanEnvironment(clouds, &r)
	c.Tenant = f.cleanTenant(clouds, c.Cloud, &r)
	c.ClientID = f.cleanClientID(c.Tenant, &r)
	c.Credential = f.cleanCredential(ctx, &r, now)
	c.RedirectURI = f.cleanRedirectURI(&r)
	return c, r.notes, r.problems
}

// remarks collects the remarks about a form.
type remarks struct {
	notes    []Note
	problems []Problem
}

func (r *remarks) note(field Field, shown text.Text) {
	r.notes = append(r.notes, Note{field, shown})
}

func (r *remarks) refuse(field Field, cause catalog.Cause, summary text.Text) {
	r.problems = append(r.problems, Problem{field, cause, summary})
}
