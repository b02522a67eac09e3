package ui

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/drift"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/session"
	"github.com/s2sdoctor/s2sdoctor/core/text"
	"github.com/s2sdoctor/s2sdoctor/internal/uitest"
)

// snapshotPlay returns the privileges of a team's connection. UAT has some that
// production lacks.
func snapshotPlay(_ context.Context, name string, form connection.Form, observe func(exam.Event)) (drift.Snapshot, exam.Report) {
	r := healthyReport()
	for i, c := range r.Checks {
		observe(exam.Event{Index: i, Total: len(r.Checks), Phase: exam.Done, Result: c})
	}
	r.Connection.Environment = form.Environment
	s := drift.Snapshot{
		Version: 1, Name: name, Taken: r.Started, Connection: r.Connection, Healthy: true, Warnings: []catalog.Cause{}, ServerVersion: "9.2.25101.184",
		User: &drift.User{ID: "1"}, Roles: []drift.Role{{Name: "Integration"}, {Name: "Basic User", Team: "All integrations"}},
		Privileges: map[string]string{"prvReadAccount": "Global", "prvReadContact": "Global", "prvWriteAccount": "Global", "prvCreateAccount": "Global"},
	}
	for i := range 40 {
		s.Privileges[fmt.Sprintf("prvReadcontoso_entity%02d", i)] = "Global"
	}
	switch {
	case strings.HasSuffix(name, "UAT"):
		s.Roles = append(s.Roles, drift.Role{Name: "System Administrator"})
		s.Privileges["prvWriteContact"], s.Privileges["prvDeleteAccount"] = "Global", "Global"
		s.Warnings, s.Connection.Credential, s.ServerVersion = []catalog.Cause{catalog.RoleSystemAdministrator}, "secret", "9.2.25112.140"
	case strings.HasSuffix(name, "PROD"):
		s.Connection.Credential, s.Privileges["prvWriteAccount"] = "certificate", "Local"
	}
	return s, r
}

// comparing saves connections and opens their comparison.
func (s *stage) comparing(names ...string) {
	s.t.Helper()
	for _, name := range []string{"Contoso UAT", "Contoso PROD", "Fabrikam UAT"} {
		form := filledForm()
		form.Environment = "https://" + strings.ToLower(strings.ReplaceAll(name, " ", "-")) + ".crm4.dynamics.com"
		if _, err := s.store.Save(s.t.Context(), name, form); err != nil {
			s.t.Fatal(err)
		}
	}
	s.w.session.Refresh()
	s.rest()
	s.w.session.OpenComparison(names...)
	s.rest()
}

// compared compares two connections.
func (s *stage) compared() {
	s.t.Helper()
	s.comparing("Contoso UAT", "Contoso PROD")
	s.snapshot = snapshotPlay
	s.press("Compare")
	s.until("the comparison", func() bool { return s.w.session.State().Comparison.Result != nil })
	s.rest()
}

// TestCompareFromTheMenu compares two saved connections from the main menu, and goes back
// to the form.
func TestCompareFromTheMenu(t *testing.T) {
	s := newStage(t, Options{})
	s.comparing()
	s.w.session.CloseComparison()
	s.choose("Contoso UAT")
	s.w.item("compare").Action()
	s.rest()
	c := s.w.win.Canvas()
	if got := uitest.NameOf(c.Focused()); got != "B: Choose…" || s.w.page.Object.Visible() {
		t.Fatalf("the focus is on %q", got)
	}
	s.key(fyne.KeyReturn)
	for _, letter := range "contoso prod" {
		c.Focused().TypedRune(letter)
	}
	s.key(fyne.KeyReturn)
	s.w.item("test").Action() // Ctrl+Enter
	s.until("the comparison to run", func() bool { return s.w.session.State().Comparison.Active })
	s.key(fyne.KeyEscape)
	s.w.win.Canvas().Unfocus()
	s.until("its end", func() bool { return !s.w.session.State().Comparison.Active })
	s.snapshot = snapshotPlay
	s.w.item("test").Action()
	s.until("the comparison", func() bool { return s.w.session.State().Comparison.Result != nil })
	s.w.item("report").Action() // Ctrl+Shift+C
	if len(s.copied) != 1 || !strings.Contains(s.copied[0], "prvWriteAccount: Global → Local") || strings.Contains(s.copied[0], canary) {
		t.Errorf("it copies %q", s.copied)
	}
	s.press("Save…")
	s.press("Close")
	s.w.win.Canvas().Unfocus()
	s.key(fyne.KeyEscape)
	if s.w.session.State().Comparison.Open || !s.w.page.Object.Visible() {
		t.Error("Esc does not close it")
	}
}

// TestCompareFromTheOverview compares a row with another, and goes back to the list.
func TestCompareFromTheOverview(t *testing.T) {
	s := newStage(t, Options{})
	s.comparing()
	s.w.session.OpenOverview()
	s.rest()
	s.key(fyne.KeyDown)
	s.w.item("compare").Action() // the leading row
	s.rest()
	if got := s.outline(); !strings.Contains(got, `"A: Contoso UAT"`) || strings.Contains(got, "All connections") {
		t.Errorf("it shows\n%s", got)
	}
	s.press("Close the comparison")
	s.rest()
	if got := s.outline(); !s.w.session.State().Overview.Open || !strings.Contains(got, "All connections") || !strings.Contains(got, `"Connections: Contoso UAT,`) {
		t.Errorf("it shows\n%s", got)
	}
	s.w.item("form").Action()
	if !s.w.page.Object.Visible() {
		t.Error("the form is not shown")
	}
}

// TestCompareInTheSandbox compares two scenarios of the practice tenant in the window.
func TestCompareInTheSandbox(t *testing.T) {
	s := newStage(t, Options{}, func(s *stage) {
		practice, err := core.OpenSandbox()
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { practice.Close() })
		s.practice, s.scenarios = practice, session.Scenarios()
	})
	s.w.session.EnterSandbox("")
	s.until("the sandbox", func() bool { return s.w.session.State().Sandbox.Active })
	s.w.item("compare").Action()
	s.key(fyne.KeyReturn)
	s.window().Entry("Name of a scenario").SetText("nothing like it")
	if !strings.Contains(s.outline(), "No scenario has “nothing like it” in its name.") {
		t.Errorf("it shows\n%s", s.outline())
	}
	s.window().Entry("Name of a scenario").SetText("mistake-2")
	s.key(fyne.KeyReturn)
	if got := s.outline(); !strings.Contains(got, `"A: Everything is as it should be"`) {
		t.Errorf("it shows\n%s", got)
	}
}

// unreachableProduction responds for all connections except production.
func unreachableProduction(ctx context.Context, name string, form connection.Form, observe func(exam.Event)) (drift.Snapshot, exam.Report) {
	s, r := snapshotPlay(ctx, name, form, observe)
	if strings.HasSuffix(name, "PROD") {
		r.Healthy, r.RootCause = false, catalog.NetworkDNS
		for i := range r.Checks {
			if c := &r.Checks[i]; c.ID == exam.CheckEnvironment {
				c.Status, c.Cause, c.Summary = exam.Fail, catalog.NetworkDNS, text.Raw("contoso-prod.crm4.dynamics.com cannot be found: no such host.")
			}
		}
	}
	return s, r
}

// halfCompared is an examination that stops at its fifth check.
func halfCompared(ctx context.Context, name string, _ connection.Form, observe func(exam.Event)) (drift.Snapshot, exam.Report) {
	for i := range 5 {
		observe(exam.Event{Index: i, Total: 12, Phase: exam.Done})
	}
	<-ctx.Done()
	return drift.Snapshot{Name: name}, cancelledReport()
}
