package ui

import (
	"context"

	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// halfway is an examination that has come to its fifth check and stays there.
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

// withSandbox offers a practice tenant with two scenarios.
func withSandbox(s *stage) {
	s.sandbox = &SandboxDeps{
		Open:  func() error { return nil },
		Leave: func() {},
		Scenarios: []Scenario{
			{Name: "healthy", Title: text.F("Everything is as it should be"), Lesson: text.F("This is what a working connection looks like.")},
			{Name: "secret-wrong", Title: text.F("The secret is not right"), Lesson: text.F("Entra does not say which character."), Group: "Secret"},
		},
		Play: func(name string) (connection.Form, error) {
			form := filledForm()
			form.Environment = "https://contoso.crm4.sandbox.localhost"
			return form, nil
		},
	}
}
