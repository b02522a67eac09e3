package ui

import (
	"context"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/consent"
	"github.com/s2sdoctor/s2sdoctor/core/text"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
)

// These tests cover the dialog's relation to the rest of the window. ui/consent tests
// what it shows, core/session what it does.

func newConsentStage(t *testing.T) *stage {
	t.Helper()
	s := newStage(t, Options{}, withConsent)
	s.fill(filledForm())
	return s
}

// TestConsentFieldIsShown guards that the dialog closes to show the field.
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

// TestConsentIsFollowedByItsProof guards that the dialog closes to show the report.
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

// TestConsentByAnotherAccountIsShown guards the step of the guide and the message, which
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

// TestConsentPasteByMenu guards that Ctrl+Enter, which the menu takes before the entry,
// submits the pasted text while the entry for it is open.
func TestConsentPasteByMenu(t *testing.T) {
	s := newConsentStage(t)
	pasted := make(chan string, 1)
	s.consent.read = func(text string) core.ConsentResult {
		pasted <- text
		return core.ConsentResult{Outcome: consent.Read("https://example.com/", consent.Attempt{})}
	}
	s.press("Open consent page")
	s.pasteEntry().SetText("Sorry\nAADSTS50011")
	s.w.win.Canvas().Focus(s.pasteEntry())
	s.w.item("test").Action()
	s.until("the reading", func() bool {
		return strings.Contains(s.over(), `"This address holds no answer of the consent page."`)
	})
	if got := <-pasted; got != "Sorry\nAADSTS50011" {
		t.Errorf("read %q", got)
	}
}

// TestConsentAsksForWhatAddressNeeds guards that the field is shown instead of a dialog.
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
