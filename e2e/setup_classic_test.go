//go:build e2e

package e2e

import (
	"image"
	"strings"
	"testing"

	"github.com/s2sdoctor/s2sdoctor/e2e/chromium"
	"github.com/s2sdoctor/s2sdoctor/e2e/desktop"
	"github.com/s2sdoctor/s2sdoctor/ui"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// TestSetUpAsInTheArticle follows the Classic path: the administrator signs in for seven
// steps, and the application user for consent, each on their own page.
func TestSetUpAsInTheArticle(t *testing.T) {
	for _, mode := range []theme.Mode{theme.Light, theme.Dark} {
		t.Run(string(mode), func(t *testing.T) {
			browser := chromium.Start(t)
			browser.AsOrdinaryBrowser(t)
			d := desktop.Start(t)
			w := d.Open(ui.Title, program, "--sandbox", "--scenario", "setup-empty", "--theme", string(mode), "--size", "1180x860")
			s := &setup{t, w, mode, 0}
			s.picture("classic-0-start")
			w.Click(image.Pt(1129, 101)) // Classic
			s.picture("classic-1-path")
			w.Key("ctrl+u")
			s.picture("classic-1-set-up")
			w.Key("Return")
			page := browser.Opened(t)
			page.WaitText("Choose an account")
			page.Click(administrator)
			page.WaitText("S2S Doctor has the answer")
			s.planned()
			s.picture("classic-2-plan")
			w.Key("Tab", "Right", "Right", "Tab", "Right")
			s.planned()
			s.picture("classic-3-chosen")
			s.main()
			w.Until("WhoAmI answers", func() bool { return w.Count(s.color(theme.SuccessTint)) > 10000 })
			s.picture("classic-4-consent-left")

			w.Key("Return") // Open consent page
			s.picture("classic-5-page")
			w.Key("Return")
			page = browser.Opened(t)
			page.WaitText("Choose an account")
			s.picture("classic-6-waiting")
			page.Click(applicationUser)
			page.WaitText("Permissions requested")
			page.Click("#accept")
			page.WaitText("S2S Doctor has the answer")
			w.Until("the set-up is seen again", func() bool { return w.Count(s.color(theme.SuccessTint)) > 10000 })
			s.picture("classic-7-done")
			w.Key("Escape")
			report := reports(d, w, "Connected. Dataverse knows this application as")
			if !strings.Contains(report, "UserId: ") {
				t.Errorf("no WhoAmI in\n%s", report)
			}
			s.picture("classic-8-after")
			w.Close()
		})
	}
}
