package consent

import (
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/session"
	"github.com/s2sdoctor/s2sdoctor/core/text"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
	"github.com/s2sdoctor/s2sdoctor/ui/layout"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// waitingCard shows what is under way. It is changed in place.
type waitingCard struct {
	object              *kit.Card
	mark                *kit.StatusIcon
	title, doing, clock *kit.Text
}

func newWaitingCard(c session.Consent) *waitingCard {
	w := &waitingCard{mark: kit.NewStatusIcon(kit.Running, 22)}
	w.title = kit.NewText("", kit.Style{Bold: true})
	w.clock = kit.NewText("", kit.Style{Fixed: true})
	w.doing = kit.NewText("", kit.Style{Color: theme.Muted})
	lines := layout.Column(theme.Tight, layout.Row(theme.Near, w.title, w.title, w.clock), w.doing)
	w.object = kit.NewBandCard(kit.Info, layout.Inset(theme.Space, theme.Near, layout.TopRow(theme.Near, lines, w.mark, lines)), nil)
	w.show(c)
	return w
}

// show shows the phase.
func (w *waitingCard) show(c session.Consent) {
	waiting := i18n.F("Waiting for the answer of {{.Host}}", i18n.V{"Host": c.Host})
	stop := i18n.L("Stop waiting, or Esc, ends it.")
	switch c.Phase {
	case session.ConsentBrowser:
		w.say(kit.Running, i18n.L("Opening the browser…"))
	case session.ConsentOpening:
		w.say(kit.Running, i18n.F("Opening {{.Host}} …", i18n.V{"Host": c.Host}), signIn(c), stop)
	case session.ConsentWaiting:
		w.say(kit.Running, waiting, signIn(c), i18n.L("Finish in the browser; this window continues automatically."), stop)
	case session.ConsentCopyAddress:
		w.say(kit.Warned, waiting, i18n.L("No browser could be opened. Copy the address into one; the answer is waited for."), stop)
	case session.ConsentAnswered:
		w.say(kit.Running, i18n.L("The answer is here"), i18n.L("Finding out who consented, then testing the connection."))
	case session.ConsentCancelling:
		w.say(kit.Running, i18n.L("Cancelling…"))
	case session.ConsentPaste:
		w.say(kit.Manual, i18n.L("Your turn"), i18n.Text(c.Request.Sentence()))
	}
	w.left(c)
}

// signIn reminds of the expected account, because its field is hidden by now.
func signIn(c session.Consent) string {
	if who := strings.TrimSpace(c.SignInName); who != "" {
		return i18n.Text(text.F("Sign in as %s.", who))
	}
	return ""
}

func (w *waitingCard) say(state kit.Status, title string, doing ...string) {
	w.mark.Set(state)
	w.title.SetText(title)
	w.doing.SetText(kit.Sentences(doing...))
	w.doing.Hidden = w.doing.Text() == ""
}

// left shows how long the response is still waited for.
func (w *waitingCard) left(c session.Consent) {
	text := ""
	if !c.Deadline.IsZero() {
		text = kit.TimeLeft(c.Left)
	}
	w.clock.SetText(text)
	w.object.Refresh()
}
