// Package overview is the screen of all saved connections: what is wrong with each, what
// ends when, and which share a cause or a credential.
//
// It promises that hundreds of connections scroll and are found by typing without a
// delay that a user would see, and that the keyboard alone is enough. It draws the state
// of a session and sends its commands; it decides nothing.
package overview

import (
	"time"

	"fyne.io/fyne/v2"

	"github.com/s2sdoctor/s2sdoctor/core/profile"
	"github.com/s2sdoctor/s2sdoctor/core/session"
	"github.com/s2sdoctor/s2sdoctor/core/text"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
	"github.com/s2sdoctor/s2sdoctor/ui/layout"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// Commands are what the screen asks of a [session.Session].
type Commands interface {
	State() session.State
	Observe(observer func(session.State))
	OpenFromOverview(name string)
	CloseOverview()
	OpenComparison(names ...string)
	FindInOverview(query string)
	SortOverview(by session.OverviewSort)
	GroupOverview(by session.Grouping)
	TestAll()
	TestThese(names []string)
	CancelAll() bool
	SetLabel(names []string, label profile.Label)
	// Calendar returns the known ends as a calendar file; "" if no end is known.
	Calendar() string
	SaveText(folder, name, content string, saved func(), failed func(why text.Text))

	AskEnds(names []string)
	AnswerEnds(typed string)
	CloseEnds()

	OpenReplacement(names []string)
	Replace(typed session.TypedCredential)
	StopReplacement() bool
	CloseReplacement()

	OpenRotation(name string)
	Rotate()
	AbandonRotation()
	StopRotation() bool
	CloseRotation()
}

// Env is the environment of the screen: what the window provides.
type Env struct {
	kit.Env
	Canvas fyne.Canvas
	// Do runs a function once a menu has closed.
	Do  func(func())
	Now func() time.Time
	// ChooseCertificate asks for the file of a certificate.
	ChooseCertificate func(use func(path string))
	// ChooseFolder asks for a folder; nil where nothing can be saved.
	ChooseFolder func(title string, use func(path string))
	// Rotates is true where new certificates can be made.
	Rotates bool
	// Tell shows a short message.
	Tell func(message string, tone kit.Tone)
	// Width is the width beyond which the content does not grow.
	Width float32
}

// Screen shows all saved connections. Make it with [New].
type Screen struct {
	// Object fills the window below its header.
	Object *kit.Group

	commands Commands
	env      Env
	drawn    session.Overview
	ordered  bool // the order has changed, and its first rows are not shown yet
	left     bool // for a comparison, from which the lead comes back to its row

	title   *kit.Text
	test    *kit.Button
	actions *kit.Button
	search  *kit.Search
	group   *kit.Button
	sort    *kit.Button
	tally   *fyne.Container
	bar     *kit.Progress
	nothing *kit.Text
	rows    *kit.Rows

	ends     *kit.Following[session.EndsQuestion]
	replace  *kit.Following[session.Replacement]
	rotation *kit.Following[session.Rotation]
}

// New makes the screen. It is hidden while the session shows something else.
func New(commands Commands, env Env) *Screen {
	s := &Screen{commands: commands, env: env}
	s.title = kit.NewText(i18n.L("All connections"), kit.Style{Size: theme.SizeVerdict, Bold: true, Fixed: true})
	s.test = kit.NewButton(i18n.L("Test all"), kit.Primary, s.testOrCancel)
	s.actions = kit.NewMenuButton(i18n.L("Actions"), kit.Secondary, func() *fyne.Menu { return s.menu(s.rows.Lead()) })
	s.actions.Name = i18n.L("Actions")
	back := kit.NewButton(i18n.L("Close"), kit.Quiet, commands.CloseOverview)
	back.Name = i18n.L("Close the list of all connections")

	s.group = kit.NewMenuButton("", kit.Secondary, s.groupMenu)
	s.sort = kit.NewMenuButton("", kit.Secondary, s.sortMenu)

	s.tally = layout.Flow(theme.Small)
	s.bar = kit.NewProgress()
	s.bar.Hide()
	s.nothing = kit.NewText("", kit.Style{Color: theme.Muted})
	s.nothing.Hide()
	s.rows = kit.NewRows(i18n.L("Connections"), rowHeight)
	s.rows.Make = func() fyne.CanvasObject { return newRow() }
	s.rows.Fill = func(o fyne.CanvasObject, i int) { o.(*row).show(s.drawn.Lines[i], env.Now()) }
	s.rows.Say = func(i int) string { return spoken(s.drawn.Lines[i], env.Now()) }
	s.rows.OnOpen = s.open
	s.rows.OnMenu = s.menu
	s.search = kit.NewSearch(env.Canvas, i18n.L("Name, address, ID, cause or user"), s.rows, commands.FindInOverview)
	s.Object = newPage(s, layout.Flow(theme.Small, s.test, s.actions, back))
	s.Object.Hide()
	s.ends = kit.NewFollowing(env.Canvas, func(q session.EndsQuestion) kit.View[session.EndsQuestion] { return newEndsDialog(s, q) }, commands.CloseEnds)
	s.replace = kit.NewFollowing(env.Canvas, func(r session.Replacement) kit.View[session.Replacement] { return newReplaceDialog(s, r) }, commands.CloseReplacement)
	s.rotation = kit.NewFollowing(env.Canvas, func(r session.Rotation) kit.View[session.Rotation] { return newRotationDialog(s, r) }, commands.CloseRotation)
	commands.Observe(s.draw)
	return s
}

// draw shows a state of the session.
func (s *Screen) draw(state session.State) {
	s.ends.Draw(state.Ends.Open, state.Ends)
	s.replace.Draw(state.Replacement.Open, state.Replacement)
	s.rotation.Draw(state.Rotation.Open, state.Rotation)
	o, before := state.Overview, s.drawn
	if !o.Open {
		if s.Object.Visible() {
			s.Object.Hide()
		}
		s.drawn, s.left = o, state.Comparison.Open
		return
	}
	lead := s.leading()
	s.drawn = o
	opened := !s.Object.Visible()
	back := opened && s.left && lead != ""
	if opened {
		s.Object.Show()
		s.search.SetQuery(o.Query)
	}
	if opened || o.Run != before.Run {
		s.drawRun(o.Run)
	}
	if opened || o.Grouping != before.Grouping || o.Sort != before.Sort || o.Reading != before.Reading {
		s.drawChoices(o)
	}
	if opened || o.Tally != before.Tally {
		s.drawTally(o.Tally)
	}
	s.ordered = s.ordered || o.Sort != before.Sort || o.Grouping != before.Grouping
	s.drawRows(o, lead, opened && !back || o.Query != before.Query || s.ordered)
	s.ordered = s.ordered && o.Reading // the rows of a group by credential come later
	if opened {
		s.Object.Refresh()
	}
}

// Focus moves the focus to the entry.
func (s *Screen) Focus() { s.search.Focus() }

// drawRows shows the lines. The lead stays with its connection; with another query or
// order it is the first, from the top of the list.
func (s *Screen) drawRows(o session.Overview, lead string, first bool) {
	s.rows.SetLength(len(o.Lines))
	at := 0
	for i, line := range o.Lines {
		if line.Row != nil && (first || line.Row.Name == lead) {
			at = i
			break
		}
	}
	if first {
		s.rows.SetLead(0) // with its heading in sight
	}
	if first || at != s.rows.Lead() {
		s.rows.SetLead(at)
	}
	empty := ""
	switch {
	case o.Tally.All == 0:
		empty = kit.Sentences(i18n.L("No connection is saved yet."), i18n.L("Save one, or import a list: both are in the menu below the connection's name."))
	case len(o.Lines) == 0:
		empty = i18n.F("No connection has “{{.Text}}”.", i18n.V{"Text": o.Query})
	}
	if s.nothing.Text() != empty {
		s.nothing.SetText(empty)
		layout.SetVisible(s.nothing, empty != "")
		s.Object.Refresh()
	}
}

// leading returns the name of the connection that has the lead; "" if a heading has it, or
// nothing is shown.
func (s *Screen) leading() string {
	if i := s.rows.Lead(); i < len(s.drawn.Lines) && s.drawn.Lines[i].Row != nil {
		return s.drawn.Lines[i].Row.Name
	}
	return ""
}

// drawRun shows whether all connections are being tested.
func (s *Screen) drawRun(run session.FleetRun) {
	text, kind := i18n.L("Test all"), kit.Primary
	switch {
	case run.Stopping:
		text, kind = i18n.L("Cancelling…"), kit.Secondary
	case run.Active:
		text, kind = i18n.F("Cancel ({{.Done}} of {{.All}})", i18n.V{"Done": run.Done, "All": run.Total}), kit.Secondary
	}
	s.test.SetKind(kind)
	relayout := s.bar.Visible() != run.Active
	if s.test.Text() != text {
		relayout = relayout || len(s.test.Text()) != len(text)
		s.test.SetText(text)
	}
	layout.SetVisible(s.bar, run.Active)
	s.bar.Set(run.Done, run.Total)
	if relayout {
		s.Object.Refresh()
	}
}

func (s *Screen) testOrCancel() {
	if !s.commands.CancelAll() {
		s.commands.TestAll()
	}
}

// drawTally counts the connections in words.
func (s *Screen) drawTally(t session.Tally) {
	s.tally.Objects = nil
	add := func(n int, tone kit.Tone, text string) {
		if n > 0 {
			s.tally.Objects = append(s.tally.Objects, kit.NewBadge(text, tone))
		}
	}
	add(t.Broken, kit.Bad, i18n.F("{{.N}} broken", i18n.V{"N": t.Broken}))
	add(t.Warned, kit.Caution, i18n.F("{{.N}} with warnings", i18n.V{"N": t.Warned}))
	add(t.Healthy, kit.Good, i18n.F("{{.N}} connected", i18n.V{"N": t.Healthy}))
	add(t.Unknown, kit.Neutral, i18n.F("{{.N}} not tested", i18n.V{"N": t.Unknown}))
	add(t.Ended, kit.Bad, i18n.F("{{.N}} ended", i18n.V{"N": t.Ended}))
	add(t.Ending, kit.Caution, i18n.F("{{.N}} ending within {{.Days}} days", i18n.V{"N": t.Ending, "Days": session.EndingDays}))
	s.tally.Refresh()
	s.Object.Refresh()
}

// open opens the connection of a line, or the menu of a heading.
func (s *Screen) open(index int) {
	line := s.drawn.Lines[index]
	if line.Row != nil {
		s.commands.OpenFromOverview(line.Row.Name)
		return
	}
	s.rows.ShowMenu(index)
}

// Escape clears what is typed, or cancels the test, or closes the screen.
func (s *Screen) Escape() {
	if !s.search.Clear() && !s.commands.CancelAll() {
		s.commands.CloseOverview()
	}
}
