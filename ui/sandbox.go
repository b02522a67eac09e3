package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"s2sdoctor/ui/look"
	"s2sdoctor/ui/widgets"
	"s2sdoctor/ui/words"
)

// sandboxBanner says, for as long as it is so, that nothing here is real, and
// offers the scenarios.
type sandboxBanner struct {
	object   *widgets.Banner
	scenario *widgets.Button
	lesson   *widgets.Text
	note     *widgets.Text // the lesson again, where the banner is too narrow for it
	active   bool
	playing  string
	before   place // what was there before somebody began to practise
}

func newSandboxBanner(w *Window) *sandboxBanner {
	b := &sandboxBanner{}
	flask := widgets.NewGlyph(look.Flask, look.Accent, 20)
	what := widgets.NewText(words.L("Sandbox: a practice tenant on this computer"), widgets.Style{Bold: true})
	short := widgets.NewText(words.L("Sandbox"), widgets.Style{Bold: true, Fixed: true})
	b.lesson = widgets.NewText("", widgets.Style{Color: look.Muted, Size: look.SizeCaption})
	b.note = widgets.NewText("", widgets.Style{Color: look.Muted, Size: look.SizeCaption})
	b.scenario = widgets.NewMenuButton(words.L("Healthy"), widgets.Secondary, w.scenarioMenu)
	b.scenario.Scale = widgets.Compact
	leave := widgets.NewButton(words.L("Leave"), widgets.Quiet, w.leaveSandbox)
	leave.Scale, leave.Name = widgets.Compact, words.L("Leave the sandbox")
	line := container.New(&bannerLine{}, flask, what, short, b.lesson, b.scenario, leave)
	b.object = widgets.NewBanner(widgets.Info, widgets.Limit(pageWidth, widgets.Inset(look.Space, 6, line)))
	b.object.Hide()
	return b
}

func (b *sandboxBanner) show(s Scenario) {
	b.active, b.playing = true, s.Name
	b.lesson.SetText(words.Say(s.Lesson))
	b.note.SetText(b.lesson.Text())
	b.scenario.Name = words.F("Scenario: {{.Name}}", words.V{"Name": words.Say(s.Title)})
	b.scenario.SetText(words.Say(s.Title))
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
	w.cancelTest()
	w.background(func() func() {
		err := s.Open()
		return func() {
			if err != nil {
				w.say(words.F("The sandbox could not be started: {{.Error}}", words.V{"Error": words.Error(err)}), widgets.Bad)
				return
			}
			w.play(name)
		}
	}, nil)
}

// play sets a scenario and fills the form with what belongs to it.
func (w *Window) play(name string) {
	s := w.deps.Sandbox
	w.dropTest()
	scenario := s.Scenarios[0]
	for _, candidate := range s.Scenarios {
		if candidate.Name == name {
			scenario = candidate
		}
	}
	form, err := s.Play(scenario.Name)
	if err != nil {
		w.say(words.Error(err), widgets.Bad)
		return
	}
	if !w.banner.active {
		w.banner.before = w.shelf.here()
		w.shelf.adopt("")
	}
	w.banner.show(scenario)
	w.form.credential.missing = ""
	w.form.place.forget()
	w.form.fill(form)
	w.answer.forget()
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
	w.form.place.forget()
	w.shelf.back(w.banner.before)
	w.banner.before = place{}
	w.focusForm()
	w.content.Refresh()
}

// scenarioMenu lists the scenarios, each group in a menu of its own.
func (w *Window) scenarioMenu() *fyne.Menu {
	menu := fyne.NewMenu("")
	groups := map[string]*fyne.Menu{}
	for _, s := range w.deps.Sandbox.Scenarios {
		item := fyne.NewMenuItem(words.Say(s.Title), func() { w.deps.Do(func() { w.play(s.Name) }) })
		item.Checked = s.Name == w.banner.playing
		if s.Group == "" {
			menu.Items = append(menu.Items, item)
			continue
		}
		group, ok := groups[s.Group]
		if !ok {
			group = fyne.NewMenu(words.Say(s.Group))
			groups[s.Group] = group
			parent := fyne.NewMenuItem(words.Say(s.Group), nil)
			parent.ChildMenu = group
			menu.Items = append(menu.Items, parent)
		}
		group.Items = append(group.Items, item)
	}
	return menu
}
