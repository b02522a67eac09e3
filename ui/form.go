package ui

import (
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"s2sdoctor/core/connection"
	"s2sdoctor/ui/look"
	"s2sdoctor/ui/widgets"
	"s2sdoctor/ui/words"
)

// pause is how long typing must rest before the form is looked at.
const pause = 350 * time.Millisecond

// formCard is the left half: the connection as it is typed.
type formCard struct {
	w      *Window
	object *fyne.Container

	environment, tenant, client, redirect *widgets.Field
	credential                            *credential
	place                                 *discovery
	report                                learnedFacts
	consent, test                         *widgets.Button

	// touched fields were left at least once: from then on they show their errors.
	touched map[connection.Field]bool
	// tried is set by the first test: from then on empty fields count as errors.
	tried  bool
	wait   func()
	silent bool // while the form is filled from elsewhere
}

func newFormCard(w *Window) *formCard {
	f := &formCard{w: w, touched: map[connection.Field]bool{}, place: &discovery{w: w}}
	f.environment = f.field(words.L("Environment URL"), connection.FieldEnvironment,
		"https://contoso.crm4.dynamics.com", words.L("Any address of the environment will do."))
	f.tenant = f.field(words.L("Directory (tenant) ID"), connection.FieldTenant,
		words.L("discovered from the environment"), "")
	f.client = f.field(words.L("Application (client) ID"), connection.FieldClientID,
		words.L("a GUID, on the application's Overview"), "")
	f.credential = newCredential(f)
	f.redirect = f.field(words.L("Redirect URI"), connection.FieldRedirectURI,
		"http://localhost", words.L("For the consent page only. Formerly Reply URL."))

	paste := widgets.NewButton(words.L("Paste"), widgets.Quiet, w.pasteConnection)
	paste.Glyph, paste.Scale, paste.Name = look.Clipboard, widgets.Compact, words.L("Paste a connection")
	title := widgets.NewText(words.L("Connection"), widgets.Style{Size: look.SizeTitle, Bold: true})
	head := widgets.InsetSides(look.Space+look.Tight, look.Space, look.Near, look.Tight, widgets.Row(look.Small, title, title, paste))

	fields := w.page.Left(widgets.InsetSides(look.Space+look.Tight, look.Small, look.Space+look.Tight, look.Near,
		widgets.Column(look.Near, f.environment, f.tenant, f.client, f.credential.object, f.redirect)))

	f.consent = widgets.NewButton(words.L("Open consent page"), widgets.Secondary, w.openConsent)
	f.test = widgets.NewButton(words.L("Test connection"), widgets.Primary, w.testOrCancel)
	f.consent.Scale, f.test.Scale = widgets.Big, widgets.Big
	if w.deps.Consent == nil {
		f.consent.Hide()
	}
	foot := widgets.InsetSides(look.Space+look.Tight, look.Near, look.Space+look.Tight, look.Space+look.Tight,
		widgets.Column(look.Small, f.consent, f.test))
	card := widgets.NewCard(container.New(&pinned{fields.Area.Content}, head, fields.Object, foot))
	f.object = container.New(&hug{head, fields.Area.Content, foot}, card)
	return f
}

// field makes one of the form's fields and listens to it.
func (f *formCard) field(label string, id connection.Field, placeholder, hint string) *widgets.Field {
	return f.listen(widgets.NewEntry(label), id, placeholder, hint)
}

func (f *formCard) listen(e *widgets.Entry, id connection.Field, placeholder, hint string) *widgets.Field {
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
	return widgets.NewField(e, hint)
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
				note = sentence(words.Said(n.Text))
			}
		}
		for _, p := range problems {
			if p.Field == id && problem == "" {
				problem = words.Said(p.Summary)
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
				note = words.F("Discovered: {{.ID}}", words.V{"ID": tenant})
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

func (f *formCard) focused(field *widgets.Field) bool {
	return f.w.win != nil && f.w.win.Canvas().Focused() == fyne.Focusable(field.Entry)
}

func (f *formCard) fields() map[connection.Field]*widgets.Field {
	return map[connection.Field]*widgets.Field{
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
	for _, field := range []*widgets.Field{f.environment, f.tenant, f.client, f.credential.secret, f.credential.file, f.redirect} {
		if field.Problem() != "" && field.Visible() {
			f.w.visit(field)
			return
		}
	}
}

// busy turns the big button into the one that cancels, and back.
func (f *formCard) busy(running bool) {
	if running {
		f.test.SetText(words.L("Cancel test"))
		f.test.SetKind(widgets.Secondary)
	} else {
		f.test.SetText(words.L("Test connection"))
		f.test.SetKind(widgets.Primary)
	}
}
