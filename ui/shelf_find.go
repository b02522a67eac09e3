package ui

import (
	"strings"

	"fyne.io/fyne/v2"

	"s2sdoctor/core/profile"
	"s2sdoctor/ui/look"
	"s2sdoctor/ui/widgets"
	"s2sdoctor/ui/words"
)

// finder is the dialog in which one of the saved connections is found by what
// somebody remembers of it. The row that leads is the one that Enter opens; the
// arrow keys move the lead while one goes on typing.
type finder struct {
	shelf  *shelf
	entry  *widgets.Entry
	rows   map[string]*widgets.Pick // by the connection's name
	found  []*widgets.Pick          // those that are shown, in order
	lead   int                      // of found
	none   *widgets.Text
	list   *fyne.Container
	dialog *widgets.Dialog
}

// findConnection asks which saved connection to open.
func (w *Window) findConnection() {
	s := w.shelf
	switch {
	case s.deps == nil:
	case len(s.list) == 0:
		w.say(words.L("No connection is saved yet."), widgets.Caution)
	default:
		newFinder(s).open()
	}
}

func newFinder(s *shelf) *finder {
	f := &finder{shelf: s, rows: map[string]*widgets.Pick{}}
	f.entry = widgets.NewEntry(words.L("Name, address or ID"))
	f.entry.OnChanged = f.narrow
	f.entry.OnMove = f.move
	f.entry.OnSubmitted = func(string) {
		if len(f.found) > 0 {
			f.found[f.lead].OnTapped()
		}
	}
	f.none = widgets.NewText("", widgets.Style{Color: look.Muted})
	f.list = widgets.Column(look.Hair, f.none)
	for _, p := range s.list {
		row := widgets.NewPick(p.Name, telltale(p), p.Name == s.open && !s.w.banner.active, func() { f.take(p.Name) })
		row.OnMove = f.move
		row.OnFocus = func() { f.leadBy(row) }
		f.rows[p.Name] = row
		f.list.Add(row)
	}
	f.dialog = widgets.NewDialog(words.L("Open a saved connection"), f.list, widgets.Action{Text: words.L("Cancel")})
	f.dialog.Head = widgets.NewField(f.entry, "")
	f.dialog.Width, f.dialog.Steady = 560, true
	f.narrow("")
	return f
}

func (f *finder) open() { f.dialog.Open(f.shelf.w.win.Canvas(), f.entry) }

// telltale is what tells connections apart that are called alike.
func telltale(p profile.Profile) string {
	var parts []string
	for _, part := range []string{strings.TrimPrefix(p.Environment, "https://"), p.ClientID} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, " · ")
}

// narrow shows the connections that have what is asked for.
func (f *finder) narrow(query string) {
	for _, row := range f.rows {
		row.Hide()
	}
	f.found = nil
	for _, p := range profile.Find(f.shelf.list, query) {
		if row := f.rows[p.Name]; row != nil {
			row.Show()
			f.found = append(f.found, row)
		}
	}
	f.none.Hidden = len(f.found) > 0
	f.none.SetText(words.F("No saved connection has “{{.Text}}” in its name, address or IDs.", words.V{"Text": strings.TrimSpace(query)}))
	f.lead = 0
	f.mark()
	f.dialog.Refresh()
	f.dialog.Top()
}

// move gives the lead to the row above or below, and the focus with it where a
// row has that.
func (f *finder) move(step int) {
	if len(f.found) == 0 {
		return
	}
	f.lead = min(max(f.lead+step, 0), len(f.found)-1)
	f.mark()
	row, canvas := f.found[f.lead], f.shelf.w.win.Canvas()
	if canvas.Focused() != fyne.Focusable(f.entry) {
		canvas.Focus(row)
	}
	f.dialog.Reveal(row)
}

// leadBy gives the lead to a row.
func (f *finder) leadBy(row *widgets.Pick) {
	for i, r := range f.found {
		if r == row {
			f.lead = i
		}
	}
	f.mark()
}

func (f *finder) mark() {
	for i, row := range f.found {
		row.Lead(i == f.lead)
	}
}

// take opens a connection, when nothing is lost by it.
func (f *finder) take(name string) {
	f.dialog.Close()
	f.shelf.choose(name)
}
