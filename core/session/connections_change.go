package session

import (
	"context"
	"errors"

	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/profile"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// changeable reports whether a saved connection is open.
func (s *Session) changeable() bool {
	return s.deps.Store != nil && s.state.Connections.Open != "" && !s.state.Sandbox.Active
}

// Rename changes the name of the open connection, after a question for the new one.
func (s *Session) Rename() {
	if !s.changeable() {
		return
	}
	from := s.state.Connections.Open
	s.askName(ToRename, from, from, func(to string, ended func(error)) {
		s.write(func(ctx context.Context) func() {
			err := s.deps.Store.Rename(ctx, from, to)
			listed := s.list(ctx)
			return func() {
				listed()
				if err == nil {
					s.renamed(from, to)
				}
				ended(err)
			}
		}, func() { ended(nil) })
	})
}

func (s *Session) renamed(from, to string) {
	progress := s.conns.guides[savedKey(from)]
	delete(s.conns.guides, savedKey(from))
	s.conns.guides[savedKey(to)] = progress
	if s.state.Connections.Open == from {
		s.update(func(state *State) { state.Connections.Open = to })
		s.followGuide()
	}
}

// Duplicate saves the open connection once more under another name, which it asks
// for, and opens the copy. What is not saved yet is asked about first.
func (s *Session) Duplicate() {
	if !s.changeable() {
		return
	}
	s.leave(func(bool) {
		from := s.state.Connections.Open
		s.askName(ToDuplicate, from, s.freeName(from), func(to string, ended func(error)) { s.duplicate(from, to, ended) })
	})
}

func (s *Session) duplicate(from, to string, ended func(error)) {
	s.write(func(ctx context.Context) func() {
		saved, err := s.deps.Store.Duplicate(ctx, from, to)
		if err != nil {
			return func() { ended(err) }
		}
		loaded, err := s.deps.Store.Load(ctx, saved.Profile.Name)
		listed := s.list(ctx)
		return func() {
			listed()
			ended(err)
			if err != nil {
				return
			}
			s.show(loaded)
			s.emit(Attention{Field: connection.FieldEnvironment}) // the address is what differs
			s.emit(copiedNotice(from, saved))
		}
	}, func() { ended(nil) })
}

// copiedNotice returns what a connection is a copy of, and what is missing in it.
func copiedNotice(from string, saved profile.Saved) *Notice {
	n := &Notice{Tone: Good}
	parts := []text.Text{text.F("“%s” is a copy of “%s”.", saved.Profile.Name, from)}
	if saved.SecretLocation == profile.InSession {
		parts = append(parts, text.F("The secret is kept for this session only."))
	}
	if !saved.Why.Empty() {
		parts = append(parts, saved.Why)
		n.Tone, n.Stay = Caution, true
	}
	n.Text = text.Join(" ", parts...)
	return n
}

// Forget asks whether to delete the open connection.
func (s *Session) Forget() {
	if s.changeable() {
		s.ask(&ForgetQuestion{s.newQuestion(), s.state.Connections.Open})
	}
}

// ConfirmForget deletes the connection of a [ForgetQuestion] with its secret.
func (s *Session) ConfirmForget() {
	q, ok := s.state.Connections.Question.(*ForgetQuestion)
	if !ok {
		return
	}
	s.ask(nil)
	s.write(func(ctx context.Context) func() {
		err := s.deps.Store.Forget(ctx, q.Name)
		listed := s.list(ctx)
		return func() {
			listed()
			if err != nil && !errors.Is(err, profile.ErrNoProfile) {
				s.storeFailed(err)
				return
			}
			s.forgotten(q.Name)
		}
	}, nil)
}

func (s *Session) forgotten(name string) {
	delete(s.conns.guides, savedKey(name))
	if s.state.Connections.Open == name {
		s.clear()
	}
	s.notify(Good, text.F("“%s” is forgotten, and its secret with it.", name))
}
