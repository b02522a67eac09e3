package setup

import (
	"fyne.io/fyne/v2"

	"github.com/s2sdoctor/s2sdoctor/core/admin"
	"github.com/s2sdoctor/s2sdoctor/core/session"
	"github.com/s2sdoctor/s2sdoctor/ui/finding"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
	"github.com/s2sdoctor/s2sdoctor/ui/layout"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// signIn has the texts and choices of the sign-in, before and while its page is open.
type signIn struct {
	dialog *dialog
	object *fyne.Container

	before *fyne.Container // what can be chosen
	called *kit.Text       // what Microsoft's page will call the program
	azure  *kit.Button
	device *fyne.Container // a device code, with what there is to know before it is asked for
	two    *fyne.Container // a different administrator for each half
	client *kit.Field
	other  *kit.Disclosure // the ways besides the browser

	code *deviceCode

	open    *fyne.Container // for the page that is open
	address *kit.CodeBlock
	copy    *kit.CopyButton
	paste   *kit.Field
}

func newSignIn(d *dialog) *signIn {
	s := &signIn{dialog: d}
	s.called = kit.NewText("", kit.Style{})
	s.azure = kit.NewButton(i18n.Text(admin.ByAzureCLI.Title()), kit.Secondary, func() { d.screen.commands.SignInSetup(admin.ByAzureCLI) })
	code := kit.NewButton(i18n.Text(admin.ByDevice.Title()), kit.Secondary, func() { d.screen.commands.SignInSetup(admin.ByDevice) })
	s.device = layout.Column(theme.Tight, layout.Flow(theme.Small, code), kit.NewText(i18n.Text(admin.DeviceWarning), kit.Style{Color: theme.Muted}))
	s.two = layout.Flow(theme.Small, d.twoButtons(d.drawn)...)
	entry := kit.NewEntry(i18n.L("Sign in with another program (optional)"))
	entry.SetPlaceHolder(i18n.L("the Application (client) ID of your own application"))
	entry.OnChanged = func(id string) {
		w := d.drawn.Wants
		w.ClientID = id
		d.screen.commands.WantSetup(w)
	}
	entry.OnSubmitted = func(string) { d.screen.env.Canvas.FocusNext() }
	s.client = kit.NewField(entry, i18n.L("A public client with the redirect URI http://localhost."))
	s.other = kit.NewTextDisclosure(i18n.L("Other ways to sign in"), func() fyne.CanvasObject {
		return finding.FoldBody(layout.Column(theme.Near, layout.Flow(theme.Small, s.azure), s.two, s.client, s.device))
	})
	s.other.OnToggle = func(bool) { d.box.Refresh() }
	s.before = layout.Column(theme.Tight, s.called, layout.InsetSides(-theme.Near, 0, -theme.Near, 0, s.other))

	s.address = kit.NewCodeBlock("")
	s.copy = kit.NewCopyButton(d.screen.env.Env, i18n.L("Copy address"), i18n.L("the address of the sign-in page"), func() string { return d.drawn.Attempt.URL })
	s.copy.Scale, s.copy.Kind = kit.Normal, kit.Secondary
	pasted := kit.NewTextEntry(i18n.L("Paste what you see"), 2)
	pasted.SetPlaceHolder(i18n.L("the address or the text of the page"))
	read := func() { d.screen.commands.PasteSignIn(pasted.Text) }
	pasted.OnSubmitted = func(string) { read() }
	pasted.OnChanged = func(string) { d.screen.commands.ForgetUnreadSetup() }
	s.paste = kit.NewField(pasted, i18n.L("When the page does not come back here: an error page, or a redirect to somewhere else."))
	button := kit.NewButton(i18n.L("Read"), kit.Secondary, read)
	button.Name = i18n.L("Read what was pasted")
	s.open = layout.Column(theme.Space, s.address, layout.Flow(theme.Small, s.copy.Button), layout.TopRow(theme.Small, s.paste, s.paste, kit.BelowLabel(button)))
	s.code = newDeviceCode(d)
	s.object = layout.Column(theme.Space, s.before, s.open, s.code.object)
	return s
}

func (s *signIn) draw(u session.Setup) {
	choosing := u.Phase == session.SetupChoosing
	open := (u.Phase == session.SetupWaiting || u.Phase == session.SetupCopy) && u.Attempt.URL != ""
	layout.SetVisible(s.before, choosing)
	layout.SetVisible(s.open, open)
	layout.SetVisible(s.object, choosing || open || u.Code != "")
	s.code.draw(u)
	layout.SetVisible(s.azure, u.AzureCLI && u.Way() != admin.ByAzureCLI)
	layout.SetVisible(s.two, u.Browser)
	s.called.SetText(calls(u.Client))
	if s.client.Entry.Text != u.Wants.ClientID {
		s.client.Entry.SetText(u.Wants.ClientID)
	}
	s.address.SetText(u.Attempt.URL)
	problem := ""
	if open {
		problem = i18n.Text(u.Unread.Sentence())
	}
	s.paste.SetProblem(problem)
}

// calls returns the name that Microsoft's page will show for the program.
func calls(c admin.Client) string {
	if c.Own() {
		return i18n.L("Microsoft's page and the sign-in log will name your own application.")
	}
	return i18n.F("Microsoft's page and the sign-in log will call this “{{.Name}}”, a program of Microsoft's own.", i18n.V{"Name": c.Name})
}

// showClient leads to the field for the user's own application.
func (s *signIn) showClient() {
	s.other.SetOpen(true)
	s.dialog.focus(s.client.Entry)
}
