package ui

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"
	"github.com/google/go-cmp/cmp"

	"github.com/s2sdoctor/s2sdoctor/core/session"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
)

// othersFile is XrmToolBox's, with three connections of applications.
func othersFile(t *testing.T) string {
	t.Helper()
	path, err := filepath.Abs(filepath.Join("..", "core", "profile", "testdata", "xrmtoolbox.xml"))
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// imported drops another program's file on a window with one saved connection.
func (s *stage) imported() {
	s.t.Helper()
	s.keepOnAShelf()
	s.w.form.fill(filledForm())
	s.saveAs("Contoso UAT")
	s.drop(othersFile(s.t))
}

func (s *stage) drop(path string) {
	s.t.Helper()
	s.w.dropped(fyne.Position{}, []fyne.URI{storage.NewFileURI(path)})
	s.rest()
}

func TestImportingIsSaidByName(t *testing.T) {
	s := newStage(t, Options{})
	s.imported()
	for _, want := range []string{"2 connections imported", "Contoso UAT (2), Contoso Production", "3 were left out", "A user signs in, not an application.", "Contoso (me)", "Fabrikam on premises", "It is saved already."} {
		if !strings.Contains(s.outline(), `"`+want+`"`) {
			t.Errorf("%q is not said:\n%s", want, s.outline())
		}
	}
	if form := s.w.form.form(); !sameForm(form, filledForm()) || form.CertificateFile != "" {
		t.Error("the form has changed")
	}
	s.press("Close")
	want := []string{"Contoso Production", "Contoso UAT (on)", "Contoso UAT (2)"}
	if diff := cmp.Diff(want, labels(s.w.connectionMenu())[:3]); diff != "" {
		t.Errorf("the menu (-want +got):\n%s", diff)
	}
}

// TestAnImportedConnectionAsksForItsSecret guards the empty field that nobody
// explains, and that the secret is worth being asked about.
func TestAnImportedConnectionAsksForItsSecret(t *testing.T) {
	s := newStage(t, Options{})
	s.imported()
	s.press("Close")
	s.choose("Contoso UAT (2)")
	field := s.w.form.credential.secret
	if want := "This connection has no secret yet. Type it, or choose a certificate, and save."; field.Problem() != want || s.w.win.Canvas().Focused() != fyne.Focusable(field.Entry) {
		t.Errorf("it says %q, and the focus is on %T", field.Problem(), s.w.win.Canvas().Focused())
	}
	field.Entry.SetText(canary)
	s.advance(session.TypingPause)
	if field.Problem() != "" || !s.w.shelf.unsaved() {
		t.Errorf("typed, it says %q, unsaved %v", field.Problem(), s.w.shelf.unsaved())
	}
	s.w.saveConnection()
	s.rest()
	s.w.newConnection()
	s.choose("Contoso UAT (2)")
	if field.Problem() != "" || field.Entry.Text != canary {
		t.Errorf("opened again, it says %q and holds %d letters", field.Problem(), len(field.Entry.Text))
	}
}

// TestAnImportedConnectionAsksForItsCertificate guards that the thumbprint, which
// is all that the other program had, is not forgotten, and asked about until the
// file is there.
func TestAnImportedConnectionAsksForItsCertificate(t *testing.T) {
	s := newStage(t, Options{}, withSandbox)
	s.imported()
	s.press("Close")
	s.choose("Contoso Production")
	c := s.w.form.credential
	want := "Choose the file of the certificate 0F1E2D3C4B5A69788796A5B4C3D2E1F001234567, and save."
	if c.file.Problem() != want || !c.file.Visible() || s.w.shelf.unsaved() || s.w.win.Canvas().Focused() != fyne.Focusable(c.file.Entry) {
		t.Errorf("it says %q, visible %v, unsaved %v, focus on %T", c.file.Problem(), c.file.Visible(), s.w.shelf.unsaved(), s.w.win.Canvas().Focused())
	}
	c.kind.Choose(bySecret)
	s.advance(session.TypingPause)
	if got := c.secret.Problem(); !strings.HasPrefix(got, "This connection has no secret yet.") {
		t.Errorf("with a secret it says %q", got)
	}
	c.kind.Choose(byCertificate)
	s.w.enterSandbox("")
	s.until("the sandbox", func() bool { return s.w.banner.active })
	if c.file.Problem() == want {
		t.Error("the sandbox wants it, too")
	}
	s.w.leaveSandbox()
	if c.file.Problem() != want {
		t.Errorf("after the sandbox it says %q", c.file.Problem())
	}
	s.w.newConnection()
	if s.rest(); c.file.Problem() != "" || c.kind.Chosen() != bySecret {
		t.Errorf("a new connection says %q", c.file.Problem())
	}
}

func TestImportThroughTheMenu(t *testing.T) {
	s := newStage(t, Options{})
	l := s.keepOnAShelf()
	s.w.deps.ChooseFile = func(_ context.Context, ask FileChoice) (string, error) {
		if diff := cmp.Diff([]string{".xml", ".json", ".csv", ".config"}, ask.Endings); diff != "" {
			t.Error(diff)
		}
		return othersFile(t), nil
	}
	s.choose("Import connections…")
	s.until("the dialog", s.w.busyElsewhere)
	if list, err := l.store.List(t.Context()); err != nil || len(list) != 3 {
		t.Errorf("%v, %v", list, err)
	}
	if !strings.Contains(s.outline(), `"3 connections imported"`) {
		t.Error(s.outline())
	}
}

func TestWhatIsNotImportedIsSaid(t *testing.T) {
	s := newStage(t, Options{}, withSandbox)
	l := s.keepOnAShelf()
	s.drop(filepath.Join(t.TempDir(), "none.xml"))
	if want := "The file could not be read. Check that it is there, and that you may read it."; s.said() != want {
		t.Errorf("it says %q", s.said())
	}
	s.w.toasts.Dismiss()
	s.w.enterSandbox("")
	s.until("the sandbox", func() bool { return s.w.banner.active })
	s.drop(othersFile(t))
	m, _ := s.w.toasts.Showing()
	if list, err := l.store.List(t.Context()); err != nil || len(list) > 0 || m.Tone != kit.Caution {
		t.Errorf("in the sandbox: %v, %v, %q", list, err, m.Text)
	}
	if s.w.form.form().CertificateFile != "" {
		t.Error("it was taken for a certificate")
	}
}
