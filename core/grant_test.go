package core_test

import (
	"net/url"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/consent"
)

// TestPasteAfterConsent guards the texts that users paste from the browser: an
// error page is named by its code, only a genuine response counts as consent, and only
// consent starts another examination.
func TestPasteAfterConsent(t *testing.T) {
	s := open(t)
	form, err := s.Play("article-before-consent")
	if err != nil {
		t.Fatal(err)
	}
	choice := core.ConsentChoice{Style: consent.AdminConsent, TenantID: "12b5c856-4a7e-4c1d-9f3b-5d0c8e6a7b91"}
	attempt, err := s.ConsentURL(form, choice)
	if err != nil {
		t.Fatal(err)
	}
	u, err := url.Parse(attempt.URL)
	if err != nil {
		t.Fatal(err)
	}
	state := "&state=" + url.QueryEscape(u.Query().Get("state"))
	type came struct {
		Ending    consent.Ending
		Cause     catalog.Cause
		Examined  bool // and announced before
		Undecided bool
	}
	for name, c := range map[string]struct {
		pasted string
		want   came
	}{
		"a yes":                  {"http://localhost/?admin_consent=True" + state, came{consent.Consented, "", true, false}},
		"a yes of another":       {"http://localhost/?admin_consent=True&state=x", came{consent.Failed, "consent.state-mismatch", false, true}},
		"a no":                   {"http://localhost/?error=access_denied&error_description=AADSTS65004%3a+no&admin_consent=True" + state, came{consent.Failed, "consent.declined", false, false}},
		"redirect mismatch":      {"Sorry, but we’re having trouble signing you in.\n\nAADSTS50011: The redirect URI 'http://localhost:1/x' specified in the request does not match", came{consent.Failed, "consent.redirect-mismatch", false, false}},
		"no reply address":       {"AADSTS500113: No reply address is registered for the application.", came{consent.Failed, "consent.no-reply-address", false, false}},
		"the page's own address": {attempt.URL, came{consent.Failed, "unknown", false, true}},
		"a text that looks well": {`{"UserId":"e94c7b12-d7a4-ee11-be37-000d3a4b1c2d"}`, came{consent.Failed, "unknown", false, true}},
		"something else":         {"It went back to the start page.", came{consent.Failed, "unknown", false, true}},
		"nothing":                {"", came{consent.Failed, "unknown", false, true}},
	} {
		t.Run(name, func(t *testing.T) {
			var answered bool
			stage := func(s consent.Progress) { answered = s.Step == consent.Answered }
			got := s.ReadConsent(t.Context(), core.ConsentRequest{Form: form, Choice: choice, Progress: stage}, c.pasted, attempt)
			if diff := cmp.Diff(c.want, came{got.Outcome.Ending, got.Outcome.Cause, got.Report != nil, got.Outcome.Undecided}); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
			if answered != c.want.Examined {
				t.Errorf("told that the answer is here: %v", answered)
			}
			if got.Outcome.Summary.Empty() {
				t.Error("nothing is said")
			}
		})
	}
}
