package ui

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"
	"github.com/google/go-cmp/cmp"

	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/guide"
)

// manyNames are more connections than fit into the menu.
var manyNames = []string{
	"Adventure Works", "Contoso Production", "Contoso Test", "Contoso UAT", "Fabrikam Production", "Fabrikam UAT",
	"Northwind", "Proseware", "Tailspin Toys", "Trey Research", "VanArsdel", "Wide World Importers",
}

// openFinder saves many connections and opens the dialog to find them.
func (s *stage) openFinder() {
	s.t.Helper()
	for _, name := range manyNames {
		form := filledForm()
		form.Environment = "https://" + strings.ToLower(strings.ReplaceAll(name, " ", "-")) + ".crm4.dynamics.com"
		if _, err := s.store.Save(s.t.Context(), name, form); err != nil {
			s.t.Fatal(err)
		}
	}
	s.w.session.Refresh()
	s.rest()
	s.w.commands()["find"].Do()
	s.rest()
	s.settle()
}

// othersFile returns a file of XrmToolBox with three connections of applications.
func othersFile(t *testing.T) string {
	t.Helper()
	path, err := filepath.Abs(filepath.Join("..", "core", "profile", "testdata", "xrmtoolbox.xml"))
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// imported drops another program's file on a window with a saved connection.
func (s *stage) imported() {
	s.t.Helper()
	s.fill(filledForm())
	s.saveAs("Contoso UAT")
	s.w.dropped(fyne.Position{}, []fyne.URI{storage.NewFileURI(othersFile(s.t))})
	s.rest()
}

func TestConnectionMenu(t *testing.T) {
	s := newStage(t, Options{}, withSandbox)
	own := []string{"New connection", "Paste a connection", "Import connections…", "", "Save", "Duplicate… (off)", "Rename… (off)", "Forget… (off)", "", "Practice in the sandbox"}
	if diff := cmp.Diff(own, labels(s.w.connectionMenu())); diff != "" {
		t.Errorf("with none saved (-want +got):\n%s", diff)
	}
	s.fill(filledForm())
	s.saveAs("Contoso UAT")
	own = []string{"Contoso UAT (on)", "All connections", "Compare…", "", "New connection", "Paste a connection", "Import connections…", "", "Save", "Duplicate…", "Rename…", "Forget…", "", "Practice in the sandbox"}
	if diff := cmp.Diff(own, labels(s.w.connectionMenu())); diff != "" {
		t.Errorf("with one open (-want +got):\n%s", diff)
	}
	s.w.session.NewConnection()
	s.choose("Contoso UAT")
	if got := s.w.connections.Title.Text(); got != "Contoso UAT" {
		t.Errorf("%q is open", got)
	}
	s.openFinder()
	s.key(fyne.KeyEscape)
	if got := labels(s.w.connectionMenu())[:4]; !cmp.Equal(got, []string{"Open a saved connection…", "All connections", "Compare…", ""}) {
		t.Errorf("with many it begins with %v", got)
	}
	s.w.session.EnterSandbox("")
	s.until("the sandbox", func() bool { return s.w.session.State().Sandbox.Active })
	for _, item := range s.w.connectionMenu().Items {
		if (item.Label == "Save" || item.Label == "Rename…" || item.Label == "Forget…") && !item.Disabled {
			t.Errorf("in the sandbox %s is offered", item.Label)
		}
	}
	s.rest()
}

// TestCloseAsks guards the calls between the frame's button and the session.
func TestCloseAsks(t *testing.T) {
	for _, c := range []struct {
		name   string
		answer func(s *stage)
		closed bool
		kept   string // the redirect URI in the store
	}{
		{"Enter saves", func(s *stage) { s.key(fyne.KeyReturn) }, true, "http://localhost:8400"},
		{"Discard", func(s *stage) { s.press("Discard") }, true, "http://localhost"},
		{"Esc cancels", func(s *stage) { s.key(fyne.KeyEscape) }, false, "http://localhost"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newStage(t, Options{})
			s.fill(filledForm())
			s.saveAs("Contoso UAT")
			closed := false
			s.w.win.SetOnClosed(func() { closed = true })
			s.field("Redirect URI").Entry.SetText("http://localhost:8400")
			s.w.Close()
			c.answer(s)
			s.rest()
			loaded, err := s.store.Load(t.Context(), "Contoso UAT")
			if err != nil || closed != c.closed || loaded.Form.RedirectURI != c.kept || s.w.busyElsewhere() {
				t.Errorf("%v: closed %v, kept %q, still asking %v", err, closed, loaded.Form.RedirectURI, s.w.busyElsewhere())
			}
		})
	}
}

// TestConnectionsOutliveTheWindow guards that a window finds what another window saved:
// the connection, its secret and the ticks of the guide.
func TestConnectionsOutliveTheWindow(t *testing.T) {
	s := newStage(t, Options{}, withSandbox)
	s.fill(filledForm())
	s.saveAs("Contoso UAT")
	s.w.header.path.Choose(1)
	s.w.session.AnswerTenant(guide.No)
	s.w.session.Tick(guide.Register, true)
	s.w.Close()
	s.w.Finish(t.Context())

	s = newStage(t, Options{}, shared(s.library))
	if s.w.connections.Title.Text() != "Contoso UAT" || s.used().ClientID != testClient || s.used().Secret.Empty() {
		t.Errorf("%q is open with %q", s.w.connections.Title.Text(), s.used().ClientID)
	}
	g := s.w.session.State().Guide
	if g.Path != guide.Classic || s.w.header.path.Chosen() != 1 || g.SameTenant != guide.No || !g.Ticks[guide.Register] {
		t.Errorf("path %s, answer %q, ticks %v", g.Path, g.SameTenant, g.Ticks)
	}
}

// TestSandboxKeepsNothing guards that the sandbox's values are not saved, and that the
// previous form returns afterwards.
func TestSandboxKeepsNothing(t *testing.T) {
	s := newStage(t, Options{}, withSandbox)
	s.fill(filledForm())
	s.saveAs("Contoso UAT")
	s.field("Redirect URI").Entry.SetText("http://localhost:8400")
	s.finish(failedReport())
	s.w.session.EnterSandbox("")
	s.until("the sandbox", func() bool { return s.w.session.State().Sandbox.Active })
	s.w.session.Tick(guide.Register, true)
	s.rest()
	s.press("Leave the sandbox")
	if got := s.w.connections.Title.Text(); got != "Contoso UAT · edited" || !s.shows("Do this next") {
		t.Errorf("after it, %q is open:\n%s", got, s.outline())
	}
	list, err := s.store.List(t.Context())
	if err != nil || len(list) != 1 || len(list[0].Guide.Ticks) != 0 || !strings.Contains(list[0].Environment, "crm4.dynamics.com") {
		t.Errorf("%v: %+v", err, list)
	}
}

func TestMissingSecretHasTheFocus(t *testing.T) {
	s := newStage(t, Options{})
	s.imported()
	s.press("Close")
	s.choose("Contoso UAT (2)")
	field := s.field("Client secret (Value)")
	if field.Problem() == "" || s.w.win.Canvas().Focused() != fyne.Focusable(field.Entry) {
		t.Errorf("it shows %q, and the focus is on %T", field.Problem(), s.w.win.Canvas().Focused())
	}
}

func TestImportThroughTheMenu(t *testing.T) {
	s := newStage(t, Options{})
	s.w.deps.ChooseFile = func(_ context.Context, ask FileChoice) (string, error) {
		if diff := cmp.Diff([]string{".xml", ".json", ".csv", ".config"}, ask.Endings); diff != "" {
			t.Error(diff)
		}
		return othersFile(t), nil
	}
	s.choose("Import connections…")
	s.until("the dialog", s.w.busyElsewhere)
	if !strings.Contains(s.outline(), `"3 connections imported"`) {
		t.Error(s.outline())
	}
}

// TestDroppedImportInTheSandbox guards that another program's file is not used as a
// certificate.
func TestDroppedImportInTheSandbox(t *testing.T) {
	s := newStage(t, Options{}, withSandbox)
	s.w.session.EnterSandbox("")
	s.until("the sandbox", func() bool { return s.w.session.State().Sandbox.Active })
	s.w.dropped(fyne.Position{}, []fyne.URI{storage.NewFileURI(othersFile(t))})
	s.rest()
	if s.used().CertificateFile != "" || !strings.HasPrefix(s.said(), "Nothing is saved in the sandbox.") {
		t.Errorf("the certificate is %q, the message %q", s.used().CertificateFile, s.said())
	}
}

// TestWithoutStore guards the window of a system without a folder for settings.
func TestWithoutStore(t *testing.T) {
	s := newStage(t, Options{}, func(s *stage) { s.library = &library{} })
	s.fill(connection.Form{Environment: "https://contoso.crm4.dynamics.com"})
	if diff := cmp.Diff([]string{"New connection", "Paste a connection"}, labels(s.w.connectionMenu())[:2]); diff != "" {
		t.Errorf("the menu (-want +got):\n%s", diff)
	}
	for _, label := range labels(s.w.connectionMenu()) {
		if strings.HasPrefix(label, "Save") || strings.HasPrefix(label, "Import") {
			t.Errorf("%s is offered", label)
		}
	}
	closed := false
	s.w.win.SetOnClosed(func() { closed = true })
	s.w.Close()
	if !closed {
		t.Error("it does not close")
	}
}
