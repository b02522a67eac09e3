package ui

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/consent"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
)

// consentRun is what is under way in the dialog: the wait for the page's answer,
// and beside it the reading of what was pasted.
type consentRun struct {
	waiting, reading task
	// card shows it; nil while there is nothing to be stopped.
	card *waitingCard
	// deadline is when the wait ends by itself, zero where it does not.
	deadline time.Time
	tick     func() // cancels the next look at the clock; may be nil
	// answered is set once the answer was a yes, and its proof is under way.
	answered bool
}

// request is what is asked of the journey; tell gets its stages in the window.
func (d *consentDialog) request(open consent.Browser, tell func(consent.Stage)) core.Grant {
	return core.Grant{
		Form: d.w.session.State().Form.Used(), Choice: d.choice(), SignInName: d.expect.Text, Open: open,
		Stage: func(s consent.Stage) { d.w.deps.Do(func() { tell(s) }) },
	}
}

// grant opens the page and waits for its answer.
func (d *consentDialog) grant(open consent.Browser) {
	d.stop()
	ctx, number := d.run.waiting.begin(d.w.ctx)
	d.under(kit.Running, i18n.L("Opening the browser…"))
	g := d.request(open, func(s consent.Stage) {
		if d.run.waiting.is(number) {
			d.stage(s)
		}
	})
	d.w.background(func() func() {
		granted := d.w.deps.Consent.Grant(ctx, g)
		return func() {
			if d.run.waiting.is(number) {
				d.ended(granted)
			}
		}
	}, d.abandon)
}

// readPasted reads beside the wait, which goes on unless that decides something.
func (d *consentDialog) readPasted() {
	text, attempt := d.paste.Entry.Text, d.attempt
	if strings.TrimSpace(text) == "" || d.run.answered {
		return
	}
	ctx, number := d.run.reading.begin(d.w.ctx)
	g := d.request(nil, func(s consent.Stage) {
		if d.run.reading.is(number) && s.Step == consent.Answered {
			d.run.waiting.end() // its answer has come another way
			d.answered()
		}
	})
	d.w.background(func() func() {
		granted := d.w.deps.Consent.Read(ctx, g, text, attempt)
		return func() {
			switch {
			case !d.run.reading.is(number):
			case granted.Outcome.Undecided:
				d.run.reading.end()
				d.unread(granted.Outcome)
			default:
				d.ended(granted)
			}
		}
	}, d.abandon)
}

// unread says at the field why what was pasted decides nothing.
func (d *consentDialog) unread(o consent.Outcome) {
	text := sentence(i18n.Said(o.Summary))
	if d.run.waiting.active() {
		text += " " + i18n.L("The answer of the page is still waited for.")
	}
	d.pasteProblem(text)
	d.focus(d.paste.Entry)
}

func (d *consentDialog) pasteProblem(text string) {
	if d.paste.Problem() != text {
		d.paste.SetProblem(text)
		d.dialog.Refresh()
	}
}

// stage shows where the journey is.
func (d *consentDialog) stage(s consent.Stage) {
	if s.Step == consent.Answered {
		d.run.reading.end()
		d.answered()
		return
	}
	d.show(s.Attempt) // with the port that the answer comes to
	d.run.deadline = s.Deadline
	waiting := i18n.F("Waiting for the answer of {{.Host}}", i18n.V{"Host": s.Host})
	stop := i18n.L("Stop waiting, or Esc, ends it.")
	switch s.Step {
	case consent.Opening:
		d.under(kit.Running, i18n.F("Opening {{.Host}} …", i18n.V{"Host": s.Host}), d.signIn(), stop)
	case consent.Waiting:
		d.under(kit.Running, waiting, d.signIn(), i18n.L("Finish in the browser; this window continues automatically."), stop)
	case consent.CopyAddress:
		d.under(kit.Warned, waiting, i18n.L("No browser could be opened. Copy the address into one; the answer is waited for."), stop)
	}
}

// signIn reminds of who is expected, because the field is hidden by now.
func (d *consentDialog) signIn() string {
	if who := strings.TrimSpace(d.expect.Text); who != "" {
		return i18n.F("Sign in as {{.Who}}.", i18n.V{"Who": who})
	}
	return ""
}

// answered shows that there is nothing to wait for any more, but its proof.
func (d *consentDialog) answered() {
	d.run.answered, d.run.deadline = true, time.Time{}
	d.under(kit.Running, i18n.L("The answer is here"), i18n.L("Finding out who consented, then testing the connection."))
}

// under shows what is under way.
func (d *consentDialog) under(state kit.Status, title string, doing ...string) {
	if d.run.card == nil {
		d.run.card = newWaitingCard()
		d.put(d.run.card.object)
	}
	d.run.card.say(state, title, doing...)
	d.count()
	d.dialog.Refresh()
}

// count shows how long it will still be waited for, and looks again in a second.
func (d *consentDialog) count() {
	if d.run.tick != nil {
		d.run.tick()
		d.run.tick = nil
	}
	if d.run.deadline.IsZero() {
		d.run.card.left("")
		return
	}
	left := max(d.run.deadline.Sub(d.w.now()), 0)
	d.run.card.left(i18n.F("{{.Time}} left", i18n.V{"Time": minutes(left)}))
	if left > 0 {
		card := d.run.card
		d.run.tick = d.w.deps.Later(time.Second, func() {
			if d.run.card == card { // not one that was on its way when the wait ended
				d.count()
			}
		})
	}
}

// hold is Esc and the button while something is under way: they end that first.
func (d *consentDialog) hold() bool {
	switch {
	case d.run.card == nil:
		return false
	case d.run.answered:
		// Consent was given; who gave it is worth hearing, with or without the proof.
		d.run.waiting.interrupt()
		d.run.reading.interrupt()
		d.under(kit.Running, i18n.L("Cancelling…"))
		d.run.card = nil // the next press closes
		d.settle()
	default:
		d.abandon()
	}
	return true
}

// abandon ends all of it, and takes away what was shown of it.
func (d *consentDialog) abandon() {
	d.stop()
	d.put(nil)
}

// stop ends all of it.
func (d *consentDialog) stop() {
	d.run.waiting.end()
	d.run.reading.end()
	if d.run.tick != nil {
		d.run.tick()
	}
	d.run = consentRun{waiting: d.run.waiting, reading: d.run.reading}
}

// ended shows what came of it.
func (d *consentDialog) ended(g core.Granted) {
	d.stop()
	o := g.Outcome
	d.w.heardConsent(o)
	switch o.Ending {
	case consent.Consented:
		d.dialog.Close()
		d.w.consented(g)
	case consent.Canceled:
		d.put(nil)
	case consent.Paste:
		card := newWaitingCard()
		card.say(kit.Manual, i18n.L("Your turn"), sentence(i18n.Said(o.Summary)))
		d.put(card.object)
		d.focus(d.paste.Entry)
	default:
		if g.Report != nil {
			d.w.session.Adopt(*g.Report)
		}
		card, first := d.failedCard(o)
		d.put(card)
		d.focus(first)
	}
}

// put shows a card at the top of the dialog; nil takes it away.
func (d *consentDialog) put(card fyne.CanvasObject) {
	d.slot.Objects, d.slot.Hidden = nil, card == nil
	if card != nil {
		d.slot.Objects = []fyne.CanvasObject{card}
	}
	d.settle()
	d.dialog.Top()
}

// settle fits the rest of the dialog to what is under way.
func (d *consentDialog) settle() {
	d.choices.Hidden = d.run.waiting.active() || d.run.answered
	text, kind := i18n.L("Close"), kit.Primary
	if d.run.card != nil {
		text, kind = i18n.L("Stop waiting"), kit.Secondary
	}
	d.dialog.Rename(0, text)
	d.main.SetKind(kind)
	d.dialog.Refresh()
}

func (d *consentDialog) focus(f fyne.Focusable) {
	if f != nil {
		d.w.win.Canvas().Focus(f)
	}
}

// consented shows the examination that followed the consent.
func (w *Window) consented(g core.Granted) {
	text := i18n.L("Consent was given.")
	if g.By.SignInName != "" {
		text = i18n.F("Consent was given by {{.Who}}.", i18n.V{"Who": g.By.SignInName})
	}
	w.say(text, kit.Good)
	if g.Report != nil {
		w.session.Adopt(*g.Report)
		return
	}
	w.session.Test()
}
