package session

import "github.com/s2sdoctor/s2sdoctor/core"

// see takes what an administrator saw of the form's connection: steps of the guide that
// waited for the user become proven, and the examination gets what it could not see.
func (s *Session) see(sight core.Sight) {
	s.sight = sight
	s.update(func(st *State) {
		if e := st.Examination; e.Report != nil && !e.Stale {
			s.adopt(*e.Report)
			return
		}
		s.evaluate()
	})
}

// unsee forgets it: the form is another connection.
func (s *Session) unsee() { s.sight = core.Sight{} }
