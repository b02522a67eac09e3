package connections

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/s2sdoctor/s2sdoctor/ui/kit"
)

var many = []string{
	"Adventure Works", "Contoso Production", "Contoso Test", "Contoso UAT", "Fabrikam Production", "Fabrikam UAT",
	"Northwind", "Proseware", "Tailspin Toys", "Trey Research", "VanArsdel", "Wide World Importers",
}

// search opens the dialog and types a query.
func (d *driver) search(query string) {
	d.T.Helper()
	d.Find()
	d.rest()
	d.Entry("Name, address or ID").SetText(query)
}

func TestFindByKeyboard(t *testing.T) {
	d := open(t, many...)
	d.search("")
	if got := d.rows(); len(got) != len(many) || got[0] != "→ Adventure Works" {
		t.Errorf("at first there are %v", got)
	}
	query := d.Entry("Name, address or ID")
	query.SetText("uat crm4")
	d.wantRows("→ Contoso UAT", "Fabrikam UAT")
	d.Key(fyne.KeyDown) // the focus stays in the entry
	d.wantRows("Contoso UAT", "→ Fabrikam UAT")
	d.Key(fyne.KeyDown)
	d.wantRows("Contoso UAT", "→ Fabrikam UAT")
	query.SetText("uat fab")
	d.wantRows("→ Fabrikam UAT")
	d.Key(fyne.KeyReturn)
	d.wantOpen("Fabrikam UAT")

	d.search("")
	if got := strings.Count(d.Outline(), "ticked"); got != 1 {
		t.Errorf("%d rows have a tick:\n%s", got, d.Outline())
	}
	d.WantShown(`"Fabrikam UAT, fabrikam-uat.crm4.dynamics.com · ` + client + `, ticked"`)
	d.Entry("Name, address or ID").SetText("nobody")
	d.wantRows()
	d.WantShown("No saved connection has “nobody” in its name, address or IDs.")
	d.Key(fyne.KeyDown)
	d.Key(fyne.KeyReturn)
	if !d.DialogOpen() {
		t.Error("Enter without a connection closes the dialog")
	}
	d.Key(fyne.KeyEscape)
	d.wantOpen("Fabrikam UAT")
	if d.State().Connections.Question != nil {
		t.Error("the closed dialog is still asked for")
	}
}

// TestFindRowsTakeKeys guards that Tab reaches the rows, and that the arrow keys move the
// focus between them.
func TestFindRowsTakeKeys(t *testing.T) {
	d := open(t, many...)
	d.search("contoso")
	d.Canvas.FocusNext()
	d.Key(fyne.KeyDown)
	d.wantRows("Contoso Production", "→ Contoso Test", "Contoso UAT")
	if row, ok := d.Canvas.Focused().(*kit.Option); !ok || row.Name() != "Contoso Test" {
		t.Errorf("the focus is on %T", d.Canvas.Focused())
	}
	d.Key(fyne.KeySpace)
	d.wantOpen("Contoso Test")
}

// TestFindFollowsTheList guards that a connection which another window saved appears
// while the query stays.
func TestFindFollowsTheList(t *testing.T) {
	d := open(t, "Contoso Test")
	d.save("Contoso UAT", "Fabrikam")
	d.Find()
	d.Entry("Name, address or ID").SetText("contoso")
	d.wantRows("→ Contoso Test")
	d.Canvas.FocusNext() // to a row
	d.rest()
	d.wantRows("→ Contoso Test", "Contoso UAT")
	if _, ok := d.Canvas.Focused().(*kit.Entry); !ok {
		t.Errorf("the focus is on %T", d.Canvas.Focused())
	}
	d.Key(fyne.KeyDown)
	d.Key(fyne.KeyReturn)
	d.wantOpen("Contoso UAT")

	d.save("Proseware")
	d.Find()
	d.Key(fyne.KeyEscape) // before the list is loaded
	d.wantOpen("Contoso UAT")
}

// TestFindWaitsForNoDialog guards that a list that loads late does not open a dialog over
// another dialog.
func TestFindWaitsForNoDialog(t *testing.T) {
	d := open(t)
	d.save("Contoso Test")
	d.Find()
	other := kit.NewDialog("Another", kit.NewText("", kit.Style{}), kit.Action{Text: "Close"})
	other.Open(d.Canvas, nil)
	d.rest()
	if len(d.Canvas.Overlays().List()) != 1 || d.State().Connections.Question != nil {
		t.Errorf("over it:\n%s", d.Outline())
	}
	other.Close()
}

func TestFindAsksAboutEdits(t *testing.T) {
	d := open(t, many...)
	d.Fill(formOf("Zulu"))
	d.search("northwind")
	d.Key(fyne.KeyReturn)
	d.WantShown("Save this connection?")
	d.Press("Discard")
	d.wantOpen("Northwind")
}
