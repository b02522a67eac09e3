package connections

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/google/go-cmp/cmp"

	"github.com/s2sdoctor/s2sdoctor/core/importer"
	"github.com/s2sdoctor/s2sdoctor/core/profile"
	"github.com/s2sdoctor/s2sdoctor/core/session"
	"github.com/s2sdoctor/s2sdoctor/internal/uitest"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
)

func TestNameDialog(t *testing.T) {
	d := open(t, "Fabrikam")
	d.Fill(formOf("Contoso"))
	d.Save()
	d.WantShown(`entry "Name": "contoso"`, `button "Save", primary`)
	name := d.Entry("Name")
	if d.Canvas.Focused() != fyne.Focusable(name) || name.SelectedText() != "contoso" {
		t.Errorf("the focus is on %T, selected is %q", d.Canvas.Focused(), name.SelectedText())
	}
	name.SetText("FABRIKAM")
	d.Key(fyne.KeyReturn)
	const taken = `error "Another connection already has this name. Choose a different one."`
	d.WantShown(taken)
	name.SetText("Contoso")
	if strings.Contains(d.Outline(), taken) {
		t.Error("typed again, the problem stays")
	}
	name.SetText("fabrikam") // the same problem again
	d.Press("Save")
	d.WantShown(taken)
	name.SetText("Contoso UAT")
	d.Key(fyne.KeyReturn)
	d.wantOpen("Contoso UAT")
}

func TestDialogsNameTheConnection(t *testing.T) {
	for _, c := range []struct {
		name string
		ask  func(d *driver)
		want []string
	}{
		{"rename", func(d *driver) { d.Rename() }, []string{`text "Rename “Contoso UAT”"`, `entry "Name": "Contoso UAT"`, `button "Rename", primary`}},
		{"duplicate", func(d *driver) { d.Duplicate() }, []string{`text "Duplicate “Contoso UAT”"`, `entry "Name": "Contoso UAT (2)"`, `button "Duplicate", primary`}},
		{"forget", func(d *driver) { d.Forget() }, []string{`text "Forget “Contoso UAT”?"`, `button "Forget"`}},
		{"leave", func(d *driver) { d.Fill(formOf("Fabrikam")); d.CloseWindow() }, []string{`text "Save the changes to “Contoso UAT”?"`, `button "Discard"`, `button "Save", primary`}},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := open(t, "Contoso UAT")
			d.Open("Contoso UAT")
			d.rest()
			c.ask(d)
			d.WantShown(c.want...)
			d.Key(fyne.KeyEscape)
			if d.DialogOpen() || d.State().Connections.Question != nil {
				t.Errorf("after Esc it still asks:\n%s", d.Outline())
			}
		})
	}
}

// TestForgetNeedsItsButton guards that Enter does not delete: the focus is on the button
// that keeps the connection.
func TestForgetNeedsItsButton(t *testing.T) {
	d := open(t, "Contoso UAT")
	d.Open("Contoso UAT")
	d.rest()
	d.Forget()
	d.Key(fyne.KeyReturn)
	d.wantOpen("Contoso UAT")
	if len(d.store.list) != 1 {
		t.Fatal("Enter forgets the connection")
	}
	d.Forget()
	d.Press("Forget")
	d.rest()
	if d.DialogOpen() || d.screen.Title.Text() != "New connection" {
		t.Errorf("the title is %q", d.screen.Title.Text())
	}
	if len(d.store.list) != 0 {
		t.Error("the button does not forget the connection")
	}
}

// TestQuestionsFollowEachOther guards that Save replaces the first dialog with the dialog
// for a name, and that closing the window then replaces that dialog.
func TestQuestionsFollowEachOther(t *testing.T) {
	d := open(t)
	d.Fill(formOf("Contoso"))
	for range 2 {
		d.CloseWindow()
		d.WantShown("Save this connection?")
		d.Press("Save")
		d.WantShown("Save connection")
		if n := len(d.Canvas.Overlays().List()); n != 1 {
			t.Fatalf("%d dialogs are open", n)
		}
	}
	d.Key(fyne.KeyEscape)
	if d.DialogOpen() {
		t.Errorf("after Esc it still asks:\n%s", d.Outline())
	}
}

func TestImportedDialog(t *testing.T) {
	dialog := importedDialog(&session.Imported{Imported: profile.Imported{
		Added: []string{"Contoso UAT (2)", "Contoso Production"}, ByCertificate: []string{"Contoso Production"}, SetAside: "profiles.json.bad-1",
		LeftOut: []importer.LeftOut{{Name: "Contoso (me)", Why: importer.PersonSignsIn}, {Why: importer.PersonSignsIn}, {Name: "Contoso UAT", Why: importer.SavedAlready}},
	}})
	want := []string{
		"2 connections imported", "Contoso UAT (2), Contoso Production",
		"Open one from the menu below the connection's name. Its secret was not taken from the file: type it then.",
		"Choose the certificate's file when you open these. They named it by its thumbprint only:", "Contoso Production",
		"The file of connections was damaged; it is kept as profiles.json.bad-1.",
		"3 were left out", "A user signs in, not an application.", "Contoso (me), (without a name)", "It is saved already.", "Contoso UAT",
	}
	d := open(t)
	dialog.Open(d.Canvas, nil)
	var got []string
	for _, o := range uitest.Visible(dialog) {
		if text, ok := o.CanvasObject.(*kit.Text); ok {
			got = append(got, text.Text())
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the dialog (-want +got):\n%s", diff)
	}
}

// TestTitle guards the visible and the accessible name of the button.
func TestTitle(t *testing.T) {
	d := open(t, "Contoso UAT", "The connection with a name that is too long")
	title := func(text, name string) {
		t.Helper()
		if b := d.screen.Title; b.Text() != text || b.Name != name {
			t.Errorf("the title is %q, called %q; want %q, %q", b.Text(), b.Name, text, name)
		}
	}
	title("New connection", "Connection: New connection")
	d.Fill(formOf("Fabrikam"))
	title("fabrikam", "Connection: fabrikam")
	d.Open("Contoso UAT")
	d.DiscardAndLeave()
	title("Contoso UAT · opening…", "Connection: Contoso UAT, opening…")
	d.rest()
	title("Contoso UAT", "Connection: Contoso UAT")
	d.Fill(formOf("Fabrikam"))
	title("Contoso UAT · edited", "Connection: Contoso UAT, edited")
	d.Open("The connection with a name that is too long")
	d.DiscardAndLeave()
	d.rest()
	title("The connection with a n…", "Connection: The connection with a name that is too long")
}

func TestItems(t *testing.T) {
	d := open(t, "Contoso Test", "Contoso UAT")
	opened := ""
	find := []*fyne.MenuItem{fyne.NewMenuItem("Find", nil)}
	items := d.screen.Items(find, func(name string) { opened = name })
	items[1].Action()
	if len(items) != 2 || opened != "Contoso UAT" || items[0].Checked {
		t.Errorf("%d items, opened %q", len(items), opened)
	}
	d.save(many...)
	d.Refresh()
	d.rest()
	if items := d.screen.Items(find, nil); len(items) != 1 || items[0] != find[0] {
		t.Errorf("with many there are %d items", len(items))
	}
}
