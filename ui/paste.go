package ui

import (
	"strings"

	"fyne.io/fyne/v2"

	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/paste"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
	"github.com/s2sdoctor/s2sdoctor/core/text"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
	"github.com/s2sdoctor/s2sdoctor/ui/layout"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// spread takes a pasted text apart when it is more than the value of one field: a
// connection string, a .env, a mail. It reports whether it did, or asked which of
// several applications is meant.
func (w *Window) spread(text string) bool {
	pasted := w.deps.Paste(text)
	switch {
	case len(pasted.Choices) > 0:
		w.chooseApplication(pasted.Choices)
		return true
	case pasted.TooLong:
		w.say(i18n.L("The text is too long: at most 256 KiB are read."), kit.Bad)
		return true
	case !pasted.Found():
		return false
	}
	return w.fillPasted(pasted.Form, pasted.Notes)
}

// chooseApplication asks which application of a pasted text is meant. Its rows
// take the focus and the keys in turn; Escape leaves the form as it was.
func (w *Window) chooseApplication(choices []paste.Choice) {
	body := layout.Column(theme.Space,
		kit.NewText(i18n.L("The text holds more than one connection, and does not show which is meant. Choose one: its values are never mixed with another's."), kit.Style{Color: theme.Muted}))
	var d *kit.Dialog
	var first fyne.Focusable
	for _, c := range choices {
		name, detail, _ := strings.Cut(c.Name, " · ")
		b := kit.NewOption(name, detail, false, func() {
			d.Close()
			w.fillPasted(c.Form, c.Notes)
		})
		if first == nil {
			first = b
		}
		body.Add(b)
	}
	d = kit.NewDialog(i18n.L("Which connection?"), body, kit.Action{Text: i18n.L("Cancel")})
	d.Width = 680
	d.Open(w.win.Canvas(), first)
}

// fillPasted lays what was pasted over the form, and says so; false where there was
// nothing.
func (w *Window) fillPasted(pasted connection.Form, notes []connection.Note) bool {
	before := w.form.form()
	merged, count := merge(before, pasted)
	if count == 0 {
		return false
	}
	w.form.fill(merged)
	w.session.Note(notes)
	what := i18n.N("Filled one field from what you pasted.", "Filled {{.N}} fields from what you pasted.", count)
	w.toasts.Say(kit.Message{Text: what, Tone: kit.Good, Action: i18n.L("Undo"), Do: func() { w.form.fill(before) }})
	return true
}

// merge lays what was pasted over what was typed: what the paste does not speak
// of stays.
func merge(typed, pasted connection.Form) (connection.Form, int) {
	count := 0
	text := func(to *string, from string) {
		if from != "" {
			*to = from
			count++
		}
	}
	value := func(to *secret.Value, from secret.Value) {
		if !from.Empty() {
			*to = from
			count++
		}
	}
	text(&typed.Environment, pasted.Environment)
	text(&typed.Tenant, pasted.Tenant)
	text(&typed.ClientID, pasted.ClientID)
	text(&typed.RedirectURI, pasted.RedirectURI)
	if pasted.CertificateFile != "" {
		typed.KeyFile = "" // it was the other certificate's
	}
	text(&typed.CertificateFile, pasted.CertificateFile)
	text(&typed.KeyFile, pasted.KeyFile)
	value(&typed.Secret, pasted.Secret)
	value(&typed.CertificatePassword, pasted.CertificatePassword)
	if !pasted.Secret.Empty() && pasted.CertificateFile == "" {
		typed.CertificateFile, typed.KeyFile, typed.CertificatePassword = "", "", secret.Value{}
	}
	return typed, count
}

// pasteConnection fills the form from the clipboard.
func (w *Window) pasteConnection() {
	if w.spread(w.app.Clipboard().Content()) {
		return
	}
	w.say(i18n.L("The clipboard holds no connection. Copy a connection string, settings, a mail with the values, or an address of the environment."), kit.Caution)
}

// sentence is shown made into one: see [text.Text.Sentence].
func sentence(shown string) string { return text.Raw(shown).Sentence().String() }
