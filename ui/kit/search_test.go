package kit

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
)

// TestSearch guards the keys that search and rows share: letters go to the field, arrows
// and Enter to the rows, and Escape clears the text before it means anything else.
func TestSearch(t *testing.T) {
	d := openRows(t, 8)
	var queries []string
	s := NewSearch(d.canvas, "Name", d.Rows, func(query string) { queries = append(queries, query) })
	w := test.NewTempWindow(t, container.NewBorder(s.Field, nil, nil, nil, d.Rows))
	w.Resize(fyne.NewSize(400, 500))
	s.canvas = w.Canvas()

	w.Canvas().Focus(d.Rows)
	d.OnRune('a')
	if got := w.Canvas().Focused(); got != fyne.Focusable(s.Entry) {
		t.Errorf("after a letter the focus is in %T, want the field", got)
	}
	test.Type(s.Entry, "b")
	s.Entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	s.Entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if len(d.opened) != 1 || d.opened[0] != 1 {
		t.Errorf("opened %v, want the second row", d.opened)
	}
	if s.Entry.Text != "ab" || len(queries) != 2 {
		t.Errorf("the field has %q after the queries %q", s.Entry.Text, queries)
	}
	s.SetQuery("ab")
	if len(queries) != 2 {
		t.Errorf("the same text asked again: %q", queries)
	}
	if !s.Clear() || s.Entry.Text != "" {
		t.Errorf("Clear left %q", s.Entry.Text)
	}
	if s.Clear() {
		t.Error("Clear reports a text where there is none")
	}
	s.Hide()
	d.OnRune('c')
	if s.Entry.Text != "" {
		t.Errorf("a hidden field took %q", s.Entry.Text)
	}
}
