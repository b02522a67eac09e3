// Package sandboxbar is the bar at the top of the window while the user practises: it
// states that nothing here is real, and offers the scenarios.
//
// It promises that the name of the scenario and what it teaches can be read in a
// window of any width.
package sandboxbar

import (
	"slices"

	"fyne.io/fyne/v2"

	"github.com/s2sdoctor/s2sdoctor/core/session"
	"github.com/s2sdoctor/s2sdoctor/core/text"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
	"github.com/s2sdoctor/s2sdoctor/ui/layout"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// Commands are what the bar asks of a [session.Session].
type Commands interface {
	Observe(observer func(session.State))
	PlayScenario(name string)
	LeaveSandbox()
}

// Bar is the bar. It is hidden while the sandbox is not active.
type Bar struct {
	// Object is the bar, as wide as the window.
	Object *kit.Banner
	// Note repeats the lesson of the scenario, to be shown above the form if the bar is
	// too narrow for it. It is empty while the sandbox is not active.
	Note *kit.Text

	commands Commands
	do       func(func())
	scenario *kit.Button
	lesson   *kit.Text
	drawn    session.Sandbox
	changed  func()
}

// New returns the bar, whose content is at most width wide. do runs a function after the
// menu has closed; changed is called after the bar was shown or hidden.
func New(commands Commands, width float32, do func(func()), changed func()) *Bar {
	b := &Bar{commands: commands, do: do, changed: changed}
	flask := kit.NewGlyph(theme.Flask, theme.Accent, 20)
	what := kit.NewText(i18n.L("Sandbox: a practice tenant on this computer"), kit.Style{Bold: true})
	short := kit.NewText(i18n.L("Sandbox"), kit.Style{Bold: true, Fixed: true})
	b.lesson = kit.NewText("", kit.Style{Color: theme.Muted, Size: theme.SizeCaption})
	b.Note = kit.NewText("", kit.Style{Color: theme.Muted, Size: theme.SizeCaption})
	b.scenario = kit.NewMenuButton(i18n.L("Healthy"), kit.Secondary, b.menu)
	b.scenario.Scale = kit.Compact
	leave := kit.NewButton(i18n.L("Leave"), kit.Quiet, commands.LeaveSandbox)
	leave.Scale, leave.Name = kit.Compact, i18n.L("Leave the sandbox")
	line := layout.BannerLine(flask, what, short, b.lesson, b.scenario, leave)
	b.Object = kit.NewBanner(kit.Info, layout.Limit(width, layout.Inset(theme.Space, 6, line)))
	b.Object.Hide()
	commands.Observe(func(st session.State) { b.draw(st.Sandbox) })
	return b
}

func (b *Bar) draw(s session.Sandbox) {
	before := b.drawn
	b.drawn = s
	if s.Active == before.Active && s.Scenario.Name == before.Scenario.Name {
		return
	}
	if !s.Active {
		b.Object.Hide()
		b.Note.SetText("")
		b.changed()
		return
	}
	title := i18n.Text(s.Scenario.Title)
	b.lesson.SetText(i18n.Text(s.Scenario.Lesson))
	b.Note.SetText(b.lesson.Text())
	b.scenario.Name = i18n.F("Scenario: {{.Name}}", i18n.V{"Name": title})
	b.scenario.SetText(title)
	b.Object.Show()
	b.changed()
}

// menu returns the menu of scenarios, with a submenu for each group.
func (b *Bar) menu() *fyne.Menu {
	menu := fyne.NewMenu("")
	var groups []group
	for _, s := range b.drawn.Scenarios {
		item := fyne.NewMenuItem(i18n.Text(s.Title), func() { b.do(func() { b.commands.PlayScenario(s.Name) }) })
		item.Checked = s.Name == b.drawn.Scenario.Name
		if s.Group.Empty() {
			menu.Items = append(menu.Items, item)
			continue
		}
		at := slices.IndexFunc(groups, func(g group) bool { return g.title.Equal(s.Group) })
		if at < 0 {
			at = len(groups)
			title := i18n.Text(s.Group)
			groups = append(groups, group{s.Group, fyne.NewMenu(title)})
			parent := fyne.NewMenuItem(title, nil)
			parent.ChildMenu = groups[at].menu
			menu.Items = append(menu.Items, parent)
		}
		groups[at].menu.Items = append(groups[at].menu.Items, item)
	}
	return menu
}

// group is the menu of the scenarios under a heading.
type group struct {
	title text.Text
	menu  *fyne.Menu
}
