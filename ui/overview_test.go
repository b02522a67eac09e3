package ui

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/rotate"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
	"github.com/s2sdoctor/s2sdoctor/core/session"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
)

// overviewed saves connections of a team, tests them, and shows the overview.
func (s *stage) overviewed() {
	s.t.Helper()
	save := func(name, environment, value string) {
		form := filledForm()
		form.Environment, form.Secret = "https://"+environment+".crm4.dynamics.com", secret.New(value)
		if _, err := s.store.Save(s.t.Context(), name, form); err != nil {
			s.t.Fatal(err)
		}
	}
	for i, name := range []string{"Contoso DEV", "Contoso TEST", "Contoso UAT", "Contoso PROD"} {
		environment := strings.ToLower(strings.ReplaceAll(name, " ", "-"))
		save(name, environment, canary)
		save(fmt.Sprintf("Fabrikam %s", name[8:]), "fabrikam-"+environment[8:], fmt.Sprintf("%s%d", canary, i))
	}
	save("Litware", "litware", canary+"x")
	for _, name := range []string{"Contoso DEV", "Contoso TEST", "Contoso UAT", "Contoso PROD"} {
		if err := s.store.SetEnds(s.t.Context(), name, s.now.AddDate(0, 0, 5)); err != nil {
			s.t.Fatal(err)
		}
	}
	if err := s.store.SetEnds(s.t.Context(), "Fabrikam PROD", s.now.AddDate(0, 0, 25)); err != nil {
		s.t.Fatal(err)
	}
	s.examine = func(_ context.Context, form connection.Form, _ func(exam.Event)) exam.Report {
		r := healthyReport()
		host := strings.TrimPrefix(form.Environment, "https://")
		switch {
		case strings.HasPrefix(host, "fabrikam-uat"):
			r = failedReport()
		case strings.HasPrefix(host, "contoso-test"):
			r.Healthy, r.RootCause = false, catalog.SecretExpired
		case strings.HasPrefix(host, "litware"):
			r.Complete, r.Healthy = false, false
		}
		r.Started = s.now
		return r
	}
	s.w.session.OpenOverview()
	s.rest()
	s.w.session.TestAll()
	s.until("the end of the test", func() bool { return !s.w.session.State().Overview.Run.Active })
	s.rest()
	s.w.toasts.Dismiss()
}

// TestOverviewFromTheKeyboard finds a connection by typing, opens it with its result, and
// returns.
func TestOverviewFromTheKeyboard(t *testing.T) {
	s := newStage(t, Options{})
	s.overviewed()
	c := s.w.win.Canvas()
	for _, letter := range "fabrikam uat" {
		c.Focused().TypedRune(letter)
	}
	if lines := s.w.session.State().Overview.Lines; len(lines) != 1 || lines[0].Row.Name != "Fabrikam UAT" {
		t.Fatalf("it finds %d", len(lines))
	}
	s.key(fyne.KeyReturn)
	s.rest()
	state := s.w.session.State()
	if state.Overview.Open || state.Connections.Open != "Fabrikam UAT" || !s.shows("Do this next") {
		t.Fatalf("%q is open:\n%s", state.Connections.Open, s.outline())
	}
	s.w.item("overview").Action()
	s.rest()
	s.key(fyne.KeyEscape) // clears the search
	if got := s.w.session.State().Overview; !got.Open || len(got.Lines) != 9 {
		t.Fatalf("after Esc: open %v, %d lines", got.Open, len(got.Lines))
	}
	s.key(fyne.KeyDown)
	s.key(fyne.KeyDown)
	if got := c.Focused().(fyne.Accessible).AccessibilityLabel(); !strings.HasPrefix(got, "Find, empty") {
		t.Errorf("the focus is on %q", got)
	}
	s.key(fyne.KeyReturn)
	s.rest()
	if got := s.w.session.State().Connections.Open; got != "Contoso TEST" {
		t.Errorf("%q is open", got)
	}
	s.w.item("overview").Action()
	s.rest()
	s.key(fyne.KeyEscape)
	if s.w.session.State().Overview.Open || !s.w.page.Object.Visible() {
		t.Error("Esc does not close it")
	}
	s.w.item("overview").Action()
	s.rest()
	s.w.item("form").Action()
	if s.w.session.State().Overview.Open || c.Focused() != fyne.Focusable(s.field("Environment URL").Entry) {
		t.Error("the form is not shown")
	}
	s.w.item("overview").Action()
	s.w.item("test").Action()
	if run := s.w.session.State().Overview.Run; !run.Active || run.Total != 9 {
		t.Errorf("%+v", run)
	}
	s.w.item("cancel").Action()
	s.until("the end of the test", func() bool { return !s.w.session.State().Overview.Run.Active })
	s.rest()
}

// TestWatchFromTheCard guards that the button of the watch moves the focus to its strip,
// that the strip keeps the focus until the watch is stopped, and that the button is then
// shown again.
func TestWatchFromTheCard(t *testing.T) {
	s := newStage(t, Options{})
	s.fill(filledForm())
	s.finish(failedReport())
	s.press("Test until it works")
	s.until("the first test", func() bool { return !s.w.session.State().Watch.Next.IsZero() })
	if !strings.Contains(s.outline(), "Still the same after test 1") || strings.Contains(s.outline(), "After a change in a portal") {
		t.Errorf("it shows\n%s", s.outline())
	}
	s.key(fyne.KeyReturn) // Stop
	if s.w.session.State().Watch.Active || strings.Contains(s.outline(), "Still the same after test 1") || !strings.Contains(s.outline(), "After a change in a portal") {
		t.Errorf("after Stop it shows\n%s", s.outline())
	}
	s.press("Test until it works")
	s.until("the first test", func() bool { return !s.w.session.State().Watch.Next.IsZero() })
	s.finish(healthyReport()) // tested by the user meanwhile
	if s.w.session.State().Watch.Active {
		t.Error("it goes on")
	}
}

// TestExportFromTheMenu chooses a format, copies it, and saves it.
func TestExportFromTheMenu(t *testing.T) {
	var saved []string
	s := newStage(t, Options{}, func(s *stage) {
		s.saveText = func(folder, name, content string) (string, error) {
			saved = append(saved, folder+"/"+name, content)
			return folder + "/" + name, nil
		}
	})
	s.w.deps.ChooseFile = func(context.Context, FileChoice) (string, error) { return "/home/ana", nil }
	s.fill(filledForm())
	s.w.item("export").Action()
	s.w.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn}) // the list of formats
	for range 2 {
		s.key(fyne.KeyDown)
	}
	s.key(fyne.KeyReturn)
	s.press("Copy")
	if len(s.copied) != 1 || !strings.Contains(s.copied[0], "AZURE_CLIENT_ID") || strings.Contains(s.copied[0], canary) {
		t.Fatalf("copied %q", s.copied)
	}
	s.press("Save…")
	s.until("the file", func() bool { return s.said() == "Saved as /home/ana/.env." })
	if len(saved) != 2 || saved[1] != s.copied[0] {
		t.Errorf("saved %q", saved)
	}
}

// rotatorPlay creates a certificate that Entra does not accept.
type rotatorPlay struct {
	begun    bool
	switches bool // Entra accepts it at once
}

func (p *rotatorPlay) Rotate(context.Context, string, func(context.Context, connection.Form) exam.Report) (rotate.Result, error) {
	if p.switches {
		return rotate.Result{
			Step: rotate.Switched, Switched: []string{"Contoso UAT"}, Ends: time.Date(2027, 11, 22, 0, 0, 0, 0, time.UTC), Report: healthyReport(),
			Thumbprint: "0F1E2D3C4B5A69788796A5B4C3D2E1F001234567", File: "/home/ana/.config/S2S Doctor/certificates/s2s-contoso-uat-20261122-0a1b2c3d.pem",
		}, nil
	}
	p.begun = true
	r := failedReport()
	return rotate.Result{
		Step: rotate.Upload, CER: "/home/ana/.config/S2S Doctor/certificates/s2s-contoso-uat-20261122-0a1b2c3d.cer", Thumbprint: "0F1E2D3C4B5A69788796A5B4C3D2E1F001234567", Report: r,
	}, nil
}

func (p *rotatorPlay) Abandon(context.Context, string) error { p.begun = false; return nil }
func (p *rotatorPlay) Unfinished(string) bool                { return p.begun }

// TestReplaceFromTheMenu replaces the secret that four connections share, and guards that
// it is shown nowhere.
func TestReplaceFromTheMenu(t *testing.T) {
	s := newStage(t, Options{})
	s.overviewed()
	s.examine = func(context.Context, connection.Form, func(exam.Event)) exam.Report { return healthyReport() }
	s.w.session.GroupOverview(session.ByCredential)
	s.until("the groups", func() bool { return !s.w.session.State().Overview.Reading })
	names := s.w.session.State().Overview.Lines[0].Heading.Names
	s.w.session.OpenReplacement(names)
	s.press("Test and replace")
	if field := s.window().Entry("New client secret (Value)"); s.w.win.Canvas().Focused() != fyne.Focusable(field) || !strings.Contains(s.outline(), "Type the new secret.") {
		t.Errorf("nothing says that the secret is missing:\n%s", s.outline())
	}
	s.window().Entry("New client secret (Value)").SetText("New8Q~must-never-be-seen-anywhere-either-45")
	s.window().Entry("Ends on").SetText("2027-03-31")
	s.press("Test and replace")
	s.until("the end", func() bool {
		return len(s.w.session.State().Replacement.Done) == len(names) && !s.w.session.State().Replacement.Active
	})
	s.rest()
	if out := s.outline(); !strings.Contains(out, "All have the new one.") || strings.Contains(out, "must-never-be-seen") {
		t.Errorf("it shows\n%s", out)
	}
	s.press("Close")
	if s.w.session.State().Replacement.Open {
		t.Error("it stays open")
	}
	s.until("the groups", func() bool { return !s.w.session.State().Overview.Reading })
	if h := s.w.session.State().Overview.Lines[0].Heading; len(h.Names) != len(names) || h.Lifetime.Ends.Format("2006-01-02") != "2027-03-31" {
		t.Errorf("%+v", h)
	}
}

// TestFindInTheLanguage finds connections by the texts that the window shows in its
// language, typed without accents, and by the ID of a cause.
func TestFindInTheLanguage(t *testing.T) {
	for language, words := range map[string][]string{
		"de": {"schlussel abgelaufen", "Schlüssel contoso", "secret.expired"},
		"fr": {"secret expire", "SECRET EXPIRÉ contoso"},
		"vi": {"het han contoso", "hết hạn"},
		"ja": {"有効期限 contoso"},
	} {
		t.Run(language, func(t *testing.T) {
			t.Cleanup(func() { _ = i18n.Use(i18n.English) })
			s := newStage(t, Options{Language: language})
			s.overviewed()
			for _, query := range words {
				s.w.session.FindInOverview(query)
				var names []string
				for _, line := range s.w.session.State().Overview.Lines {
					names = append(names, line.Row.Name)
				}
				if !slices.Equal(names, []string{"Contoso TEST"}) {
					t.Errorf("%q finds %q", query, names)
				}
			}
		})
	}
}
