package ui

import (
	"context"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// TestExaminationByKeyboard types, tests, reads and copies without a mouse.
func TestExaminationByKeyboard(t *testing.T) {
	s := newStage(t, Options{})
	r := failedReport()
	s.examine = func(context.Context, connection.Form, func(exam.Event)) exam.Report { return r }
	c := s.w.win.Canvas()
	for _, value := range []string{"https://contoso.crm4.dynamics.com", "", testClient} {
		for _, letter := range value {
			c.Focused().TypedRune(letter)
		}
		s.key(fyne.KeyReturn) // on to the next field
	}
	for c.Focused() != fyne.Focusable(s.find("Test connection")) {
		c.FocusNext()
	}
	s.key(fyne.KeyReturn)
	s.until("the answer", func() bool { return s.shows("Do this next") })
	if got := s.forms[0]; got.Environment != "https://contoso.crm4.dynamics.com" || got.ClientID != testClient || got.Tenant != "" {
		t.Errorf("examined %q %q %q", got.Environment, got.Tenant, got.ClientID)
	}
	if c.Focused() != fyne.Focusable(s.find("Test connection")) {
		t.Errorf("the focus went to %T", c.Focused())
	}
	s.w.result.FocusChecks()
	if len(s.copied) != 0 {
		t.Fatalf("copied before anybody asked: %q", s.copied)
	}
	c.Focused().(fyne.Shortcutable).TypedShortcut(&fyne.ShortcutCopy{})
	if len(s.copied) != 1 || !strings.Contains(s.copied[0], "0x80072560") || !strings.HasPrefix(s.copied[0], "Failed: Dataverse answers WhoAmI") {
		t.Errorf("copied %q", s.copied)
	}
	s.key(fyne.KeyUp)
	s.key(fyne.KeyReturn)
	if !s.check("claims").Open() {
		t.Error("the row above does not open")
	}
}

func TestEscCancelsWhereverTheFocusIs(t *testing.T) {
	for _, c := range []struct {
		name  string
		focus func(*stage) fyne.Focusable
	}{
		{"in a field", func(s *stage) fyne.Focusable { return s.field("Application (client) ID").Entry }},
		{"on a button", func(s *stage) fyne.Focusable { return s.find("Cancel test") }},
		{"on nothing", func(*stage) fyne.Focusable { return nil }},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newStage(t, Options{})
			s.w.session.Test()
			s.w.win.Canvas().Focus(c.focus(s))
			s.key(fyne.KeyEscape)
			if !s.examination().Stopping || !strings.Contains(s.outline(), "Cancelling") {
				t.Fatal("nothing says that it is being cancelled")
			}
			s.until("the end", func() bool { return s.shows("Cancelled") })
			if !strings.Contains(s.outline(), `"Cancelled"`) || s.find("Test connection").Text() != "Test connection" {
				t.Errorf("it says\n%s", s.outline())
			}
		})
	}
}

func TestTheBigButtonCancelsToo(t *testing.T) {
	s := newStage(t, Options{})
	s.press("Test connection")
	s.press("Cancel test")
	s.until("the end", func() bool { return s.shows("Cancelled") })
	s.press("Test again")
	if !s.examination().Active {
		t.Error("Test again does not")
	}
}

// TestCopyReportSaysWhyThereIsNone guards that the message distinguishes a running test
// from a missing one.
func TestCopyReportSaysWhyThereIsNone(t *testing.T) {
	s := newStage(t, Options{})
	s.w.item("report").Action()
	if got := s.said(); got != "There is no report yet: test the connection first." {
		t.Errorf("before a test it says %q", got)
	}
	s.w.toasts.Dismiss()
	s.w.session.Test()
	s.w.item("report").Action()
	if got := s.said(); got != "The test is still running: copy the report when it has ended." || len(s.copied) != 0 {
		t.Errorf("during a test it says %q, copied %q", got, s.copied)
	}
	s.w.session.Cancel()
	s.until("the end", func() bool { return !s.examination().Active })
	if got := s.said(); got != "" {
		t.Errorf("after it it still says %q", got)
	}
}

// TestResultGetsStale guards that a result is hidden after the form has changed.
func TestResultGetsStale(t *testing.T) {
	s := newStage(t, Options{})
	s.fill(filledForm())
	s.finish(healthyReport())
	if s.stale() {
		t.Fatal("it is old at once")
	}
	s.field("Application (client) ID").Entry.SetText("something else")
	if !s.stale() {
		t.Error("nothing says that the form has changed")
	}
	s.finish(healthyReport())
	if s.stale() {
		t.Error("the new answer is called old")
	}
}

// TestClosingEndsTheExamination guards that no examination continues without a window.
func TestClosingEndsTheExamination(t *testing.T) {
	s := newStage(t, Options{})
	ended := make(chan struct{})
	s.examine = func(ctx context.Context, _ connection.Form, _ func(exam.Event)) exam.Report {
		<-ctx.Done()
		close(ended)
		return cancelledReport()
	}
	s.w.session.Test()
	s.w.Close()
	<-ended
}

func TestAnUnusableFormLeadsToItsField(t *testing.T) {
	s := newStage(t, Options{})
	s.problems = []connection.Problem{{Field: connection.FieldSecret, Cause: "input.secret-is-id", Summary: text.Raw("This is a GUID.")}}
	s.fill(filledForm())
	s.finish(inputReport())
	if s.w.win.Canvas().Focused() != fyne.Focusable(s.field("Client secret (Value)").Entry) {
		t.Errorf("the focus is on %T", s.w.win.Canvas().Focused())
	}
	s.w.result.FocusChecks()
	s.press("Show the field")
	if s.w.win.Canvas().Focused() != fyne.Focusable(s.field("Client secret (Value)").Entry) {
		t.Error("Show the field does not")
	}
}

// secretIsNowhere searches everything that the window shows, copies and saves for the
// secret in the form.
func secretIsNowhere(t *testing.T, s *stage) {
	s.fill(filledForm())
	s.w.result.CopyReport()
	for _, row := range s.checks() {
		row.SetOpen(true)
		s.copied = append(s.copied, row.Copy())
	}
	s.settle()
	everything := s.outline() + strings.Join(s.copied, "\n") + strings.Join(s.opened, "\n") + s.w.win.Title()
	for _, line := range texts(s.w.content) {
		everything += line.Text.Text + "\n"
	}
	if strings.Contains(everything, canary) || strings.Contains(everything, "must-never-be-seen") {
		t.Errorf("the secret is in\n%s", everything)
	}
}
