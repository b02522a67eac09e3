package connections

import (
	"fyne.io/fyne/v2"

	"github.com/s2sdoctor/s2sdoctor/core/session"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
)

const unnamed = i18n.Key("New connection")

// longestName is how much of a name the title has room for, in characters.
const longestName = 24

func newTitle(menu func() *fyne.Menu) *kit.Button {
	title := kit.NewMenuButton(unnamed.String(), kit.Secondary, menu)
	title.Name = i18n.F("Connection: {{.Name}}", i18n.V{"Name": unnamed.String()})
	return title
}

// drawTitle names the connection: as it was saved, or else after its environment.
func drawTitle(title *kit.Button, state session.State) {
	name, after := Name(state.Form.Typed.Environment), ""
	switch c := state.Connections; {
	case c.Opening != "":
		name, after = c.Opening, i18n.L("opening…")
	case c.Open != "":
		name = c.Open
		if state.Edited() {
			after = i18n.L("edited")
		}
	}
	title.Name = i18n.F("Connection: {{.Name}}", i18n.V{"Name": name})
	if runes := []rune(name); len(runes) > longestName {
		name = string(runes[:longestName-1]) + "…"
	}
	if after != "" {
		name += " · " + after
		title.Name += ", " + after
	}
	title.SetText(name)
}

// Name returns what a connection is called that is not saved.
func Name(environment string) string {
	if name := session.NameOf(environment); name != "" {
		return name
	}
	return unnamed.String()
}

// listedAtOnce is the number of saved connections that fit into a menu; with more of
// them, the user finds a connection by its name.
const listedAtOnce = 10

// Items returns the part of a menu that opens saved connections: an item for each name,
// or find if there are too many. The open connection has a tick.
func (s *Screen) Items(find []*fyne.MenuItem, open func(name string)) []*fyne.MenuItem {
	if len(s.state.Saved) > listedAtOnce {
		return find
	}
	var items []*fyne.MenuItem
	for _, p := range s.state.Saved {
		item := fyne.NewMenuItem(p.Name, func() { open(p.Name) })
		item.Checked = p.Name == s.state.Open
		items = append(items, item)
	}
	return items
}
