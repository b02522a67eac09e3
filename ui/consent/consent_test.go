package consent

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/consent"
	"github.com/s2sdoctor/s2sdoctor/core/session"
	"github.com/s2sdoctor/s2sdoctor/core/text"
	"github.com/s2sdoctor/s2sdoctor/internal/uitest"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
)

var usual = fyne.NewSize(1000, 700)

func TestAddressIsShownBeforeItOpens(t *testing.T) {
	d := open(t, usual)
	d.WantOver(`quote "https://login.microsoftonline.com/organizations/v2?client_id=2015d711"`,
		`button "Open in the browser", primary`, `button "Private window: Firefox"`, `button "Copy the consent address"`)
	d.Press("Copy the consent address")
	if len(d.copied) != 1 || d.copied[0] != d.state.Attempt.URL || d.Asked != nil {
		t.Errorf("copied %q, asked for %q", d.copied, d.Asked)
	}
	d.Press("Close")
	if d.Over() != "" || d.state.Open {
		t.Errorf("it is still there:\n%s", d.Over())
	}
	d.wantFocus("below")
	d.start()
	d.WantOver(`button "Open in the browser", primary`)
}

// TestPageOpens guards the browser that each button opens.
func TestPageOpens(t *testing.T) {
	for button, want := range map[string]string{"Open in the browser": "start ", "Private window: Firefox": "start Firefox"} {
		d := open(t, usual)
		d.Entry("Who should sign in (optional)").SetText(user)
		d.Press(button)
		if !slices.Equal(d.Asked, []string{want}) || d.state.SignInName != user {
			t.Errorf("%s: asked for %q, expects %q", button, d.Asked, d.state.SignInName)
		}
	}
}

// TestFocusStaysWhileAddressChanges guards Tab and Enter: the address changes when the
// environment has named its tenant, and the focus stays on its button.
func TestFocusStaysWhileAddressChanges(t *testing.T) {
	d := open(t, usual)
	before := d.Canvas.Focused()
	d.ChooseConsentStyle(consent.AdminConsent)
	d.WantOver("/organizations/adminconsent?", "An administrator agrees once for the whole tenant.")
	d.wantFocus("Open in the browser")
	if d.Canvas.Focused() != before || d.Button("Open in the browser") != before.(*kit.Button) {
		t.Error("the button that had the focus is another one now")
	}
}

// TestNoAddress guards that the reason is shown in the place of the address.
func TestNoAddress(t *testing.T) {
	d := open(t, usual)
	d.state.Problem = text.Raw("A managed identity has no consent page.")
	d.draw()
	d.WantOver("mark Failed\n", `text "A managed identity has no consent page."`)
	if got := d.Over(); strings.Contains(got, "Open in the browser") || strings.Contains(got, "quote") {
		t.Errorf("there is an address:\n%s", got)
	}
}

// TestFailureIsShown guards that a failure has an icon, a title and the next action, that
// the focus is at the first action, and that users are not asked to write to themselves.
func TestFailureIsShown(t *testing.T) {
	declined := failure(catalog.ConsentDeclined, "somebody chose Cancel")
	declined.Again = true
	other := failure(catalog.ConsentWrongAccount, "Consent was given by megan@contoso.com.")
	other.Again, other.Privately = true, true
	field := failure("input.redirect-uri", "Port 80 is in use.")
	field.Field = "redirectUri"
	for _, c := range []struct {
		name    string
		failure *session.ConsentFailure
		owner   string
		first   string
		forThem bool
		press   string // the command of the first control
	}{
		{"declined", declined, "Entra administrator", "Try again", true, "start "},
		{"another account", other, "Whoever fills in the form", "Private window: Firefox", false, "start Firefox"},
		{"redirect", failure("consent.redirect-mismatch", "AADSTS50011."), "Entra application owner", "Open App registration: Authentication", true, "open "},
		{"a field", field, "Whoever fills in the form", "Show the field", false, "show the field"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := open(t, usual)
			d.wait()
			d.fail(c.failure)
			d.WantOver("mark Failed\n", `text "`+c.failure.Title.String()+`"`, `text "`+c.failure.Summary.Sentence().String()+`"`,
				`text "Do this next"`, `chip "`+c.owner+`"`, `text "1"`, `button "Close"`, `button "Open in the browser", primary`)
			if forThem := strings.Contains(d.Over(), `button "Copy the request for: `+c.owner+`"`); forThem != c.forThem {
				t.Errorf("Copy for them: %v, want %v", forThem, c.forThem)
			}
			if c.forThem {
				d.Press("Copy the request for: " + c.owner)
				if want := "request about " + string(c.failure.Result.Cause); len(d.copied) != 1 || d.copied[0] != want {
					t.Errorf("copied %q, want %q", d.copied, want)
				}
				return
			}
			d.wantFocus(c.first)
			d.Key(fyne.KeyReturn)
			if len(d.Asked) != 1 || !strings.HasPrefix(d.Asked[0], c.press) {
				t.Errorf("asked for %q, want %q", d.Asked, c.press)
			}
		})
	}
}

// TestTriedAgain guards that the focus survives the end of the card.
func TestTriedAgain(t *testing.T) {
	d := open(t, usual)
	declined := failure(catalog.ConsentDeclined, "somebody chose Cancel")
	declined.Again = true
	d.fail(declined)
	d.wantFocus("Try again")
	d.Key(fyne.KeyReturn)
	d.WantOver(`text "Opening the browser…"`)
	if strings.Contains(d.Over(), "declined") {
		t.Errorf("the failure is still there:\n%s", d.Over())
	}
	d.wantFocus("Open in the browser")
}

// TestFailureIsInSight guards that a dialog that is too small scrolls: the focused
// control is always visible, and the title too if there is room.
func TestFailureIsInSight(t *testing.T) {
	for _, size := range []fyne.Size{
		fyne.NewSize(440, 240), fyne.NewSize(450, 300), fyne.NewSize(683, 384), fyne.NewSize(720, 440), fyne.NewSize(900, 600), usual, fyne.NewSize(1920, 1080),
	} {
		t.Run(fmt.Sprint(size), func(t *testing.T) {
			d := open(t, size)
			declined := failure(catalog.ConsentDeclined, "somebody chose Cancel")
			declined.Again = true
			d.fail(declined)
			driver := fyne.CurrentApp().Driver()
			first, last := d.Button("Try again"), d.Button("Close")
			at, end := driver.AbsolutePositionForObject(first), driver.AbsolutePositionForObject(last)
			if d.wantFocus("Try again"); at.Y < 0 || at.Y+first.Size().Height > end.Y {
				t.Errorf("the focus goes from %v to %v; Close begins at %v", at.Y, at.Y+first.Size().Height, end.Y)
			}
			if end.Y+last.Size().Height > size.Height {
				t.Errorf("Close ends at %v", end.Y+last.Size().Height)
			}
			for _, o := range uitest.Visible(d.Canvas.Overlays().Top()) {
				if title, ok := o.CanvasObject.(*kit.Text); ok && title.Text() == "Consent was declined" {
					if size.Height >= 600 && driver.AbsolutePositionForObject(title).Y < 0 {
						t.Error("the title is out of sight")
					}
					return
				}
			}
			t.Error("there is no title")
		})
	}
}

func TestWaitIsShown(t *testing.T) {
	d := open(t, usual)
	d.wait()
	d.WantOver(`text "Waiting for the answer of `+login+`"`, `text "4:32 left"`, "Sign in as "+user+".", "Stop waiting, or Esc, ends it.", `button "Stop waiting"`)
	if strings.Contains(d.Over(), "Who consents") {
		t.Error("what the address is made of can be changed while it is open")
	}
	d.state.Left -= time.Second
	d.draw()
	d.WantOver(`text "4:31 left"`)
}

// TestPhases guards that each phase names the work under way.
func TestPhases(t *testing.T) {
	d := open(t, usual)
	for _, c := range []struct {
		phase session.ConsentPhase
		want  []string
	}{
		{session.ConsentBrowser, []string{`text "Opening the browser…"`, `button "Stop waiting"`}},
		{session.ConsentOpening, []string{`text "Opening ` + login + ` …"`}},
		{session.ConsentCopyAddress, []string{"mark Warning\n", "No browser could be opened. Copy the address into one"}},
		{session.ConsentAnswered, []string{`text "The answer is here"`}},
		{session.ConsentCancelling, []string{`text "Cancelling…"`, `button "Close"`}},
	} {
		d.phase(c.phase)
		d.WantOver(c.want...)
	}
}

// TestFirstPressStops guards that the first press stops the consent and the second closes
// the dialog: by button and by key.
func TestFirstPressStops(t *testing.T) {
	for name, press := range map[string]func(d *driver, button string){
		"button": func(d *driver, button string) { d.Press(button) },
		"Esc":    func(d *driver, _ string) { d.Key(fyne.KeyEscape) },
	} {
		t.Run(name, func(t *testing.T) {
			d := open(t, usual)
			d.wait()
			press(d, "Stop waiting")
			d.WantOver(`button "Close"`, "Who consents")
			if strings.Contains(d.Over(), "Waiting") {
				t.Errorf("after the first it shows\n%s", d.Over())
			}
			press(d, "Close")
			if d.Over() != "" || d.state.Open {
				t.Error("after the second it is still there")
			}
		})
	}
}

// TestPasteIsRead submits one line with Enter, and a page with the button. Ctrl+Enter is
// a key of the window's menu.
func TestPasteIsRead(t *testing.T) {
	enter := func(d *driver) { d.Entry("Paste what you see").TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn}) }
	button := func(d *driver) { d.Press("Read what was pasted") }
	for _, c := range []struct {
		name, shown string
		submit      func(*driver)
		read        bool
	}{
		{"a line, Enter", "AADSTS50011: The redirect URI", enter, true},
		{"a line and its end, Enter", "AADSTS50011\n", enter, true},
		{"a page, Enter", "Sorry\nAADSTS50011", enter, false},
		{"a page, the button", "Sorry\nAADSTS50011", button, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := open(t, usual)
			d.wait()
			entry := d.Entry("Paste what you see")
			height := entry.MinSize().Height
			entry.SetText(c.shown)
			c.submit(d)
			if read := slices.Equal(d.Asked, []string{"read " + c.shown}); read != c.read {
				t.Errorf("asked for %q", d.Asked)
			}
			d.state.Unread = text.Raw("this address holds no answer of the consent page")
			d.draw()
			d.WantOver(`"This address holds no answer of the consent page. The answer of the page is still waited for."`, `text "Waiting for the answer of `+login+`"`)
			d.wantFocus("Paste what you see")
			entry.SetText(strings.Repeat("a page\n", 200))
			if got := entry.MinSize().Height; got != height || got > 120 || strings.Contains(d.Over(), "holds no answer") {
				t.Errorf("the entry is %v high, and was %v:\n%s", got, height, d.Over())
			}
		})
	}
}

// TestElsewhereAsksForPaste guards that the field has the focus.
func TestElsewhereAsksForPaste(t *testing.T) {
	d := open(t, usual)
	d.state.Request = text.Raw("Copy its address into Paste what you see.")
	d.phase(session.ConsentPaste)
	d.WantOver("Copy its address into", `button "Close"`, `text "Your turn"`)
	if strings.Contains(d.Over(), " left") {
		t.Errorf("something is waited for:\n%s", d.Over())
	}
	d.wantFocus("Paste what you see")
}
