package kit

import (
	"fyne.io/fyne/v2"

	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
)

// Search is the field above a list of rows that narrows the list. The arrow keys move
// through the rows and Enter opens one, while the focus stays in the field; a letter typed
// in the list goes to the field.
type Search struct {
	*Field
	canvas fyne.Canvas
}

// NewSearch returns an empty search for rows. find is called with the text after each
// change.
func NewSearch(canvas fyne.Canvas, placeholder string, rows *Rows, find func(query string)) *Search {
	entry := NewEntry(i18n.L("Find"))
	entry.SetPlaceHolder(placeholder)
	entry.OnChanged = find
	entry.OnMove = rows.Step
	entry.OnSubmitted = func(string) { rows.Open() }
	s := &Search{Field: NewField(entry, ""), canvas: canvas}
	s.Label = "" // the placeholder names it
	rows.OnRune = func(letter rune) {
		if s.Visible() {
			s.Focus()
			s.Entry.TypedRune(letter)
		}
	}
	return s
}

// SetQuery replaces the text.
func (s *Search) SetQuery(query string) {
	if s.Entry.Text != query {
		s.Entry.SetText(query)
	}
}

// Focus moves the focus to the field.
func (s *Search) Focus() { s.canvas.Focus(s.Entry) }

// Clear removes the text and moves the focus to the field. It reports whether there was a
// text.
func (s *Search) Clear() bool {
	if !s.Visible() || s.Entry.Text == "" {
		return false
	}
	s.Entry.SetText("")
	s.Focus()
	return true
}
