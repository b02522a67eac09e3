package setup

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/s2sdoctor/s2sdoctor/core/admin"
	"github.com/s2sdoctor/s2sdoctor/core/session"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
	"github.com/s2sdoctor/s2sdoctor/ui/layout"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// dialog is the dialog while it is open.
type dialog struct {
	screen *Screen
	box    *kit.Dialog
	drawn  session.Setup
	begun  bool // drawn holds a state

	slot     *fyne.Container // holds the card at the top
	running  *runningCard    // the card in slot while something is under way, or nil
	two      *fyne.Container // the buttons for two administrators, in the card of a plan
	obstacle *kit.Text       // in the card of a plan; nil if slot holds another card
	first    fyne.Focusable  // the first way out of a failure, in slot; may be nil
	signIn   *signIn
	choices  *choices
	list     *stepList
	hand     *handOver
}

// The actions of the dialog, in order.
const (
	takeBack = iota
	closing
	goOn
)

const (
	wide        float32 = 700  // minimum width with the choices next to the plan
	choicesPart float32 = 0.36 // of the width, for the choices
)

func newDialog(s *Screen, u session.Setup) *dialog {
	d := &dialog{screen: s, drawn: u}
	d.slot = container.NewStack()
	d.signIn = newSignIn(d)
	d.choices = newChoices(d)
	d.list = newStepList(d)
	d.hand = newHandOver(d)
	body := layout.Column(theme.Space, d.slot, d.signIn.object,
		layout.Columns(wide, choicesPart, theme.Wide, d.choices.object, layout.Column(theme.Wide, d.list.object, d.hand.object)))
	d.box = kit.NewDialog(i18n.L("Set it up"), body,
		kit.Action{Text: i18n.L("Take it back…"), Stay: true, Do: d.askTakeBack},
		kit.Action{Text: i18n.L("Close")},
		kit.Action{Text: i18n.L("Sign in with the browser"), Default: true, Stay: true, Do: d.press})
	d.box.Width = 1040
	d.box.Hold = s.commands.StopSetup
	return d
}

// Box implements [kit.View].
func (d *dialog) Box() *kit.Dialog { return d.box }

// First is the button that goes on.
func (d *dialog) First() fyne.Focusable { return d.box.Button(goOn) }

// press does what the main button offers.
func (d *dialog) press() {
	u := d.drawn
	switch u.Next() {
	case session.SetupSignIn:
		d.screen.commands.SignInSetup(u.Way())
	case session.SetupConsent:
		d.screen.commands.OpenSetupConsent()
	case session.SetupApply, session.SetupResume, session.SetupTest:
		d.apply(u)
	}
}

// apply has the plan done, or leads to what it waits for.
func (d *dialog) apply(u session.Setup) {
	switch {
	case u.SetupObstacle().Empty():
		d.screen.commands.ApplySetup()
	case u.Missing() == session.NoChoice:
		d.list.show(u.FirstBlocked())
	default:
		d.choices.show(u.Missing())
	}
}

// Draw shows a state of the set-up.
func (d *dialog) Draw(u session.Setup) {
	before := d.drawn
	d.drawn = u
	if d.begun && u.Phase == before.Phase && u.Time != before.Time && d.running != nil {
		d.running.left(u) // once a second, and nothing else moves
		return
	}
	turned := !d.begun || u.Phase != before.Phase || u.Failure != before.Failure || u.Report != before.Report
	d.drawActions(u)
	d.drawCard(u, before)
	d.signIn.draw(u)
	d.choices.draw(u)
	d.list.draw(u)
	d.hand.draw(u)
	d.box.Refresh()
	if turned {
		d.box.Top()
		d.moveFocus(u)
	}
	d.begun = true
}

// mainWords returns what the main button is called, and whether it leads to a browser.
func mainWords(u session.Setup) (text string, out bool) {
	switch u.Next() {
	case session.SetupSignIn:
		return i18n.Text(u.Way().Title()), u.Way() == admin.ByBrowser
	case session.SetupConsent:
		return i18n.L("Open consent page"), true
	case session.SetupApply:
		return i18n.L("Make these changes"), false
	case session.SetupResume:
		return i18n.L("Go on"), false
	case session.SetupTest:
		return i18n.L("Test connection"), false
	}
	return "", false
}

// drawActions shows the buttons that the phase has.
func (d *dialog) drawActions(u session.Setup) {
	main, end, back := d.box.Button(goOn), d.box.Button(closing), d.box.Button(takeBack)
	text, out := mainWords(u)
	layout.SetVisible(main, text != "")
	if text != "" {
		main.SetText(text)
	}
	if u.Reading && u.Next() == session.SetupApply { // the plan is that of other choices
		main.Disable()
	} else {
		main.Enable()
	}
	main.Glyph, main.Trailing = "", true
	if out {
		main.Glyph = theme.Out
	}
	end.SetText(i18n.L("Close"))
	end.SetKind(kit.Secondary)
	switch {
	case u.Phase.UnderWay():
		end.SetText(i18n.L("Stop"))
	case text == "": // it is the only way on
		end.SetKind(kit.Primary)
	}
	layout.SetVisible(back, u.CanUndo())
}

// moveFocus moves the focus to where the user goes on.
func (d *dialog) moveFocus(u session.Setup) {
	if !d.begun {
		return // the dialog opens with its own
	}
	switch {
	case u.Failure != nil && d.first != nil:
		d.focus(d.first)
	case u.Phase == session.SetupCopy:
		d.focus(d.signIn.copy.Button)
	case u.Phase == session.SetupCode:
		d.focus(d.signIn.code.copy.Button)
	case d.box.Button(goOn).Visible():
		d.focus(d.box.Button(goOn))
	default:
		d.focus(d.box.Button(closing))
	}
}

func (d *dialog) focus(f fyne.Focusable) {
	if d.box.Visible() {
		d.screen.env.Canvas.Focus(f)
	}
}

// askTakeBack asks before everything that was made is taken back.
func (d *dialog) askTakeBack() {
	body := kit.NewText(i18n.L("What the set-up made is removed, last first. What was there before stays. A deleted registration can be restored in Microsoft Entra for 30 days."), kit.Style{})
	kit.NewDialog(i18n.L("Take the set-up back?"), body,
		kit.Action{Text: i18n.L("Cancel")},
		kit.Action{Text: i18n.L("Take it back"), Danger: true, Do: d.screen.commands.UndoSetup}).Open(d.screen.env.Canvas, nil)
}
