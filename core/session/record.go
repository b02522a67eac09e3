package session

import (
	"github.com/s2sdoctor/s2sdoctor/core/record"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// ShowRecord asks the view to show the files of a record. Once the user has read
// them they go to [Session.SaveRecord].
type ShowRecord struct{ Files record.Files }

// Record makes the record of the last examination, to be shown before it is saved.
func (s *Session) Record() {
	e := s.state.Examination
	switch {
	case s.deps.SaveRecord == nil || e.Active:
	case e.Report == nil:
		s.notify(Info, text.F("Test the connection first: a record holds what the services answered."))
	default:
		report := *e.Report
		s.background(func() func() {
			files := record.Make(report)
			return func() {
				if s.ctx.Err() == nil {
					s.emit(ShowRecord{files})
				}
			}
		}, nil)
	}
}

// SaveRecord saves files in a new folder of parent, with a notice of where. failed gets the
// reason if that does not work, saved runs if it does.
func (s *Session) SaveRecord(parent string, files record.Files, saved func(), failed func(why text.Text)) {
	name := "s2s-record-" + s.deps.Scheduler.Now().Format("20060102-150405")
	written := s.queue.begin()
	s.background(func() func() {
		defer written()
		path, err := s.deps.SaveRecord(parent, name, files)
		return func() {
			if err != nil {
				failed(text.OfError(err).Sentence())
				return
			}
			saved()
			s.notify(Good, text.F("Saved the record in %s.", path))
		}
	}, nil)
}
