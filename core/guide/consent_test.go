package guide

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/consent"
)

// TestConsentByAnotherAccount guards the step for consent by a wrong account: no check
// shows it, because WhoAmI works without consent and the step may not even be needed.
func TestConsentByAnotherAccount(t *testing.T) {
	const note = "Consent was given by megan@contoso.com. s2s@contoso.com was expected."
	given := func(want consent.ExpectedAccount) *consent.Outcome {
		o := consent.Verify(consent.Outcome{Ending: consent.Consented}, consent.Account{SignInName: "megan@contoso.com", TenantID: "1111"}, want)
		return &o
	}
	other := given(consent.ExpectedAccount{SignInName: "s2s@contoso.com"})
	type shown struct {
		State   State
		Cause   catalog.Cause
		Note    string
		Mistake int
	}
	for name, c := range map[string]struct {
		path  Path
		known Input
		want  shown
	}{
		"own tenant": {
			Modern,
			Input{Consent: other, SameTenant: Yes},
			shown{NotNeeded, "consent.wrong-account", note + " Not needed: the application is registered in the environment's own tenant.", 3},
		},
		"a token is there": {
			Modern,
			Input{Consent: other, Report: healthy()},
			shown{NotNeeded, "consent.wrong-account", note + " Not needed any more: Entra already issues the application a token for this environment.", 3},
		},
		"another tenant, and a token": {Modern, Input{Consent: other, Report: healthy(), SameTenant: No}, shown{Done, "consent.wrong-account", note, 3}},
		"another tenant, no token":    {Modern, Input{Consent: other, Report: reportOf(noToken("application.not-found")), SameTenant: No}, shown{Broken, "consent.wrong-account", note, 3}},
		"the article":                 {Classic, Input{Consent: other}, shown{Broken, "consent.wrong-account", note, 3}},
		"the article, and it works":   {Classic, Input{Consent: other, Report: healthy()}, shown{Done, "consent.wrong-account", note, 3}},
		"in another tenant": {
			Modern,
			Input{Consent: given(consent.ExpectedAccount{TenantID: "2222"}), Report: healthy(), SameTenant: No},
			shown{Done, "consent.wrong-tenant", "Consent was given in another tenant: megan@contoso.com, 1111. The environment belongs to 2222.", 0},
		},
		"the right one": {
			Modern,
			Input{Consent: given(consent.ExpectedAccount{SignInName: "megan@contoso.com"}), Report: healthy(), SameTenant: No},
			shown{Done, "", "", 0},
		},
		"nobody consented": {
			Modern,
			Input{Consent: failedWith("consent.wrong-account"), Report: healthy(), SameTenant: No},
			shown{Done, "", "", 0},
		},
	} {
		t.Run(name, func(t *testing.T) {
			p := find(t, c.known.Evaluate(c.path), Consent)
			if diff := cmp.Diff(c.want, shown{p.State, p.Cause, p.Note.String(), p.Mistake}); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}
