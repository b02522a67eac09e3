//go:build e2e

package e2e

import (
	"testing"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/browser"
	"github.com/s2sdoctor/s2sdoctor/core/consent"
	"github.com/s2sdoctor/s2sdoctor/e2e/chromium"
)

// TestPrivateWindow guards the private window that the article requires: the product
// finds the installed Chromium, the new window has no signed-in account, and the journey
// ends as in any other window.
func TestPrivateWindow(t *testing.T) {
	started := chromium.Installed(t)
	found, err := browser.Opener{Loopback: true}.Private(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var private *browser.Browser
	for i := range found {
		if found[i].Name == "Chromium" {
			private = &found[i]
		}
	}
	if private == nil {
		t.Fatalf("Chromium is not among %v", found)
	}
	sandbox, form := play(t, "article-before-consent")
	opened := func(t *testing.T) *chromium.Page { return started().Opened(t) }
	j := beginIn(t.Context(), t, sandbox, opened, core.ConsentRequest{
		Form: form, SignInName: applicationUserName, Open: private.Open,
		Choice: choice(consent.Authorize, form, examine(t, sandbox, form)),
	})
	if !j.page.Private() {
		t.Error("the window is not private")
	}
	j.signIn(applicationUser)
	j.decide("#accept")
	j.arrived()
	if got := j.end(); got.Outcome.Ending != consent.Consented || got.ConsentedBy.SignInName != applicationUserName {
		t.Errorf("it ends as %s %q, by %q", got.Outcome.Ending, got.Outcome.Cause, got.ConsentedBy.SignInName)
	}
}
