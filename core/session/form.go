package session

import (
	"maps"
	"slices"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// TypingPause is how long typing must rest before the form is looked at.
const TypingPause = 350 * time.Millisecond

// Form is the connection in the form, and the remarks about it.
type Form struct {
	Typed Typed
	// Fills increases when the session has put texts into the form.
	Fills int
	// Notes, Cautions and Problems are shown at their fields.
	Notes, Cautions, Problems map[connection.Field]text.Text
	// Lifetime is when the credential begins and ends; zero as long as that is unknown.
	Lifetime core.Lifetime
	// Place names the environment, its cloud and its region, as far as they are known.
	Place text.Text
	// Tenant is the ID of the tenant that the environment belongs to, "" if unknown.
	Tenant string
	// Missing is why a secret that was saved is not here; may be empty.
	Missing text.Text
	// Wanted is the thumbprint of the certificate whose file is still to be chosen, in
	// a connection that was imported, or "".
	Wanted string

	store     bool             // this computer has the Windows store of certificates
	missingAt connection.Field // the field that Missing is about
}

// Used returns the form without the credential that does not count.
func (f Form) Used() connection.Form { return f.Typed.Used() }

// Lacking returns the field that asks for what was not saved with the connection,
// "" when nothing is missing.
func (f Form) Lacking() connection.Field {
	switch {
	case f.Typed.CredentialKind() == connection.CertificateKind && f.Wanted != "" && f.Typed.CertificateFile == "":
		return connection.FieldCertificate
	case f.Missing.Empty() || f.Typed.hidden() != f.missingAt:
		return ""
	}
	return f.missingAt
}

// FirstProblem returns the first field in sight that has a problem, or "".
func (f Form) FirstProblem() connection.Field {
	for _, field := range connection.Fields {
		if _, bad := f.Problems[field]; bad && f.Shows(field) {
			return field
		}
	}
	return ""
}

// typing is how far the user is with the form.
type typing struct {
	wait func() // cancels the look after a pause, or nil
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

// in reports whether a field is being typed for the first time.
func (t *typing) in(field connection.Field) bool { return t.focus == field && !t.touched[field] }

// Focus is called when a field gets the focus.
func (s *Session) Focus(field connection.Field) { s.typing.focus = field }

// Leave is called when a field loses the focus: the user has typed what belongs there.
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
		if wanted != "" {
			t.Kind = connection.CertificateKind
		}
		st.Form.Typed, st.Form.Missing, st.Form.Wanted, st.Form.missingAt = t, missing, wanted, t.hidden()
		st.Form.Fills++
		s.outdate()
		s.typing.touched, s.typing.tried = nil, false
		s.Look()
	})
}

// Look looks at the form now, and shows the remarks about it.
func (s *Session) Look() {
	s.typing.rest()
	s.update(func(st *State) {
		form := st.Form.Used()
		notes, problems := s.doctor().Check(form)
		usable := !slices.ContainsFunc(problems, func(p connection.Problem) bool { return p.Field == connection.FieldEnvironment })
		s.followAddress(form.Environment, usable)
		st.Form.Place, st.Form.Tenant = s.place(), s.ownTenant()
		s.followLifetime()
		st.Form.Notes, st.Form.Problems = s.notes(notes), s.problems(problems)
		s.addLifetime()
		s.followGuide()
		s.offerSetup()
	})
}

// notes are what is noted at each field.
func (s *Session) notes(found []connection.Note) map[connection.Field]text.Text {
	notes := map[connection.Field]text.Text{}
	for _, n := range found {
		notes[s.state.Form.Typed.place(n.Field)] = n.Text.Sentence()
	}
	if note := s.state.Form.Typed.issuerNote(); !note.Empty() {
		notes[connection.FieldTokenFile] = note
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
		field := form.Typed.place(p.Field)
		if _, known := problems[field]; !known && (s.typing.tried || !form.Typed.empty(field) && !s.typing.in(field)) {
			problems[field] = p.Summary
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
	if field := form.Typed.hidden(); field == form.missingAt && !form.Typed.empty(field) {
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
