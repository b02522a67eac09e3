//go:build e2e

package e2e

import (
	"image/color"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"github.com/s2sdoctor/s2sdoctor/core/browser"
	"github.com/s2sdoctor/s2sdoctor/e2e/chromium"
	"github.com/s2sdoctor/s2sdoctor/e2e/desktop"
	"github.com/s2sdoctor/s2sdoctor/ui"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// program is the window's program, which make e2e has just built.
var program = filepath.Join("..", "bin", "s2sdoctor")

// TestConsentFromTheWindow tests a consent in full: the real window, the keyboard, the
// ordinary opener, a real browser, the redirect, and the changed checklist.
func TestConsentFromTheWindow(t *testing.T) {
	browser := chromium.Start(t)
	d, w := openWindow(t, browser, "article-before-consent")
	w.Key("ctrl+Return")
	w.Until("it warns of the empty field", func() bool { return w.Has(light(theme.Warning)) })
	w.Screenshot(screens("consent-1-before.png"))
	warned := w.Pixels(light(theme.Warning))

	w.Key("ctrl+o")
	w.Screenshot(screens("consent-2-dialog.png"))
	w.Key("Return")
	page := browser.Opened(t)
	page.WaitText("Choose an account")
	page.Screenshot(screens("consent-3-sign-in.png"))
	w.Screenshot(screens("consent-4-waiting.png"))
	page.Click(applicationUser)
	page.WaitText("Permissions requested")
	page.Screenshot(screens("consent-5-permissions.png"))
	page.Click("#accept")
	page.WaitText("S2S Doctor has the answer")
	page.Screenshot(screens("consent-6-answer.png"))

	w.Until("the checklist turns", func() bool { return w.Count(light(theme.Warning)) < warned })
	w.Screenshot(screens("consent-7-after.png"))
	report := reports(d, w, "Passed: The application user is complete")
	for _, want := range []string{"Connected.", "UserId: e94c7b12-d7a4-ee11-be37-000d3a4b1c2d"} {
		if !strings.Contains(report, want) {
			t.Errorf("the report does not say %s:\n%s", want, report)
		}
	}
	w.Close()
	keepsNoSecret(t, d, w, report)
}

// TestWindowShowsConsentFailures shows a refusal and then the wrong account in the same
// dialog. Neither changes the checklist.
func TestWindowShowsConsentFailures(t *testing.T) {
	browser := chromium.Start(t)
	d, w := openWindow(t, browser, "article-mistake-3")
	w.Key("ctrl+o", "shift+Tab", "shift+Tab") // past the address to the field above it
	w.Type(applicationUserName)
	w.Key("Tab", "Tab", "Return")
	page := browser.Opened(t)
	page.WaitText("Choose an account")
	if hint := page.Value("#account-name"); hint != applicationUserName {
		t.Errorf("the page was told to expect %q", hint)
	}
	page.Click(employee)
	page.Click("#cancel")
	page.WaitText("S2S Doctor has the answer")
	w.Until("it says that consent was declined", func() bool { return w.Has(light(theme.Error)) })
	w.Screenshot(screens("consent-declined.png"))

	w.Key("Return")
	page = browser.Opened(t)
	page.Click(employee)
	w.Until("the last answer is gone", func() bool { return !w.Has(light(theme.Error)) })
	page.Click("#accept")
	page.WaitText("S2S Doctor has the answer")
	w.Until("it says that somebody else consented", func() bool { return w.Has(light(theme.Error)) })
	w.Screenshot(screens("consent-wrong-account.png"))
	w.Key("Escape")
	reports(d, w, "Warning: The application user is complete")
	w.Screenshot(screens("consent-wrong-account-after.png"))
	w.Close()
}

// TestWindowExplainsPastedPage guards an error page of Microsoft that does not
// redirect: the user pastes its text.
func TestWindowExplainsPastedPage(t *testing.T) {
	b := chromium.Start(t)
	d, w := openWindow(t, b, "article-mistake-5")
	w.Key("ctrl+o", "Return")
	page := b.Opened(t)
	page.WaitText("AADSTS50011")
	page.Screenshot(screens("consent-error-page.png"))
	d.Copy(page.Text())
	private, err := browser.Opener{Loopback: true}.Private(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for range len(private) + 2 { // their buttons, Copy address, and the field
		w.Key("Tab")
	}
	w.Key("ctrl+v", "ctrl+Return") // a page has several lines, and Enter begins a new one
	w.Until("it names the mistake", func() bool { return w.Has(light(theme.Error)) })
	w.Screenshot(screens("consent-pasted-page.png"))
	w.Key("Escape")
	w.Close()
}

// openWindow opens the window on a scenario, with browser as the ordinary browser.
func openWindow(t *testing.T, browser *chromium.Browser, scenario string) (*desktop.Desktop, *desktop.Window) {
	t.Helper()
	browser.AsOrdinaryBrowser(t)
	d := desktop.Start(t)
	return d, d.Open(ui.Title, program, "--sandbox", "--scenario", scenario, "--theme", "light", "--size", "1180x860")
}

// reports copies the report until it contains part. The window takes the key only while
// no dialog is open.
func reports(d *desktop.Desktop, w *desktop.Window, part string) (report string) {
	w.Until("the report says "+part, func() bool {
		w.Key("ctrl+shift+c")
		report = d.Copied()
		return strings.Contains(report, part)
	})
	return report
}

func light(name fyne.ThemeColorName) color.Color {
	return theme.New(theme.Light).Color(name, fynetheme.VariantLight)
}

// keepsNoSecret searches all output of the program for the client secret.
func keepsNoSecret(t *testing.T, d *desktop.Desktop, w *desktop.Window, texts ...string) {
	t.Helper()
	_, form := play(t, "")
	seen := strings.Join(texts, "\n") + w.Output()
	err := filepath.WalkDir(d.Home, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		content, err := os.ReadFile(path)
		seen += path + "\n" + string(content)
		return err
	})
	if err != nil {
		t.Error(err)
	}
	form.Secret.Use(func(plain string) {
		if plain == "" || strings.Contains(seen, plain) {
			t.Error("the client secret is in a report, the output or the home folder")
		}
	})
}
