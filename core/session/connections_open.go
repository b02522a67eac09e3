package session

import (
	"context"
	"errors"

	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/profile"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// Start reads the list of saved connections and, if openLast is true, opens the one
// that was used last.
func (s *Session) Start(openLast bool) {
	generation := s.conns.generation
	s.read(func(ctx context.Context) func() {
		list, known, warned := s.list(ctx), s.deps.Store.Outcomes(ctx), s.deps.Store.EndWarnings(ctx)
		listed := func() {
			list()
			s.learnOutcomes(known)
			s.warnEnds(warned)
		}
		if !openLast {
			return listed
		}
		name, err := s.deps.Store.Last(ctx)
		if err != nil || name == "" {
			return listed // which has reported an unreadable file
		}
		loaded, err := s.deps.Store.Load(ctx, name)
		return func() {
			listed()
			switch {
			case s.conns.generation != generation || !s.state.Form.Typed.Empty():
				// The user has begun with something else.
			case err != nil:
				s.storeFailed(err)
			default:
				s.show(loaded)
			}
		}
	})
}

// Refresh reads the list of saved connections again: another window may have saved
// one.
func (s *Session) Refresh() { s.read(s.list) }

// Find asks which saved connection to open, and reads the list again meanwhile.
func (s *Session) Find() {
	if s.deps.Store == nil {
		return
	}
	asked := len(s.state.Connections.Saved) > 0
	if asked {
		s.ask(&FindQuestion{s.newQuestion()})
	}
	s.read(func(ctx context.Context) func() {
		listed := s.list(ctx)
		return func() {
			listed()
			switch {
			case asked:
			case len(s.state.Connections.Saved) == 0:
				s.notify(Caution, text.F("No connection is saved yet."))
			case s.state.Connections.Question == nil:
				s.ask(&FindQuestion{s.newQuestion()})
			}
		}
	})
}

// Open opens a saved connection, after a question if something typed would be lost.
func (s *Session) Open(name string) {
	if q, ok := s.state.Connections.Question.(*FindQuestion); ok {
		s.Dismiss(q.ID())
	}
	s.CloseOverview()
	s.LeaveSandbox()
	s.leave(func(bool) { s.load(name) })
}

func (s *Session) load(name string) {
	s.conns.generation++
	generation := s.conns.generation
	s.opening(name)
	s.write(func(ctx context.Context) func() {
		loaded, err := s.deps.Store.Load(ctx, name)
		listed := s.list(ctx)
		if err == nil {
			err = s.deps.Store.SetLast(ctx, loaded.Profile.Name)
		}
		return func() {
			listed()
			if s.conns.generation == generation {
				s.loaded(name, loaded, err)
			}
		}
	}, func() {
		if s.conns.generation == generation {
			s.opening("")
		}
	})
}

func (s *Session) opening(name string) {
	s.update(func(state *State) { state.Connections.Opening = name })
}

func (s *Session) loaded(name string, loaded profile.Loaded, err error) {
	s.opening("")
	if loaded.Profile.Name != "" {
		s.show(loaded)
	}
	switch {
	case errors.Is(err, profile.ErrNoProfile):
		s.notify(Bad, text.F("“%s” is gone: it was renamed or forgotten in another window.", name))
	case err != nil:
		s.storeFailed(err)
	}
}

// show puts a saved connection into the form, and the focus on what was not saved
// with it. What was typed and not saved can be had back.
func (s *Session) show(l profile.Loaded) {
	before, lost := s.position(), s.state.Edited()
	s.update(func(*State) {
		s.conns.guides[savedKey(l.Profile.Name)] = l.Profile.Guide
		form, wanted := s.certificateOf(l)
		s.fill(TypedOf(form), missingSecret(l), wanted)
		s.openAs(l.Profile.Name)
		s.update(func(state *State) {
			state.Connections.sessionOnly = l.SecretLocation == profile.InSession || !l.Why.Empty()
		})
		s.forgetReport()
		s.Look() // what is known about the saved connection, such as the end of its secret
		s.recallReport(l.Profile.Name)
	})
	if field := s.state.Form.Lacking(); field != "" {
		s.emit(Attention{Field: field})
	}
	if lost {
		s.offerUndo(text.F("What you had typed was not saved."), before)
	}
}

// certificateOf returns the form of a saved connection, and the thumbprint of the
// certificate whose file is still to be chosen. Where the Windows store is, nothing is:
// it is looked for there.
func (s *Session) certificateOf(l profile.Loaded) (form connection.Form, wanted string) {
	imported := l.Profile.Credential == connection.None && l.Profile.Thumbprint != "" && l.Form.CertificateFile == ""
	return s.storeOrFile(l.Form, l.Profile.Thumbprint, imported)
}

// storeOrFile returns the form with a certificate that is known by its thumbprint alone,
// if it has such a one: that of the Windows store, or else the one whose file is wanted.
func (s *Session) storeOrFile(form connection.Form, thumbprint string, alone bool) (_ connection.Form, wanted string) {
	switch {
	case !alone:
	case s.deps.CertificateStore:
		form.Kind, form.Thumbprint = connection.CertificateStoreKind, thumbprint
	default:
		form.Kind, form.Thumbprint, wanted = connection.CertificateKind, "", thumbprint
	}
	return form, wanted
}

func (s *Session) offerUndo(message text.Text, before position) {
	s.emit(&Notice{Text: message, Action: text.F("Undo"), Do: func() { s.restore(before) }})
}

// missingSecret returns why there is no secret: it cannot be read, or there never was
// one, as in a connection that was imported.
func missingSecret(l profile.Loaded) text.Text {
	if l.Form.CredentialKind() == connection.SecretKind && l.Why.Empty() && l.SecretLocation == profile.NoSecret {
		return text.F("This connection has no secret yet. Type it, or choose a certificate, and save.")
	}
	return l.Why
}

// NewConnection empties the form, after a question if something typed would be lost;
// what was there can be had back.
func (s *Session) NewConnection() {
	if s.state.Form.Typed.Empty() && s.state.Connections.Open == "" {
		s.emit(Attention{Field: connection.FieldEnvironment})
		return
	}
	s.leave(func(bool) {
		before := s.position()
		s.clear()
		s.emit(Attention{Field: connection.FieldEnvironment})
		if !s.state.Sandbox.Active {
			s.offerUndo(text.F("The form is empty."), before)
		}
	})
}

// clear shows an empty form that belongs to no saved connection.
func (s *Session) clear() {
	s.update(func(*State) {
		s.fill(Typed{}, text.Text{}, "")
		s.openAs("")
		s.forgetReport()
	})
}
