package kit

import (
	"slices"

	"fyne.io/fyne/v2"

	"github.com/s2sdoctor/s2sdoctor/ui/layout"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// Finder is a dialog in which one of many is found by what the user remembers of it.
// Enter chooses the leading row; the arrow keys move the lead while the focus stays in the
// entry.
type Finder struct {
	Dialog *Dialog
	Entry  *Entry
	// Find returns the rows that a query finds, in order; "" finds all. None is what is
	// shown without any.
	Find func(query string) []FinderRow
	None func(query string) string
	// OnChosen is called with the row that is chosen. The dialog stays open.
	OnChosen func(row FinderRow)

	all   []FinderRow
	rows  map[string]*Option // by ID
	found []*Option          // the rows that are shown, in order
	lead  int                // index in found
	none  *Text
	list  *fyne.Container
}

// FinderRow is what can be found.
type FinderRow struct {
	ID string // of no other row
	// Name and Detail are as in [NewOption]; Current is true for the one in use.
	Name, Detail string
	Current      bool
}

// NewFinder returns a dialog without rows: the caller sets Find, None and OnChosen, and
// then calls [Finder.Update]. label is the name of the entry.
func NewFinder(title, label string, actions ...Action) *Finder {
	f := &Finder{Entry: NewEntry(label), none: NewText("", Style{Color: theme.Muted}), list: layout.Column(theme.Hair)}
	f.Entry.OnChanged = f.narrow
	f.Entry.OnMove = f.move
	f.Entry.OnSubmitted = func(string) {
		if len(f.found) > 0 {
			f.found[f.lead].OnTapped()
		}
	}
	f.Dialog = NewDialog(title, f.list, actions...)
	f.Dialog.Head = NewField(f.Entry, "")
	f.Dialog.Width, f.Dialog.KeepHeight = 560, true
	return f
}

// Update shows the rows again if others can be found now.
func (f *Finder) Update() {
	all := f.Find("")
	if f.rows != nil && slices.Equal(f.all, all) {
		return
	}
	if c := f.Dialog.canvas; c != nil {
		if _, row := c.Focused().(*Option); row {
			c.Focus(f.Entry) // the row goes away
		}
	}
	f.all, f.rows = all, map[string]*Option{}
	f.list.Objects = []fyne.CanvasObject{f.none}
	for _, r := range all {
		row := NewOption(r.Name, r.Detail, r.Current, func() { f.OnChosen(r) })
		row.OnMove = f.move
		row.OnFocus = func() { f.leadBy(row) }
		f.rows[r.ID] = row
		f.list.Add(row)
	}
	f.narrow(f.Entry.Text)
}

// narrow shows the rows that a query finds.
func (f *Finder) narrow(query string) {
	for _, row := range f.rows {
		row.Hide()
	}
	f.found = nil
	for _, r := range f.Find(query) {
		if row := f.rows[r.ID]; row != nil { // or Update comes
			row.Show()
			f.found = append(f.found, row)
		}
	}
	f.none.Hidden = len(f.found) > 0
	f.none.SetText(f.None(query))
	f.lead = 0
	f.mark()
	f.Dialog.Refresh()
	f.Dialog.Top()
}

// move moves the lead to the row above or below, and the focus if a row has it.
func (f *Finder) move(step int) {
	if len(f.found) == 0 {
		return
	}
	f.lead = min(max(f.lead+step, 0), len(f.found)-1)
	f.mark()
	row := f.found[f.lead]
	if c := f.Dialog.canvas; c != nil && c.Focused() != fyne.Focusable(f.Entry) {
		c.Focus(row)
	}
	f.Dialog.Reveal(row)
}

// leadBy moves the lead to a row.
func (f *Finder) leadBy(row *Option) {
	for i, r := range f.found {
		if r == row {
			f.lead = i
		}
	}
	f.mark()
}

func (f *Finder) mark() {
	for i, row := range f.found {
		row.SetHighlighted(i == f.lead)
	}
}
