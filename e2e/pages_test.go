//go:build e2e

package e2e

import (
	"context"
	"strings"
	"testing"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/browser"
	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/consent"
	"github.com/s2sdoctor/s2sdoctor/e2e/chromium"
)

// TestPagesThatNeverRedirect guards that the product explains the text which the user
// copies from an error page, while the browser stays on that page and no redirect
// arrives.
func TestPagesThatNeverRedirect(t *testing.T) {
	b := chromium.Start(t)
	b.AsOrdinaryBrowser(t)
	for name, c := range map[string]struct {
		scenario string
		style    consent.Style
		account  string // "" if the page fails before the sign-in
		code     string
		cause    catalog.Cause
	}{
		"redirect mismatch, authorize":    {"article-mistake-5", consent.Authorize, "", "AADSTS50011", "consent.redirect-mismatch"},
		"redirect mismatch, v2":           {"article-mistake-5", consent.V2, "", "AADSTS50011", "consent.redirect-mismatch"},
		"redirect mismatch, adminconsent": {"article-mistake-5", consent.AdminConsent, "", "AADSTS50011", "consent.redirect-mismatch"},
		"needs an administrator, all":     {"article-before-consent", consent.AdminConsent, employee, "AADSTS90094", "consent.needs-admin"},
		"needs an administrator, v2":      {"consent-admins-only", consent.V2, applicationUser, "AADSTS90094", "consent.needs-admin"},
		"no redirect URI registered":      {"consent-no-redirect-uri", consent.Authorize, "", "AADSTS500113", "consent.no-reply-address"},
		"another organisation, authorize": {"article-before-consent", consent.Authorize, foreigner, "AADSTS50020", "consent.wrong-account"},
		"another organisation, v2":        {"article-before-consent", consent.V2, foreigner, "AADSTS50020", "consent.wrong-account"},
		"no such application":             {"application-object-id", consent.V2, "", "AADSTS700016", "application.not-found"},
	} {
		t.Run(name, func(t *testing.T) {
			sandbox, form := play(t, c.scenario)
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			j := beginIn(ctx, t, sandbox, b.Opened, core.ConsentRequest{
				Form: form, SignInName: applicationUserName, Open: browser.Opener{Loopback: true}.Open,
				Choice: choice(c.style, form, examine(t, sandbox, form)),
			})
			if c.account != "" {
				j.signIn(c.account)
			}
			j.page.WaitText(c.code)
			seen := j.page.Text()
			j.waits()

			if e := sandbox.Explain(seen); e.Cause != c.cause || e.Evidence.Code != c.code {
				t.Errorf("Explain says %q by %s: %s", e.Cause, e.Evidence.Code, e.Summary)
			}
			got := sandbox.ReadConsent(t.Context(), j.grant, seen, j.stage.Attempt)
			if got.Outcome.Ending != consent.Failed || got.Outcome.Cause != c.cause || !strings.Contains(got.Outcome.Summary.String(), c.code) {
				t.Errorf("ReadConsent ends as %s %q: %s", got.Outcome.Ending, got.Outcome.Cause, got.Outcome.Summary)
			}
			if got.Outcome.Evidence.CorrelationID == "" {
				t.Errorf("the page's correlation id is lost: %+v", got.Outcome.Evidence)
			}
			cancel()
			if out := j.end().Outcome; out.Ending != consent.Canceled {
				t.Errorf("then the wait ends as %s %q", out.Ending, out.Cause)
			}
		})
	}
}

// TestPasteAddress guards a redirect to the application's own site, where the
// product cannot wait: the address from the browser is enough.
func TestPasteAddress(t *testing.T) {
	browser := chromium.Start(t)
	browser.AsOrdinaryBrowser(t)
	sandbox, form := play(t, "article-before-consent")
	form.RedirectURI = "https://app.contoso.example/signin"
	j := begin(t, sandbox, browser, core.ConsentRequest{
		Form: form, SignInName: applicationUserName, Choice: choice(consent.V2, form, examine(t, sandbox, form)),
	})
	if out := j.end().Outcome; out.Ending != consent.Paste {
		t.Fatalf("it ends as %s %q: %s", out.Ending, out.Cause, out.Summary)
	}
	j.signIn(applicationUser)
	j.decide("#accept")
	address := j.page.WaitAddress("https://app.contoso.example/signin")
	got := sandbox.ReadConsent(t.Context(), j.grant, address, j.stage.Attempt)
	if got.Outcome.Ending != consent.Consented || got.ConsentedBy.SignInName != applicationUserName {
		t.Fatalf("the address reads as %s %q, by %q: %s", got.Outcome.Ending, got.Outcome.Cause, got.ConsentedBy.SignInName, got.Outcome.Summary)
	}
	if !got.Report.Healthy || len(got.Report.Warnings) > 0 {
		t.Errorf("the examination after it: %q, warnings %q", got.Report.RootCause, got.Report.Warnings)
	}
	again := sandbox.ReadConsent(t.Context(), j.grant, strings.ReplaceAll(address, "state=", "state=x"), j.stage.Attempt)
	if again.Outcome.Cause != "consent.state-mismatch" {
		t.Errorf("with another state it reads as %q", again.Outcome.Cause)
	}
}
