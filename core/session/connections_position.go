package session

import (
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// position is a connection as it is in the window, to come back to.
type position struct {
	form        Typed
	missing     text.Text
	wanted      string
	open        string
	identity    string
	kept        connection.Form
	sessionOnly bool
	report      *exam.Report
}

func (s *Session) position() position {
	f, c := s.state.Form, s.state.Connections
	return position{f.Typed, f.Missing, f.Wanted, c.Open, s.conns.identity, c.kept, c.sessionOnly, s.state.Examination.Report}
}

// restore shows a position again, with the result of its examination.
func (s *Session) restore(p position) {
	s.update(func(state *State) {
		s.conns.identity = p.identity
		s.conns.generation++
		c := &state.Connections
		c.Open, c.Opening, c.kept, c.sessionOnly = p.open, "", p.kept, p.sessionOnly
		s.drop()
		s.fill(p.form, p.missing, p.wanted)
		s.forgetReport()
		if p.report != nil {
			s.adopt(*p.report)
		}
	})
}
