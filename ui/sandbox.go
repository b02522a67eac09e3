package ui

import (
	"fyne.io/fyne/v2"

	"github.com/s2sdoctor/s2sdoctor/core/session"
	"github.com/s2sdoctor/s2sdoctor/core/text"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
	"github.com/s2sdoctor/s2sdoctor/ui/layout"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// sandboxBanner says, for as long as it is so, that nothing here is real, and
// offers the scenarios.
type sandboxBanner struct {
	object   *kit.Banner
	scenario *kit.Button
	lesson   *kit.Text
	note     *kit.Text // the lesson again, where the banner is too narrow for it
	active   bool
	playing  string
	before   session.Position // what was there before somebody began to practise
}

func newSandboxBanner(w *Window) *sandboxBanner {
	b := &sandboxBanner{}
	flask := kit.NewGlyph(theme.Flask, theme.Accent, 20)
	what := kit.NewText(i18n.L("Sandbox: a practice tenant on this computer"), kit.Style{Bold: true})
	short := kit.NewText(i18n.L("Sandbox"), kit.Style{Bold: true, Fixed: true})
	b.lesson = kit.NewText("", kit.Style{Color: theme.Muted, Size: theme.SizeCaption})
	b.note = kit.NewText("", kit.Style{Color: theme.Muted, Size: theme.SizeCaption})
	b.scenario = kit.NewMenuButton(i18n.L("Healthy"), kit.Secondary, w.scenarioMenu)
	b.scenario.Scale = kit.Compact
	leave := kit.NewButton(i18n.L("Leave"), kit.Quiet, w.leaveSandbox)
	leave.Scale, leave.Name = kit.Compact, i18n.L("Leave the sandbox")
	line := layout.BannerLine(flask, what, short, b.lesson, b.scenario, leave)
	b.object = kit.NewBanner(kit.Info, layout.Limit(pageWidth, layout.Inset(theme.Space, 6, line)))
	b.object.Hide()
	return b
}

func (b *sandboxBanner) show(s Scenario) {
	b.active, b.playing = true, s.Name
	b.lesson.SetText(i18n.Said(s.Lesson))
	b.note.SetText(b.lesson.Text())
	b.scenario.Name = i18n.F("Scenario: {{.Name}}", i18n.V{"Name": i18n.Said(s.Title)})
	b.scenario.SetText(i18n.Said(s.Title))
	b.object.Show()
}

// toggleSandbox enters the sandbox, or leaves it.
func (w *Window) toggleSandbox() {
	if w.banner.active {
		w.leaveSandbox()
		return
	}
	w.enterSandbox("")
}

// enterSandbox starts the practice tenant beside the window, and then fills the
// form. An empty name is the first scenario.
func (w *Window) enterSandbox(name string) {
	s := w.deps.Sandbox
	if s == nil {
		return
	}
	w.session.Cancel()
	w.background(func() func() {
		err := s.Open()
		return func() {
			if err != nil {
				w.say(i18n.F("The sandbox could not be started: {{.Error}}", i18n.V{"Error": i18n.Error(err)}), kit.Bad)
				return
			}
			w.play(name)
		}
	}, nil)
}

// play sets a scenario and fills the form with what belongs to it.
func (w *Window) play(name string) {
	s := w.deps.Sandbox
	w.session.Drop()
	scenario := s.Scenarios[0]
	for _, candidate := range s.Scenarios {
		if candidate.Name == name {
			scenario = candidate
		}
	}
	form, err := s.Play(scenario.Name)
	if err != nil {
		w.say(i18n.Error(err), kit.Bad)
		return
	}
	if !w.banner.active {
		w.banner.before = w.session.Position()
		w.session.OpenNone()
		w.session.Practise(true)
	}
	w.banner.show(scenario)
	w.session.ForgetDiscovery()
	w.session.FillSaved(form, text.Text{}, "")
	w.session.ForgetReport()
	w.content.Refresh()
}

// leaveSandbox goes back to the cloud, and to what was there before.
func (w *Window) leaveSandbox() {
	if !w.banner.active {
		return
	}
	w.banner.active = false
	w.banner.object.Hide()
	w.banner.note.SetText("")
	w.deps.Sandbox.Leave()
	w.session.ForgetDiscovery()
	w.session.Practise(false)
	w.session.Restore(w.banner.before)
	w.banner.before = session.Position{}
	w.focusForm()
	w.content.Refresh()
}

// scenarioMenu lists the scenarios, each group in a menu of its own.
func (w *Window) scenarioMenu() *fyne.Menu {
	menu := fyne.NewMenu("")
	groups := map[i18n.Key]*fyne.Menu{}
	for _, s := range w.deps.Sandbox.Scenarios {
		item := fyne.NewMenuItem(i18n.Said(s.Title), func() { w.deps.Do(func() { w.play(s.Name) }) })
		item.Checked = s.Name == w.banner.playing
		if s.Group == "" {
			menu.Items = append(menu.Items, item)
			continue
		}
		group, ok := groups[s.Group]
		if !ok {
			group = fyne.NewMenu(s.Group.String())
			groups[s.Group] = group
			parent := fyne.NewMenuItem(s.Group.String(), nil)
			parent.ChildMenu = group
			menu.Items = append(menu.Items, parent)
		}
		group.Items = append(group.Items, item)
	}
	return menu
}
