package session

import (
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/paste"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// AskConnection asks the view which connection of a pasted text is meant. The user's
// choice goes to [Session.UseChoice].
type AskConnection struct{ Choices []paste.Choice }

// Paste takes a connection out of what is on the clipboard.
func (s *Session) Paste(clipboard string) {
	if !s.Spread(clipboard) {
		s.notify(Caution, text.F("The clipboard holds no connection. Copy a connection string, settings, a mail with the values, or an address of the environment."))
	}
}

// Spread takes a pasted text apart when it is more than the value of one field: a
// connection string, a .env, a mail. It reports whether it did, or asked which of
// several connections is meant.
func (s *Session) Spread(pasted string) bool {
	found := s.deps.Doctor.Paste(pasted)
	switch {
	case len(found.Choices) > 0:
		s.emit(AskConnection{found.Choices})
		return true
	case found.TooLong:
		s.notify(Bad, text.F("The text is too long: at most 256 KiB are read."))
		return true
	case !found.Found():
		return false
	}
	return s.lay(found.Form, found.Notes)
}

// UseChoice fills the form with one of the connections of a pasted text.
func (s *Session) UseChoice(c paste.Choice) { s.lay(c.Form, c.Notes) }

// lay puts pasted values into the form, with a notice. It reports whether there were any.
func (s *Session) lay(pasted connection.Form, notes []connection.Note) bool {
	before := s.state.Form
	merged, count := merge(before.Used(), pasted)
	if count == 0 {
		return false
	}
	form, wanted := s.storeOrFile(merged, merged.Thumbprint, merged.Kind == connection.CertificateStoreKind)
	s.update(func(*State) {
		s.fill(TypedOf(form), before.Missing, wanted)
		s.note(notes)
	})
	filled := text.F("Filled one field from what you pasted.")
	if count > 1 {
		filled = text.F("Filled %d fields from what you pasted.", count)
	}
	s.emit(&Notice{Text: filled, Tone: Good, Action: text.F("Undo"), Do: func() { s.fill(before.Typed, before.Missing, before.Wanted) }})
	return true
}

// merge returns what was typed with what was pasted over it, and how many fields
// that filled.
func merge(typed, pasted connection.Form) (connection.Form, int) {
	count := 0
	put := func(to *string, from string) {
		if from != "" {
			*to = from
			count++
		}
	}
	hide := func(to *secret.Value, from secret.Value) {
		if !from.Empty() {
			*to = from
			count++
		}
	}
	put(&typed.Environment, pasted.Environment)
	put(&typed.Tenant, pasted.Tenant)
	put(&typed.ClientID, pasted.ClientID)
	put(&typed.RedirectURI, pasted.RedirectURI)
	if pasted.CertificateFile != "" {
		typed.KeyFile = "" // it was the other certificate's
	}
	put(&typed.CertificateFile, pasted.CertificateFile)
	put(&typed.KeyFile, pasted.KeyFile)
	put(&typed.Thumbprint, pasted.Thumbprint)
	put(&typed.Federation.File, pasted.Federation.File)
	hide(&typed.Secret, pasted.Secret)
	hide(&typed.CertificatePassword, pasted.CertificatePassword)
	if kind := kindOf(pasted); kind != connection.None && kind != typed.Kind {
		if typed.Kind = kind; kind == connection.ManagedIdentityKind {
			count++ // it has no field of its own
		}
	}
	return typed, count
}

// kindOf returns the kind of credential that was pasted, or "".
func kindOf(pasted connection.Form) connection.Kind {
	switch {
	case pasted.Kind != connection.None:
		return pasted.Kind
	case pasted.CertificateFile != "":
		return connection.CertificateKind
	case !pasted.Secret.Empty():
		return connection.SecretKind
	}
	return connection.None
}
