package ui

import (
	"context"
	"strconv"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/drift"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/paste"
	"github.com/s2sdoctor/s2sdoctor/core/session"
	"github.com/s2sdoctor/s2sdoctor/core/text"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
)

// halfway is an examination that stops at its fifth check.
func halfway(ctx context.Context, _ connection.Form, observe func(exam.Event)) exam.Report {
	r := healthyReport()
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
	return cancelledReport()
}

const contoso = "https://contoso.crm4.dynamics.com"

// doctorPlay plays the services as the stage defines them. A real Doctor does the rest.
type doctorPlay struct {
	core.Doctor
	s *stage
}

func (d doctorPlay) Examine(ctx context.Context, form connection.Form, _ bool, observe func(exam.Event)) exam.Report {
	s := d.s
	s.mu.Lock()
	s.forms = append(s.forms, form)
	examine := s.examine
	s.mu.Unlock()
	if examine == nil {
		<-ctx.Done()
		return cancelledReport()
	}
	return examine(ctx, form, observe)
}

func (d doctorPlay) Snapshot(ctx context.Context, name string, form connection.Form, observe func(exam.Event)) (drift.Snapshot, exam.Report) {
	if d.s.snapshot == nil {
		<-ctx.Done()
		return drift.Snapshot{}, cancelledReport()
	}
	return d.s.snapshot(ctx, name, form, observe)
}

func (d doctorPlay) Check(connection.Form) ([]connection.Note, []connection.Problem) {
	return d.s.notes, d.s.problems
}

func (d doctorPlay) Lifetime(context.Context, connection.Form) core.Lifetime { return d.s.lifetime }

func (d doctorPlay) Discover(ctx context.Context, form connection.Form) (core.Discovered, bool) {
	if d.s.discover == nil {
		<-ctx.Done() // never returns
		return core.Discovered{}, false
	}
	return d.s.discover(ctx, form)
}

func (d doctorPlay) Paste(string) paste.Result {
	if d.s.pasted == nil {
		return paste.Result{Choices: d.s.choices, TooLong: d.s.tooLong}
	}
	return paste.Result{Form: *d.s.pasted}
}

// sandboxPlay plays a practice tenant.
type sandboxPlay struct {
	doctorPlay
	startErr error
	played   []string
}

func (p *sandboxPlay) Play(scenario string) (connection.Form, error) {
	p.played = append(p.played, scenario)
	form := filledForm()
	form.Environment = "https://contoso.crm4.sandbox.localhost"
	return form, nil
}

func (p *sandboxPlay) Close() error { return nil }

// withSandbox offers a practice tenant with two scenarios.
func withSandbox(s *stage) {
	s.sandbox = &sandboxPlay{doctorPlay: doctorPlay{s: s}}
	s.scenarios = []session.Scenario{
		{Name: "healthy", Title: text.F("Everything is as it should be"), Lesson: text.F("This is what a working connection looks like.")},
		{Name: "secret-wrong", Title: text.F("The secret is not right"), Lesson: text.F("Entra does not say which character."), Group: text.Raw("Secret")},
	}
}

// openStep opens a step of the guide.
func (s *stage) openStep(number int) {
	s.t.Helper()
	for _, o := range visible(s.w.result.Object.Object) {
		if f, ok := o.CanvasObject.(*kit.Disclosure); ok && strings.HasPrefix(f.Name, strconv.Itoa(number)+". ") {
			f.SetOpen(true)
			s.settle()
			return
		}
	}
	s.t.Fatalf("the guide has no step %d", number)
}
