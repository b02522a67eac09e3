package session

import (
	"github.com/s2sdoctor/s2sdoctor/core/crash"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// background runs work on a goroutine of its own, and the function that it returns,
// which may be nil, on the scheduler's. If work panics the user is shown where the
// note is, and failed runs instead; failed may be nil.
func (s *Session) background(work func() (then func()), failed func()) {
	go func() {
		then := s.attempt(work, failed)
		s.deps.Scheduler.Do(func() {
			if then != nil {
				then()
			}
		})
	}()
}

func (s *Session) attempt(work func() (then func()), failed func()) (then func()) {
	defer crash.Guard(func(note string) {
		then = func() {
			s.crashed(note)
			if failed != nil {
				failed()
			}
		}
	})
	return work()
}

// crashed reports a fault of the program itself: see [CrashText].
func (s *Session) crashed(note string) { s.notify(Bad, CrashText(note)) }

// CrashText returns the text about a fault of the program itself; note is the path of its crash
// note, "" if it could not be written.
func CrashText(note string) text.Text {
	if note == "" {
		return text.F("An internal error occurred in S2S Doctor: please report it.")
	}
	return text.F("An internal error occurred in S2S Doctor: please report it. A note without secrets is in %s.", note)
}
