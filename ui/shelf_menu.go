package ui

import (
	"fyne.io/fyne/v2"
)

// listedAtOnce is how many saved connections the menu itself has room for; among
// more of them one is looked for by name.
const listedAtOnce = 10

// connectionMenu is below the connection's name: the saved ones, and what can be
// done with this one.
func (w *Window) connectionMenu() *fyne.Menu {
	s := w.shelf
	saved := s.items()
	if len(saved) > listedAtOnce {
		saved = w.unbound(w.items("find"))
	}
	if len(saved) > 0 {
		saved = append(saved, fyne.NewMenuItemSeparator())
	}
	own := w.unbound(w.items("new", "paste", "import", "-", "save", "duplicate", "rename", "forget", "-", "sandbox"))
	for _, item := range own {
		switch item.Label {
		case w.commands()["save"].Text, w.commands()["import"].Text:
			item.Disabled = w.banner.active
		case w.commands()["duplicate"].Text, w.commands()["rename"].Text, w.commands()["forget"].Text:
			item.Disabled = w.banner.active || s.open == ""
		}
	}
	s.reading(s.relist) // for the next time: another window may have saved something
	return fyne.NewMenu("", append(saved, own...)...)
}

// items are the saved connections; the open one has a tick.
func (s *shelf) items() []*fyne.MenuItem {
	var items []*fyne.MenuItem
	for _, p := range s.list {
		item := fyne.NewMenuItem(p.Name, func() { s.w.deps.Do(func() { s.choose(p.Name) }) })
		item.Checked = p.Name == s.open && !s.w.banner.active
		items = append(items, item)
	}
	return items
}
