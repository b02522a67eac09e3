package kit

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	"github.com/s2sdoctor/s2sdoctor/ui/layout"
)

func TestFieldHelp(t *testing.T) {
	field := NewField(NewEntry("Environment URL"), "a hint")
	newBench(t, field)
	for _, c := range []struct{ note, problem, want string }{
		{"", "", "a hint"},
		{"took it from an address", "", "took it from an address"},
		{"took it from an address", "not a URL", "not a URL"},
		{"", "", "a hint"},
	} {
		field.SetNote(c.note)
		field.SetProblem(c.problem)
		if got := shownHelp(field); got != c.want {
			t.Errorf("note %q, problem %q: shows %q", c.note, c.problem, got)
		}
		if red := edge(field).Visible(); red != (c.problem != "") {
			t.Errorf("problem %q: the red edge is %v", c.problem, red)
		}
	}
}

// TestFieldHelpWraps guards that an error is shown whole, and that the field below it
// moves down.
func TestFieldHelpWraps(t *testing.T) {
	first, second := NewField(NewEntry("First"), ""), NewField(NewEntry("Second"), "")
	column := layout.Column(8, first, second)
	b := newBench(t, column)
	b.win.Resize(fyne.NewSize(260, 400))
	before := second.Position().Y
	first.SetProblem("make.powerapps.com is the maker portal, not an environment: copy the Environment URL from the Power Platform admin center.")
	column.Refresh()
	if second.Position().Y < before+30 {
		t.Errorf("the next field moved from %v to %v", before, second.Position().Y)
	}
	if first.Size().Height < first.MinSize().Height {
		t.Errorf("the field is %v high and needs %v", first.Size().Height, first.MinSize().Height)
	}
}

func TestSecretEntryHidesText(t *testing.T) {
	secret := NewSecretEntry("Client secret (Value)")
	b := newBench(t, NewField(secret, ""))
	if !secret.Password {
		t.Fatal("it shows its text")
	}
	b.focus(secret)
	b.win.Canvas().FocusNext()
	button, ok := b.win.Canvas().Focused().(*Button)
	if !ok {
		t.Fatalf("after the entry comes %T: whoever has no mouse cannot look", b.win.Canvas().Focused())
	}
	b.key(fyne.KeySpace)
	if secret.Password || button.Text() != "Hide" || button.AccessibilityLabel() != "Hide Client secret (Value)" {
		t.Errorf("after Show: hidden %v, the button says %q, called %q", secret.Password, button.Text(), button.AccessibilityLabel())
	}
	secret.Conceal()
	if !secret.Password || button.Text() != "Show" {
		t.Error("it cannot be hidden again")
	}
}

func TestEntryPaste(t *testing.T) {
	for _, taken := range []bool{true, false} {
		entry := NewEntry("Name")
		newBench(t, entry)
		offered := ""
		entry.OnPaste = func(text string) bool { offered = text; return taken }
		clipboard := test.NewClipboard()
		clipboard.SetContent("AuthType=ClientSecret;Url=…")
		entry.TypedShortcut(&fyne.ShortcutPaste{Clipboard: clipboard})
		if offered != "AuthType=ClientSecret;Url=…" {
			t.Errorf("offered %q", offered)
		}
		if inserted := entry.Text != ""; inserted == taken {
			t.Errorf("taken %v, and the entry holds %q", taken, entry.Text)
		}
	}
}

// TestTextEntryTab guards that Tab leaves the entry.
func TestTextEntryTab(t *testing.T) {
	entry := NewTextEntry("What you see", 4)
	newBench(t, entry)
	if entry.AcceptsTab() {
		t.Error("Tab inserts a tab")
	}
}

func shownHelp(f *Field) string {
	objects := test.WidgetRenderer(f).Objects()
	help := objects[len(objects)-1].(*Text)
	if !help.Visible() {
		return ""
	}
	return help.Text()
}

func edge(f *Field) *canvas.Rectangle {
	for _, o := range test.WidgetRenderer(f).Objects() {
		if r, ok := o.(*canvas.Rectangle); ok {
			return r
		}
	}
	return nil
}
