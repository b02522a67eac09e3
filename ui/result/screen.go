// Package result is the right half of the window: at the top the result of the
// examination, which users want to see first, and below it the guide and the checks
// behind the result.
//
// It draws the session's examination and makes no decisions: the cause, its owner and the
// next actions come from the report.
package result

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/record"
	"github.com/s2sdoctor/s2sdoctor/core/session"
	"github.com/s2sdoctor/s2sdoctor/core/text"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
	"github.com/s2sdoctor/s2sdoctor/ui/layout"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// Env is the environment of the screen: what the window provides.
type Env struct {
	kit.Env
	Page   *kit.Page
	Canvas fyne.Canvas
	// Paste takes a connection from the clipboard.
	Paste func()
	// Practise enters the sandbox, or is nil.
	Practise func()
	// FocusTest moves the focus to the button that tests.
	FocusTest func()
	// Tell shows a short message.
	Tell func(message string, tone kit.Tone)
	// ChooseFolder asks for a folder, and calls use with its path unless the user
	// cancels.
	ChooseFolder func(title string, use func(path string))
	// Card and Support show what can be handed to others.
	Card, Support func()
	// SavesRecords is true where a record can be saved.
	SavesRecords bool
	// Guide makes the list that is shown next to the checks. It calls relayout after it
	// has grown or shrunk, and reveal to scroll to an object.
	Guide func(relayout func(), reveal func(fyne.CanvasObject)) Guide
}

// Guide is the list next to the checks.
type Guide struct {
	Object fyne.CanvasObject
	// Summary is how far the user is, in a few words.
	Summary func() string
}

// Commands are what the screen asks of a [session.Session].
type Commands interface {
	Test()
	Cancel()
	// Watch tests until it works or something else is wrong; StopWatching ends that.
	Watch()
	StopWatching()
	ShowProblem()
	// Reported returns the report to copy; if there is none, it shows the reason.
	Reported() (exam.Report, bool)
	// ToExplain returns a text if it can be explained, else "".
	ToExplain(clipboard string) string
	Explain(shown string) session.Explained
	Record()
	SaveRecord(parent string, files record.Files, saved func(), failed func(why text.Text))
}

// Screen is the right half of the window.
type Screen struct {
	Object *kit.Scroll

	commands Commands
	env      Env
	slot     *fyne.Container // holds the current card
	column   *fyne.Container
	lists    *lists
	checks   *checkList // the lists' own, at hand

	running *runningCard
	stale   *kit.Card
	watch   *watchStrip
	again   *fyne.Container // the button that begins a watch; nil before the first
	shown   state
	drawn   session.Examination
	sandbox bool // the user practises
}

// state is the state that the card at the top shows.
type state string

// The states of the screen.
const (
	idle    state = "idle"
	running state = "running"
	healthy state = "healthy"
	failed  state = "failed"
	stopped state = "stopped"
)

// New makes the screen. The window hands it every state of the session with
// [Screen.Draw].
func New(commands Commands, env Env) *Screen {
	a := &Screen{commands: commands, env: env, drawn: session.Examination{Generation: -1}}
	a.lists = newLists(a)
	a.checks = a.lists.checks
	a.slot = container.NewStack()
	a.stale = staleNotice(a)
	a.stale.Hide()
	a.watch = newWatchStrip(a)
	a.column = layout.Column(theme.Space, a.watch.object, a.stale, a.slot, a.lists.object)
	// The scroll bar runs in the margin of the page, not over the cards.
	a.Object = env.Page.Right(layout.InsetSides(theme.Space, theme.Space, theme.Space, theme.Space, a.column))
	a.show(idle, idleCard(a))
	return a
}

func (a *Screen) show(s state, card fyne.CanvasObject) {
	a.shown = s
	a.slot.Objects = []fyne.CanvasObject{card}
	a.settle()
	if s != idle {
		a.Object.ShowStart() // if the result is below the form, it is scrolled to
	}
}

// settle lays the pane out again and shows its top.
func (a *Screen) settle() {
	a.relayout()
	a.Object.Top()
}

// relayout makes room after something has grown or shrunk. Before the screen is in the
// window there is nothing to do: the window lays all of it out.
func (a *Screen) relayout() {
	if a.column.Size().IsZero() {
		return
	}
	a.column.Refresh()
	a.Object.Refresh()
}

// Draw shows a state of the session.
func (a *Screen) Draw(s session.State) {
	e := s.Examination
	before := a.drawn
	a.drawn, a.sandbox = e, s.Sandbox.Active
	if e.Generation != before.Generation {
		if e.Active {
			a.begin(e)
		} else {
			a.forget()
		}
	}
	if e.Active {
		a.checks.draw(e.Checks, before.Checks)
		a.advance(e)
	}
	if e.Report != nil && e.Report != before.Report {
		a.finish(*e.Report)
	}
	a.drawWatch(s.Watch)
	if e.Stale != a.stale.Visible() {
		a.stale.Hidden = !e.Stale
		a.settle()
	}
}

// begin shows that an examination runs.
func (a *Screen) begin(e session.Examination) {
	a.stale.Hide()
	a.checks.reset()
	a.lists.show(showChecks)
	a.running = newRunningCard(a)
	a.running.set(e)
	a.show(running, a.running.object)
}

// advance shows how far it is.
func (a *Screen) advance(e session.Examination) {
	if a.shown == running {
		a.running.set(e)
		a.checks.count(e.Progress.Done, e.Progress.Total)
		a.lists.recount()
	}
}

// finish shows the outcome.
func (a *Screen) finish(r exam.Report) {
	a.stale.Hide()
	a.checks.finish(r)
	a.lists.refresh()
	root, broken := r.Root()
	switch {
	case broken:
		a.show(failed, failedCard(a, r, root))
	case r.Healthy && r.WhoAmI != nil:
		a.show(healthy, healthyCard(a, r))
	default:
		a.show(stopped, stoppedCard(a, r))
	}
}

// forget goes back to the beginning: another connection.
func (a *Screen) forget() {
	a.stale.Hide()
	a.checks.reset()
	a.lists.show(showGuide)
	a.show(idle, idleCard(a))
}

func staleNotice(s *Screen) *kit.Card {
	text := kit.NewText(i18n.L("The form has changed since this test."), kit.Style{Color: theme.Warning})
	again := kit.NewButton(i18n.L("Test again"), kit.Quiet, s.commands.Test)
	again.Scale = kit.Compact
	line := layout.Row(theme.Near, text, kit.NewStatusIcon(kit.Warned, 18), text, again)
	return kit.NewBandCard(kit.Caution, layout.InsetSides(theme.Space, theme.Small, theme.Small, theme.Small, line), nil)
}

// ShowGuide turns to the guide.
func (a *Screen) ShowGuide() { a.lists.show(showGuide) }

// FocusChecks moves the focus to the first broken check, or else to the first.
func (a *Screen) FocusChecks() { a.checks.focusFirst() }
