package core

import (
	"context"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/consent"
	"github.com/s2sdoctor/s2sdoctor/core/entra"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/explain"
	"github.com/s2sdoctor/s2sdoctor/core/federation"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
	"github.com/s2sdoctor/s2sdoctor/core/transport"
)

// replication is how long the examination after a consent waits for Microsoft
// to have copied it everywhere.
const replication = 2 * time.Minute

// ConsentRequest is what [Doctor.Consent] needs: a connection, and how to open the page.
type ConsentRequest struct {
	Form   connection.Form
	Choice ConsentChoice
	// SignInName is the sign-in name of the account that should consent: consent by
	// another account is the article's third mistake. "" compares nothing.
	SignInName string
	// Open shows the page; Progress and Observe, which may be nil, are called with each step
	// of the journey and of the examination after it.
	Open     consent.Browser
	Progress func(consent.Progress)
	Observe  func(exam.Event)
}

// ConsentResult is the result of a [ConsentRequest].
type ConsentResult struct {
	Outcome consent.Outcome
	// ConsentedBy is the account that consented; zero where the response has no code to learn it.
	ConsentedBy consent.Account
	// Report is the examination after a consent, or nil.
	Report *exam.Report
}

// Consent opens the consent page for a user, reads the answer, finds out who
// consented, and examines the connection again: only a token proves a consent.
func (d Doctor) Consent(ctx context.Context, g ConsentRequest) ConsentResult {
	g.Form = d.completed(g.Form)
	c, _, problems := g.Form.CleanContext(ctx, d.clouds(), time.Now())
	if len(problems) > 0 {
		// The address alone could be built without a secret; the proof could not.
		return ConsentResult{Outcome: unusable(problems[0])}
	}
	if c.Tenant == "" && g.Choice.TenantID == "" {
		// A single-tenant application cannot be consented to at "organizations".
		if found, ok := d.Discover(ctx, g.Form); ok {
			g.Choice.TenantID = found.TenantID
		}
	}
	out := consent.Run(ctx, g.Choice.request(d, c), g.Open, g.Progress)
	return d.conclude(ctx, g, c, out)
}

// ReadConsent does the same with what the user pasted: the address, where the
// redirect led elsewhere, or the text of a page that never redirected.
func (d Doctor) ReadConsent(ctx context.Context, g ConsentRequest, pasted string, a consent.Attempt) ConsentResult {
	g.Form = d.completed(g.Form)
	c, _, problems := g.Form.CleanContext(ctx, d.clouds(), time.Now())
	if len(problems) > 0 {
		return ConsentResult{Outcome: unusable(problems[0])}
	}
	out := consent.Read(pasted, a)
	if out.Cause == catalog.Unknown {
		out = explained(pasted, out)
	}
	return d.conclude(ctx, g, c, out)
}

// explained names what is wrong in a text that is no answer; out where nothing
// in it is known. It never makes a yes of it.
func explained(pasted string, out consent.Outcome) consent.Outcome {
	e := explain.Explain(pasted)
	if e.Cause == "" || e.Cause == catalog.Unknown {
		return out
	}
	out.Cause, out.Summary, out.Evidence, out.Undecided = e.Cause, e.Summary, e.Evidence, false
	return out
}

func (d Doctor) conclude(ctx context.Context, g ConsentRequest, c connection.Connection, out consent.Outcome) ConsentResult {
	granted := ConsentResult{Outcome: out}
	if out.Ending != consent.Consented {
		return granted
	}
	if g.Progress != nil {
		g.Progress(consent.Progress{Step: consent.Answered, Attempt: out.Attempt})
	}
	tenant := c.Tenant
	if tenant == "" {
		tenant = g.Choice.TenantID
	}
	if !out.Code.Empty() && tenant != "" {
		granted.ConsentedBy = d.whoConsented(ctx, c, tenant, out)
		granted.Outcome = consent.Verify(out, granted.ConsentedBy, consent.ExpectedAccount{SignInName: g.SignInName, TenantID: g.Choice.TenantID})
	}
	report := exam.Run(ctx, g.Form, exam.Options{
		Clouds: d.Clouds, Transport: d.Transport, Observe: g.Observe, ReplicationTimeout: replication,
		Secrets: []secret.Value{out.Code, out.Attempt.Verifier},
	})
	granted.Report = &report
	return granted
}

func (d Doctor) whoConsented(ctx context.Context, c connection.Connection, tenant string, out consent.Outcome) consent.Account {
	client := transport.New(d.Transport)
	defer client.Close()
	client.AddSecret(c.Credential.Secret)
	app := entra.Application{Login: c.Cloud.Login, TenantID: tenant, ClientID: c.ClientID, Credential: c.Credential}
	if c.Credential.Kind == connection.FederatedKind {
		app.Assertion = federation.Get(ctx, client, c.Credential.Federation, c.Cloud.TokenExchange()).Assertion
	}
	a := out.Attempt
	facts := entra.Redeem(ctx, client, app, entra.Redemption{
		Code: out.Code, RedirectURI: a.RedirectURI, Verifier: a.Verifier, Scope: a.RedeemScope(), Resource: a.Resource, Nonce: a.NonceMatches,
	})
	// The login host wrote them, and knows what it was sent.
	return consent.Account{SignInName: client.Redact(facts.SignInName), ObjectID: client.Redact(facts.ObjectID), TenantID: client.Redact(facts.TenantID)}
}

func unusable(p connection.Problem) consent.Outcome {
	return consent.Outcome{Ending: consent.Failed, Cause: p.Cause, Summary: p.Summary, Field: p.Field}
}
