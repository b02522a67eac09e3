package session

import (
	"context"
	"slices"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/plain"
	"github.com/s2sdoctor/s2sdoctor/core/profile"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// Replacement is a new credential for saved connections, which each connection gets once
// it was tested with it. It stops at the first that does not work: those before it have
// the new credential, the others the old one.
type Replacement struct {
	// Open is true while the dialog is shown.
	Open bool
	// Names are the connections, and Kind is their kind of credential.
	Names []string
	Kind  connection.Kind
	// Problems are what is wrong with the texts that were typed last, at their fields.
	Problems map[connection.Field]text.Text
	// Active is true while connections are being tested; Now is the name of the one under
	// test, or "".
	Active bool
	Now    string
	// Done are the connections that have the new credential.
	Done []string
	// Failed is the connection at which it stopped, or "", and Why the reason.
	Failed string
	Why    text.Text
}

// TypedCredential is what the user typed to replace the credential of connections: a
// secret with the day on which it ends, or a file with a certificate and its key.
type TypedCredential struct {
	Secret          secret.Value // without blanks around it
	Ends            string       // such as 2027-03-31; may be empty
	CertificateFile string
	Password        secret.Value
}

// newCredential is what replaces the credential of connections.
type newCredential struct {
	secret          secret.Value
	ends            time.Time // zero if it is not known
	certificateFile string
	password        secret.Value
}

// read returns a new credential of a kind, or the problems with what was typed.
func (t TypedCredential) read(kind connection.Kind) (newCredential, map[connection.Field]text.Text) {
	if kind == connection.CertificateKind {
		file := plain.Trim(t.CertificateFile)
		if file == "" {
			return newCredential{}, map[connection.Field]text.Text{connection.FieldCertificate: text.F("Choose the file of the new certificate.")}
		}
		return newCredential{certificateFile: file, password: t.Password}, nil
	}
	problems := map[connection.Field]text.Text{}
	if t.Secret.Empty() {
		problems[connection.FieldSecret] = text.F("Type the new secret.")
	}
	ends, problem := typedDay(t.Ends)
	if !problem.Empty() {
		problems[FieldEnds] = problem
	}
	return newCredential{secret: t.Secret, ends: ends}, problems
}

// in returns a form with the credential in the place of its own.
func (n newCredential) in(form connection.Form) connection.Form {
	if form.CredentialKind() == connection.SecretKind {
		form.Secret = n.secret
		return form
	}
	form.CertificateFile, form.CertificatePassword, form.KeyFile = n.certificateFile, n.password, ""
	return form
}

// Replaceable reports whether a credential of a kind can be replaced by a new one.
func Replaceable(kind connection.Kind) bool {
	return kind == connection.SecretKind || kind == connection.CertificateKind
}

// OpenReplacement asks for a new credential for connections that have one of the same
// kind.
func (s *Session) OpenReplacement(names []string) {
	p, ok := s.profileNamed(names[0])
	kind := kindOfSaved(p)
	if !ok || !Replaceable(kind) {
		return
	}
	s.update(func(st *State) { st.Replacement = Replacement{Open: true, Names: names, Kind: kind} })
}

// CloseReplacement closes the dialog. Connections that have the new credential keep it.
func (s *Session) CloseReplacement() {
	s.replacing.end()
	s.update(func(st *State) { st.Replacement = Replacement{} })
}

// StopReplacement ends it after the connection that is being tested, and reports whether
// one is.
func (s *Session) StopReplacement() bool {
	if !s.state.Replacement.Active {
		return false
	}
	s.replacing.interrupt()
	return true
}

// Replace tests each connection with the new credential and saves it there, one after the
// other. It does not begin if there is a problem with what was typed.
func (s *Session) Replace(typed TypedCredential) {
	r := s.state.Replacement
	if !r.Open || r.Active {
		return
	}
	with, problems := typed.read(r.Kind)
	s.update(func(st *State) { st.Replacement.Problems = problems })
	if len(problems) > 0 {
		return
	}
	ctx, generation := s.replacing.begin(s.ctx)
	s.update(func(st *State) {
		st.Replacement.Active, st.Replacement.Failed, st.Replacement.Why = true, "", text.Text{}
	})
	left := slices.DeleteFunc(slices.Clone(r.Names), func(name string) bool { return slices.Contains(r.Done, name) })
	tell := func(then func()) {
		s.deps.Scheduler.Do(func() {
			if s.replacing.is(generation) {
				then()
			}
		})
	}
	doctor, written := s.deps.Doctor, s.queue.begin()
	s.background(func() func() {
		defer written()
		at, why := "", text.Text{}
		if err := s.deps.Store.Probe(ctx); err != nil {
			at, why = left[0], text.OfError(err).Sentence()
			left = nil
		}
		for _, name := range left {
			tell(func() { s.update(func(st *State) { st.Replacement.Now = name }) })
			saved, report, err := s.replaceIn(ctx, doctor, name, with)
			if !err.Empty() {
				at, why = name, err
				break
			}
			tell(func() {
				s.update(func(st *State) {
					st.Replacement.Done = append(slices.Clip(st.Replacement.Done), name)
					s.keepReport(saved, report)
				})
			})
		}
		return func() { tell(func() { s.replaced(at, why) }) }
	}, func() {
		if s.replacing.is(generation) {
			s.replaced("", text.Text{})
		}
	})
}

// replaceIn tests a connection with the new credential, and saves it if Entra accepts it: an
// error of Dataverse would be the same with the old one. It blocks.
func (s *Session) replaceIn(ctx context.Context, doctor Doctor, name string, with newCredential) (saved profile.Profile, r exam.Report, why text.Text) {
	loaded, err := s.deps.Store.Load(ctx, name)
	if err != nil {
		return saved, r, text.OfError(err).Sentence()
	}
	form := with.in(loaded.Form)
	r = doctor.Examine(ctx, form, false, nil)
	if token, ok := r.Check(exam.CheckToken); !ok || token.Status != exam.Pass && token.Status != exam.Warn {
		return saved, r, refusalOf(r)
	}
	// From here on it is written to its end, or the connection would have neither.
	kept, err := s.deps.Store.Save(s.writing, name, form)
	if err == nil && !with.ends.IsZero() {
		err = s.deps.Store.SetEnds(s.writing, name, with.ends)
	}
	if err != nil {
		return saved, r, text.OfError(err).Sentence()
	}
	return kept.Profile, r, kept.Why
}

// refusalOf is why a credential does not work, in a sentence.
func refusalOf(r exam.Report) text.Text {
	root, failed := r.Root()
	switch {
	case failed && !root.Summary.Empty():
		return root.Summary.Sentence()
	case failed:
		return text.F("Not so: %s", root.Title).Sentence()
	}
	return text.F("The test did not come to its end.")
}

// replaced ends a replacement, and shows at which connection and why it stopped, if it did.
func (s *Session) replaced(at string, why text.Text) {
	s.replacing.end()
	s.update(func(st *State) {
		st.Replacement.Active, st.Replacement.Now, st.Replacement.Failed, st.Replacement.Why = false, "", at, why
	})
	var outcomes []profile.Outcome
	for _, name := range s.state.Replacement.Done {
		outcomes = append(outcomes, s.overview.outcomes[savedKey(name)].Outcome)
	}
	s.saveOutcomes(outcomes)
	s.credentialsChanged(s.state.Replacement.Done)
}

// credentialsChanged reads connections that have a new credential again: for the list,
// and for the form if one of them is open and not edited.
func (s *Session) credentialsChanged(names []string) {
	if len(names) == 0 {
		return
	}
	open, edited := s.state.Connections.Open, s.state.Edited()
	s.readOverview()
	if s.state.Overview.Grouping == ByCredential {
		s.compareCredentials()
	}
	if slices.Contains(names, open) && !edited && !s.state.Sandbox.Active {
		s.load(open)
	}
}
