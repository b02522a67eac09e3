package session

import (
	"github.com/s2sdoctor/s2sdoctor/core/card"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/export"
	"github.com/s2sdoctor/s2sdoctor/core/support"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// Export returns the form in a format of another program, without its secret, or why the
// format cannot hold it.
func (s *Session) Export(format export.Format) (string, text.Text) {
	out, err := s.doctor().Export(format, s.state.Form.Used(), s.ownTenant(), s.state.Connections.Open)
	if err != nil {
		return "", text.OfError(err).Sentence()
	}
	return out, text.Text{}
}

// Card returns what the administrators of the connection have to do. Without a report, or
// if they have nothing to do, it shows a notice why there is none.
func (s *Session) Card() (card.Card, bool) {
	r, ok := s.namedReport()
	switch {
	case !ok:
		return card.Card{}, false
	case !card.Needed(r):
		s.notify(Neutral, text.F("The test found nothing that an administrator has to do."))
		return card.Card{}, false
	}
	return card.Make(r), true
}

// SupportReport returns the report for a ticket. Without an examination it shows a notice
// why.
func (s *Session) SupportReport() (support.Report, bool) {
	r, ok := s.namedReport()
	if !ok {
		return support.Report{}, false
	}
	return support.Make(r, s.deps.Program, s.deps.Scheduler.Now()), true
}

// namedReport is the last report, with the name under which the connection is saved.
func (s *Session) namedReport() (exam.Report, bool) {
	r, ok := s.Reported()
	if ok && !s.state.Sandbox.Active {
		r.Profile = s.state.Connections.Open
	}
	return r, ok
}

// SaveText writes a text into a new file in folder. It calls saved and shows the path in a
// notice, or calls failed with the reason.
func (s *Session) SaveText(folder, name, content string, saved func(), failed func(why text.Text)) {
	if s.deps.SaveText == nil {
		return
	}
	written := s.queue.begin()
	s.background(func() func() {
		defer written()
		path, err := s.deps.SaveText(folder, name, content)
		return func() {
			if err != nil {
				failed(text.OfError(err).Sentence())
				return
			}
			saved()
			s.notify(Good, text.F("Saved as %s.", path))
		}
	}, nil)
}
