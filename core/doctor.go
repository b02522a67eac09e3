// Package core holds the use-cases that the window and the command share:
// examine a connection, explain an answer, build a consent URL, try it all in
// the sandbox.
//
// It promises that both programs do the same, and that neither has to know more
// of the rest than this package and the words in which its answers come.
package core

import (
	"context"
	"slices"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/cloud"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/consent"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/explain"
	"github.com/s2sdoctor/s2sdoctor/core/paste"
	"github.com/s2sdoctor/s2sdoctor/core/text"
	"github.com/s2sdoctor/s2sdoctor/core/transport"
)

// MaxConcurrent is how many connections are examined at the same time, at most:
// enough to hide the network's latency, few enough for a throttled service.
const MaxConcurrent = 8

// Doctor examines connections. Its zero value works on Microsoft's clouds; the
// sandbox has one for itself. Nothing else differs.
type Doctor struct {
	// Clouds are nil for Microsoft's.
	Clouds []cloud.Cloud
	// Transport is how to reach them.
	Transport transport.Options
	// Authority replaces the login host's origin in consent URLs: the sandbox's
	// page for a real browser. "" is the cloud's own.
	Authority string
	// Getenv returns an environment variable: they complete a form with a federated
	// credential. A nil Getenv is an empty environment.
	Getenv func(name string) string

	// scratch is the sandbox's folder for what a set-up keeps, which lasts as long as
	// the sandbox; "" keeps it among the user's settings.
	scratch string
}

// Examine runs every check, or with offline only those that need no network, and
// calls observe (may be nil) with each event. It returns soon after ctx ends.
func (d Doctor) Examine(ctx context.Context, form connection.Form, offline bool, observe func(exam.Event)) exam.Report {
	return exam.Run(ctx, d.completed(form), exam.Options{
		Clouds: d.Clouds, Transport: d.Transport, Offline: offline, Observe: observe,
	})
}

// checkTime bounds [Doctor.Check], which the window calls while its user types. It is
// long enough for any certificate file but one that asks for a million rounds of
// hashing.
const checkTime = 500 * time.Millisecond

// Check looks at the form alone: what was taken from it, and what cannot be used. A
// certificate that takes too long to open is left to the examination.
func (d Doctor) Check(form connection.Form) ([]connection.Note, []connection.Problem) {
	ctx, cancel := context.WithTimeout(context.Background(), checkTime)
	defer cancel()
	_, notes, problems := form.CleanContext(ctx, d.clouds(), time.Now())
	if ctx.Err() != nil {
		problems = slices.DeleteFunc(problems, func(p connection.Problem) bool { return p.Field == connection.FieldCertificate })
	}
	return notes, problems
}

// Host returns the host of the form's environment, or "" without one.
func (d Doctor) Host(form connection.Form) string {
	c, _, _ := connection.Form{Environment: form.Environment}.Clean(d.clouds())
	return c.Host
}

// Paste takes the values of a connection out of any text: see [paste.Read].
func (d Doctor) Paste(text string) paste.Result { return paste.Read(text) }

// ConnectionString writes a form as the Dataverse client reads it, without the
// secret: see [connection.Form.ConnectionString].
func (d Doctor) ConnectionString(form connection.Form) (string, error) {
	return form.ConnectionString(d.clouds())
}

// DotEnv writes a form as a .env, without the secret: see [connection.Form.DotEnv].
func (d Doctor) DotEnv(form connection.Form, tenant string) (string, error) {
	return form.DotEnv(d.clouds(), tenant)
}

// Explain names the cause in a pasted error, address or answer. It sends nothing.
func (d Doctor) Explain(text string) explain.Explanation { return explain.Explain(text) }

// ConsentURL builds the address of the consent page. A field that it needs and
// cannot use comes back as a *[consent.RequestError].
func (d Doctor) ConsentURL(form connection.Form, choice ConsentChoice) (consent.Attempt, error) {
	if form.Kind == connection.ManagedIdentityKind {
		return consent.Attempt{}, &consent.RequestError{Summary: noConsent}
	}
	c, _, problems := form.Clean(d.clouds())
	for _, p := range problems {
		// Consent needs no secret, and its own URL names the application alone.
		if p.Field != connection.FieldSecret && p.Field != connection.FieldCertificate {
			return consent.Attempt{}, &consent.RequestError{Field: p.Field, Cause: p.Cause, Summary: p.Summary}
		}
	}
	return consent.Build(choice.request(d, c))
}

// noConsent is about a managed identity, for which Microsoft has no consent page.
var noConsent = text.F("A managed identity belongs to the environment's own tenant and needs no consent. Create its application user, then test the connection.")

// ConsentChoice is what a user may choose about the consent page besides the
// form. Its zero value is the default of the style.
type ConsentChoice struct {
	Style     consent.Style
	Prompt    consent.Prompt
	LoginHint string
	// TenantID is the discovered tenant, used if the form has no tenant.
	TenantID string
	// Locale is the language of the page on which the browser comes back.
	Locale consent.Locale
}

func (choice ConsentChoice) request(d Doctor, c connection.Connection) consent.Request {
	tenant := c.Tenant
	if tenant == "" {
		tenant = choice.TenantID
	}
	redirect := c.RedirectURI
	if redirect == "" {
		redirect = "http://localhost"
	}
	return consent.Request{
		Style: choice.Style, Cloud: c.Cloud, Tenant: tenant, ClientID: c.ClientID, Environment: c.Environment,
		RedirectURI: redirect, Prompt: choice.Prompt, LoginHint: choice.LoginHint, Authority: d.Authority,
		Locale: choice.Locale,
	}
}

func (d Doctor) clouds() []cloud.Cloud {
	if d.Clouds == nil {
		return cloud.Table
	}
	return d.Clouds
}
