package session

import (
	"context"
	"iter"
	"reflect"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/fleet"
	"github.com/s2sdoctor/s2sdoctor/core/profile"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// fleetTime is how long the examination of one connection may take when many are tested.
const fleetTime = time.Minute

// TestAll examines all saved connections, several at a time.
func (s *Session) TestAll() {
	var names []string
	for _, p := range s.state.Connections.Saved {
		names = append(names, p.Name)
	}
	s.TestThese(names)
}

// TestThese examines some of the saved connections, several at a time.
func (s *Session) TestThese(names []string) {
	if s.deps.Store == nil || s.state.Overview.Run.Active || len(names) == 0 {
		return
	}
	ctx, generation := s.overview.run.begin(s.ctx)
	var saved []profile.Profile
	phases := map[string]Health{}
	for _, name := range names {
		if p, ok := s.profileNamed(name); ok {
			saved = append(saved, p)
			phases[savedKey(p.Name)] = HealthWaiting
		}
	}
	s.overview.phases = phases
	s.update(func(st *State) {
		st.Overview.Run = FleetRun{Active: true, Total: len(saved)}
		s.showOverview()
	})
	in := func(then func()) {
		s.deps.Scheduler.Do(func() {
			if s.overview.run.is(generation) {
				then()
			}
		})
	}
	doctor := s.deps.Doctor
	s.background(func() func() {
		fleet.Examine(ctx, s.savedMembers(ctx, saved), fleet.Options{
			Timeout: fleetTime,
			Doctor:  func(connection.Form) fleet.Doctor { return doctor },
			Begin:   func(i int) { in(func() { s.fleetPhase(saved[i], HealthRunning) }) },
			Done:    func(i int, r exam.Report) { in(func() { s.fleetDone(saved[i], r) }) },
		})
		return func() { in(s.fleetEnded) }
	}, func() {
		if s.overview.run.is(generation) {
			s.fleetEnded()
		}
	})
}

// savedMembers reads each connection when it is about to be examined, until ctx ends. A
// connection that cannot be read is refused.
func (s *Session) savedMembers(ctx context.Context, saved []profile.Profile) iter.Seq[fleet.Member] {
	return func(yield func(fleet.Member) bool) {
		for _, p := range saved {
			if ctx.Err() != nil {
				return
			}
			loaded, err := s.deps.Store.Load(ctx, p.Name)
			m := fleet.Member{Name: p.Name, Form: loaded.Form}
			switch why := missingSecret(loaded); {
			case ctx.Err() != nil:
				return
			case err != nil:
				m.Refused = notRead(text.OfError(err).Sentence())
			case !why.Empty():
				m.Refused = notRead(why)
			}
			if !yield(m) {
				return
			}
		}
	}
}

func notRead(why text.Text) connection.Problem {
	return connection.Problem{Field: connection.FieldSecret, Cause: catalog.InputSecretMissing, Summary: why}
}

func (s *Session) fleetPhase(p profile.Profile, phase Health) {
	if _, waits := s.overview.phases[savedKey(p.Name)]; waits {
		s.overview.phases[savedKey(p.Name)] = phase
		s.showOverview()
	}
}

// fleetDone keeps a report.
func (s *Session) fleetDone(p profile.Profile, r exam.Report) {
	delete(s.overview.phases, savedKey(p.Name))
	s.update(func(st *State) {
		st.Overview.Run.Done++
		if r.Complete || !st.Overview.Run.Stopping {
			s.keepReport(p, r)
		}
		s.showOverview()
	})
}

// keepReport remembers a report for its row, and for when the connection is opened.
func (s *Session) keepReport(p profile.Profile, r exam.Report) {
	if s.overview.reports == nil {
		s.overview.reports = map[string]fleetReport{}
	}
	s.overview.reports[savedKey(p.Name)] = fleetReport{p, r}
	o := outcomeOf(r, p)
	if before := s.overview.outcomes[savedKey(p.Name)]; o.SeenAt.IsZero() && before.Is(p) {
		o.SeenAt = before.SeenAt // a test without an administrator does not see it again
		if o.Ends.IsZero() {
			o.Ends = before.Ends
		}
	}
	s.learnOutcomes([]profile.Outcome{o})
}

// CancelAll ends the test of all connections, and reports whether one was under way.
func (s *Session) CancelAll() bool {
	if !s.state.Overview.Run.Active {
		return false
	}
	s.overview.run.interrupt()
	s.update(func(st *State) { st.Overview.Run.Stopping = true })
	return true
}

// fleetEnded saves the outcomes of a run.
func (s *Session) fleetEnded() {
	s.overview.run.end()
	s.overview.phases = nil
	stopped := s.state.Overview.Run.Stopping
	s.update(func(st *State) {
		st.Overview.Run.Active, st.Overview.Run.Stopping = false, false
		s.showOverview()
	})
	var added []profile.Outcome
	for _, o := range s.overview.outcomes {
		added = append(added, o.Outcome)
	}
	s.saveOutcomes(added)
	t := s.state.Overview.Tally
	switch {
	case stopped:
	case t.Broken == 0:
		s.notify(Good, text.F("All connections were tested, and none is broken."))
	default:
		s.notify(Caution, text.F("All connections were tested: %d of %d are broken.", t.Broken, t.All))
	}
}

// saveOutcomes saves the outcomes of examinations. An error is ignored: the next test
// knows them again.
func (s *Session) saveOutcomes(added []profile.Outcome) {
	if len(added) == 0 {
		return
	}
	s.write(func(ctx context.Context) func() {
		_ = s.deps.Store.AddOutcomes(ctx, added)
		return nil
	}, nil)
}

// rememberOutcome keeps the outcome of a test of the open connection, if the form is as it
// was saved.
func (s *Session) rememberOutcome(r exam.Report) {
	open := s.state.Connections.Open
	p, ok := s.profileNamed(open)
	if open == "" || !ok || s.state.Edited() || s.state.Sandbox.Active || !r.Complete {
		return
	}
	before := s.overview.outcomes[savedKey(p.Name)]
	s.keepReport(p, r)
	if o := s.overview.outcomes[savedKey(p.Name)].Outcome; !reflect.DeepEqual(o, before.Outcome) {
		s.saveOutcomes([]profile.Outcome{o})
	}
	if s.state.Overview.Open {
		s.showOverview()
	}
}
