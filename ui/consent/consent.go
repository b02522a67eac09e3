// Package consent is the dialog that brings the user to Microsoft's consent page and
// back.
//
// It promises that the address is shown before it opens, that the first press of Esc
// stops what is under way and the second closes, and that whatever appears while the
// user waits is in sight, with the focus where it begins.
package consent

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/s2sdoctor/s2sdoctor/core/consent"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/session"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
	"github.com/s2sdoctor/s2sdoctor/ui/layout"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// Commands are what the dialog asks of a [session.Session].
type Commands interface {
	Observe(observer func(session.State))
	ChooseConsentStyle(style consent.Style)
	ExpectConsentBy(signInName string)
	StartConsent(private string)
	ReadConsent(pasted string)
	ForgetUnread()
	StopConsent() bool
	ShowConsentField()
	CloseConsent()
}

// RequestText writes what the owner of a failure is asked to do.
type RequestText func(c exam.Result, about exam.Subject) string

// Screen shows the dialog while the user is at the consent page.
type Screen struct {
	commands Commands
	env      kit.Env
	canvas   fyne.Canvas
	request  RequestText
}

// New makes the screen of a window. request is for the button that copies it.
func New(commands Commands, env kit.Env, canvas fyne.Canvas, request RequestText) *Screen {
	s := &Screen{commands: commands, env: env, canvas: canvas, request: request}
	dialog := kit.NewFollowing(canvas, func(c session.Consent) kit.View[session.Consent] { return newDialog(s, c) }, commands.CloseConsent)
	commands.Observe(func(st session.State) { dialog.Draw(st.Consent.Open, st.Consent) })
	return s
}

// dialog is the dialog while it is open.
type dialog struct {
	screen  *Screen
	box     *kit.Dialog
	drawn   session.Consent
	slot    *fyne.Container // the card about what is under way or went wrong; may be empty
	waiting *waitingCard    // in slot; nil if that holds no such card
	choices *fyne.Container // what is chosen before the page opens
	style   *kit.Segmented
	about   *kit.Text
	failure *kit.Failure // why there is no address
	address *kit.CodeBlock
	browse  *fyne.Container
	main    *kit.Button // the first in browse
	paste   *kit.Field
	next    fyne.CanvasObject // what to do about a failure
}

// styleChoice is a way to ask for consent, in words.
type styleChoice struct {
	style       consent.Style
	word, about i18n.Key
}

// styles are the choices, in the order of the control.
var styles = []styleChoice{
	{consent.V2, i18n.Key("For me"), i18n.Key("One person signs in and agrees for themselves. Microsoft's present style (v2, with PKCE).")},
	{consent.AdminConsent, i18n.Key("For everybody"), i18n.Key("An administrator agrees once for the whole tenant. Right for an application that comes from another tenant.")},
	{consent.Authorize, i18n.Key("As in the article"), i18n.Key("The address of the 2017 guide (v1): signed in, privately, as the application user.")},
}

func newDialog(s *Screen, c session.Consent) *dialog {
	d := &dialog{screen: s}
	d.slot = container.NewStack()
	d.slot.Hide()
	var words []string
	for _, st := range styles {
		words = append(words, st.word.String())
	}
	d.style = kit.NewSegmented(i18n.L("Who consents"), words, func(i int) { s.commands.ChooseConsentStyle(styles[i].style) })
	d.about = kit.NewText("", kit.Style{Color: theme.Muted})
	expect := kit.NewEntry(i18n.L("Who should sign in (optional)"))
	expect.SetPlaceHolder("application.user@contoso.onmicrosoft.com")
	expect.OnChanged = s.commands.ExpectConsentBy
	d.choices = layout.Column(theme.Space,
		layout.Column(theme.Small, d.style, d.about),
		kit.NewField(expect, i18n.L("If another user consents, you are warned: it is the most common mistake.")))
	d.failure = kit.NewFailure()
	d.address = kit.NewCodeBlock("")
	d.browse = layout.Flow(theme.Small, d.openers(c.Private)...)
	d.paste = d.pasteField()
	read := kit.NewButton(i18n.L("Read"), kit.Secondary, d.read)
	read.Name = i18n.L("Read what was pasted")

	body := layout.Column(theme.Space, d.slot, d.choices, d.failure.Object, d.address, d.browse, layout.TopRow(theme.Small, d.paste, d.paste, kit.BelowLabel(read)))
	d.box = kit.NewDialog(i18n.L("Open consent page"), body, kit.Action{Text: i18n.L("Close")})
	d.box.Width = 620
	d.box.Hold = s.commands.StopConsent
	return d
}

// Box implements [kit.View].
func (d *dialog) Box() *kit.Dialog { return d.box }

// First is the first button that opens the page, if there is an address.
func (d *dialog) First() fyne.Focusable { return firstStop(d.browse) }

// openers are the buttons that open the page. They stay the same objects while the
// address changes, because one of them has the focus.
func (d *dialog) openers(private []string) []fyne.CanvasObject {
	start := d.screen.commands.StartConsent
	d.main = kit.NewButton(i18n.L("Open in the browser"), kit.Primary, func() { start("") })
	d.main.Glyph, d.main.Trailing = theme.Out, true
	openers := []fyne.CanvasObject{d.main}
	for _, name := range private {
		openers = append(openers, kit.NewButton(privately(name), kit.Secondary, func() { start(name) }))
	}
	link := kit.NewCopyButton(d.screen.env, i18n.L("Copy address"), i18n.L("the consent address"), func() string { return d.drawn.Attempt.URL })
	link.Scale = kit.Normal
	return append(openers, link.Button)
}

func privately(browser string) string {
	return i18n.F("Private window: {{.Browser}}", i18n.V{"Browser": browser})
}

// pasteField takes what the user sees when the page does not come back.
func (d *dialog) pasteField() *kit.Field {
	entry := kit.NewTextEntry(i18n.L("Paste what you see"), 3)
	entry.SetPlaceHolder(i18n.L("the address or the text of the page"))
	entry.OnSubmitted = func(string) { d.read() }
	entry.OnChanged = func(string) { d.screen.commands.ForgetUnread() }
	return kit.NewField(entry, i18n.L("When the page does not come back here: an error page, or a redirect to somewhere else."))
}

func (d *dialog) read() { d.screen.commands.ReadConsent(d.paste.Entry.Text) }

// firstStop returns the first visible control in o that takes the focus, or nil.
func firstStop(o fyne.CanvasObject) fyne.Focusable {
	if !o.Visible() {
		return nil
	}
	switch o := o.(type) {
	case fyne.Focusable:
		return o
	case *fyne.Container:
		for _, inside := range o.Objects {
			if stop := firstStop(inside); stop != nil {
				return stop
			}
		}
	}
	return nil
}
