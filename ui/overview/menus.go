package overview

import (
	"slices"

	"fyne.io/fyne/v2"

	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/profile"
	"github.com/s2sdoctor/s2sdoctor/core/session"
	"github.com/s2sdoctor/s2sdoctor/core/text"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
)

// sortWords are the names of the orders.
var sortWords = map[session.OverviewSort]i18n.Key{
	session.SortName:     i18n.Key("Name"),
	session.SortHealth:   i18n.Key("Result"),
	session.SortEnds:     i18n.Key("End of the credential"),
	session.SortExamined: i18n.Key("Last test"),
	session.SortLabel:    i18n.Key("Label"),
	session.SortHost:     i18n.Key("Environment"),
}

// groupWords are the names of the groupings.
var groupWords = map[session.Grouping]i18n.Key{
	session.Ungrouped:    i18n.Key("None"),
	session.ByCause:      i18n.Key("Cause"),
	session.ByCredential: i18n.Key("Shared credential"),
	session.ByLabel:      i18n.Key("Label"),
}

// labelWords are the names of the labels.
var labelWords = map[profile.Label]i18n.Key{
	profile.Development: i18n.Key("Dev"),
	profile.Test:        i18n.Key("Test"),
	profile.Acceptance:  i18n.Key("UAT"),
	profile.Production:  i18n.Key("Production"),
}

// drawChoices shows the order and the grouping.
func (s *Screen) drawChoices(o session.Overview) {
	group := groupWords[o.Grouping].String()
	if o.Reading {
		group = i18n.L("reading…")
	}
	s.group.SetText(i18n.F("Group: {{.By}}", i18n.V{"By": group}))
	s.sort.SetText(i18n.F("Sort: {{.By}}", i18n.V{"By": sortWords[o.Sort].String()}))
	s.group.Name, s.sort.Name = s.group.Text(), s.sort.Text()
	s.Object.Refresh()
}

func (s *Screen) groupMenu() *fyne.Menu {
	return s.choices(len(session.Groupings), func(i int) *fyne.MenuItem {
		by := session.Groupings[i]
		item := fyne.NewMenuItem(groupWords[by].String(), func() { s.commands.GroupOverview(by) })
		item.Checked = by == s.drawn.Grouping
		return item
	})
}

func (s *Screen) sortMenu() *fyne.Menu {
	return s.choices(len(session.OverviewSorts), func(i int) *fyne.MenuItem {
		by := session.OverviewSorts[i]
		item := fyne.NewMenuItem(sortWords[by].String(), func() { s.commands.SortOverview(by) })
		item.Checked = by == s.drawn.Sort
		return item
	})
}

// choices makes a menu; the action of an item runs after the menu has closed.
func (s *Screen) choices(count int, item func(i int) *fyne.MenuItem) *fyne.Menu {
	menu := fyne.NewMenu("")
	for i := range count {
		menu.Items = append(menu.Items, s.later(item(i)))
	}
	return menu
}

func (s *Screen) later(item *fyne.MenuItem) *fyne.MenuItem {
	action := item.Action
	item.Action = func() { s.env.Do(action) }
	return item
}

// menu returns the actions for the connection of a line, or for all below a heading.
func (s *Screen) menu(index int) *fyne.Menu {
	if index >= len(s.drawn.Lines) {
		return nil
	}
	line := s.drawn.Lines[index]
	var items []*fyne.MenuItem
	add := func(text string, do func()) *fyne.MenuItem {
		item := s.later(fyne.NewMenuItem(text, do))
		items = append(items, item)
		return item
	}
	names, kind := line.Connections()
	if line.Row != nil {
		add(i18n.F("Open “{{.Name}}”", i18n.V{"Name": names[0]}), func() { s.commands.OpenFromOverview(names[0]) })
		add(i18n.L("Test it"), func() { s.commands.TestThese(names) }).Disabled = s.drawn.Run.Active
		add(i18n.L("Compare with…"), func() { s.commands.OpenComparison(names[0]) })
	} else {
		add(i18n.N("Test this one", "Test these {{.N}}", len(names)), func() { s.commands.TestThese(names) }).Disabled = s.drawn.Run.Active
		if len(names) == 2 {
			add(i18n.L("Compare these 2"), func() { s.commands.OpenComparison(names...) })
		}
	}
	items = append(items, fyne.NewMenuItemSeparator(), s.labelItem(names, line))
	if kind == connection.SecretKind {
		add(i18n.L("When the secret ends…"), func() { s.commands.AskEnds(names) })
	}
	if session.Replaceable(kind) {
		add(i18n.L("Replace the credential…"), func() { s.commands.OpenReplacement(names) })
		if s.env.Rotates && (line.Row != nil || kind == connection.CertificateKind) { // a rotation replaces the secret of one
			add(i18n.L("New certificate…"), func() { s.commands.OpenRotation(names[0]) })
		}
	}
	if s.env.ChooseFolder != nil {
		items = append(items, fyne.NewMenuItemSeparator())
		add(i18n.L("All ends as a calendar (.ics)…"), s.saveCalendar)
	}
	return fyne.NewMenu("", items...)
}

// Compare compares the connection of the leading row, or the two below its heading.
func (s *Screen) Compare() {
	var names []string
	if i := s.rows.Lead(); i < len(s.drawn.Lines) {
		names, _ = s.drawn.Lines[i].Connections()
	}
	if len(names) > 2 {
		names = nil
	}
	s.commands.OpenComparison(names...)
}

// saveCalendar saves when credentials end, for a calendar.
func (s *Screen) saveCalendar() {
	content := s.commands.Calendar()
	if content == "" {
		s.env.Tell(i18n.L("No end of a credential is known yet."), kit.Caution)
		return
	}
	s.env.ChooseFolder(i18n.L("Choose where to save it"), func(folder string) {
		s.commands.SaveText(folder, "credentials.ics", content, func() {}, func(why text.Text) { s.env.Tell(i18n.Text(why), kit.Bad) })
	})
}

// labelItem is the menu of the labels.
func (s *Screen) labelItem(names []string, line session.OverviewLine) *fyne.MenuItem {
	item := fyne.NewMenuItem(i18n.L("Label"), nil)
	labels := slices.Concat(profile.Labels, []profile.Label{""})
	item.ChildMenu = s.choices(len(labels), func(i int) *fyne.MenuItem {
		label := labels[i]
		text := i18n.L("By its name")
		if label != "" {
			text = labelWords[label].String()
		}
		choice := fyne.NewMenuItem(text, func() { s.commands.SetLabel(names, label) })
		choice.Checked = label != "" && line.Row != nil && line.Row.Label == label
		return choice
	})
	return item
}
