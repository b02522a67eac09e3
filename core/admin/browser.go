package admin

import (
	"context"
	"strings"
	"sync"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/cloud"
	"github.com/s2sdoctor/s2sdoctor/core/consent"
	"github.com/s2sdoctor/s2sdoctor/core/entra"
	"github.com/s2sdoctor/s2sdoctor/core/text"
	"github.com/s2sdoctor/s2sdoctor/core/transport"
)

// Options is how an administrator signs in with a public client.
type Options struct {
	Transport transport.Options
	Cloud     cloud.Cloud
	// TenantID is the environment's own, a GUID: the administrator signs in there.
	TenantID string
	// Client is the one to sign in with; the zero value is [DefaultClient].
	Client Client
	// Needs are the permissions of Microsoft Graph that are needed, such as
	// [ReadApplications].
	Needs []string

	// Open shows the sign-in page. Progress, which may be nil, is called while the user
	// is at it, on a goroutine of its own.
	Open     consent.Browser
	Progress func(consent.Progress)
	// Authority replaces the login host's origin with the page of the sandbox.
	Authority string
	// Locale is the language of the page on which the browser comes back.
	Locale consent.Locale

	// Show shows a device code to the user, for [NewDevice].
	Show func(entra.DeviceCode)
}

// Browser is an administrator who signs in with the browser: authorization code, PKCE,
// and our own listener on loopback.
type Browser struct {
	signIn

	mu      sync.Mutex
	attempt consent.Attempt       // of the page that is open
	deliver func(consent.Outcome) // ends the wait for it, or nil
}

// NewBrowser returns the administrator of a tenant, who is not signed in yet.
func NewBrowser(o Options) *Browser {
	b := &Browser{signIn: newSignIn(o)}
	b.ask = b.browse
	return b
}

// browse takes the user to the sign-in page and redeems what it brings.
func (b *Browser) browse(ctx context.Context, scopes []string, hint entra.Hint) (entra.UserFacts, error) {
	out := b.run(ctx, scopes, hint)
	switch out.Ending {
	case consent.Consented:
	case consent.Canceled:
		return entra.UserFacts{}, ctx.Err()
	default:
		return entra.UserFacts{}, outcomeError(out)
	}
	return b.user.Exchange(ctx, entra.Redemption{
		Code: out.Code, RedirectURI: out.Attempt.RedirectURI, Verifier: out.Attempt.Verifier, Nonce: out.Attempt.NonceMatches,
	}, scopes), nil
}

// run waits for the page, or for what the user pastes.
func (b *Browser) run(ctx context.Context, scopes []string, hint entra.Hint) consent.Outcome {
	waiting, cancel := context.WithCancel(ctx)
	defer cancel()
	var pasted *consent.Outcome
	address := func(redirectURI string) (consent.SignIn, error) {
		address, err := b.user.Address(ctx, redirectURI, scopes, hint)
		return consent.SignIn{Address: address, Login: b.options.Cloud.Login, Authority: b.options.Authority}, err
	}
	out := consent.RunSignIn(waiting, address, b.options.Locale, b.options.Open, func(s consent.Progress) {
		b.mu.Lock()
		b.attempt, b.deliver = s.Attempt, func(o consent.Outcome) { pasted = &o; cancel() }
		b.mu.Unlock()
		if b.options.Progress != nil {
			b.options.Progress(s)
		}
	})
	if b.options.Progress != nil {
		b.options.Progress(consent.Progress{Step: consent.Answered})
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.attempt, b.deliver = consent.Attempt{}, nil
	if pasted != nil {
		return *pasted
	}
	return out
}

// Paste takes what the user sees where the page does not come back: its address, or
// the text of an error page. It reports whether that decides anything; the wait then
// ends.
func (b *Browser) Paste(seen string) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.deliver == nil {
		return false
	}
	out := consent.Read(seen, b.attempt)
	if out.Undecided || out.Cause == catalog.Unknown {
		refused, ok := Explain(seen)
		if !ok {
			return false
		}
		out = consent.Outcome{Ending: consent.Failed, Cause: refused.Cause, Evidence: catalog.Evidence{Code: refused.Code}}
	}
	b.deliver(out)
	return true
}

// outcomeError explains why the page brought no code.
func outcomeError(out consent.Outcome) error {
	if code, ok := strings.CutPrefix(out.Evidence.Code, "AADSTS"); ok && code != "" {
		return refusal(code)
	}
	e := &Error{Cause: catalog.AdminNoSignIn, Next: []Way{ByBrowser, ByAzureCLI, ByScript}}
	switch {
	case out.Cause == catalog.ConsentTimedOut:
		e.Summary = text.F("The sign-in page was not finished within 5 minutes. Sign in again, or use the plan as a script.")
	case out.Cause == catalog.InputRedirectURI:
		e.Summary, e.Next = text.F("This computer lets no port be opened for the answer of the sign-in page. Use the Azure CLI, or the plan as a script."), []Way{ByAzureCLI, ByScript}
	default:
		e.Summary = text.F("The sign-in page ended without a sign-in: %s", out.Summary)
	}
	return e
}
