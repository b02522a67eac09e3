package consent

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/consent"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/session"
	"github.com/s2sdoctor/s2sdoctor/core/text"
	"github.com/s2sdoctor/s2sdoctor/internal/uitest"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
)

const (
	login = "login.microsoftonline.com"
	user  = "s2s.integration@contoso.onmicrosoft.com"
)

// driver is the dialog over an empty window. It plays the session: it changes the state
// when the user acts, and records the commands.
type driver struct {
	*uitest.Window
	state    session.Consent
	observer func(session.State)
	copied   []string
	below    *kit.Button // has the focus while no dialog is open
}

// open shows the dialog in a window of a size.
func open(t *testing.T, size fyne.Size) *driver {
	t.Helper()
	d := &driver{Window: uitest.Open(t, size.Width, size.Height)}
	env := kit.Env{
		Copy:  func(text string) { d.copied = append(d.copied, text) },
		Open:  func(url string) { d.Ask("open " + url) },
		Later: func(time.Duration, func()) func() { return func() {} },
	}
	d.below = kit.NewButton("below", kit.Secondary, nil)
	d.Show(d.below)
	d.Canvas.Focus(d.below)
	New(d, env, d.Canvas, func(c exam.Result, _ exam.Subject) string { return "request about " + string(c.Cause) })
	d.start()
	return d
}

// start sets the state after the user has asked for the consent page.
func (d *driver) start() {
	d.state = session.Consent{Open: true, Style: consent.V2, Private: []string{"Firefox"}}
	d.address()
}

func (d *driver) address() {
	d.state.Attempt = consent.Attempt{Style: d.state.Style, URL: "https://" + login + "/organizations/" + string(d.state.Style) + "?client_id=2015d711"}
	d.draw()
}

func (d *driver) draw() { d.observer(session.State{Consent: d.state}) }

// phase sets the state to a phase.
func (d *driver) phase(p session.ConsentPhase) {
	d.state.Phase, d.state.Host = p, login
	d.draw()
}

// wait sets the state to waiting for the page.
func (d *driver) wait() {
	d.state.SignInName, d.state.Deadline, d.state.Left = user, time.Date(2026, 11, 22, 9, 5, 0, 0, time.UTC), 4*time.Minute+32*time.Second
	d.phase(session.ConsentWaiting)
}

// fail sets the state to a failure.
func (d *driver) fail(f *session.ConsentFailure) {
	d.state.Failure, d.state.Deadline, d.state.Left = f, time.Time{}, 0
	d.phase(session.ConsentFailed)
}

// failure returns the session's failure for a cause.
func failure(cause catalog.Cause, summary string) *session.ConsentFailure {
	r := exam.ResultOf(exam.ConsentPage, cause, catalog.Vars{})
	r.Summary = text.Raw(summary)
	return &session.ConsentFailure{Title: r.Title, Summary: r.Summary, Result: r}
}

func (d *driver) Observe(observer func(session.State)) { d.observer = observer }
func (d *driver) ChooseConsentStyle(s consent.Style)   { d.state.Style = s; d.address() }
func (d *driver) ExpectConsentBy(name string)          { d.state.SignInName = name; d.draw() }
func (d *driver) ReadConsent(pasted string)            { d.Ask("read " + pasted) }
func (d *driver) ForgetUnread()                        { d.state.Unread = text.Text{}; d.draw() }
func (d *driver) ShowConsentField()                    { d.Ask("show the field") }

func (d *driver) StartConsent(private string) {
	d.Ask("start " + private)
	d.state.Failure = nil
	d.phase(session.ConsentBrowser)
}

func (d *driver) StopConsent() bool {
	if !d.state.Phase.UnderWay() {
		return false
	}
	d.state.Deadline, d.state.Left = time.Time{}, 0
	d.phase(session.ConsentChoosing)
	return true
}

func (d *driver) CloseConsent() {
	d.state = session.Consent{}
	d.draw()
}

// wantFocus fails unless a control with a name has the focus.
func (d *driver) wantFocus(want string) {
	d.T.Helper()
	got := uitest.NameOf(d.Canvas.Focused())
	if got != want {
		d.T.Errorf("the focus is on %q, want %q", got, want)
	}
}
