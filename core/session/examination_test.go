package session

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// halfway is an examination that stops at its fifth check.
func halfway(ctx context.Context, _ connection.Form, observe func(exam.Event)) exam.Report {
	r := testReport(exam.Pass)
	for i, c := range r.Checks[:5] {
		blank := exam.Result{ID: c.ID, Title: c.Title}
		observe(exam.Event{Index: i, Total: len(r.Checks), Phase: exam.Running, Result: blank})
		if i < 4 {
			observe(exam.Event{Index: i, Total: len(r.Checks), Phase: exam.Done, Result: c})
			continue
		}
		observe(exam.Event{Index: i, Total: len(r.Checks), Phase: exam.Running, Result: blank, Note: text.Raw("waiting 12 s, as Entra asks")})
	}
	<-ctx.Done()
	return testReport(exam.Skip)
}

func TestProgress(t *testing.T) {
	run(t, func(b *bench) {
		b.doctor.examine = halfway
		b.s.Test()
		b.pump()
		e := b.s.State().Examination
		if !e.Active || e.Progress.Done != 4 || e.Progress.Total != len(exam.Checks()) {
			b.Errorf("active %v, %d of %d", e.Active, e.Progress.Done, e.Progress.Total)
		}
		fifth := exam.Checks()[4]
		if got := e.Progress.Doing.String(); got != fifth.Title.String() || e.Progress.Note.String() != "waiting 12 s, as Entra asks" {
			b.Errorf("doing %q: %q", got, e.Progress.Note)
		}
		if c := e.Checks[fifth.ID]; c.Phase != exam.Running || len(e.Checks) != 5 {
			b.Errorf("%d checks have begun, the fifth is %q", len(e.Checks), c.Phase)
		}
		for range 3 {
			b.sleep(time.Second)
		}
		if got := b.s.State().Examination.Progress.Elapsed; got != 3*time.Second {
			b.Errorf("elapsed %v", got)
		}
	})
}

// TestStatesStayAsTheyAre guards that an observer may keep a state.
func TestStatesStayAsTheyAre(t *testing.T) {
	run(t, func(b *bench) {
		var kept []State
		var checks []int
		b.s.Observe(func(s State) {
			kept = append(kept, s)
			checks = append(checks, len(s.Examination.Checks))
		})
		b.s.Fill(filledForm())
		b.finish(testReport(exam.Pass))
		for i, s := range kept {
			if len(s.Examination.Checks) != checks[i] {
				b.Errorf("state %d had %d checks, now %d", i, checks[i], len(s.Examination.Checks))
			}
		}
	})
}

func TestCancel(t *testing.T) {
	run(t, func(b *bench) {
		b.s.Test()
		b.s.Test() // no second test while the first runs
		b.pump()
		b.s.Cancel()
		b.s.Cancel()
		if e := b.s.State().Examination; !e.Active || !e.Stopping || e.Report != nil {
			b.Errorf("active %v, stopping %v", e.Active, e.Stopping)
		}
		b.pump()
		if e := b.s.State().Examination; e.Active || e.Stopping || e.Report == nil || len(b.doctor.forms) != 1 {
			b.Errorf("active %v, stopping %v, %d examinations", e.Active, e.Stopping, len(b.doctor.forms))
		}
	})
}

// TestStaleEventsIgnored guards that a cancelled examination cannot change the next.
func TestStaleEventsIgnored(t *testing.T) {
	run(t, func(b *bench) {
		var late func(exam.Event)
		b.doctor.examine = func(ctx context.Context, _ connection.Form, observe func(exam.Event)) exam.Report {
			late = observe
			<-ctx.Done()
			return testReport(exam.Skip)
		}
		b.s.Test()
		b.pump()
		b.s.Cancel()
		b.pump()
		b.finish(testReport(exam.Pass))
		b.doctor.examine = halfway
		b.s.Test()
		b.pump()
		before := b.s.State().Examination.Progress
		late(exam.Event{Phase: exam.Done, Total: 12, Result: exam.Result{ID: "whoami", Status: exam.Fail, Title: text.F("late")}})
		b.pump()
		if e := b.s.State().Examination; e.Progress.Done != before.Done || e.Checks["whoami"].Phase != "" {
			b.Errorf("%d checks are done, WhoAmI is %q", e.Progress.Done, e.Checks["whoami"].Phase)
		}
	})
}

// TestDroppedReportIgnored guards that the report of a connection is not shown for
// another connection.
func TestDroppedReportIgnored(t *testing.T) {
	run(t, func(b *bench) {
		b.s.Test()
		b.pump()
		b.s.forgetReport()
		generation := b.s.State().Examination.Generation
		b.pump()
		if e := b.s.State().Examination; e.Active || e.Report != nil || e.Generation != generation {
			b.Errorf("active %v, report %v", e.Active, e.Report != nil)
		}
	})
}

func TestReportGrowsStale(t *testing.T) {
	run(t, func(b *bench) {
		b.s.Fill(filledForm())
		b.finish(testReport(exam.Pass))
		if b.s.State().Examination.Stale {
			b.Error("stale at once")
		}
		b.edit(func(t *Typed) { t.ClientID = "something else" })
		if !b.s.State().Examination.Stale {
			b.Error("not stale after the form has changed")
		}
		b.finish(testReport(exam.Pass))
		if b.s.State().Examination.Stale {
			b.Error("the new report is stale")
		}
	})
}

func TestCloseEndsExamination(t *testing.T) {
	run(t, func(b *bench) {
		ended := false
		b.doctor.examine = func(ctx context.Context, _ connection.Form, _ func(exam.Event)) exam.Report {
			<-ctx.Done()
			ended = true
			return testReport(exam.Skip)
		}
		b.s.Test()
		b.pump()
		b.s.Close()
		b.pump()
		if !ended {
			b.Error("it goes on without a window")
		}
	})
}

// TestUnusableFormShowsField guards that the first problem gets the focus.
func TestUnusableFormShowsField(t *testing.T) {
	run(t, func(b *bench) {
		b.doctor.problems = []connection.Problem{{Field: connection.FieldSecret, Cause: "input.secret-is-id", Summary: text.Raw("This is a GUID.")}}
		b.s.Fill(filledForm())
		r := testReport(exam.Skip)
		set(&r, "inputs", exam.Fail, "input.secret-is-id")
		b.finish(r)
		if got := b.attention(); got != connection.FieldSecret {
			b.Errorf("showed %q", got)
		}
	})
}

// TestReportedNamesReason guards that the message distinguishes a running test from a
// missing one.
func TestReportedNamesReason(t *testing.T) {
	run(t, func(b *bench) {
		if _, ok := b.s.Reported(); ok {
			b.Error("a report before a test")
		}
		b.s.Test()
		b.pump()
		if _, ok := b.s.Reported(); ok {
			b.Error("a report during a test")
		}
		want := []string{"There is no report yet: test the connection first.", "The test is still running: copy the report when it has ended."}
		if got := b.notices(); !slices.Equal(got, want) {
			b.Errorf("told %q", got)
		}
		b.s.Cancel()
		b.pump()
		retracted := slices.ContainsFunc(b.events, func(e Event) bool { return e == Event(Retract{topicRunning}) })
		if _, ok := b.s.Reported(); !ok || !retracted {
			b.Errorf("reported %v, retracted %v", ok, retracted)
		}
	})
}

// TestPanicEndsExamination guards SE-16: the window can be used again.
func TestPanicEndsExamination(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir()) // for the note
	run(t, func(b *bench) {
		b.doctor.examine = func(context.Context, connection.Form, func(exam.Event)) exam.Report { panic("a fault") }
		b.s.Test()
		b.pump()
		if e := b.s.State().Examination; e.Active || len(b.notices()) != 1 {
			b.Errorf("active %v, told %q", e.Active, b.notices())
		}
		b.finish(testReport(exam.Pass))
		if b.s.State().Examination.Report == nil {
			b.Error("no report after the next test")
		}
	})
}
