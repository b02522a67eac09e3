//go:build e2e

// Package e2e tests the product as a user works with it: with a real browser and a real
// window, on the sandbox.
package e2e

import (
	"strings"
	"testing"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/consent"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/guide"
	"github.com/s2sdoctor/s2sdoctor/e2e/chromium"
)

// TestConsentInChromium opens the page in the ordinary browser. A user signs in and
// accepts, the redirect arrives, and the next examination shows what consent has changed.
func TestConsentInChromium(t *testing.T) {
	browser := chromium.Start(t)
	browser.AsOrdinaryBrowser(t)
	type style struct {
		style       consent.Style
		account, by string // by is "" if no code arrives that names the account
	}
	styles := []style{
		{consent.Authorize, applicationUser, applicationUserName},
		{consent.V2, applicationUser, applicationUserName},
		{consent.AdminConsent, administrator, ""},
	}
	for _, scenario := range []struct {
		name    string
		cause   catalog.Cause
		warning string
	}{
		{"article-before-consent", "", "appuser.no-application-id-uri"},
		{"consent-missing", "consent.missing", ""},
		{"application-no-service-principal", "application.no-service-principal", ""},
	} {
		for _, c := range styles {
			t.Run(string(c.style)+" "+scenario.name, func(t *testing.T) {
				sandbox, form := play(t, scenario.name)
				before := examine(t, sandbox, form)
				if before.RootCause != scenario.cause || strings.Join(catalog.Names(before.Warnings), " ") != scenario.warning {
					t.Fatalf("before: root cause %q, warnings %q", before.RootCause, before.Warnings)
				}
				if todo := open(&before, nil); !strings.Contains(todo, string(guide.Consent)) {
					t.Errorf("before: consent is not among what is left to do: %s", todo)
				}

				j := begin(t, sandbox, browser, core.ConsentRequest{Form: form, SignInName: c.by, Choice: choice(c.style, form, before)})
				j.signIn(c.account)
				j.decide("#accept")
				back := j.arrived()
				after := j.end()

				if after.Outcome.Ending != consent.Consented || after.ConsentedBy.SignInName != c.by {
					t.Fatalf("ended as %s, by %q: %s", after.Outcome.Ending, after.ConsentedBy.SignInName, after.Outcome.Summary)
				}
				if c.by != "" && after.Outcome.Summary.String() != "You consented as "+c.by+"." {
					t.Errorf("who consented is not told: %s", after.Outcome.Summary)
				}
				if everybody := c.style == consent.AdminConsent; after.Outcome.Claimed.Administrator != everybody {
					t.Errorf("an administrator for everybody: %v", after.Outcome.Claimed.Administrator)
				}
				if want := after.Outcome.Attempt.RedirectURI; back.Scheme+"://"+back.Host != want {
					t.Errorf("came back to %s, want %s", back.Host, want)
				}
				if after.Report == nil || !after.Report.Healthy || len(after.Report.Warnings) > 0 || after.Report.WhoAmI == nil {
					t.Fatalf("after: %+v", after.Report)
				}
				if todo := open(after.Report, &after.Outcome); todo != "" {
					t.Errorf("after: left to do: %s", todo)
				}
			})
		}
	}
}

// choice returns the choice of a style with what an examination has found.
func choice(s consent.Style, form connection.Form, r exam.Report) core.ConsentChoice {
	c := core.ConsentChoice{Style: s}
	if form.Tenant == "" {
		c.TenantID = r.Connection.TenantID
	}
	return c
}

// open lists the article's steps that are not done.
func open(report *exam.Report, outcome *consent.Outcome) string {
	var left []string
	for _, p := range (guide.Input{Report: report, Consent: outcome}).Evaluate(guide.Classic) {
		if p.State != guide.Done && p.State != guide.Ticked {
			left = append(left, string(p.Step.ID))
		}
	}
	return strings.Join(left, " ")
}

// TestWrongAccount guards the article's third mistake: another user is signed in in
// the browser. The consent is granted and has no effect.
func TestWrongAccount(t *testing.T) {
	browser := chromium.Start(t)
	browser.AsOrdinaryBrowser(t)
	for _, style := range []consent.Style{consent.Authorize, consent.V2} {
		t.Run(string(style), func(t *testing.T) {
			sandbox, form := play(t, "article-mistake-3")
			j := begin(t, sandbox, browser, core.ConsentRequest{
				Form: form, SignInName: applicationUserName, Choice: choice(style, form, examine(t, sandbox, form)),
			})
			j.signIn(employee)
			j.decide("#accept")
			j.arrived()
			got := j.end()
			const want = "You consented as megan@contoso.onmicrosoft.com; the application user is " + applicationUserName + "."
			if got.Outcome.Cause != "consent.wrong-account" || got.Outcome.Summary.String() != want {
				t.Errorf("got %q %q\nwant %q", got.Outcome.Cause, got.Outcome.Summary, want)
			}
			if got.Report == nil || strings.Join(catalog.Names(got.Report.Warnings), " ") != "appuser.no-application-id-uri" {
				t.Fatalf("the examination after it: %+v", got.Report)
			}
			for _, p := range (guide.Input{Report: got.Report, Consent: &got.Outcome}).Evaluate(guide.Classic) {
				if p.Step.ID == guide.Consent && (p.State != guide.Broken || p.Mistake != 3) {
					t.Errorf("the step is %s, mistake %d", p.State, p.Mistake)
				}
			}
		})
	}
}

// TestDecline guards that Cancel on the page arrives as a refusal in every style.
func TestDecline(t *testing.T) {
	browser := chromium.Start(t)
	browser.AsOrdinaryBrowser(t)
	for _, style := range []consent.Style{consent.Authorize, consent.V2, consent.AdminConsent} {
		t.Run(string(style), func(t *testing.T) {
			sandbox, form := play(t, "article-before-consent")
			j := begin(t, sandbox, browser, core.ConsentRequest{Form: form, Choice: choice(style, form, examine(t, sandbox, form))})
			j.signIn(administrator)
			j.decide("#cancel")
			j.arrived()
			got := j.end()
			if got.Outcome.Ending != consent.Failed || got.Outcome.Cause != "consent.declined" || got.Outcome.Evidence.Code != "AADSTS65004" {
				t.Errorf("got %s %q by %s: %s", got.Outcome.Ending, got.Outcome.Cause, got.Outcome.Evidence.Code, got.Outcome.Summary)
			}
			if got.Report != nil {
				t.Error("it examined the connection, though nothing has changed")
			}
		})
	}
}

// TestAnotherOrganisation signs in a user of another organisation. adminconsent redirects
// with the refusal, so the user does not have to paste it.
func TestAnotherOrganisation(t *testing.T) {
	browser := chromium.Start(t)
	browser.AsOrdinaryBrowser(t)
	sandbox, form := play(t, "article-before-consent")
	j := begin(t, sandbox, browser, core.ConsentRequest{Form: form, Choice: choice(consent.AdminConsent, form, examine(t, sandbox, form))})
	j.signIn(foreigner)
	j.arrived()
	got := j.end()
	if got.Outcome.Cause != "consent.wrong-account" || got.Outcome.Evidence.Code != "AADSTS50020" {
		t.Errorf("got %q by %s: %s", got.Outcome.Cause, got.Outcome.Evidence.Code, got.Outcome.Summary)
	}
}
