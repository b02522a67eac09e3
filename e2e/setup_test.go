//go:build e2e

package e2e

import (
	"image"
	"image/color"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"github.com/s2sdoctor/s2sdoctor/e2e/chromium"
	"github.com/s2sdoctor/s2sdoctor/e2e/desktop"
	"github.com/s2sdoctor/s2sdoctor/ui"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// mostClicks is the largest number of clicks from an empty tenant to WhoAmI.
const mostClicks = 10

// TestSetUpFromNothing sets up an empty tenant with the mouse: an administrator signs in
// on the page, chooses a role, and the window shows WhoAmI. It counts the clicks. In the
// dark theme it also waits for Microsoft's copies, and undoes everything.
func TestSetUpFromNothing(t *testing.T) {
	for _, c := range []struct {
		mode     theme.Mode
		scenario string
	}{{theme.Light, "setup-empty"}, {theme.Dark, "setup-copying"}} {
		t.Run(string(c.mode), func(t *testing.T) {
			browser := chromium.Start(t)
			browser.AsOrdinaryBrowser(t)
			d := desktop.Start(t)
			w := d.Open(ui.Title, program, "--sandbox", "--scenario", c.scenario, "--theme", string(c.mode), "--size", "1180x860")
			s := &setup{t, w, c.mode, 0}
			s.picture("start")

			w.Click(s.besideTest())
			s.picture("sign-in")
			s.main()
			page := browser.Opened(t)
			page.WaitText("Choose an account")
			page.Screenshot(screens("setup-" + string(c.mode) + "-page.png"))
			s.picture("waiting")
			page.Click(administrator)
			s.clicks++
			page.WaitText("S2S Doctor has the answer")
			s.planned()
			s.picture("plan")

			// The main button leads to the missing choice: the role.
			role := w.Changed(image.Rect(100, 200, 550, 800), s.main)
			s.picture("missing")
			waits := w.Count(s.color(theme.Accent)) // with the icon of the waiting step
			w.Click(role.Min.Add(role.Max).Div(2))
			s.picture("roles")
			first, _ := w.BlockBelow(role.Max.Y, s.color(theme.AccentTint))
			w.Click(image.Pt(first.X, role.Max.Y+24)) // the list is below the box
			w.Until("the role is no longer waited for", func() bool { return w.Count(s.color(theme.Accent)) < waits-20 })
			s.planned()
			s.picture("chosen")
			s.main()
			if c.mode == theme.Dark {
				s.picture("working")
			}
			w.Until("WhoAmI answers", func() bool { return w.Count(s.color(theme.SuccessTint)) > 10000 })
			s.picture("done")
			clicks := w.Clicks + s.clicks
			t.Logf("from nothing to WhoAmI: %d clicks", clicks)
			if clicks > mostClicks {
				t.Errorf("%d clicks, and %d are enough", clicks, mostClicks)
			}
			w.Key("Escape")
			report := reports(d, w, "Connected. Dataverse knows this application as")
			if !strings.Contains(report, "UserId: ") {
				t.Errorf("no WhoAmI in\n%s", report)
			}
			s.picture("after")
			w.Close()
		})
	}
}

// setup is the window during a set-up with the mouse.
type setup struct {
	t      *testing.T
	w      *desktop.Window
	mode   theme.Mode
	clicks int // in the browser
}

func (s *setup) color(name fyne.ThemeColorName) color.Color {
	variant := fynetheme.VariantLight
	if s.mode == theme.Dark {
		variant = fynetheme.VariantDark
	}
	return theme.New(s.mode).Color(name, variant)
}

func (s *setup) picture(name string) {
	s.w.Screenshot(screens("setup-" + string(s.mode) + "-" + name + ".png"))
}

// planned waits until the button for the next step is enabled: it is disabled while the
// plan is read.
func (s *setup) planned() {
	s.t.Helper()
	s.w.Until("the plan is there", func() bool { _, width := s.w.BlockBelow(600, s.color(theme.Accent)); return width > 100 })
}

// besideTest returns the middle of the button next to Test connection, which has the same
// width.
func (s *setup) besideTest() image.Point {
	at, width := s.w.BlockBelow(0, s.color(theme.Accent))
	return at.Sub(image.Pt(width+8, 0))
}

// main clicks the main button of the dialog, which is at its lower end.
func (s *setup) main() {
	s.t.Helper()
	at, width := s.w.BlockBelow(600, s.color(theme.Accent))
	if width < 60 {
		s.t.Fatal("there is no button that goes on")
	}
	s.w.Click(at)
	s.w.Point(image.Pt(at.X, 105)) // the title, which is no control
}
