package session

import (
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/text"
	"github.com/s2sdoctor/s2sdoctor/core/watch"
)

// Watch is the state of the examinations that the session repeats by itself, after
// something was changed in a portal.
type Watch struct {
	Active bool
	// Examinations is how many have ended.
	Examinations int
	// Next is when the next one begins; zero while one runs.
	Next time.Time
	// Elapsed is the time from the beginning to the last examination.
	Elapsed time.Duration
	// Verdict is how the watch ended; "" until then.
	Verdict watch.Verdict
}

// watching is the watch under way.
type watching struct {
	began  time.Time
	first  exam.Report
	cancel func() // of the next examination; may be nil
}

// topicWatch is the topic of the notice about how a watch ended.
const topicWatch = "watch"

// Watch examines again and again, until the connection is healthy or something else is
// wrong.
func (s *Session) Watch() {
	if s.state.Watch.Active || s.state.Examination.Active {
		return
	}
	s.watching = watching{began: s.deps.Scheduler.Now()}
	s.emit(Retract{topicWatch})
	s.update(func(st *State) { st.Watch = Watch{Active: true} })
	s.test()
}

// StopWatching ends the watch after the examination that may be under way.
func (s *Session) StopWatching() {
	if !s.state.Watch.Active {
		return
	}
	if s.watching.cancel != nil {
		s.watching.cancel()
	}
	s.watching = watching{}
	s.update(func(st *State) { st.Watch = Watch{} })
}

// watched counts an examination of a watch, and plans the next one or ends the watch.
func (s *Session) watched(r exam.Report) {
	if !s.state.Watch.Active {
		return
	}
	w := s.state.Watch
	now := s.deps.Scheduler.Now()
	if w.Examinations++; w.Examinations == 1 {
		s.watching.first = r
	}
	w.Elapsed, w.Next = now.Sub(s.watching.began), time.Time{}
	verdict := watch.Judge(s.watching.first, r)
	pause := watch.Pause(w.Examinations)
	if verdict == watch.Waiting && w.Elapsed+pause > watch.Limit {
		verdict = watch.Over
	}
	if verdict == watch.Waiting {
		w.Next = now.Add(pause)
		s.watching.cancel = s.deps.Scheduler.Later(pause, s.test)
		s.update(func(st *State) { st.Watch = w })
		return
	}
	w.Active, w.Verdict = false, verdict
	s.watching = watching{}
	s.update(func(st *State) { st.Watch = w })
	tone := Caution
	if verdict == watch.Healthy {
		tone = Good
	}
	s.emit(&Notice{Topic: topicWatch, Text: ended(verdict, w.Elapsed), Tone: tone, Stay: true})
}

// ended is how a watch ended, for the user.
func ended(verdict watch.Verdict, elapsed time.Duration) text.Text {
	minutes, seconds := int(elapsed.Minutes()), int(elapsed.Seconds())%60
	switch verdict {
	case watch.Healthy:
		return text.F("It works now, after %d min %d s.", minutes, seconds)
	case watch.Changed:
		return text.F("Something else is wrong now: see the result.")
	case watch.Pointless:
		return text.F("Waiting does not help here: the form needs another value.")
	}
	return text.F("It is still the same after %d min %d s.", minutes, seconds)
}
