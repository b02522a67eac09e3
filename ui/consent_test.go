package ui

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/consent"
	"github.com/s2sdoctor/s2sdoctor/core/guide"
	"github.com/s2sdoctor/s2sdoctor/core/session"
	"github.com/s2sdoctor/s2sdoctor/core/text"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
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
	j.s = newStage(t, Options{}, func(s *stage) { s.consent = j.deps() })
	j.s.fill(filledForm())
	return j
}

func (j *journey) deps() *ConsentDeps {
	return &ConsentDeps{
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
	j.s.w.discovered(session.Discovery{Known: true})
	for _, o := range visible(j.s.w.win.Canvas().Overlays().Top()) {
		if button, ok := o.CanvasObject.(*kit.Button); ok && fyne.Focusable(button) == focused {
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
		return core.Granted{Outcome: consent.Outcome{Ending: consent.Failed, Cause: "consent.declined", Summary: text.Raw("Somebody chose Cancel")}}
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
	if m, _ := j.s.w.toasts.Current(); m.Text != "Consent was given by ana@contoso.com." {
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

// TestAFailureIsExplained guards that a failure has a mark, a title and the next
// action, that the focus is where that begins, and that nobody is asked to write
// to themselves.
func TestAFailureIsExplained(t *testing.T) {
	declined := consent.Outcome{Ending: consent.Failed, Cause: "consent.declined", Summary: text.Raw("somebody chose Cancel")}
	other := consent.Verify(consent.Outcome{Ending: consent.Consented}, consent.Who{SignInName: "megan@contoso.com"}, consent.Expected{SignInName: "s2s@contoso.com"})
	for _, c := range []struct {
		name    string
		outcome consent.Outcome
		title   string
		says    string
		owner   string
		first   string
		forThem bool
	}{
		{"declined", declined, "Consent was declined", "Somebody chose Cancel.", "Entra administrator", "Try again", true},
		{"timed out", consent.Outcome{Ending: consent.Failed, Cause: "consent.timed-out", Summary: text.Raw("Nobody finished.")}, "The sign-in or consent was not finished in time", "Nobody finished.", "Whoever fills in the form", "Try again", false},
		{"somebody else", other, "Somebody else consented", other.Summary.String(), "Whoever fills in the form", "Private window: Firefox", false},
		{"an account of elsewhere", consent.Outcome{Ending: consent.Failed, Cause: "consent.wrong-account", Summary: text.Raw("AADSTS50020.")}, "The account that signed in cannot be used here", "AADSTS50020.", "Whoever fills in the form", "Private window: Firefox", false},
		{"redirect", consent.Outcome{Ending: consent.Failed, Cause: "consent.redirect-mismatch", Summary: text.Raw("AADSTS50011.")}, "The Redirect URI is not the one that is registered", "AADSTS50011.", "Entra application owner", "Open App registration: Authentication", true},
		{"a field", consent.Outcome{Ending: consent.Failed, Cause: "input.redirect-uri", Field: connection.FieldRedirectURI, Summary: text.Raw("Port 80 is in use.")}, "The Redirect URI cannot be used", "Port 80 is in use.", "Whoever fills in the form", "Show the field", false},
		{"not known", consent.Outcome{Ending: consent.Failed, Cause: "unknown", Summary: text.Raw("It answered server_error.")}, "Nothing in this answer is known", "It answered server_error.", "Microsoft", "Open Microsoft's error page", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			j := newJourney(t)
			j.grant = func(context.Context, core.Grant) core.Granted { return core.Granted{Outcome: c.outcome} }
			j.s.press("Open consent page")
			j.s.press("Open in the browser")
			j.s.until("the failure", func() bool { return strings.Contains(j.s.outline(), `text "`+c.title+`"`) })
			got := j.s.over()
			for _, want := range []string{"mark Failed\n", `text "` + c.says + `"`, `text "Do this next"`, `chip "` + c.owner + `"`, `text "1"`, `button "Close"`, `button "Open in the browser", primary`} {
				if !strings.Contains(got, want) {
					t.Errorf("it does not show %s:\n%s", want, got)
				}
			}
			if forThem := strings.Contains(got, `button "Copy the request for: `+c.owner+`"`); forThem != c.forThem {
				t.Errorf("Copy for them: %v, want %v", forThem, c.forThem)
			}
			if focused, ok := j.s.w.win.Canvas().Focused().(*kit.Button); !ok || focused.AccessibilityLabel() != c.first {
				t.Errorf("the focus is on %#v, want %q", focused, c.first)
			}
		})
	}
}

// TestSomebodyElseIsToldWhoShouldSignIn guards against the steps for an account
// that is locked, where the account was good and not the one that counts.
func TestSomebodyElseIsToldWhoShouldSignIn(t *testing.T) {
	s := newStage(t, Options{})
	s.consentUnderWay(otherJourney)
	got := s.over()
	if !strings.Contains(got, "Sign in as ") || strings.Contains(got, "locked") {
		t.Errorf("the dialog shows\n%s", got)
	}
}

// TestAFailureComesIntoSight guards that the dialog scrolls where it is too small:
// what has the focus is always to be seen, and the title too where there is room.
func TestAFailureComesIntoSight(t *testing.T) {
	for _, size := range windows {
		t.Run(fmt.Sprint(size), func(t *testing.T) {
			s := newStage(t, Options{Width: size.Width, Height: size.Height})
			s.consentUnderWay(declinedJourney)
			driver := fyne.CurrentApp().Driver()
			card := driver.AbsolutePositionForObject(s.w.consenting.slot)
			first, last := s.find("Try again"), s.find("Close")
			at, end := driver.AbsolutePositionForObject(first), driver.AbsolutePositionForObject(last)
			if s.w.win.Canvas().Focused() != fyne.Focusable(first) || at.Y < 0 || at.Y+first.Size().Height > end.Y {
				t.Errorf("the focus is on %v, from %v to %v; Close begins at %v", s.w.win.Canvas().Focused(), at.Y, at.Y+first.Size().Height, end.Y)
			}
			if end.Y+last.Size().Height > size.Height {
				t.Errorf("Close ends at %v", end.Y+last.Size().Height)
			}
			if size.Height >= 600 && card.Y < 0 {
				t.Errorf("the card begins at %v", card.Y)
			}
		})
	}
}

func TestTryingAgainForgetsTheFailure(t *testing.T) {
	j := newJourney(t)
	answers := []core.Granted{{Outcome: consent.Outcome{Ending: consent.Failed, Cause: "consent.declined", Summary: text.Raw("No.")}}}
	j.grant = func(ctx context.Context, _ core.Grant) core.Granted {
		if len(answers) > 0 {
			answer := answers[0]
			answers = nil
			return answer
		}
		<-ctx.Done()
		return core.Granted{Outcome: consent.Outcome{Ending: consent.Canceled}}
	}
	j.s.press("Open consent page")
	j.s.press("Open in the browser")
	j.s.until("the failure", func() bool { return strings.Contains(j.s.outline(), "Consent was declined") })
	j.s.key(fyne.KeyReturn)
	if got := j.s.over(); strings.Contains(got, "declined") || !strings.Contains(got, `text "Opening the browser…"`) {
		t.Errorf("it shows\n%s", got)
	}
	if j.s.w.win.Canvas().Focused() != fyne.Focusable(j.s.w.consenting.main) {
		t.Error("the focus went away with the card")
	}
}

// TestTheFieldThatIsWrongIsShown: the dialog makes room for it.
func TestTheFieldThatIsWrongIsShown(t *testing.T) {
	j := newJourney(t)
	j.grant = func(context.Context, core.Grant) core.Granted {
		return core.Granted{Outcome: consent.Outcome{Ending: consent.Failed, Cause: "input.redirect-uri", Field: connection.FieldRedirectURI, Summary: text.Raw("Port 80 is in use.")}}
	}
	j.s.press("Open consent page")
	j.s.press("Open in the browser")
	j.s.until("the failure", func() bool { return strings.Contains(j.s.outline(), "Port 80 is in use.") })
	j.s.press("Show the field")
	if j.s.w.win.Canvas().Overlays().Top() != nil || j.s.field("Redirect URI").Problem() != "Port 80 is in use." {
		t.Errorf("the field says %q", j.s.field("Redirect URI").Problem())
	}
	if j.s.w.win.Canvas().Focused() != fyne.Focusable(j.s.field("Redirect URI").Entry) {
		t.Error("the focus is elsewhere")
	}
}

// TestTheWaitCountsDown guards that it says how long, once a second and no
// oftener, and that no timer outlives it.
func TestTheWaitCountsDown(t *testing.T) {
	s := newStage(t, Options{})
	s.consentUnderWay(waitingJourney)
	for _, c := range []struct {
		after time.Duration
		want  string
	}{
		{0, "4:32 left"},
		{300 * time.Millisecond, "4:32 left"},
		{700 * time.Millisecond, "4:31 left"},
		{time.Second, "4:30 left"},
		{4*time.Minute + 29*time.Second, "0:01 left"},
		{time.Second, "0:00 left"},
	} {
		s.advance(c.after)
		if got := s.over(); !strings.Contains(got, `text "`+c.want+`"`) {
			t.Errorf("after %v more it does not say %s:\n%s", c.after, c.want, got)
		}
		if n := s.running(); n > 1 {
			t.Errorf("%d timers run", n)
		}
	}
	if n := s.running(); n != 0 {
		t.Errorf("%d timers run although the time is over", n)
	}
}

func TestTheWaitSaysHowItEnds(t *testing.T) {
	s := newStage(t, Options{})
	s.consentUnderWay(waitingJourney)
	got := s.over()
	for _, want := range []string{"Sign in as s2s.integration@contoso.onmicrosoft.com.", "Stop waiting, or Esc, ends it.", `button "Stop waiting"`} {
		if !strings.Contains(got, want) {
			t.Errorf("it does not say %s:\n%s", want, got)
		}
	}
	if strings.Contains(got, "Who consents") {
		t.Error("what the address is made of can be changed while it is open")
	}
}

// TestTheFirstPressStopsTheSecondCloses: by button and by key.
func TestTheFirstPressStopsTheSecondCloses(t *testing.T) {
	for name, press := range map[string]func(s *stage, button string){
		"button": func(s *stage, button string) { s.press(button) },
		"Esc":    func(s *stage, _ string) { s.key(fyne.KeyEscape) },
	} {
		t.Run(name, func(t *testing.T) {
			s := newStage(t, Options{})
			s.consentUnderWay(waitingJourney)
			press(s, "Stop waiting")
			got := s.over()
			if !strings.Contains(got, `button "Close"`) || strings.Contains(got, "Waiting") || !strings.Contains(got, "Who consents") {
				t.Errorf("after the first it shows\n%s", got)
			}
			if n := s.running(); n != 0 {
				t.Errorf("%d timers still run", n)
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
			if s.w.win.Canvas().Overlays().Top() != nil {
				t.Error("after the second it is still there")
			}
		})
	}
}

// TestWhatWasAgreedToIsHeardOf guards that stopping the examination after a yes
// does not forget who gave it.
func TestWhatWasAgreedToIsHeardOf(t *testing.T) {
	j := newJourney(t)
	j.grant = func(ctx context.Context, g core.Grant) core.Granted {
		g.Stage(consent.Stage{Step: consent.Waiting, Host: testLogin, Deadline: j.s.now.Add(time.Minute)})
		g.Stage(consent.Stage{Step: consent.Answered})
		<-ctx.Done()
		r := cancelledReport()
		return core.Granted{Outcome: consent.Outcome{Ending: consent.Consented}, By: consent.Who{SignInName: "ana@contoso.com"}, Report: &r}
	}
	j.s.press("Open consent page")
	j.s.press("Open in the browser")
	j.s.until("the answer", func() bool { return strings.Contains(j.s.outline(), `text "The answer is here"`) })
	if got := j.s.over(); strings.Contains(got, " left") || !strings.Contains(got, `button "Stop waiting"`) {
		t.Errorf("it shows\n%s", got)
	}
	j.s.press("Stop waiting")
	j.s.until("who it was", func() bool {
		m, _ := j.s.w.toasts.Current()
		return m.Text == "Consent was given by ana@contoso.com."
	})
	if j.s.w.answer.shown != stopped {
		t.Errorf("the answer is %s", j.s.w.answer.shown)
	}
}

// TestConsentBySomebodyElseLasts: outside the dialog, on both paths.
func TestConsentBySomebodyElseLasts(t *testing.T) {
	const note = "Consent was given by megan@contoso.onmicrosoft.com. s2s.integration@contoso.onmicrosoft.com was expected."
	for i, path := range paths {
		t.Run(string(path), func(t *testing.T) {
			s := newStage(t, Options{})
			s.w.header.path.Choose(i)
			s.consentUnderWay(otherJourney)
			s.key(fyne.KeyEscape)
			s.advance(time.Hour)
			if m, ok := s.w.toasts.Current(); !ok || m.Text != note || m.Tone != kit.Caution {
				t.Errorf("the toast says %q", m.Text)
			}
			s.w.answer.lists.show(showGuide)
			row := s.w.answer.lists.guide.rows[5]
			row.fold.SetOpen(true)
			s.settle()
			if row.progress.Step.ID != guide.Consent || !strings.HasPrefix(row.progress.Note.String(), note) || !strings.Contains(s.outline(), note) {
				t.Errorf("%s notes %q", row.progress.Step.ID, row.progress.Note)
			}
			if state, _ := standing(row.progress); state != kit.Warned && state != kit.Failed {
				t.Errorf("the step is marked %s", state.Word())
			}

			right := s.w.deps.Consent
			right.Grant = func(context.Context, core.Grant) core.Granted {
				r := healthyReport()
				return core.Granted{Outcome: consent.Outcome{Ending: consent.Consented}, Report: &r}
			}
			s.w.openConsent()
			s.press("Open in the browser")
			s.until("the right one", func() bool { m, _ := s.w.toasts.Current(); return m.Text == "Consent was given." })
			if note := s.w.answer.lists.guide.rows[5].progress.Note.String(); strings.Contains(note, "megan") {
				t.Errorf("it still notes %q", note)
			}
		})
	}
}

// TestWhatIsPastedIsRead: one line with Enter, a page with Ctrl+Enter, either
// with the button.
func TestWhatIsPastedIsRead(t *testing.T) {
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
		{"nothing", " ", func(s *stage) { s.press("Read what was pasted") }, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			j := newJourney(t)
			j.grant = func(context.Context, core.Grant) core.Granted {
				return core.Granted{Outcome: consent.Outcome{Ending: consent.Failed, Cause: "consent.redirect-mismatch", Summary: text.Raw("AADSTS50011")}}
			}
			j.s.press("Open consent page")
			height := j.s.pasteEntry().MinSize().Height
			j.s.pasteEntry().SetText(c.shown)
			c.submit(j.s)
			if !c.read {
				if j.s.w.consenting.run.reading.active() {
					t.Errorf("read %q", j.pasted)
				}
				return
			}
			j.s.until("the reading", func() bool { return strings.Contains(j.s.outline(), `"AADSTS50011."`) })
			if j.pasted != c.shown {
				t.Errorf("read %q", j.pasted)
			}
			j.s.pasteEntry().SetText(strings.Repeat("a page\n", 200))
			if got := j.s.pasteEntry().MinSize().Height; got != height || got > 120 {
				t.Errorf("the entry is %v high, and was %v", got, height)
			}
		})
	}
}

// TestAPasteThatDecidesNothingLeavesTheWait, and one that decides ends it.
func TestAPasteThatDecidesNothingLeavesTheWait(t *testing.T) {
	r := healthyReport()
	for _, c := range []struct {
		name    string
		granted core.Granted
		problem string
		waits   bool
		after   string
	}{
		{
			"nothing of it",
			core.Granted{Outcome: consent.Read("https://example.com/", consent.Attempt{})},
			"This address holds no answer of the consent page. The answer of the page is still waited for.", true, `text "Waiting for the answer of ` + testLogin + `"`,
		},
		{
			"another attempt's",
			core.Granted{Outcome: consent.Outcome{Ending: consent.Failed, Undecided: true, Cause: "consent.state-mismatch", Summary: text.Raw("Another one.")}},
			"Another one. The answer of the page is still waited for.", true, `button "Stop waiting"`,
		},
		{"a no", core.Granted{Outcome: consent.Outcome{Ending: consent.Failed, Cause: "consent.declined", Summary: text.Raw("No.")}}, "", false, `text "Consent was declined"`},
		{"a page that is known", core.Granted{Outcome: consent.Outcome{Ending: consent.Failed, Cause: "consent.redirect-mismatch", Summary: text.Raw("AADSTS50011.")}}, "", false, `text "AADSTS50011."`},
		{"a yes", core.Granted{Outcome: consent.Outcome{Ending: consent.Consented}, Report: &r}, "", false, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newStage(t, Options{})
			ended := make(chan struct{})
			s.consentUnderWay(func(s *stage) func(context.Context, core.Grant) core.Granted {
				wait := waitingJourney(s)
				return func(ctx context.Context, g core.Grant) core.Granted {
					defer close(ended)
					return wait(ctx, g)
				}
			})
			d := s.w.consenting
			d.w.deps.Consent.Read = func(_ context.Context, g core.Grant, _ string, _ consent.Attempt) core.Granted {
				if c.granted.Report != nil {
					g.Stage(consent.Stage{Step: consent.Answered})
				}
				return c.granted
			}
			s.pasteEntry().SetText("what I see")
			s.press("Read what was pasted")
			s.until("the reading", func() bool { return !d.run.reading.active() })
			if got := d.paste.Problem(); got != c.problem {
				t.Errorf("the field says %q, want %q", got, c.problem)
			}
			if d.run.waiting.active() != c.waits {
				t.Errorf("it waits: %v, want %v", d.run.waiting.active(), c.waits)
			}
			if !c.waits {
				<-ended
			}
			if got := s.over(); !strings.Contains(got, c.after) || (c.after == "") != (got == "") {
				t.Errorf("it does not show %s:\n%s", c.after, got)
			}
			if c.waits {
				s.pasteEntry().SetText("something else")
				if got := d.paste.Problem(); got != "" {
					t.Errorf("the field still says %q", got)
				}
				s.key(fyne.KeyEscape)
				<-ended
			}
		})
	}
}

// TestARedirectElsewhereAsksForAPaste: nothing is waited for, and the field has
// the focus.
func TestARedirectElsewhereAsksForAPaste(t *testing.T) {
	j := newJourney(t)
	j.grant = func(_ context.Context, g core.Grant) core.Granted {
		g.Stage(consent.Stage{Step: consent.Waiting, Host: testLogin})
		return core.Granted{Outcome: consent.Outcome{Ending: consent.Paste, Summary: text.Raw("Copy its address into Paste what you see.")}}
	}
	j.s.press("Open consent page")
	j.s.press("Open in the browser")
	j.s.until("the request", func() bool { return strings.Contains(j.s.outline(), "Copy its address into") })
	got := j.s.over()
	if strings.Contains(got, " left") || !strings.Contains(got, `button "Close"`) || !strings.Contains(got, `text "Your turn"`) {
		t.Errorf("it shows\n%s", got)
	}
	if j.s.w.win.Canvas().Focused() != fyne.Focusable(j.s.pasteEntry()) {
		t.Error("the focus is elsewhere")
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
	j.s.key(fyne.KeyEscape)
	if j.s.w.win.Canvas().Overlays().Top() != nil {
		t.Error("the dialog is still there")
	}
}

func TestWhatTheAddressNeedsIsAskedAtItsField(t *testing.T) {
	j := newJourney(t)
	j.urlErr = &consent.RequestError{Field: connection.FieldClientID, Cause: "input.client-id", Summary: text.Raw("The Application (client) ID is needed.")}
	j.s.press("Open consent page")
	if got := j.s.field("Application (client) ID").Problem(); got != "The Application (client) ID is needed." {
		t.Errorf("the field says %q", got)
	}
	if j.s.w.win.Canvas().Focused() != fyne.Focusable(j.s.field("Application (client) ID").Entry) {
		t.Error("the focus is elsewhere")
	}
	j.urlErr = errors.New("no such style")
	j.s.press("Open consent page")
	if m, _ := j.s.w.toasts.Current(); m.Text != "no such style" {
		t.Errorf("it says %q", m.Text)
	}
}
