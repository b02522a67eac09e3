package ui

import (
	"context"
	"strings"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/consent"
	"github.com/s2sdoctor/s2sdoctor/core/session"
	"github.com/s2sdoctor/s2sdoctor/core/text"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
)

const (
	testLogin = "login.microsoftonline.com"
	testUser  = "s2s.integration@contoso.onmicrosoft.com"
)

// consentPlay plays Microsoft's side of the consent page.
type consentPlay struct {
	page   func(ctx context.Context, g core.ConsentRequest) core.ConsentResult // nil waits for ctx
	read   func(pasted string) core.ConsentResult
	urlErr error // not nil if there is no address

	// attempt and readAs replace the played functions; nil keeps them.
	attempt func(connection.Form, core.ConsentChoice) (consent.Attempt, error)
	readAs  func(context.Context, core.ConsentRequest, string, consent.Attempt) core.ConsentResult
}

// withConsent offers the consent page in the form.
func withConsent(s *stage) { s.consent = &consentPlay{} }

func (d doctorPlay) ConsentURL(form connection.Form, choice core.ConsentChoice) (consent.Attempt, error) {
	if d.s.consent.attempt != nil {
		return d.s.consent.attempt(form, choice)
	}
	return consent.Attempt{Style: choice.Style, URL: "https://" + testLogin + "/organizations/" + string(choice.Style) + "?client_id=" + form.ClientID}, d.s.consent.urlErr
}

func (d doctorPlay) Consent(ctx context.Context, g core.ConsentRequest) core.ConsentResult {
	if d.s.consent.page == nil {
		<-ctx.Done()
		return core.ConsentResult{Outcome: consent.Outcome{Ending: consent.Canceled}}
	}
	return d.s.consent.page(ctx, g)
}

func (d doctorPlay) ReadConsent(ctx context.Context, g core.ConsentRequest, pasted string, a consent.Attempt) core.ConsentResult {
	if d.s.consent.readAs != nil {
		return d.s.consent.readAs(ctx, g, pasted, a)
	}
	return d.s.consent.read(pasted)
}

// browsersPlay opens pages with functions of the test; nil does nothing.
type browsersPlay struct {
	open func(ctx context.Context, address string) error
}

func (b browsersPlay) Open(ctx context.Context, address string) error {
	if b.open == nil {
		return nil
	}
	return b.open(ctx, address)
}

func (browsersPlay) Private() []session.PrivateBrowser {
	return []session.PrivateBrowser{{Name: "Firefox", Open: func(context.Context, string) error { return nil }}}
}

// consentUnderWay opens the consent page with an expected account, and waits for the
// result.
func (s *stage) consentUnderWay(page func(*stage) func(context.Context, core.ConsentRequest) core.ConsentResult) {
	s.consent.page = page(s)
	s.fill(filledForm())
	s.w.session.OpenConsent()
	s.entryOver("Who should sign in (optional)").SetText(testUser)
	s.press("Open in the browser")
	s.until("what comes of it", func() bool { return s.phase() != session.ConsentBrowser })
}

// phase returns the phase of the dialog.
func (s *stage) phase() session.ConsentPhase { return s.w.session.State().Consent.Phase }

// waitingPage returns a page that waits until it is cancelled.
func waitingPage(s *stage) func(context.Context, core.ConsentRequest) core.ConsentResult {
	return func(ctx context.Context, g core.ConsentRequest) core.ConsentResult {
		a := consent.Attempt{URL: "https://" + testLogin + "/organizations/oauth2/v2.0/authorize?client_id=" + testClient + "&redirect_uri=http%3A%2F%2Flocalhost%3A49152&state=f0"}
		g.Progress(consent.Progress{Step: consent.Waiting, Host: testLogin, Attempt: a, Deadline: s.now.Add(4*time.Minute + 32*time.Second)})
		<-ctx.Done()
		return core.ConsentResult{Outcome: consent.Outcome{Ending: consent.Canceled}}
	}
}

// endsWith returns a page that ends at once with an outcome.
func endsWith(o consent.Outcome) func(*stage) func(context.Context, core.ConsentRequest) core.ConsentResult {
	return func(*stage) func(context.Context, core.ConsentRequest) core.ConsentResult {
		return func(context.Context, core.ConsentRequest) core.ConsentResult { return core.ConsentResult{Outcome: o} }
	}
}

// declinedPage is a page on which the user chose Cancel.
var declinedPage = endsWith(consent.Outcome{
	Ending: consent.Failed, Cause: "consent.declined", Summary: text.Raw("The consent page answered AADSTS65004: Somebody chose Cancel."),
	Evidence: catalog.Evidence{Code: "AADSTS65004", Error: "access_denied", RecognisedBy: "AADSTS65004", CorrelationID: "0f8fad5b-d9cb-469f-a165-70867728950e"},
})

// otherPage is a page on which another account than the expected account consented.
func otherPage(*stage) func(context.Context, core.ConsentRequest) core.ConsentResult {
	return func(_ context.Context, g core.ConsentRequest) core.ConsentResult {
		r := healthyReport()
		by := consent.Account{SignInName: "megan@contoso.onmicrosoft.com", TenantID: testTenant}
		yes := consent.Outcome{Ending: consent.Consented}
		return core.ConsentResult{Outcome: consent.Verify(yes, by, consent.ExpectedAccount{SignInName: g.SignInName}), ConsentedBy: by, Report: &r}
	}
}

// pasteEntry returns the entry for the pasted page.
func (s *stage) pasteEntry() *kit.Entry { return s.entryOver("Paste what you see") }

// entryOver returns the entry with a name in the dialog over the window.
func (s *stage) entryOver(name string) *kit.Entry {
	for _, o := range visible(s.w.win.Canvas().Overlays().Top()) {
		if e, ok := o.CanvasObject.(*kit.Entry); ok && e.Name == i18n.Translate(name) {
			return e
		}
	}
	s.t.Fatalf("there is no entry %q", name)
	return nil
}

// over returns the outline of the dialog over the window, or "".
func (s *stage) over() string {
	_, over, _ := strings.Cut(s.outline(), "--- over it\n")
	return over
}
