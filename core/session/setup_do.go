package session

import (
	"context"
	"errors"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/plan"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// ApplySetup does the steps that are ticked, or goes on with them.
func (s *Session) ApplySetup() {
	u := s.state.Setup
	if u.Phase != SetupPlanned || s.setup.work == nil || !u.SetupObstacle().Empty() {
		return
	}
	var sight core.Sight
	apply := func(work core.SetupWork, ctx context.Context, o core.SetupOrder) (core.SetupResult, error) {
		r, err := work.Apply(ctx, o)
		if err == nil && r.Plan.Report != nil {
			sight, _ = work.Look(ctx, r.Form) // without it the connection is there all the same
		}
		return r, err
	}
	s.runSetup(SetupApplying, apply, func(r core.SetupResult, err error) { s.setupApplied(r, err, sight) })
}

// UndoSetup takes back what this set-up, or an earlier one, has made.
func (s *Session) UndoSetup() {
	if !s.state.Setup.CanUndo() || s.setup.work == nil {
		return
	}
	s.runSetup(SetupUndoing, core.SetupWork.Undo, s.setupUndone)
}

// runSetup has work done on another goroutine, and shows each step of it.
func (s *Session) runSetup(phase SetupPhase, do func(core.SetupWork, context.Context, core.SetupOrder) (core.SetupResult, error), ended func(core.SetupResult, error)) {
	ctx, generation := s.setup.task.begin(s.ctx)
	order, work := s.setupOrder(generation), s.setup.work
	s.update(func(st *State) { st.Setup.begin(phase) })
	s.background(func() func() {
		result, err := do(work, ctx, order)
		return func() {
			if s.setup.task.is(generation) {
				s.setup.task.end()
				ended(result, err)
			}
		}
	}, s.CloseSetup)
}

func (s *Session) setupOrder(generation int) core.SetupOrder {
	w := s.state.Setup.Wants
	want := s.wanted()
	o := core.SetupOrder{Form: s.setupForm(), Want: &want, Journal: s.setup.journal}
	if kept, ok := s.deps.Store.(core.KeptStore); ok && !s.state.Sandbox.Active {
		o.Kept.Store = kept
		if w.Save {
			o.Kept.Name = strings.TrimSpace(w.SaveAs)
		}
	}
	if !w.Save {
		o.Kept.File = strings.TrimSpace(w.File)
	}
	show := func(f func(*Setup)) {
		s.deps.Scheduler.Do(func() {
			if s.setup.task.is(generation) {
				s.update(func(st *State) { f(&st.Setup) })
			}
		})
	}
	o.Observe = func(step plan.Step, note text.Text) {
		show(func(u *Setup) { u.progress(step, note) })
	}
	o.Examined = func(e exam.Event) {
		show(func(u *Setup) { u.Step, u.Note = plan.Proof, e.Result.Title })
	}
	return o
}

// progress shows what is under way.
func (u *Setup) progress(step plan.Step, note text.Text) {
	u.Step, u.Note = step.ID, note
	if step.Status != plan.Applied && step.Status != plan.Undone {
		return
	}
	u.Begun = true
	steps := make([]plan.Step, len(u.Plan.Steps))
	copy(steps, u.Plan.Steps)
	for i := range steps {
		if steps[i].ID == step.ID {
			steps[i].Status, steps[i].Reason = step.Status, step.Reason
		}
	}
	u.Plan.Steps = steps
}

// setupApplied shows what came of it: WhoAmI, or the step that stopped it.
func (s *Session) setupApplied(r core.SetupResult, err error, sight core.Sight) {
	if r.Plan.Journal != "" {
		s.setup.journal = r.Plan.Journal
	}
	var name string
	s.update(func(st *State) {
		u := &st.Setup
		if r.Plan.Steps != nil {
			u.Plan = r.Plan
			u.Begun = u.Begun || r.Plan.Applied
		}
		if err != nil {
			s.setupStopped(err, SetupPlanned, failedStep(r.Plan))
			return
		}
		if r.Plan.Obstructed() { // seen just before anything was sent
			u.begin(SetupPlanned)
			return
		}
		u.begin(SetupDone)
		if r.Unsaved == nil && u.Wants.Save && !st.Sandbox.Active {
			name = strings.TrimSpace(u.Wants.SaveAs)
			u.Saved = name
		}
		s.takeConnection(r.Form, name)
		s.sight = sight
		if r.Plan.Report != nil {
			s.adopt(*r.Plan.Report)
			u.Report = st.Examination.Report
		}
		s.offerSetup()
	})
	if r.Unsaved != nil {
		s.notify(Caution, text.F("The connection works, and was not saved: %s", text.OfError(r.Unsaved)))
	}
}

// failedStep returns the step that a run stopped at, or the first of all if no step has
// failed.
func failedStep(p plan.Plan) plan.ID {
	for _, step := range p.Steps {
		if step.Status == plan.Failed {
			return step.ID
		}
	}
	return plan.Application
}

// takeConnection puts the connection that was set up into the form.
func (s *Session) takeConnection(form connection.Form, name string) {
	s.fill(TypedOf(form), text.Text{}, "")
	if name != "" {
		s.openAs(name)
		s.update(func(st *State) { st.Connections.kept = st.Form.Used() })
		s.Refresh()
	}
}

// setupUndone shows what was taken back.
func (s *Session) setupUndone(r core.SetupResult, err error) {
	s.update(func(st *State) {
		if r.Plan.Steps != nil {
			st.Setup.Plan = r.Plan
		}
		if err != nil && !errors.Is(err, context.Canceled) {
			s.setupStopped(err, SetupPlanned, failedStep(r.Plan))
			st.Setup.Failure.Title = text.F("Not everything was taken back")
			return
		}
		if err != nil {
			st.Setup.begin(SetupPlanned)
			return
		}
		st.Setup.begin(SetupUndone)
		st.Setup.Begun, st.Setup.Saved = false, ""
		if r.Plan.Step(plan.Application).Status == plan.Undone {
			s.forgetUndone()
		}
	})
	if err == nil {
		s.setup.journal = ""
		s.Refresh()
	}
}

// forgetUndone takes the application that is gone out of the form.
func (s *Session) forgetUndone() {
	form := s.state.Form.Used()
	s.fill(TypedOf(connection.Form{Environment: form.Environment, Tenant: form.Tenant, RedirectURI: form.RedirectURI}), text.Text{}, "")
	s.openAs("")
	s.forgetReport()
	s.offerSetup()
}
