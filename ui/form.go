package ui

import (
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// pause is how long typing must rest before the form is looked at.
const pause = 350 * time.Millisecond

// formCard is the left half: the connection as it is typed.
type formCard struct {
	w      *Window
	object *fyne.Container

	environment, tenant, client, redirect *kit.Field
	credential                            *credential
	place                                 *discovery
	report                                learnedFacts
	consent, test                         *kit.Button

	// touched fields were left at least once: from then on they show their errors.
	touched map[connection.Field]bool
	// tried is set by the first test: from then on empty fields count as errors.
	tried  bool
	wait   func()
	silent bool // while the form is filled from elsewhere
}

func newFormCard(w *Window) *formCard {
	f := &formCard{w: w, touched: map[connection.Field]bool{}, place: &discovery{w: w}}
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
	head := kit.InsetSides(theme.Space+theme.Tight, theme.Space, theme.Near, theme.Tight, kit.Row(theme.Small, title, title, paste))

	fields := w.page.Left(kit.InsetSides(theme.Space+theme.Tight, theme.Small, theme.Space+theme.Tight, theme.Near,
		kit.Column(theme.Near, f.environment, f.tenant, f.client, f.credential.object, f.redirect)))

	f.consent = kit.NewButton(i18n.L("Open consent page"), kit.Secondary, w.openConsent)
	f.test = kit.NewButton(i18n.L("Test connection"), kit.Primary, w.testOrCancel)
	f.consent.Scale, f.test.Scale = kit.Big, kit.Big
	if w.deps.Consent == nil {
		f.consent.Hide()
	}
	foot := kit.InsetSides(theme.Space+theme.Tight, theme.Near, theme.Space+theme.Tight, theme.Space+theme.Tight,
		kit.Column(theme.Small, f.consent, f.test))
	card := kit.NewCard(container.New(&pinned{fields.Area.Content}, head, fields.Object, foot))
	f.object = container.New(&hug{head, fields.Area.Content, foot}, card)
	return f
}

// field makes one of the form's fields and listens to it.
func (f *formCard) field(label string, id connection.Field, placeholder, hint string) *kit.Field {
	return f.listen(kit.NewEntry(label), id, placeholder, hint)
}

func (f *formCard) listen(e *kit.Entry, id connection.Field, placeholder, hint string) *kit.Field {
	e.SetPlaceHolder(placeholder)
	e.OnPaste = f.w.spread
	e.OnChanged = func(string) { f.typed() }
	e.OnSubmitted = func(string) { f.w.win.Canvas().FocusNext() }
	e.OnFocus = func(focused bool) {
		if !focused {
			f.touched[id] = true
			f.changed()
			if id == connection.FieldEnvironment {
				f.place.now()
			}
		}
	}
	return kit.NewField(e, hint)
}

// form is what is typed, as it stands.
func (f *formCard) form() connection.Form {
	form := connection.Form{
		Environment: f.environment.Entry.Text,
		Tenant:      f.tenant.Entry.Text,
		ClientID:    f.client.Entry.Text,
		RedirectURI: f.redirect.Entry.Text,
	}
	f.credential.read(&form)
	return form
}

// fill puts a form in the place of what is typed.
func (f *formCard) fill(form connection.Form) {
	f.silent = true
	f.environment.Entry.SetText(form.Environment)
	f.tenant.Entry.SetText(form.Tenant)
	f.client.Entry.SetText(form.ClientID)
	f.redirect.Entry.SetText(form.RedirectURI)
	f.credential.fill(form)
	f.silent = false
	clear(f.touched)
	f.tried = false
	f.changed()
}

// empty tells whether nothing at all is typed.
func (f *formCard) empty() bool {
	typed := f.environment.Entry.Text + f.tenant.Entry.Text + f.client.Entry.Text + f.redirect.Entry.Text
	return typed == "" && f.credential.empty()
}

// typed waits for a pause, then looks at the form.
func (f *formCard) typed() {
	if f.silent {
		return
	}
	f.w.answer.outdated()
	if f.environment.Entry.Text != f.place.address {
		f.place.forget()
	}
	if f.wait != nil {
		f.wait()
	}
	f.wait = f.w.deps.Later(pause, f.changed)
}

// changed looks at the form and shows what is to be said about it.
func (f *formCard) changed() {
	if f.silent {
		return
	}
	form := f.form()
	f.w.header.rename()
	if a := f.w.answer; a != nil && a.lists.guide != nil {
		a.lists.guide.follow()
	}
	notes, problems := f.w.deps.Check(form)
	f.place.follow(form.Environment, !slices.ContainsFunc(problems, func(p connection.Problem) bool { return p.Field == connection.FieldEnvironment }))
	for id, field := range f.fields() {
		note, problem := "", ""
		for _, n := range notes {
			if n.Field == id {
				note = sentence(i18n.Said(n.Text))
			}
		}
		for _, p := range problems {
			if p.Field == id && problem == "" {
				problem = i18n.Said(p.Summary)
			}
		}
		empty := field.Entry.Text == ""
		if !f.tried && (empty || !f.touched[id] && field.Entry.Text != "" && f.focused(field)) {
			problem = "" // nobody likes to be told off before the word is out
		}
		switch id {
		case connection.FieldEnvironment:
			note = strings.TrimSpace(note + " " + f.placeNote())
		case connection.FieldTenant:
			if tenant := f.ownTenant(); empty && tenant != "" {
				note = i18n.F("Discovered: {{.ID}}", i18n.V{"ID": tenant})
			}
			if problem == "" {
				problem = f.place.contradiction(form.Environment, form.Tenant)
			}
		}
		field.SetNote(note)
		field.SetProblem(problem)
	}
	f.credential.explain()
	f.relayout()
}

// relayout gives the card the height of what is in it.
func (f *formCard) relayout() {
	if f.object != nil {
		f.object.Refresh()
		f.w.page.Settle()
	}
}

func (f *formCard) focused(field *kit.Field) bool {
	return f.w.win != nil && f.w.win.Canvas().Focused() == fyne.Focusable(field.Entry)
}

func (f *formCard) fields() map[connection.Field]*kit.Field {
	return map[connection.Field]*kit.Field{
		connection.FieldEnvironment: f.environment,
		connection.FieldTenant:      f.tenant,
		connection.FieldClientID:    f.client,
		connection.FieldSecret:      f.credential.secret,
		connection.FieldCertificate: f.credential.file,
		connection.FieldRedirectURI: f.redirect,
	}
}

// firstProblem gives the focus to the first field that shows an error.
func (f *formCard) firstProblem() {
	for _, field := range []*kit.Field{f.environment, f.tenant, f.client, f.credential.secret, f.credential.file, f.redirect} {
		if field.Problem() != "" && field.Visible() {
			f.w.visit(field)
			return
		}
	}
}

// busy turns the big button into the one that cancels, and back.
func (f *formCard) busy(running bool) {
	if running {
		f.test.SetText(i18n.L("Cancel test"))
		f.test.SetKind(kit.Secondary)
	} else {
		f.test.SetText(i18n.L("Test connection"))
		f.test.SetKind(kit.Primary)
	}
}
