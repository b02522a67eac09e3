package ui

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"s2sdoctor/core"
	"s2sdoctor/core/connection"
	"s2sdoctor/core/consent"
	"s2sdoctor/core/guide"
	"s2sdoctor/core/prose"
	"s2sdoctor/ui/widgets"
)

// journey plays Microsoft's part of the consent page.
type journey struct {
	s *stage
	// urlErr makes the address impossible.
	urlErr error
	// grant is what comes of it; nil waits for the context.
	grant  func(ctx context.Context, g core.Grant) core.Granted
	choice core.ConsentChoice
	form   connection.Form
	pasted string
}

func newJourney(t *testing.T) *journey {
	j := &journey{}
	j.s = newStage(t, Options{}, func(s *stage) {
		s.consent = &ConsentDeps{
			URL: func(form connection.Form, choice core.ConsentChoice) (consent.Attempt, error) {
				j.choice = choice
				return consent.Attempt{Style: choice.Style, URL: "https://login.microsoftonline.com/organizations/" + string(choice.Style) + "?client_id=" + form.ClientID}, j.urlErr
			},
			Grant: func(ctx context.Context, g core.Grant) core.Granted {
				j.form = g.Form
				if j.grant == nil {
					<-ctx.Done()
					return core.Granted{Outcome: consent.Outcome{Ending: consent.Canceled}}
				}
				return j.grant(ctx, g)
			},
			Read: func(ctx context.Context, g core.Grant, pasted string, _ consent.Attempt) core.Granted {
				j.pasted = pasted
				return j.grant(ctx, g)
			},
			Open: func(context.Context, string) error { return nil },
			Private: func() []PrivateBrowser {
				return []PrivateBrowser{{Name: "Firefox", Open: func(context.Context, string) error { return nil }}}
			},
		}
	})
	j.s.w.form.fill(filledForm())
	return j
}

func TestTheAddressIsShownBeforeItOpens(t *testing.T) {
	j := newJourney(t)
	j.s.press("Open consent page")
	got := j.s.outline()
	for _, want := range []string{
		`quote "https://login.microsoftonline.com/organizations/v2?client_id=` + testClient + `"`,
		`button "Open in the browser", primary`, `button "Private window: Firefox"`, `button "Copy the consent address"`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("it does not show %s:\n%s", want, got)
		}
	}
	j.s.press("Copy the consent address")
	if len(j.s.copied) != 1 || !strings.HasPrefix(j.s.copied[0], "https://login.microsoftonline.com/") {
		t.Errorf("copied %q", j.s.copied)
	}
	if len(j.s.opened) != 0 {
		t.Errorf("opened %q before anybody asked", j.s.opened)
	}
}

// TestTheFocusStaysWhileTheAddressChanges guards Tab and Enter: the environment
// tells its tenant while the dialog is open, and the address is shown anew.
func TestTheFocusStaysWhileTheAddressChanges(t *testing.T) {
	j := newJourney(t)
	j.s.press("Open consent page")
	focused := j.s.w.win.Canvas().Focused()
	j.s.w.discovered()
	for _, o := range visible(j.s.w.win.Canvas().Overlays().Top()) {
		if button, ok := o.CanvasObject.(*widgets.Button); ok && fyne.Focusable(button) == focused {
			if button.Text() != "Open in the browser" {
				t.Errorf("the focus is on %q", button.Text())
			}
			return
		}
	}
	t.Error("the button that has the focus is no longer to be seen")
}

// TestTheAddressThatOpensIsShown: with the port that was chosen for the answer.
func TestTheAddressThatOpensIsShown(t *testing.T) {
	j := newJourney(t)
	const opens = "https://login.microsoftonline.com/organizations/v2?redirect_uri=http%3A%2F%2Flocalhost%3A4711"
	j.grant = func(_ context.Context, g core.Grant) core.Granted {
		g.Stage(consent.Stage{Step: consent.Opening, Attempt: consent.Attempt{URL: opens}})
		return core.Granted{Outcome: consent.Outcome{Ending: consent.Failed, Cause: "consent.declined", Summary: prose.Raw("Somebody chose Cancel")}}
	}
	j.s.press("Open consent page")
	j.s.press("Open in the browser")
	j.s.until("the answer", func() bool { return strings.Contains(j.s.outline(), `"Somebody chose Cancel."`) })
	if got := j.s.outline(); !strings.Contains(got, `quote "`+opens+`"`) {
		t.Errorf("it shows another address:\n%s", got)
	}
	j.s.press("Copy the consent address")
	if len(j.s.copied) != 1 || j.s.copied[0] != opens {
		t.Errorf("copied %q", j.s.copied)
	}
}

func TestWhoFollowsTheArticleGetsItsAddress(t *testing.T) {
	j := newJourney(t)
	j.s.w.header.path.Choose(1)
	j.s.press("Open consent page")
	if j.choice.Style != consent.Authorize {
		t.Errorf("the style is %q", j.choice.Style)
	}
}

func TestConsentIsFollowedByItsProof(t *testing.T) {
	j := newJourney(t)
	r := healthyReport()
	j.grant = func(_ context.Context, g core.Grant) core.Granted {
		g.Stage(consent.Stage{Step: consent.Opening, Host: "login.microsoftonline.com"})
		g.Stage(consent.Stage{Step: consent.Waiting, Host: "login.microsoftonline.com"})
		return core.Granted{
			Outcome: consent.Outcome{Ending: consent.Consented},
			By:      consent.Who{SignInName: "ana@contoso.com"}, Report: &r,
		}
	}
	j.s.press("Open consent page")
	j.s.press("Open in the browser")
	j.s.until("the answer", func() bool { return j.s.w.answer.shown == healthy })
	if m, _ := j.s.w.toasts.Showing(); m.Text != "Consent was given by ana@contoso.com." {
		t.Errorf("it says %q", m.Text)
	}
	if j.s.w.win.Canvas().Overlays().Top() != nil {
		t.Error("the dialog is still there")
	}
	for _, p := range j.s.w.answer.lists.guide.progress {
		if p.Step.ID == guide.Consent && p.State != guide.Ticked && p.State != guide.NotNeeded {
			t.Errorf("the guide's step is %s", p.State)
		}
	}
}

func TestARefusalStaysAndIsExplained(t *testing.T) {
	j := newJourney(t)
	j.grant = func(context.Context, core.Grant) core.Granted {
		return core.Granted{Outcome: consent.Outcome{Ending: consent.Failed, Cause: "consent.declined", Summary: prose.Raw("Somebody chose Cancel")}}
	}
	j.s.press("Open consent page")
	j.s.press("Private window: Firefox")
	j.s.until("the refusal", func() bool { return strings.Contains(j.s.outline(), `"Somebody chose Cancel."`) })
	if j.s.w.win.Canvas().Overlays().Top() == nil {
		t.Error("the dialog is gone: nobody can try again")
	}
}

func TestWhatIsPastedIsRead(t *testing.T) {
	j := newJourney(t)
	j.grant = func(context.Context, core.Grant) core.Granted {
		return core.Granted{Outcome: consent.Outcome{Ending: consent.Failed, Cause: "consent.redirect-mismatch", Summary: prose.Raw("AADSTS50011")}}
	}
	j.s.press("Open consent page")
	var entry *widgets.Entry
	for _, o := range visible(j.s.w.win.Canvas().Overlays().Top()) {
		if e, ok := o.CanvasObject.(*widgets.Entry); ok && e.Name == "Paste what you see" {
			entry = e
		}
	}
	entry.SetText("AADSTS50011: The redirect URI does not match")
	j.s.press("Read what was pasted")
	j.s.until("the reading", func() bool { return strings.Contains(j.s.outline(), `"AADSTS50011."`) })
	if j.pasted != "AADSTS50011: The redirect URI does not match" {
		t.Errorf("read %q", j.pasted)
	}
}

// TestEscEndsTheJourney guards that no listener stays behind a closed dialog.
func TestEscEndsTheJourney(t *testing.T) {
	j := newJourney(t)
	ended := make(chan struct{})
	j.grant = func(ctx context.Context, g core.Grant) core.Granted {
		g.Stage(consent.Stage{Step: consent.Waiting, Host: "login.microsoftonline.com", Deadline: time.Time{}})
		<-ctx.Done()
		close(ended)
		return core.Granted{Outcome: consent.Outcome{Ending: consent.Canceled}}
	}
	j.s.press("Open consent page")
	j.s.press("Open in the browser")
	j.s.until("the wait", func() bool {
		return strings.Contains(j.s.outline(), "Waiting for the answer of login.microsoftonline.com")
	})
	j.s.key(fyne.KeyEscape)
	<-ended
	if j.s.w.win.Canvas().Overlays().Top() != nil {
		t.Error("the dialog is still there")
	}
}

func TestWhatTheAddressNeedsIsAskedAtItsField(t *testing.T) {
	j := newJourney(t)
	j.urlErr = &consent.RequestError{Field: connection.FieldClientID, Cause: "input.client-id", Summary: prose.Raw("The Application (client) ID is needed.")}
	j.s.press("Open consent page")
	if got := j.s.w.form.client.Problem(); got != "The Application (client) ID is needed." {
		t.Errorf("the field says %q", got)
	}
	if j.s.w.win.Canvas().Focused() != fyne.Focusable(j.s.w.form.client.Entry) {
		t.Error("the focus is elsewhere")
	}
	j.urlErr = errors.New("no such style")
	j.s.press("Open consent page")
	if m, _ := j.s.w.toasts.Showing(); m.Text != "no such style" {
		t.Errorf("it says %q", m.Text)
	}
}
