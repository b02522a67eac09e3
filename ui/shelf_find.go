package ui

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/s2sdoctor/s2sdoctor/core/profile"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
	"github.com/s2sdoctor/s2sdoctor/ui/layout"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// finder is the dialog in which one of the saved connections is found by what
// somebody remembers of it. The row that leads is the one that Enter opens; the
// arrow keys move the lead while one goes on typing.
type finder struct {
	shelf  *shelf
	entry  *kit.Entry
	all    []profile.Profile
	rows   map[string]*kit.Option // by the connection's name
	found  []*kit.Option          // those that are shown, in order
	lead   int                    // of found
	none   *kit.Text
	list   *fyne.Container
	dialog *kit.Dialog
	closed bool
}

// findConnection asks which saved connection to open. The list is read anew, for
// another window may have saved something; nobody waits for that where there is one.
func (w *Window) findConnection() {
	s := w.shelf
	if s.deps == nil {
		return
	}
	var f *finder
	if len(s.list) > 0 {
		f = newFinder(s)
		f.open()
	}
	s.reading(func(ctx context.Context) func() {
		listed := s.relist(ctx)
		return func() {
			listed()
			switch {
			case f != nil:
				f.update()
			case len(s.list) == 0:
				w.say(i18n.L("No connection is saved yet."), kit.Caution)
			case !w.busyElsewhere():
				newFinder(s).open()
			}
		}
	})
}

func newFinder(s *shelf) *finder {
	f := &finder{shelf: s}
	f.entry = kit.NewEntry(i18n.L("Name, address or ID"))
	f.entry.OnChanged = f.narrow
	f.entry.OnMove = f.move
	f.entry.OnSubmitted = func(string) {
		if len(f.found) > 0 {
			f.found[f.lead].OnTapped()
		}
	}
	f.none = kit.NewText("", kit.Style{Color: theme.Muted})
	f.list = layout.Column(theme.Hair)
	f.dialog = kit.NewDialog(i18n.L("Open a saved connection"), f.list, kit.Action{Text: i18n.L("Cancel")})
	f.dialog.Head = kit.NewField(f.entry, "")
	f.dialog.Width, f.dialog.Steady = 560, true
	f.dialog.OnClose = func() { f.closed = true }
	f.fill()
	return f
}

// fill makes a row of every connection.
func (f *finder) fill() {
	s := f.shelf
	f.all = s.list
	f.rows = map[string]*kit.Option{}
	f.list.Objects = []fyne.CanvasObject{f.none}
	for _, p := range f.all {
		row := kit.NewOption(p.Name, telltale(p), p.Name == s.open && !s.w.banner.active, func() { f.take(p.Name) })
		row.OnMove = f.move
		row.OnFocus = func() { f.leadBy(row) }
		f.rows[p.Name] = row
		f.list.Add(row)
	}
	f.narrow(f.entry.Text)
}

// update makes the rows anew where the list has become another.
func (f *finder) update() {
	same := func(a, b profile.Profile) bool { return a.Name == b.Name && telltale(a) == telltale(b) }
	if f.closed || slices.EqualFunc(f.all, f.shelf.list, same) {
		return
	}
	canvas := f.shelf.w.win.Canvas()
	if _, row := canvas.Focused().(*kit.Option); row {
		canvas.Focus(f.entry) // the row goes away
	}
	f.fill()
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
	for _, p := range profile.Find(f.all, query) {
		row := f.rows[p.Name]
		row.Show()
		f.found = append(f.found, row)
	}
	f.none.Hidden = len(f.found) > 0
	f.none.SetText(i18n.F("No saved connection has “{{.Text}}” in its name, address or IDs.", i18n.V{"Text": strings.TrimSpace(query)}))
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
func (f *finder) leadBy(row *kit.Option) {
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
