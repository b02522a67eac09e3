//go:build e2e

package e2e

import (
	"context"
	"net/url"
	"path/filepath"
	"testing"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/browser"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/consent"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/e2e/chromium"
)

// patience is how long a journey may take before its test fails.
const patience = 90 * time.Second

// The accounts on the sandbox's page, and their sign-in names.
const (
	applicationUser = "#account-application-user"
	administrator   = "#account-administrator"
	employee        = "#account-employee"
	foreigner       = "#account-foreign"

	applicationUserName = "s2s.integration@contoso.onmicrosoft.com"
)

// screens returns the file of a screenshot.
func screens(name string) string { return filepath.Join("..", "dist", "screens", name) }

// play opens a sandbox in a scenario until the test ends.
func play(t *testing.T, scenario string) (*core.Sandbox, connection.Form) {
	t.Helper()
	sandbox, err := core.OpenSandbox()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = sandbox.Close() })
	form, err := sandbox.Play(scenario)
	if err != nil {
		t.Fatal(err)
	}
	return sandbox, form
}

func examine(t *testing.T, sandbox *core.Sandbox, form connection.Form) exam.Report {
	t.Helper()
	return sandbox.Examine(t.Context(), form, false, nil)
}

// journey is a consent under way: the product waits, and the page is open in Chromium.
type journey struct {
	*testing.T
	grant core.ConsentRequest
	stage consent.Progress // when the browser was about to open
	page  *chromium.Page
	ended chan core.ConsentResult
}

// begin has the product open the consent page through the window's opener, and waits for
// the page in the ordinary browser.
func begin(t *testing.T, sandbox *core.Sandbox, b *chromium.Browser, g core.ConsentRequest) *journey {
	t.Helper()
	g.Open = browser.Opener{Loopback: true}.Open
	return beginIn(t.Context(), t, sandbox, b.Opened, g)
}

// beginIn is begin with another context, browser and opener.
func beginIn(ctx context.Context, t *testing.T, sandbox *core.Sandbox, opened func(*testing.T) *chromium.Page, g core.ConsentRequest) *journey {
	t.Helper()
	j := &journey{T: t, ended: make(chan core.ConsentResult, 1)}
	stages := make(chan consent.Progress, 10)
	g.Progress = func(s consent.Progress) { stages <- s }
	j.grant = g
	go func() { j.ended <- sandbox.Consent(ctx, g) }()
	select {
	case j.stage = <-stages:
	case granted := <-j.ended:
		t.Fatalf("it ended before it began: %q %s", granted.Outcome.Cause, granted.Outcome.Summary)
	}
	j.page = opened(t)
	j.page.WaitAddress(j.stage.Attempt.URL) // the address that was announced
	return j
}

// signIn chooses an account on the page.
func (j *journey) signIn(account string) {
	j.Helper()
	j.page.WaitText("Sandbox: not Microsoft, on this computer only")
	j.page.Click(account)
}

// decide presses a button of the consent page.
func (j *journey) decide(button string) {
	j.Helper()
	j.page.WaitText("Permissions requested")
	j.page.Click(button)
}

// arrived waits for the redirect to the product's own page, and returns its address.
func (j *journey) arrived() *url.URL {
	j.Helper()
	j.page.WaitText("S2S Doctor has the answer")
	address, err := url.Parse(j.page.Address())
	if err != nil {
		j.Fatal(err)
	}
	return address
}

// end waits for the product's result of the consent.
func (j *journey) end() core.ConsentResult {
	j.Helper()
	select {
	case granted := <-j.ended:
		return granted
	case <-time.After(patience):
		j.Fatalf("the product still waits; the page says:\n%s", j.page.Text())
		return core.ConsentResult{}
	}
}

// waits fails the test if the journey has ended.
func (j *journey) waits() {
	j.Helper()
	select {
	case granted := <-j.ended:
		j.Fatalf("it has ended: %s %s", granted.Outcome.Ending, granted.Outcome.Summary)
	default:
	}
}
