package session

import (
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/connection"
)

// WindowMayClose is the event that follows [Session.CloseWindow] if nothing would
// be lost by it, or the user has chosen to lose it.
type WindowMayClose struct{}

// CloseWindow closes the window, after a question if something typed would be lost.
func (s *Session) CloseWindow() {
	s.leave(func(saidMore bool) {
		if !saidMore {
			s.emit(WindowMayClose{})
		}
	})
}

// leave continues with then if nothing typed would be lost by it. Otherwise it asks:
// save, discard or stay. saidMore is true if saving reported something that should
// be read, such as that the secret is kept for this session only.
func (s *Session) leave(then func(saidMore bool)) {
	if _, asking := s.state.Connections.Question.(*LeaveQuestion); asking {
		return
	}
	if !s.unsaved() {
		then(false)
		return
	}
	s.ask(&LeaveQuestion{asked: s.newQuestion(), Open: s.state.Connections.Open, then: then})
}

// SaveAndLeave answers a [LeaveQuestion]: the form is saved, under a name that is
// asked for the first time, and then left.
func (s *Session) SaveAndLeave() {
	if q, ok := s.state.Connections.Question.(*LeaveQuestion); ok {
		s.ask(nil)
		s.keep(q.then)
	}
}

// DiscardAndLeave answers a [LeaveQuestion]: the form is left as it is.
func (s *Session) DiscardAndLeave() {
	if q, ok := s.state.Connections.Question.(*LeaveQuestion); ok {
		s.ask(nil)
		q.then(false)
	}
}

// unsaved reports whether something would be lost that the user would want back.
// Unlike [State.Edited] it is false for what is practised, for a secret alone, and
// for a secret that would not be kept anyway.
func (s *Session) unsaved() bool {
	c := &s.state.Connections
	if s.deps.Store == nil || s.state.Sandbox.Active || c.Opening != "" {
		return false // the form is given up once another connection is being opened
	}
	form := s.state.Form.Used()
	if c.Open == "" {
		return !blank(withoutSecrets(form))
	}
	if c.sessionOnly && sameForm(withoutSecrets(form), withoutSecrets(c.kept)) {
		return false // typed to test with: the store does not take it
	}
	return !sameForm(form, c.kept)
}

// blank reports whether only spaces are typed; secrets do not count.
func blank(form connection.Form) bool {
	return strings.TrimSpace(form.Environment+form.Tenant+form.ClientID+form.RedirectURI+form.CertificateFile+form.KeyFile+form.Thumbprint+form.Federation.File) == ""
}
