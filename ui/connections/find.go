package connections

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/s2sdoctor/s2sdoctor/core/profile"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
	"github.com/s2sdoctor/s2sdoctor/ui/layout"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// finder is the dialog in which a saved connection is found by what the user
// remembers of it. Enter opens the connection of the leading row; the arrow keys move
// the lead while the focus stays in the entry.
type finder struct {
	screen *Screen
	entry  *kit.Entry
	all    []profile.Profile
	rows   map[string]*kit.Option // by the connection's name
	found  []*kit.Option          // the rows that are shown, in order
	lead   int                    // index in found
	none   *kit.Text
	list   *fyne.Container
	dialog *kit.Dialog
}

func newFinder(s *Screen) *finder {
	f := &finder{screen: s}
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
	f.dialog.Width, f.dialog.KeepHeight = 560, true
	f.fill(s.state.Saved)
	return f
}

// fill makes a row for each connection.
func (f *finder) fill(all []profile.Profile) {
	f.all = all
	f.rows = map[string]*kit.Option{}
	f.list.Objects = []fyne.CanvasObject{f.none}
	for _, p := range f.all {
		row := kit.NewOption(p.Name, detail(p), p.Name == f.screen.state.Open, func() { f.screen.session.Open(p.Name) })
		row.OnMove = f.move
		row.OnFocus = func() { f.leadBy(row) }
		f.rows[p.Name] = row
		f.list.Add(row)
	}
	f.narrow(f.entry.Text)
}

// update makes the rows again if the list has changed.
func (f *finder) update(all []profile.Profile) {
	same := func(a, b profile.Profile) bool { return a.Name == b.Name && detail(a) == detail(b) }
	if slices.EqualFunc(f.all, all, same) {
		return
	}
	if _, row := f.screen.canvas.Focused().(*kit.Option); row {
		f.screen.canvas.Focus(f.entry) // the row goes away
	}
	f.fill(all)
}

// detail returns what distinguishes connections whose names are alike.
func detail(p profile.Profile) string {
	var parts []string
	for _, part := range []string{strings.TrimPrefix(p.Environment, "https://"), p.ClientID} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, " · ")
}

// narrow shows the connections that a query finds.
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

// move moves the selection to the row above or below, and the focus if a row has it.
func (f *finder) move(step int) {
	if len(f.found) == 0 {
		return
	}
	f.lead = min(max(f.lead+step, 0), len(f.found)-1)
	f.mark()
	row, canvas := f.found[f.lead], f.screen.canvas
	if canvas.Focused() != fyne.Focusable(f.entry) {
		canvas.Focus(row)
	}
	f.dialog.Reveal(row)
}

// leadBy moves the selection to a row.
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
		row.SetHighlighted(i == f.lead)
	}
}
