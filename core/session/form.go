package session

import (
	"maps"
	"slices"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// TypingPause is how long typing must rest before the form is looked at.
const TypingPause = 350 * time.Millisecond

// The fields of the form that no problem of a connection is about.
const (
	FieldKeyFile  connection.Field = "keyFile"
	FieldPassword connection.Field = "certificatePassword"
)

// Typed is the form as the user typed it. Unlike a [connection.Form] it holds both
// credentials: the user may choose between them and back.
type Typed struct {
	connection.Form
	// ByCertificate is true if the certificate counts, and not the secret.
	ByCertificate bool
}

// TypedOf returns a form as if the user had typed it.
func TypedOf(form connection.Form) Typed {
	return Typed{Form: form, ByCertificate: form.CertificateFile != ""}
}

// Used returns the form without the credential that does not count.
func (t Typed) Used() connection.Form {
	form := t.Form
	if t.ByCertificate {
		form.Secret = secret.Value{}
	} else {
		form.CertificateFile, form.KeyFile, form.CertificatePassword = "", "", secret.Value{}
	}
	return form
}

// Empty reports whether nothing at all is typed.
func (t Typed) Empty() bool {
	return t.Environment+t.Tenant+t.ClientID+t.RedirectURI+t.CertificateFile+t.KeyFile == "" &&
		t.Secret.Empty() && t.CertificatePassword.Empty()
}

// empty reports whether a field holds nothing.
func (t Typed) empty(field connection.Field) bool {
	switch field {
	case connection.FieldEnvironment:
		return t.Environment == ""
	case connection.FieldTenant:
		return t.Tenant == ""
	case connection.FieldClientID:
		return t.ClientID == ""
	case connection.FieldRedirectURI:
		return t.RedirectURI == ""
	case connection.FieldSecret:
		return t.Secret.Empty()
	case connection.FieldCertificate:
		return t.CertificateFile == ""
	case FieldKeyFile:
		return t.KeyFile == ""
	}
	return t.CertificatePassword.Empty()
}

// shows reports whether a field is in sight: only one credential is.
func (t Typed) shows(field connection.Field) bool {
	switch field {
	case connection.FieldSecret:
		return !t.ByCertificate
	case connection.FieldCertificate, FieldKeyFile, FieldPassword:
		return t.ByCertificate
	}
	return true
}

// Form is the connection in the form, and what there is to say about it.
type Form struct {
	Typed Typed
	// Fills increases when the session has put texts into the form.
	Fills int
	// Notes and Problems are shown at their fields.
	Notes, Problems map[connection.Field]text.Text
	// Place names the environment, its cloud and its region, as far as they are known.
	Place text.Text
	// Tenant is the ID of the tenant that the environment belongs to, "" if unknown.
	Tenant string
	// Missing is why a secret that was saved is not here; empty when none is missing.
	Missing text.Text
	// Wanted is the thumbprint of the certificate whose file is still to be chosen, in
	// a connection that was imported; "" for none.
	Wanted string
}

// Used returns the form without the credential that does not count.
func (f Form) Used() connection.Form { return f.Typed.Used() }

// Lacking returns the field that asks for what was not saved with the connection,
// "" when nothing is missing.
func (f Form) Lacking() connection.Field {
	switch {
	case f.Typed.ByCertificate && f.Wanted != "" && f.Typed.CertificateFile == "":
		return connection.FieldCertificate
	case f.Missing.Empty():
		return ""
	case f.Typed.ByCertificate:
		return FieldPassword
	}
	return connection.FieldSecret
}

// FirstProblem returns the first field in sight that has a problem, "" for none.
func (f Form) FirstProblem() connection.Field {
	for _, field := range connection.Fields {
		if _, bad := f.Problems[field]; bad && f.Typed.shows(field) {
			return field
		}
	}
	return ""
}

// typing is how far the user is with the form.
type typing struct {
	wait func() // cancels the look after a pause; nil when none is due
	// touched fields were left at least once: from then on they show their problems.
	touched map[connection.Field]bool
	focus   connection.Field
	// tried is set by the first test: from then on empty fields have problems.
	tried bool
}

// Edit is the form after the user has changed it. It is looked at after a pause.
func (s *Session) Edit(t Typed) {
	s.update(func(st *State) {
		st.Form.Typed = t
		s.outdate()
		if t.Environment != st.Discovery.Address {
			s.forgetDiscovery()
		}
		st.Form.Tenant = s.ownTenant()
	})
	s.typing.rest()
	s.typing.wait = s.deps.Scheduler.Later(TypingPause, s.Look)
}

// rest cancels the look after a pause.
func (t *typing) rest() {
	if t.wait != nil {
		t.wait()
		t.wait = nil
	}
}

// Focus tells that a field got the focus.
func (s *Session) Focus(field connection.Field) { s.typing.focus = field }

// Leave tells that a field lost the focus: the user has typed what belongs there.
func (s *Session) Leave(field connection.Field) {
	if s.typing.touched == nil {
		s.typing.touched = map[connection.Field]bool{}
	}
	s.typing.touched[field] = true
	if s.typing.focus == field {
		s.typing.focus = ""
	}
	s.Look()
	if field == connection.FieldEnvironment {
		s.DiscoverNow()
	}
}

// UseCertificate takes a file for the certificate.
func (s *Session) UseCertificate(path string) {
	t := s.state.Form.Typed
	t.ByCertificate, t.CertificateFile = true, path
	t.KeyFile = "" // it was the other certificate's
	s.change(t)
}

// UseKey takes a file for the certificate's private key.
func (s *Session) UseKey(path string) {
	t := s.state.Form.Typed
	t.KeyFile = path
	s.change(t)
}

// change edits the form in the user's name.
func (s *Session) change(t Typed) {
	s.update(func(st *State) {
		s.Edit(t)
		st.Form.Fills++
		s.Look()
	})
}

// Fill puts a form in the place of what is typed.
func (s *Session) Fill(form connection.Form) {
	s.fill(TypedOf(form), s.state.Form.Missing, "")
}

// fill puts a form in the place of what is typed, with what is missing in it: see
// [Form].
func (s *Session) fill(t Typed, missing text.Text, wanted string) {
	s.update(func(st *State) {
		t.ByCertificate = t.ByCertificate || wanted != ""
		st.Form.Typed, st.Form.Missing, st.Form.Wanted = t, missing, wanted
		st.Form.Fills++
		s.outdate()
		s.typing.touched, s.typing.tried = nil, false
		s.Look()
	})
}

// Look looks at the form now, and shows what there is to say about it.
func (s *Session) Look() {
	s.typing.rest()
	s.update(func(st *State) {
		form := st.Form.Used()
		notes, problems := s.doctor().Check(form)
		usable := !slices.ContainsFunc(problems, func(p connection.Problem) bool { return p.Field == connection.FieldEnvironment })
		s.followAddress(form.Environment, usable)
		st.Form.Place, st.Form.Tenant = s.place(), s.ownTenant()
		st.Form.Notes, st.Form.Problems = s.notes(notes), s.problems(problems)
		s.followGuide()
		s.offerSetup()
	})
}

// notes are what is noted at each field.
func (s *Session) notes(found []connection.Note) map[connection.Field]text.Text {
	notes := map[connection.Field]text.Text{}
	for _, n := range found {
		notes[n.Field] = n.Text.Sentence()
	}
	if form := s.state.Form; form.Typed.Tenant == "" && form.Tenant != "" {
		notes[connection.FieldTenant] = text.F("Discovered: %s", form.Tenant)
	}
	return notes
}

// problems are what is wrong at each field, as far as the user should read it now:
// not while a word is being typed, and not of an empty field before the first test.
func (s *Session) problems(found []connection.Problem) map[connection.Field]text.Text {
	form := &s.state.Form
	problems := map[connection.Field]text.Text{}
	for _, p := range found {
		typing := s.typing.focus == p.Field && !s.typing.touched[p.Field]
		if _, known := problems[p.Field]; !known && (s.typing.tried || !form.Typed.empty(p.Field) && !typing) {
			problems[p.Field] = p.Summary
		}
	}
	if _, bad := problems[connection.FieldTenant]; !bad {
		if p := s.contradiction(); !p.Empty() {
			problems[connection.FieldTenant] = p
		}
	}
	s.lack(problems)
	return problems
}

// lack adds what the connection was saved without, until it is typed.
func (s *Session) lack(problems map[connection.Field]text.Text) {
	form := &s.state.Form
	field := connection.FieldSecret
	if form.Typed.ByCertificate {
		field = FieldPassword
	}
	if !form.Typed.empty(field) {
		form.Missing = text.Text{}
	}
	switch lacking := form.Lacking(); lacking {
	case "":
	case connection.FieldCertificate:
		problems[lacking] = text.F("Choose the file of the certificate %s, and save.", form.Wanted)
	default:
		problems[lacking] = form.Missing
	}
}

// note shows notes at their fields until the form is looked at again.
func (s *Session) note(notes []connection.Note) {
	s.update(func(st *State) {
		all := map[connection.Field]text.Text{}
		maps.Copy(all, st.Form.Notes)
		for _, n := range notes {
			all[n.Field] = n.Text.Sentence()
		}
		st.Form.Notes = all
	})
}

// blame asks the view to show a field, and shows a problem there until the form is
// looked at again, as it is when the focus leaves another field.
func (s *Session) blame(field connection.Field, problem text.Text) {
	s.emit(Attention{field})
	s.update(func(st *State) {
		all := map[connection.Field]text.Text{}
		maps.Copy(all, st.Form.Problems)
		all[field] = problem
		st.Form.Problems = all
	})
}

// ShowProblem asks the view to show the first field that has a problem.
func (s *Session) ShowProblem() {
	if field := s.state.Form.FirstProblem(); field != "" {
		s.emit(Attention{field})
	}
}
