package ui

import (
	"strings"

	"fyne.io/fyne/v2"

	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/session"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
	"github.com/s2sdoctor/s2sdoctor/ui/layout"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// formCard is the left half: the connection as it is typed.
type formCard struct {
	w      *Window
	object *fyne.Container

	environment, tenant, client, redirect *kit.Field
	credential                            *credential
	consent, test                         *kit.Button

	fills   int  // of the form that is in the entries
	silent  bool // while the form is filled from elsewhere
	running bool // the big button cancels
}

func newFormCard(w *Window) *formCard {
	f := &formCard{w: w}
	f.environment = f.field(i18n.L("Environment URL"), connection.FieldEnvironment,
		"https://contoso.crm4.dynamics.com", i18n.L("Any address of the environment will do."))
	f.tenant = f.field(i18n.L("Directory (tenant) ID"), connection.FieldTenant,
		i18n.L("discovered from the environment"), "")
	f.client = f.field(i18n.L("Application (client) ID"), connection.FieldClientID,
		i18n.L("a GUID, on the application's Overview"), "")
	f.credential = newCredential(f)
	f.redirect = f.field(i18n.L("Redirect URI"), connection.FieldRedirectURI,
		"http://localhost", i18n.L("For the consent page only. Formerly Reply URL."))

	paste := kit.NewButton(i18n.L("Paste"), kit.Quiet, w.pasteConnection)
	paste.Glyph, paste.Scale, paste.Name = theme.Clipboard, kit.Compact, i18n.L("Paste a connection")
	title := kit.NewText(i18n.L("Connection"), kit.Style{Size: theme.SizeTitle, Bold: true})
	head := layout.InsetSides(theme.Space+theme.Tight, theme.Space, theme.Near, theme.Tight, layout.Row(theme.Small, title, title, paste))

	fields := w.page.Left(layout.InsetSides(theme.Space+theme.Tight, theme.Small, theme.Space+theme.Tight, theme.Near,
		layout.Column(theme.Near, f.environment, f.tenant, f.client, f.credential.object, f.redirect)))

	f.consent = kit.NewButton(i18n.L("Open consent page"), kit.Secondary, w.openConsent)
	f.test = kit.NewButton(i18n.L("Test connection"), kit.Primary, w.testOrCancel)
	f.consent.Scale, f.test.Scale = kit.Big, kit.Big
	if w.deps.Consent == nil {
		f.consent.Hide()
	}
	foot := layout.InsetSides(theme.Space+theme.Tight, theme.Near, theme.Space+theme.Tight, theme.Space+theme.Tight,
		layout.Column(theme.Small, f.consent, f.test))
	card := kit.NewCard(layout.Pinned(fields.Area.Content, head, fields.Object, foot))
	f.object = layout.Hug(card, head, fields.Area.Content, foot)
	return f
}

// field makes one of the form's fields and listens to it.
func (f *formCard) field(label string, id connection.Field, placeholder, hint string) *kit.Field {
	return f.listen(kit.NewEntry(label), id, placeholder, hint)
}

func (f *formCard) listen(e *kit.Entry, id connection.Field, placeholder, hint string) *kit.Field {
	e.SetPlaceHolder(placeholder)
	e.OnPaste = f.w.session.Spread
	e.OnChanged = func(string) { f.typed() }
	e.OnSubmitted = func(string) { f.w.win.Canvas().FocusNext() }
	e.OnFocus = func(focused bool) {
		if focused {
			f.w.session.Focus(id)
		} else {
			f.w.session.Leave(id)
		}
	}
	return kit.NewField(e, hint)
}

// form is what is typed, as it stands.
func (f *formCard) form() connection.Form { return f.w.session.State().Form.Used() }

// fill puts a form in the place of what is typed.
func (f *formCard) fill(form connection.Form) { f.w.session.Fill(form) }

// empty tells whether nothing at all is typed.
func (f *formCard) empty() bool { return f.w.session.State().Form.Typed.Empty() }

// typed tells the session what is in the entries.
func (f *formCard) typed() {
	if f.silent {
		return
	}
	t := session.Typed{ByCertificate: f.credential.kind.Chosen() == byCertificate}
	t.Environment, t.Tenant = f.environment.Entry.Text, f.tenant.Entry.Text
	t.ClientID, t.RedirectURI = f.client.Entry.Text, f.redirect.Entry.Text
	f.credential.read(&t.Form)
	f.w.session.Edit(t)
}

// draw shows the form of the session.
func (f *formCard) draw(form session.Form) {
	changed := form.Fills != f.fills
	if changed {
		f.fills = form.Fills
		f.put(form.Typed)
	}
	for id, field := range f.fields() {
		note, problem := i18n.Said(form.Notes[id]), i18n.Said(form.Problems[id])
		if id == connection.FieldEnvironment {
			note = strings.TrimSpace(note + " " + i18n.Said(form.Place))
		}
		changed = changed || note != field.Note() || problem != field.Problem()
		field.SetNote(note)
		field.SetProblem(problem)
	}
	if changed {
		f.relayout()
	}
}

// put writes texts into the entries.
func (f *formCard) put(t session.Typed) {
	f.silent = true
	defer func() { f.silent = false }()
	f.environment.Entry.SetText(t.Environment)
	f.tenant.Entry.SetText(t.Tenant)
	f.client.Entry.SetText(t.ClientID)
	f.redirect.Entry.SetText(t.RedirectURI)
	f.credential.fill(t)
}

// relayout gives the card the height of what is in it.
func (f *formCard) relayout() {
	if f.object != nil {
		f.object.Refresh()
		f.w.page.Relayout()
	}
}

func (f *formCard) fields() map[connection.Field]*kit.Field {
	return map[connection.Field]*kit.Field{
		connection.FieldEnvironment: f.environment,
		connection.FieldTenant:      f.tenant,
		connection.FieldClientID:    f.client,
		connection.FieldSecret:      f.credential.secret,
		connection.FieldCertificate: f.credential.file,
		session.FieldKeyFile:        f.credential.key,
		session.FieldPassword:       f.credential.password,
		connection.FieldRedirectURI: f.redirect,
	}
}

// busy turns the big button into the one that cancels, and back.
func (f *formCard) busy(running bool) {
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
