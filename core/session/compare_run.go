package session

import (
	"context"
	"path/filepath"

	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/drift"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/profile"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// Compare examines both sides at the same time, and then compares them.
func (s *Session) Compare() {
	c := s.state.Comparison
	if !c.Open || c.Active || !c.Ready() {
		return
	}
	s.update(func(st *State) {
		s.resetComparison()
		st.Comparison.Active = true
		for i := range st.Comparison.Sides {
			st.Comparison.Sides[i].Phase, st.Comparison.Sides[i].Total = SideRunning, len(exam.Checks())
		}
	})
	ctx, generation := s.comparing.task.begin(s.ctx)
	for i, side := range c.Sides {
		s.examineSide(ctx, generation, i, side.Of)
	}
}

// sideAnswer is what came of a side.
type sideAnswer struct {
	snapshot drift.Snapshot
	report   *exam.Report // nil for a file
	why      text.Text    // nothing is known for this reason; empty otherwise
}

// examineSide takes the snapshot of a side.
func (s *Session) examineSide(ctx context.Context, generation, side int, of Compared) {
	p, _ := s.profileNamed(of.Connection)
	observe := func(e exam.Event) {
		s.deps.Scheduler.Do(func() {
			if s.comparing.task.is(generation) && e.Phase == exam.Done {
				s.update(func(st *State) { st.Comparison.Sides[side].Done++ })
			}
		})
	}
	closed := s.queue.begin() // the end of the program waits for the sandbox of a side
	s.background(func() func() {
		defer closed()
		limited, cancel := context.WithTimeout(ctx, fleetTime)
		defer cancel()
		answer := s.takeSide(limited, of, observe)
		if ctx.Err() != nil && (answer.report == nil || !answer.report.Concluded()) {
			answer.why = text.F("Cancelled")
		}
		return func() {
			if s.comparing.task.is(generation) {
				s.sideDone(side, p, answer)
			}
		}
	}, func() {
		if s.comparing.task.is(generation) {
			s.sideDone(side, p, sideAnswer{why: refusalOf(exam.Report{})})
		}
	})
}

// takeSide blocks, and may be called on any goroutine.
func (s *Session) takeSide(ctx context.Context, of Compared, observe func(exam.Event)) sideAnswer {
	switch {
	case of.File != "":
		snapshot, err := drift.ReadFile(of.File)
		if err != nil {
			return sideAnswer{why: text.F("The file cannot be compared: %s", text.OfError(err)).Sentence()}
		}
		if snapshot.Name == "" {
			snapshot.Name = filepath.Base(of.File)
		}
		return sideAnswer{snapshot: snapshot}
	case of.Scenario != "":
		// Each side has a sandbox of its own: the one that the user practises in stays as it is.
		server, err := s.deps.OpenSandbox()
		if err != nil {
			return sideAnswer{why: text.F("The sandbox could not be started: %s", text.OfError(err)).Sentence()}
		}
		defer func() { _ = server.Close() }() // nothing is kept there
		form, err := server.Play(of.Scenario)
		if err != nil {
			return sideAnswer{why: text.OfError(err).Sentence()}
		}
		return examined(ctx, server, of.Scenario, form, observe)
	}
	loaded, err := s.deps.Store.Load(ctx, of.Connection)
	if err != nil {
		return sideAnswer{why: text.OfError(err).Sentence()}
	}
	if why := missingSecret(loaded); !why.Empty() {
		return sideAnswer{why: why.Sentence()}
	}
	return examined(ctx, s.deps.Doctor, loaded.Profile.Name, loaded.Form, observe)
}

func examined(ctx context.Context, doctor Doctor, name string, form connection.Form, observe func(exam.Event)) sideAnswer {
	snapshot, report := doctor.Snapshot(ctx, name, form, observe)
	answer := sideAnswer{snapshot: snapshot, report: &report}
	if !report.Concluded() {
		answer.why = refusalOf(report)
	}
	return answer
}

// sideDone shows what came of a side, and compares once there are two. p is the saved
// connection that was examined, if it is one.
func (s *Session) sideDone(side int, p profile.Profile, answer sideAnswer) {
	s.update(func(st *State) {
		shown := &st.Comparison.Sides[side]
		if !answer.why.Empty() {
			shown.Phase, shown.Why = SideFailed, answer.why
		} else {
			s.comparing.taken[side] = &answer.snapshot
			shown.show(answer.snapshot)
		}
		sides := st.Comparison.Sides
		if sides[0].Phase == SideRunning || sides[1].Phase == SideRunning {
			return
		}
		s.comparing.task.end()
		st.Comparison.Active, st.Comparison.Stopping = false, false
		if a, b := s.comparing.taken[0], s.comparing.taken[1]; a != nil && b != nil {
			st.Comparison.Result = NewComparisonResult(*a, *b)
			st.Comparison.Areas = st.Comparison.Result.Areas
		}
	})
	if answer.report != nil && answer.report.Concluded() && p.Name != "" {
		s.keepReport(p, *answer.report)
		s.saveOutcomes([]profile.Outcome{s.overview.outcomes[savedKey(p.Name)].Outcome})
	}
}

// show fills in what a snapshot says about the connection.
func (c *ComparedSide) show(taken drift.Snapshot) {
	c.Phase, c.Taken, c.Verdict = SideDone, taken.Taken, taken.Verdict()
	c.Host = hostOf(profile.Profile{Environment: taken.Connection.Environment})
	switch {
	case taken.RootCause != "":
		c.Health = HealthBroken
	case len(taken.Warnings) > 0:
		c.Health = HealthWarned
	default:
		c.Health = HealthHealthy
	}
	if c.Of.File != "" {
		c.Title = text.Raw(taken.Name)
	}
}

// CancelComparison ends the examination of both sides, and reports whether one was under
// way.
func (s *Session) CancelComparison() bool {
	if !s.state.Comparison.Active {
		return false
	}
	s.comparing.task.interrupt()
	s.update(func(st *State) { st.Comparison.Stopping = true })
	return true
}
