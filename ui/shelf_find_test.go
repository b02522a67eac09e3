package ui

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/google/go-cmp/cmp"

	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
)

// manyNames are more connections than the menu has room for.
var manyNames = []string{
	"Adventure Works", "Contoso Production", "Contoso Test", "Contoso UAT", "Fabrikam Production", "Fabrikam UAT",
	"Northwind", "Proseware", "Tailspin Toys", "Trey Research", "VanArsdel", "Wide World Importers",
}

// openFinder saves many connections and opens the dialog in which one is found.
func (s *stage) openFinder(l *library) {
	s.t.Helper()
	for _, name := range manyNames {
		if _, err := l.store.Save(s.t.Context(), name, addressed(name)); err != nil {
			s.t.Fatal(err)
		}
	}
	s.w.shelf.later(s.w.shelf.relist)
	s.rest()
	s.w.commands()["find"].Do()
	s.rest()
	s.settle()
}

// addressed is a form whose environment is called like its connection.
func addressed(name string) connection.Form {
	form := filledForm()
	form.Environment = "https://" + strings.ToLower(strings.ReplaceAll(name, " ", "-")) + ".crm4.dynamics.com"
	return form
}

// remembered types what somebody remembers of a connection.
func (s *stage) remembered(text string) {
	s.t.Helper()
	for _, o := range visible(s.w.win.Canvas().Overlays().Top()) {
		if e, ok := o.CanvasObject.(*kit.Entry); ok && e.Name == i18n.Say("Name, address or ID") {
			e.SetText(text)
			s.settle()
			return
		}
	}
	s.t.Fatal("no dialog asks what is looked for")
}

// offered are the connections that the dialog shows; the one that Enter opens has
// an arrow.
func (s *stage) offered() (rows []string) {
	for _, o := range visible(s.w.win.Canvas().Overlays().Top()) {
		if p, ok := o.CanvasObject.(*kit.Option); ok {
			name := p.Name()
			if p.Leads() {
				name = "→ " + name
			}
			rows = append(rows, name)
		}
	}
	return rows
}

func (s *stage) wantOffered(want ...string) {
	s.t.Helper()
	if diff := cmp.Diff(want, s.offered()); diff != "" {
		s.t.Errorf("offered (-want +got):\n%s", diff)
	}
}

// wantOpen fails unless a connection is in the form, and the dialog gone.
func (s *stage) wantOpen(name string) {
	s.t.Helper()
	s.pump()
	s.rest()
	if s.w.busyElsewhere() || s.w.shelf.open != name || s.w.form.form().Environment != addressed(name).Environment {
		s.t.Errorf("%q is open with %q, dialog %v", s.w.shelf.open, s.w.form.form().Environment, s.w.busyElsewhere())
	}
}

func TestAConnectionIsFoundByWhatIsRemembered(t *testing.T) {
	l := newLibrary(t)
	s := l.window(t, Options{})
	s.openFinder(l)
	if got := s.offered(); len(got) != len(manyNames) || got[0] != "→ Adventure Works" {
		t.Errorf("at first it offers %v", got)
	}
	s.remembered("uat crm4")
	s.wantOffered("→ Contoso UAT", "Fabrikam UAT")
	s.key(fyne.KeyDown) // one goes on typing: the focus stays in the entry
	s.wantOffered("Contoso UAT", "→ Fabrikam UAT")
	s.key(fyne.KeyDown)
	s.wantOffered("Contoso UAT", "→ Fabrikam UAT")
	s.remembered("uat fab")
	s.wantOffered("→ Fabrikam UAT")
	s.key(fyne.KeyReturn)
	s.wantOpen("Fabrikam UAT")

	s.w.commands()["find"].Do()
	if got := strings.Count(s.outline(), "ticked"); got != 1 || !strings.Contains(s.outline(), `"Fabrikam UAT, fabrikam-uat.crm4.dynamics.com · `+testClient+`, ticked"`) {
		t.Errorf("%d rows have a tick:\n%s", got, s.outline())
	}
	s.remembered("nobody")
	s.wantOffered()
	if !strings.Contains(s.outline(), "No saved connection has “nobody” in its name, address or IDs.") {
		t.Errorf("it does not say that there is none:\n%s", s.outline())
	}
	s.key(fyne.KeyDown)
	s.key(fyne.KeyReturn)
	if !s.w.busyElsewhere() {
		t.Error("Enter without a connection ends the search")
	}
	s.key(fyne.KeyEscape)
	s.wantOpen("Fabrikam UAT")
}

// TestARowTakesTheKeysToo guards that Tab reaches the rows, and that the arrow
// keys move the focus there.
func TestARowTakesTheKeysToo(t *testing.T) {
	l := newLibrary(t)
	s := l.window(t, Options{})
	s.openFinder(l)
	s.remembered("contoso")
	s.w.win.Canvas().FocusNext()
	s.key(fyne.KeyDown)
	s.wantOffered("Contoso Production", "→ Contoso Test", "Contoso UAT")
	if row, ok := s.w.win.Canvas().Focused().(*kit.Option); !ok || row.Name() != "Contoso Test" {
		t.Errorf("the focus is on %T", s.w.win.Canvas().Focused())
	}
	s.key(fyne.KeySpace)
	s.wantOpen("Contoso Test")
}

// TestFindingAsksAboutEdits guards that nothing typed is lost over it.
func TestFindingAsksAboutEdits(t *testing.T) {
	l := newLibrary(t)
	s := l.saved(t, "Zulu")
	s.w.form.redirect.Entry.SetText("http://localhost:8400")
	s.openFinder(l)
	s.remembered("northwind")
	s.key(fyne.KeyReturn)
	s.press("Discard")
	s.wantOpen("Northwind")
}

// TestWhatAnotherWindowSavedIsFound guards that the list is read anew: the first time
// when none was known, the second while what is typed stays.
func TestWhatAnotherWindowSavedIsFound(t *testing.T) {
	l := newLibrary(t)
	s := l.window(t, Options{})
	save := func(name string) {
		if _, err := l.store.Save(t.Context(), name, addressed(name)); err != nil {
			t.Fatal(err)
		}
	}
	save("Contoso Test")
	s.w.commands()["find"].Do()
	s.until("the dialog", s.w.busyElsewhere)
	s.wantOffered("→ Contoso Test")
	s.key(fyne.KeyEscape)

	save("Contoso UAT")
	save("Fabrikam")
	s.w.commands()["find"].Do()
	s.remembered("contoso")
	s.wantOffered("→ Contoso Test")
	s.w.win.Canvas().FocusNext() // to a row
	s.rest()
	s.wantOffered("→ Contoso Test", "Contoso UAT")
	if _, ok := s.w.win.Canvas().Focused().(*kit.Entry); !ok {
		t.Errorf("the focus is on %T", s.w.win.Canvas().Focused())
	}
	s.key(fyne.KeyDown)
	s.key(fyne.KeyReturn)
	s.wantOpen("Contoso UAT")

	save("Proseware")
	s.w.commands()["find"].Do()
	s.key(fyne.KeyEscape) // before the list is there
	s.rest()
	s.wantOpen("Contoso UAT")
}

func TestManyConnectionsAreLookedFor(t *testing.T) {
	l := newLibrary(t)
	s := l.window(t, Options{})
	s.w.commands()["find"].Do()
	s.rest()
	if s.w.busyElsewhere() || s.said() != "No connection is saved yet." {
		t.Errorf("with none saved it says %q", s.said())
	}
	s.w.toasts.Dismiss()
	s.openFinder(l)
	s.key(fyne.KeyEscape)
	if got := labels(s.w.connectionMenu())[:3]; !cmp.Equal(got, []string{"Open a saved connection…", "", "New connection"}) {
		t.Errorf("the menu begins with %v", got)
	}
	s.rest()
}
