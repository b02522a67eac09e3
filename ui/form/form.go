// Package form is the left half of the window: the connection as the user types it.
//
// It draws the session's remarks about the form and reports every change to the session;
// it judges nothing. A secret is only in its entry and in a secret.Value.
package form

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/paste"
	"github.com/s2sdoctor/s2sdoctor/core/session"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
	"github.com/s2sdoctor/s2sdoctor/ui/layout"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// Env is the environment of the form: what the window provides.
type Env struct {
	kit.Env
	Page   *kit.Page
	Canvas fyne.Canvas
	// Paste takes a connection from the clipboard.
	Paste func()
	// Consent opens the consent page; nil hides its button.
	Consent func()
	// SetUp opens the set-up.
	SetUp func()
	// Certificate, Key and Token ask for a file.
	Certificate, Key, Token Chooser
}

// Chooser asks for a file.
type Chooser struct {
	// Title is the dialog's.
	Title string
	// Ask calls use with the path if the user chooses a file.
	Ask func(use func(path string))
}

// Commands are what the form asks of a [session.Session].
type Commands interface {
	// Spread fills the form from a pasted text, and reports whether it did.
	Spread(pasted string) bool
	Edit(typed session.Typed)
	Focus(field connection.Field)
	Leave(field connection.Field)
	ChooseCredential(kind connection.Kind)
	UseCertificate(path string)
	UseKey(path string)
	UseTokenFile(path string)
	UseChoice(choice paste.Choice)
	Test()
	Cancel()
}

// Screen is the form.
type Screen struct {
	Object *fyne.Container

	commands Commands
	env      Env

	environment, tenant, client, redirect *kit.Field
	credential                            *credential
	consent, setUp, test                  *kit.Button

	typed   session.Typed
	fills   int  // of the form that is in the entries
	silent  bool // while the session fills the entries
	running bool // the big button cancels
	managed bool // the application is a managed identity
	// consents is true while the button of the consent page is there.
	consents bool
}

// New makes the form. The window hands it every state of the session with [Screen.Draw].
func New(commands Commands, env Env) *Screen {
	f := &Screen{commands: commands, env: env}
	f.environment = f.field(i18n.L("Environment URL"), connection.FieldEnvironment,
		"https://contoso.crm4.dynamics.com", i18n.L("Any address of the environment will do."))
	f.tenant = f.field(i18n.L("Directory (tenant) ID"), connection.FieldTenant,
		i18n.L("discovered from the environment"), "")
	f.client = f.field(i18n.L("Application (client) ID"), connection.FieldClientID,
		i18n.L("a GUID, on the application's Overview"), "")
	f.credential = newCredential(f)
	f.redirect = f.field(i18n.L("Redirect URI"), connection.FieldRedirectURI,
		"http://localhost", i18n.L("For the consent page only. Formerly Reply URL."))

	paste := kit.NewButton(i18n.L("Paste"), kit.Quiet, env.Paste)
	paste.Glyph, paste.Scale, paste.Name = theme.Clipboard, kit.Compact, i18n.L("Paste a connection")
	title := kit.NewText(i18n.L("Connection"), kit.Style{Size: theme.SizeTitle, Bold: true})
	head := layout.InsetSides(theme.Space+theme.Tight, theme.Space, theme.Near, theme.Tight, layout.Row(theme.Small, title, title, paste))

	fields := env.Page.Left(layout.InsetSides(theme.Space+theme.Tight, theme.Small, theme.Space+theme.Tight, theme.Near,
		layout.Column(theme.Near, f.environment, f.tenant, f.client, f.credential.object, f.redirect)))

	f.consent = kit.NewButton(i18n.L("Open consent page"), kit.Secondary, env.Consent)
	f.test = kit.NewButton(i18n.L("Test connection"), kit.Primary, f.testOrCancel)
	f.setUp = kit.NewButton(i18n.L("Set it up"), kit.Secondary, env.SetUp)
	f.setUp.Hide()
	f.consent.Scale, f.setUp.Scale, f.test.Scale = kit.Big, kit.Big, kit.Big
	f.consents = env.Consent != nil
	layout.SetVisible(f.consent, f.consents)
	foot := layout.InsetSides(theme.Space+theme.Tight, theme.Near, theme.Space+theme.Tight, theme.Space+theme.Tight,
		layout.Column(theme.Small, f.consent, layout.Even(theme.Small, f.setUp, f.test)))
	card := kit.NewCard(layout.Pinned(fields.Area.Content, head, fields.Object, foot))
	f.Object = layout.Hug(card, head, fields.Area.Content, foot)
	return f
}

// field creates a field of the form and listens to its changes.
func (f *Screen) field(label string, id connection.Field, placeholder, hint string) *kit.Field {
	return f.listen(kit.NewEntry(label), id, placeholder, hint)
}

func (f *Screen) listen(e *kit.Entry, id connection.Field, placeholder, hint string) *kit.Field {
	e.SetPlaceHolder(placeholder)
	e.OnPaste = f.commands.Spread
	e.OnChanged = func(string) { f.edited() }
	e.OnSubmitted = func(string) { f.env.Canvas.FocusNext() }
	e.OnFocus = func(focused bool) {
		if focused {
			f.commands.Focus(id)
		} else {
			f.commands.Leave(id)
		}
	}
	return kit.NewField(e, hint)
}

// edited sends the content of the entries to the session.
func (f *Screen) edited() {
	if f.silent {
		return
	}
	t := f.typed // with what has no entry
	t.Environment, t.Tenant = f.environment.Entry.Text, f.tenant.Entry.Text
	t.ClientID, t.RedirectURI = f.client.Entry.Text, f.redirect.Entry.Text
	f.credential.read(&t.Form)
	f.commands.Edit(t)
}

// Draw shows a state of the session.
func (f *Screen) Draw(s session.State) {
	form := s.Form
	f.typed = form.Typed
	f.busy(s.Examination.Active)
	changed := form.Fills != f.fills
	if changed {
		f.fills = form.Fills
		f.put(form.Typed)
	}
	changed = f.credential.draw(form) || changed
	f.drawClient(form)
	if offered := s.Setup.Offered && !s.Examination.Active; offered != f.setUp.Visible() {
		layout.SetVisible(f.setUp, offered)
		changed = true
	}
	for id, field := range f.fields() {
		changed = changed || field.Visible() != form.Shows(id)
		layout.SetVisible(field, form.Shows(id))
		note, caution, problem := i18n.Text(form.Notes[id]), i18n.Text(form.Cautions[id]), i18n.Text(form.Problems[id])
		if id == connection.FieldEnvironment {
			note = strings.TrimSpace(note + " " + i18n.Text(form.Place))
		}
		changed = changed || note != field.Note() || caution != field.Caution() || problem != field.Problem()
		field.SetNote(note)
		field.SetCaution(caution)
		field.SetProblem(problem)
	}
	if changed {
		f.relayout()
	}
}

// drawClient shows the purpose of the field Application (client) ID, and the button of
// the consent page if the page is offered.
func (f *Screen) drawClient(form session.Form) {
	if managed := form.Typed.CredentialKind() == connection.ManagedIdentityKind; managed != f.managed {
		f.managed = managed
		placeholder, hint := i18n.L("a GUID, on the application's Overview"), ""
		if managed {
			placeholder, hint = i18n.L("empty for this computer's own identity"), i18n.L("The Client ID, if the identity is a user-assigned one.")
		}
		f.client.Entry.SetPlaceHolder(placeholder)
		f.client.SetHint(hint)
	}
	if consents := f.env.Consent != nil && form.Consents(); consents != f.consents {
		f.consents = consents
		layout.SetVisible(f.consent, consents)
	}
}

// put writes texts into the entries.
func (f *Screen) put(t session.Typed) {
	f.silent = true
	defer func() { f.silent = false }()
	f.environment.Entry.SetText(t.Environment)
	f.tenant.Entry.SetText(t.Tenant)
	f.client.Entry.SetText(t.ClientID)
	f.redirect.Entry.SetText(t.RedirectURI)
	f.credential.fill(t)
}

// relayout sets the height of the card to that of its content.
func (f *Screen) relayout() {
	if f.Object != nil && !f.Object.Size().IsZero() { // not before it is in the window
		f.Object.Refresh()
		f.env.Page.Relayout()
	}
}

func (f *Screen) fields() map[connection.Field]*kit.Field {
	return map[connection.Field]*kit.Field{
		connection.FieldEnvironment: f.environment,
		connection.FieldTenant:      f.tenant,
		connection.FieldClientID:    f.client,
		connection.FieldSecret:      f.credential.secret,
		connection.FieldCertificate: f.credential.file,
		connection.FieldThumbprint:  f.credential.thumbprint,
		connection.FieldTokenFile:   f.credential.token,
		session.FieldKeyFile:        f.credential.key,
		session.FieldPassword:       f.credential.password,
		connection.FieldRedirectURI: f.redirect,
	}
}

// busy turns the main button into a button that cancels, and back.
func (f *Screen) busy(running bool) {
	if running == f.running {
		return
	}
	f.running = running
	if running {
		f.test.SetText(i18n.L("Cancel test"))
		f.test.SetKind(kit.Secondary)
	} else {
		f.test.SetText(i18n.L("Test connection"))
		f.test.SetKind(kit.Primary)
	}
}

// testOrCancel is the big button.
func (f *Screen) testOrCancel() {
	if f.running {
		f.commands.Cancel()
		return
	}
	f.commands.Test()
}

// FocusTest moves the focus to the button that tests.
func (f *Screen) FocusTest() { f.env.Canvas.Focus(f.test) }

// Focus moves the focus to the first field.
func (f *Screen) Focus() { f.env.Canvas.Focus(f.environment.Entry) }

// drawn is how long a field that was out of sight takes to be drawn, generously.
const drawn = 50 * time.Millisecond

// Show moves the focus to a field and brings it into sight with the message below its
// entry, although it may have the focus already; once it is drawn where it was not
// yet, as when the window opens with a connection that lacks something.
func (f *Screen) Show(id connection.Field) {
	field, ok := f.fields()[id]
	if !ok {
		return
	}
	show := func() {
		f.env.Page.Reveal(field)
		f.env.Page.Reveal(field.Entry) // which matters more where there is no room for all
	}
	f.env.Canvas.Focus(field.Entry)
	show()
	f.env.Later(drawn, func() {
		if f.env.Canvas.Focused() == fyne.Focusable(field.Entry) {
			show()
		}
	})
}
