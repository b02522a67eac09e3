package ui

import (
	"context"
	"strings"
	"testing"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
)

// TestPanicInBackground guards SE-16: the window stays, can be used again, and does not
// show the panic's text.
func TestPanicInBackground(t *testing.T) {
	const canary = "Zx9~qW8e.RtY7uIoP6aSdF5gHjK4lQmN3bVcX2z1"
	s := newStage(t, Options{}, func(s *stage) {
		s.discover = func(context.Context, connection.Form) (core.Discovered, bool) { panic(canary) }
		s.documentation = func() (string, error) { panic(canary) }
	})
	told := func() bool {
		m, ok := s.w.toasts.Current()
		if strings.Contains(m.Text, canary) {
			t.Errorf("the window shows %q", m.Text)
		}
		return ok && strings.Contains(m.Text, "An internal error")
	}
	for name, do := range map[string]func(){
		"documentation": s.w.openDocumentation,
		"discovery":     func() { s.w.session.Fill(connection.Form{Environment: contoso}); s.w.session.DiscoverNow() },
	} {
		do()
		s.until("the message about "+name, told)
		s.w.toasts.Dismiss()
	}
	s.examine = func(context.Context, connection.Form, func(exam.Event)) exam.Report { panic(canary) }
	s.w.session.Test()
	s.until("the message about the examination", told)
	if s.examination().Active || !s.shows("Find the broken link") {
		t.Error("the window still examines")
	}
	s.finish(failedReport())
}
