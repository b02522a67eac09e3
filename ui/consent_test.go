package ui

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/consent"
	"github.com/s2sdoctor/s2sdoctor/core/session"
	"github.com/s2sdoctor/s2sdoctor/core/text"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
)

// These tests are about what the dialog shows and how the keyboard moves in it. What
// it does is tested in core/session.

func newConsentStage(t *testing.T) *stage {
	t.Helper()
	s := newStage(t, Options{}, withConsent)
	s.fill(filledForm())
	return s
}

func TestConsentAddressIsShownBeforeItOpens(t *testing.T) {
	s := newConsentStage(t)
	s.press("Open consent page")
	got := s.outline()
	for _, want := range []string{
		`quote "https://login.microsoftonline.com/organizations/v2?client_id=` + testClient + `"`,
		`button "Open in the browser", primary`, `button "Private window: Firefox"`, `button "Copy the consent address"`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("it does not show %s:\n%s", want, got)
		}
	}
	s.press("Copy the consent address")
	if len(s.copied) != 1 || !strings.HasPrefix(s.copied[0], "https://login.microsoftonline.com/") || len(s.opened) != 0 {
		t.Errorf("copied %q, opened %q", s.copied, s.opened)
	}
	s.press("Close")
	s.press("Open consent page")
	if s.over() == "" {
		t.Error("it does not open again")
	}
}

// TestConsentFocusStaysWhileAddressChanges guards Tab and Enter: the environment names
// its tenant while the dialog is open, and the address is shown anew.
func TestConsentFocusStaysWhileAddressChanges(t *testing.T) {
	s := newConsentStage(t)
	s.press("Open consent page")
	focused := s.w.win.Canvas().Focused()
	s.w.session.ChooseConsentStyle(consent.AdminConsent)
	if got := s.over(); !strings.Contains(got, "/organizations/adminconsent?") {
		t.Fatalf("the address stays:\n%s", got)
	}
	for _, o := range visible(s.w.win.Canvas().Overlays().Top()) {
		if button, ok := o.CanvasObject.(*kit.Button); ok && fyne.Focusable(button) == focused {
			if button.Text() != "Open in the browser" {
				t.Errorf("the focus is on %q", button.Text())
			}
			return
		}
	}
	t.Error("the button that has the focus is no longer to be seen")
}

// TestConsentFailureIsShown guards that a failure has an icon, a title and the next
// action, that the focus is where that begins, and that the user is not asked to write
// to themselves.
func TestConsentFailureIsShown(t *testing.T) {
	field := consent.Outcome{Ending: consent.Failed, Cause: "input.redirect-uri", Field: connection.FieldRedirectURI, Summary: text.Raw("Port 80 is in use.")}
	other := consent.Verify(consent.Outcome{Ending: consent.Consented}, consent.Account{SignInName: "megan@contoso.com"}, consent.ExpectedAccount{SignInName: testUser})
	for _, c := range []struct {
		name    string
		outcome consent.Outcome
		title   string
		owner   string
		first   string
		forThem bool
	}{
		{"declined", consent.Outcome{Ending: consent.Failed, Cause: "consent.declined", Summary: text.Raw("somebody chose Cancel")}, "Consent was declined", "Entra administrator", "Try again", true},
		{"somebody else", other, "Somebody else consented", "Whoever fills in the form", "Private window: Firefox", false},
		{"redirect", consent.Outcome{Ending: consent.Failed, Cause: "consent.redirect-mismatch", Summary: text.Raw("AADSTS50011.")}, "The Redirect URI is not the one that is registered", "Entra application owner", "Open App registration: Authentication", true},
		{"a field", field, "The Redirect URI cannot be used", "Whoever fills in the form", "Show the field", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newConsentStage(t)
			s.consentUnderWay(endsWith(c.outcome))
			got := s.over()
			summary := text.Raw(c.outcome.Summary.String()).Sentence().String()
			for _, want := range []string{"mark Failed\n", `text "` + c.title + `"`, `text "` + summary + `"`, `text "Do this next"`, `chip "` + c.owner + `"`, `text "1"`, `button "Close"`, `button "Open in the browser", primary`} {
				if !strings.Contains(got, want) {
					t.Errorf("it does not show %s:\n%s", want, got)
				}
			}
			if forThem := strings.Contains(got, `button "Copy the request for: `+c.owner+`"`); forThem != c.forThem {
				t.Errorf("Copy for them: %v, want %v", forThem, c.forThem)
			}
			if focused, ok := s.w.win.Canvas().Focused().(*kit.Button); !ok || focused.AccessibilityLabel() != c.first {
				t.Errorf("the focus is on %#v, want %q", focused, c.first)
			}
		})
	}
}

// TestConsentFieldIsShown guards that the dialog makes room for the field.
func TestConsentFieldIsShown(t *testing.T) {
	s := newConsentStage(t)
	s.consentUnderWay(endsWith(consent.Outcome{Ending: consent.Failed, Cause: "input.redirect-uri", Field: connection.FieldRedirectURI, Summary: text.Raw("Port 80 is in use.")}))
	s.press("Show the field")
	if s.over() != "" || s.field("Redirect URI").Problem() != "Port 80 is in use." {
		t.Errorf("the field says %q", s.field("Redirect URI").Problem())
	}
	if s.w.win.Canvas().Focused() != fyne.Focusable(s.field("Redirect URI").Entry) {
		t.Error("the focus is elsewhere")
	}
}

// TestConsentFailureIsInSight guards that the dialog scrolls where it is too small:
// what has the focus is always to be seen, and the title too where there is room.
func TestConsentFailureIsInSight(t *testing.T) {
	for _, size := range windows {
		t.Run(fmt.Sprint(size), func(t *testing.T) {
			s := newStage(t, Options{Width: size.Width, Height: size.Height})
			s.consentUnderWay(declinedPage)
			driver := fyne.CurrentApp().Driver()
			first, last := s.find("Try again"), s.find("Close")
			at, end := driver.AbsolutePositionForObject(first), driver.AbsolutePositionForObject(last)
			if s.w.win.Canvas().Focused() != fyne.Focusable(first) || at.Y < 0 || at.Y+first.Size().Height > end.Y {
				t.Errorf("the focus is on %v, from %v to %v; Close begins at %v", s.w.win.Canvas().Focused(), at.Y, at.Y+first.Size().Height, end.Y)
			}
			if end.Y+last.Size().Height > size.Height {
				t.Errorf("Close ends at %v", end.Y+last.Size().Height)
			}
			if title := s.textOver("Consent was declined"); size.Height >= 600 && driver.AbsolutePositionForObject(title).Y < 0 {
				t.Error("the title is out of sight")
			}
		})
	}
}

// textOver returns a text in what is over the window.
func (s *stage) textOver(shown string) fyne.CanvasObject {
	for _, o := range visible(s.w.win.Canvas().Overlays().Top()) {
		if text, ok := o.CanvasObject.(*kit.Text); ok && text.Text() == shown {
			return text
		}
	}
	s.t.Fatalf("nothing over the window says %q", shown)
	return nil
}

func TestConsentTriedAgain(t *testing.T) {
	s := newConsentStage(t)
	s.consentUnderWay(declinedPage)
	s.consent.page = nil
	s.key(fyne.KeyReturn)
	if got := s.over(); strings.Contains(got, "declined") || !strings.Contains(got, `text "Opening the browser…"`) {
		t.Errorf("it shows\n%s", got)
	}
	if focused, ok := s.w.win.Canvas().Focused().(*kit.Button); !ok || focused.Text() != "Open in the browser" {
		t.Error("the focus went away with the card")
	}
}

func TestConsentWaitIsShown(t *testing.T) {
	s := newStage(t, Options{})
	s.consentUnderWay(waitingPage)
	got := s.over()
	for _, want := range []string{
		`text "Waiting for the answer of ` + testLogin + `"`, `text "4:32 left"`, "Sign in as " + testUser + ".",
		"Stop waiting, or Esc, ends it.", `button "Stop waiting"`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("it does not say %s:\n%s", want, got)
		}
	}
	if strings.Contains(got, "Who consents") {
		t.Error("what the address is made of can be changed while it is open")
	}
	s.advance(time.Second)
	if got := s.over(); !strings.Contains(got, `text "4:31 left"`) {
		t.Errorf("a second later:\n%s", got)
	}
}

// TestConsentFirstPressStops guards that the second closes the dialog: by button and
// by key.
func TestConsentFirstPressStops(t *testing.T) {
	for name, press := range map[string]func(s *stage, button string){
		"button": func(s *stage, button string) { s.press(button) },
		"Esc":    func(s *stage, _ string) { s.key(fyne.KeyEscape) },
	} {
		t.Run(name, func(t *testing.T) {
			s := newStage(t, Options{})
			s.consentUnderWay(waitingPage)
			press(s, "Stop waiting")
			got := s.over()
			if !strings.Contains(got, `button "Close"`) || strings.Contains(got, "Waiting") || !strings.Contains(got, "Who consents") {
				t.Errorf("after the first it shows\n%s", got)
			}
			for _, tm := range s.timers {
				if tm.at.After(s.now) {
					tm.f() // it was on its way already when it was cancelled
				}
			}
			if s.over() != got {
				t.Errorf("a late second changes it to\n%s", s.over())
			}
			press(s, "Close")
			if s.over() != "" || s.w.session.State().Consent.Open {
				t.Error("after the second it is still there")
			}
		})
	}
}

// TestConsentIsFollowedByItsProof guards that the dialog gives way to the report.
func TestConsentIsFollowedByItsProof(t *testing.T) {
	s := newConsentStage(t)
	r := healthyReport()
	s.consentUnderWay(func(*stage) func(context.Context, core.ConsentRequest) core.ConsentResult {
		return func(context.Context, core.ConsentRequest) core.ConsentResult {
			return core.ConsentResult{Outcome: consent.Outcome{Ending: consent.Consented}, ConsentedBy: consent.Account{SignInName: "ana@contoso.com"}, Report: &r}
		}
	})
	if m, _ := s.w.toasts.Current(); m.Text != "Consent was given by ana@contoso.com." || s.over() != "" || !s.shows("Connected") {
		t.Errorf("it says %q:\n%s", m.Text, s.outline())
	}
}

// TestConsentByAnotherAccountIsShown guards the step of the guide and the message that
// stays.
func TestConsentByAnotherAccountIsShown(t *testing.T) {
	const note = "Consent was given by megan@contoso.onmicrosoft.com. " + testUser + " was expected."
	s := newConsentStage(t)
	s.consentUnderWay(otherPage)
	s.key(fyne.KeyEscape)
	s.advance(time.Hour)
	if m, ok := s.w.toasts.Current(); !ok || m.Text != note || m.Tone != kit.Caution {
		t.Errorf("the message is %q", m.Text)
	}
	s.lists().Choose(showGuide)
	s.openStep(6)
	if got := s.outline(); strings.Count(got, note) != 2 {
		t.Errorf("the step does not note it:\n%s", got)
	}
}

// TestConsentPasteIsRead: one line with Enter, a page with Ctrl+Enter, either with the
// button.
func TestConsentPasteIsRead(t *testing.T) {
	enter := func(s *stage) { s.pasteEntry().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn}) }
	menu := func(s *stage) { // which takes the keys before the entry sees them
		s.w.win.Canvas().Focus(s.pasteEntry())
		s.w.item("test").Action()
	}
	for _, c := range []struct {
		name, shown string
		submit      func(*stage)
		read        bool
	}{
		{"a line, Enter", "AADSTS50011: The redirect URI", enter, true},
		{"a line and its end, Enter", "AADSTS50011\n", enter, true},
		{"a page, Enter", "Sorry\nAADSTS50011", enter, false},
		{"a page, Ctrl+Enter", "Sorry\nAADSTS50011", menu, true},
		{"a page, the button", "Sorry\nAADSTS50011", func(s *stage) { s.press("Read what was pasted") }, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newConsentStage(t)
			pasted := make(chan string, 1)
			s.consent.read = func(text string) core.ConsentResult {
				pasted <- text
				return core.ConsentResult{Outcome: consent.Read("https://example.com/", consent.Attempt{})}
			}
			s.press("Open consent page")
			entry := s.pasteEntry()
			height := entry.MinSize().Height
			entry.SetText(c.shown)
			c.submit(s)
			if !c.read {
				select {
				case got := <-pasted:
					t.Errorf("read %q", got)
				default:
				}
				return
			}
			s.until("the reading", func() bool {
				return strings.Contains(s.over(), `"This address holds no answer of the consent page."`)
			})
			if got := <-pasted; got != c.shown || s.w.win.Canvas().Focused() != fyne.Focusable(entry) {
				t.Errorf("read %q", got)
			}
			entry.SetText(strings.Repeat("a page\n", 200))
			if got := entry.MinSize().Height; got != height || got > 120 || strings.Contains(s.over(), "holds no answer") {
				t.Errorf("the entry is %v high, and was %v:\n%s", got, height, s.over())
			}
		})
	}
}

// TestConsentPasteBesideWait guards that the user reads that the wait goes on.
func TestConsentPasteBesideWait(t *testing.T) {
	s := newStage(t, Options{})
	s.consentUnderWay(waitingPage)
	s.consent.read = func(string) core.ConsentResult {
		return core.ConsentResult{Outcome: consent.Read("https://example.com/", consent.Attempt{})}
	}
	s.pasteEntry().SetText("what I see")
	s.press("Read what was pasted")
	s.until("the reading", func() bool { return strings.Contains(s.over(), "holds no answer") })
	if got := s.over(); !strings.Contains(got, "The answer of the page is still waited for.") || !strings.Contains(got, `text "Waiting for the answer of `+testLogin+`"`) {
		t.Errorf("it shows\n%s", got)
	}
}

// TestConsentElsewhereAsksForPaste guards that the field has the focus.
func TestConsentElsewhereAsksForPaste(t *testing.T) {
	s := newConsentStage(t)
	s.consentUnderWay(endsWith(consent.Outcome{Ending: consent.Paste, Summary: text.Raw("Copy its address into Paste what you see.")}))
	got := s.over()
	if !strings.Contains(got, "Copy its address into") || strings.Contains(got, " left") || !strings.Contains(got, `button "Close"`) || !strings.Contains(got, `text "Your turn"`) {
		t.Errorf("it shows\n%s", got)
	}
	if s.w.win.Canvas().Focused() != fyne.Focusable(s.pasteEntry()) || s.phase() != session.ConsentPaste {
		t.Error("the focus is elsewhere")
	}
}

// TestConsentAsksForWhatAddressNeeds guards that the field is shown, and no dialog.
func TestConsentAsksForWhatAddressNeeds(t *testing.T) {
	s := newConsentStage(t)
	s.consent.urlErr = &consent.RequestError{Field: connection.FieldClientID, Cause: "input.client-id", Summary: text.Raw("The Application (client) ID is needed.")}
	s.press("Open consent page")
	if got := s.field("Application (client) ID").Problem(); got != "The Application (client) ID is needed." || s.over() != "" {
		t.Errorf("the field says %q", got)
	}
	if s.w.win.Canvas().Focused() != fyne.Focusable(s.field("Application (client) ID").Entry) {
		t.Error("the focus is elsewhere")
	}
}
