package session

import (
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// Examination is the examination under way, or what came of the last.
type Examination struct {
	// Generation increases when everything below begins again: with each test, and
	// when the window turns to another connection.
	Generation int
	// Active is true until the examination has ended, Stopping from when it was
	// cancelled.
	Active, Stopping bool
	Progress         Progress
	// Checks are those that have begun, by ID.
	Checks map[exam.CheckID]Check
	// Report is the outcome, or nil.
	Report *exam.Report
	// Stale is true if the form has changed since the report.
	Stale bool
}

// Progress is how far an examination is.
type Progress struct {
	Done, Total int
	// Doing is the title of the check that began last, Note what it waits for.
	Doing, Note text.Text
	Elapsed     time.Duration
}

// Check is how far one check of a running examination is.
type Check struct {
	Phase exam.Phase
	// Note is what the check waits for; may be empty.
	Note text.Text
	// Result is complete once Phase is [exam.Done].
	Result exam.Result
}

// examining is the examination under way.
type examining struct {
	task    latest
	started time.Time
	doing   exam.CheckID // ID of the check that began last
	tick    func()       // cancels the next look at the clock
}

// topicRunning is the topic of the notice that a test is running.
const topicRunning = "running"

// Test examines what is in the form, unless an examination is running. A form that
// cannot be used is examined too: the report names its problem.
func (s *Session) Test() {
	if s.state.Examination.Active {
		return
	}
	s.StopWatching()
	s.test()
}

// test examines what is in the form.
func (s *Session) test() {
	s.typing.tried = true
	ctx, generation := s.examining.task.begin(s.ctx)
	s.update(func(st *State) {
		s.readLifetime()
		s.Look()
		st.Examination = Examination{
			Generation: st.Examination.Generation + 1, Active: true,
			Progress: Progress{Total: len(exam.Checks())},
		}
	})
	s.examining.started, s.examining.doing = s.deps.Scheduler.Now(), ""
	s.tick(generation)
	doctor, form := s.doctor(), s.state.Form.Used()
	s.background(func() func() {
		report := doctor.Examine(ctx, form, false, func(e exam.Event) {
			s.deps.Scheduler.Do(func() { s.observe(generation, e) })
		})
		return func() { s.finish(generation, report) }
	}, func() {
		if s.examining.task.is(generation) {
			s.forgetReport()
		}
	})
}

// Cancel asks the examination to end. Its report follows when it has.
func (s *Session) Cancel() {
	if e := s.state.Examination; !e.Active || e.Stopping {
		return
	}
	s.StopWatching()
	s.examining.task.interrupt()
	s.update(func(st *State) { st.Examination.Stopping = true })
}

// drop ends the examination and does not wait for its report: the window is about to
// turn to another connection.
func (s *Session) drop() {
	if !s.state.Examination.Active {
		return
	}
	s.examining.end()
	s.update(func(st *State) { st.Examination.Active, st.Examination.Stopping = false, false })
	s.emit(Retract{topicRunning})
}

func (e *examining) end() {
	e.task.end()
	if e.tick != nil {
		e.tick()
		e.tick = nil
	}
}

// observe shows one step.
func (s *Session) observe(generation int, e exam.Event) {
	if !s.examining.task.is(generation) {
		return
	}
	s.update(func(st *State) {
		p := &st.Examination.Progress
		p.Total = e.Total
		switch e.Phase {
		case exam.Running:
			p.Doing, p.Note, s.examining.doing = e.Result.Title, e.Note, e.Result.ID
		case exam.Done:
			p.Done++
			if s.examining.doing == e.Result.ID {
				p.Note = text.Text{}
			}
		}
		checks := map[exam.CheckID]Check{e.Result.ID: {Phase: e.Phase, Note: e.Note, Result: e.Result}}
		for id, c := range st.Examination.Checks {
			if id != e.Result.ID {
				checks[id] = c
			}
		}
		st.Examination.Checks = checks
	})
}

// finish shows the outcome.
func (s *Session) finish(generation int, r exam.Report) {
	if !s.examining.task.is(generation) {
		return
	}
	s.update(func(*State) {
		s.drop()
		s.adopt(r)
	})
	if root, failed := r.Root(); failed && root.ID == exam.CheckInputs {
		s.ShowProblem()
	}
	s.watched(r)
}

// adopt shows a report that may have another reason than a test.
func (s *Session) adopt(r exam.Report) {
	r = s.sight.Report(r)
	s.update(func(st *State) {
		st.Examination.Report, st.Examination.Stale = &r, false
		s.learn(r)
		s.evaluate()
		s.offerSetup()
	})
	s.rememberOutcome(r)
}

// forgetReport goes back to the beginning: another connection.
func (s *Session) forgetReport() {
	s.StopWatching()
	s.unsee()
	s.update(func(st *State) {
		s.drop()
		st.Examination = Examination{Generation: st.Examination.Generation + 1}
		s.forgetGuide()
		s.offerSetup()
	})
}

// outdate marks the report as one of another form.
func (s *Session) outdate() {
	s.StopWatching()
	s.unsee()
	if e := s.state.Examination; e.Report != nil && !e.Active && !e.Stale {
		s.update(func(st *State) {
			st.Examination.Stale = true
			s.offerSetup()
		})
	}
}

// tick counts the seconds while an examination runs.
func (s *Session) tick(generation int) {
	s.examining.tick = s.deps.Scheduler.Later(time.Second, func() {
		if !s.examining.task.is(generation) {
			return
		}
		s.update(func(st *State) {
			st.Examination.Progress.Elapsed = s.deps.Scheduler.Now().Sub(s.examining.started)
		})
		s.tick(generation)
	})
}

// Reported returns the report to hand on. Without a report it shows a notice why.
func (s *Session) Reported() (exam.Report, bool) {
	switch e := s.state.Examination; {
	case e.Active:
		s.emit(&Notice{Topic: topicRunning, Text: text.F("The test is still running: copy the report when it has ended.")})
	case e.Report == nil:
		s.notify(Neutral, text.F("There is no report yet: test the connection first."))
	default:
		return *e.Report, true
	}
	return exam.Report{}, false
}
