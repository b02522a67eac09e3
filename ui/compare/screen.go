// Package compare is the screen that compares what two connections may do, area by area.
//
// Thousands of privileges scroll without a visible delay, equal items are folded away,
// and the keyboard alone is enough. The screen draws the state of a session and sends its
// commands; it makes no decisions.
package compare

import (
	"time"

	"fyne.io/fyne/v2"

	"github.com/s2sdoctor/s2sdoctor/core/drift"
	"github.com/s2sdoctor/s2sdoctor/core/session"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
	"github.com/s2sdoctor/s2sdoctor/ui/layout"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// Commands are what the screen asks of a [session.Session].
type Commands interface {
	Observe(observer func(session.State))
	ComparisonChoices(query string) []session.ComparisonChoice
	ChooseSide(side int, of session.Compared)
	Compare()
	CancelComparison() bool
	CloseComparison()
	FindInComparison(query string)
}

// Env is the environment of the screen: what the window provides.
type Env struct {
	kit.Env
	Canvas fyne.Canvas
	// Do runs a function once a menu has closed.
	Do  func(func())
	Now func() time.Time
	// ChooseFile asks for the file of a snapshot.
	ChooseFile func(use func(path string))
	// Share shows the result in the forms in which it is saved.
	Share func()
	// Tell shows a short message.
	Tell func(message string, tone kit.Tone)
	// Width is the width beyond which the content does not grow.
	Width float32
}

// Screen shows a comparison. Make it with [New].
type Screen struct {
	// Object fills the window below its header.
	Object *kit.Group

	commands Commands
	env      Env
	drawn    session.Comparison
	lines    []line
	open     map[drift.Area]bool // whose equal items are shown

	compare, copy, save *kit.Button
	sides               [2]*side
	tally               *fyne.Container
	search              *kit.Search
	bar                 *kit.Progress
	nothing             *kit.Text
	header              *row
	rows                *kit.Rows
	page                *page
	made                bool // the window has it: the focus can be in it
}

// New makes the screen. It is hidden while the session shows something else.
func New(commands Commands, env Env) *Screen {
	s := &Screen{commands: commands, env: env}
	title := kit.NewText(i18n.L("Compare connections"), kit.Style{Size: theme.SizeVerdict, Bold: true, Fixed: true})
	s.compare = kit.NewButton(i18n.L("Compare"), kit.Primary, s.compareOrCancel)
	s.copy = kit.NewButton(i18n.L("Copy"), kit.Secondary, s.Copy)
	s.save = kit.NewButton(i18n.L("Save…"), kit.Secondary, env.Share)
	back := kit.NewButton(i18n.L("Close"), kit.Quiet, commands.CloseComparison)
	back.Name = i18n.L("Close the comparison")
	for i := range s.sides {
		s.sides[i] = newSide(s, i)
	}
	s.tally = layout.Flow(theme.Small)
	s.bar = kit.NewProgress()
	s.bar.Hide()
	s.nothing = kit.NewText("", kit.Style{Color: theme.Muted})
	s.header = newRow()
	s.rows = kit.NewRows(i18n.L("Differences"), tallRow)
	s.rows.Make = func() fyne.CanvasObject { return newRow() }
	s.rows.Fill = func(o fyne.CanvasObject, i int) { o.(*row).show(s.lines[i]) }
	s.rows.Say = func(i int) string { return s.lines[i].spoken() }
	s.rows.OnOpen = s.openLine
	s.rows.OnMenu = s.menu
	s.search = kit.NewSearch(env.Canvas, i18n.L("Role, privilege or value"), s.rows, commands.FindInComparison)
	s.page = newPage(s, title, layout.Flow(theme.Small, s.compare, s.copy, s.save, back))
	s.Object = s.page.object
	s.Object.Hide()
	commands.Observe(func(state session.State) { s.draw(state.Comparison) })
	s.made = true
	return s
}

// draw shows a state of the session.
func (s *Screen) draw(c session.Comparison) {
	before := s.drawn
	s.drawn = c
	if !c.Open {
		if s.Object.Visible() {
			s.Object.Hide()
		}
		return
	}
	opened := !s.Object.Visible()
	if opened {
		s.Object.Show()
	}
	for i, side := range s.sides {
		side.draw(c.Sides[i], s.env.Now())
	}
	s.drawRun(c)
	switch {
	case opened || c.Result != before.Result || c.Result == nil:
		s.drawResult(c)
	case c.Query != before.Query:
		s.drawFound(c)
	}
	s.Object.Refresh()
	if opened && s.made {
		s.Focus()
	}
}

// drawRun shows whether the sides are being examined.
func (s *Screen) drawRun(c session.Comparison) {
	text, kind := i18n.L("Compare"), kit.Primary
	switch {
	case c.Stopping:
		text, kind = i18n.L("Cancelling…"), kit.Secondary
	case c.Active:
		text, kind = i18n.L("Cancel"), kit.Secondary
	}
	s.compare.SetText(text)
	s.compare.SetKind(kind)
	enable(s.compare, c.Ready() && !c.Stopping)
	enable(s.copy, c.Result != nil)
	enable(s.save, c.Result != nil)
	done, total := 0, 0
	for _, side := range c.Sides {
		if side.Phase == session.SideDone || side.Phase == session.SideFailed {
			side.Done = side.Total
		}
		done, total = done+side.Done, total+side.Total
	}
	layout.SetVisible(s.bar, c.Active)
	s.bar.Set(done, total)
}

func enable(b *kit.Button, on bool) {
	if on {
		b.Enable()
	} else {
		b.Disable()
	}
}

// drawResult shows what differs, or why nothing is shown.
func (s *Screen) drawResult(c session.Comparison) {
	s.open = map[drift.Area]bool{}
	s.search.SetQuery(c.Query)
	s.drawLines()
	s.rows.SetLead(0)
	s.tally.Objects = nil
	for _, b := range tally(c.Result) {
		s.tally.Objects = append(s.tally.Objects, b)
	}
	s.nothing.SetText(instead(c))
}

// drawFound shows what a query finds, equal items too.
func (s *Screen) drawFound(c session.Comparison) {
	s.open = map[drift.Area]bool{}
	if c.Query != "" {
		for _, area := range c.Areas {
			s.open[area.Area] = true
		}
	}
	s.drawLines()
	s.rows.SetLead(0)
	for i, l := range s.lines { // not for headings
		if l.kind != areaLine {
			s.rows.SetLead(i)
			break
		}
	}
	s.nothing.SetText(instead(c))
}

// drawLines makes the lines of the result.
func (s *Screen) drawLines() {
	s.lines = nil
	if s.drawn.Result != nil {
		s.lines = linesOf(s.drawn.Areas, s.open)
		s.header.show(line{title: i18n.L("Item"), a: sideName(0, s.drawn), b: sideName(1, s.drawn), kind: headerLine})
	}
	s.rows.SetLength(len(s.lines))
	layout.SetVisible(s.rows, len(s.lines) > 0)
}

// openLine folds what is the same, or shows an item whole.
func (s *Screen) openLine(index int) {
	switch l := s.lines[index]; l.kind {
	case areaLine:
		if l.folds {
			s.open[l.area] = !s.open[l.area]
			s.drawLines()
		}
	case differentLine, sameLine:
		s.showItem(l)
	}
}

func (s *Screen) compareOrCancel() {
	if !s.commands.CancelComparison() {
		s.commands.Compare()
	}
}

// Copy copies the result as the command prints it.
func (s *Screen) Copy() {
	if s.drawn.Result == nil {
		s.env.Tell(i18n.L("Nothing is compared yet."), kit.Caution)
		return
	}
	s.env.Copy(s.drawn.Result.Text())
	s.env.Tell(i18n.F("Copied: {{.What}}", i18n.V{"What": i18n.L("Comparison")}), kit.Good)
}

// Focus moves the focus to what comes next: to a side that is not chosen, or else to the
// button.
func (s *Screen) Focus() {
	for i, side := range s.sides {
		if s.drawn.Sides[i].Of == (session.Compared{}) {
			s.env.Canvas.Focus(side.focusable())
			return
		}
	}
	s.env.Canvas.Focus(s.compare)
}

// Escape clears what is typed, or cancels the examination, or closes the screen.
func (s *Screen) Escape() {
	if !s.search.Clear() && !s.commands.CancelComparison() {
		s.commands.CloseComparison()
	}
}
