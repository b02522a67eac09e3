package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/session"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
	"github.com/s2sdoctor/s2sdoctor/ui/layout"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// answerPane is the right half: the answer on top, because it is what people
// came for, and below it what it rests on.
type answerPane struct {
	w      *Window
	object *kit.Scroll
	slot   *fyne.Container // holds the one card that fits the moment
	column *fyne.Container
	lists  *lists
	checks *checkList // the lists' own, at hand

	running *runningCard
	stale   *kit.Card
	shown   state
	drawn   session.Examination
}

// state is what the card at the top is about.
type state string

// The states of the right half.
const (
	idle    state = "idle"
	running state = "running"
	healthy state = "healthy"
	failed  state = "failed"
	stopped state = "stopped"
)

func newAnswerPane(w *Window) *answerPane {
	a := &answerPane{w: w, drawn: session.Examination{Generation: -1}}
	a.lists = newLists(w)
	a.checks = a.lists.checks
	a.slot = container.NewStack()
	a.stale = staleNotice(w)
	a.stale.Hide()
	a.column = layout.Column(theme.Space, a.stale, a.slot, a.lists.object)
	// The scroll bar runs in the margin of the page, not over the cards.
	a.object = w.page.Right(layout.InsetSides(theme.Space, theme.Space, theme.Space, theme.Space, a.column))
	a.show(idle, idleCard(w))
	return a
}

func (a *answerPane) show(s state, card fyne.CanvasObject) {
	a.shown = s
	a.slot.Objects = []fyne.CanvasObject{card}
	a.settle()
	if s != idle {
		a.object.ShowStart() // where the answer is below the form, it is what counts now
	}
}

// settle lays the pane out anew and shows its top.
func (a *answerPane) settle() {
	a.relayout()
	a.object.Top()
}

// relayout makes room after something has grown or shrunk.
func (a *answerPane) relayout() {
	a.column.Refresh()
	a.object.Refresh()
}

// draw shows an examination of the session.
func (a *answerPane) draw(e session.Examination) {
	before := a.drawn
	a.drawn = e
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
	if e.Stale != a.stale.Visible() {
		a.stale.Hidden = !e.Stale
		a.settle()
	}
}

// begin shows that an examination runs.
func (a *answerPane) begin(e session.Examination) {
	a.stale.Hide()
	a.checks.reset()
	a.lists.show(showChecks)
	a.running = newRunningCard(a.w)
	a.running.set(e)
	a.show(running, a.running.object)
}

// advance shows how far it is.
func (a *answerPane) advance(e session.Examination) {
	if a.shown == running {
		a.running.set(e)
		a.checks.count(e.Progress.Done, e.Progress.Total)
		a.lists.recount()
	}
}

// finish shows the outcome.
func (a *answerPane) finish(r exam.Report) {
	a.stale.Hide()
	a.checks.finish(r)
	a.lists.refresh()
	root, broken := r.Root()
	switch {
	case broken:
		a.show(failed, failedCard(a.w, r, root))
	case r.Healthy && r.WhoAmI != nil:
		a.show(healthy, healthyCard(a.w, r))
	default:
		a.show(stopped, stoppedCard(a.w, r))
	}
}

// forget goes back to the beginning: another connection.
func (a *answerPane) forget() {
	a.stale.Hide()
	a.checks.reset()
	a.lists.show(showGuide)
	a.show(idle, idleCard(a.w))
}

func staleNotice(w *Window) *kit.Card {
	text := kit.NewText(i18n.L("The form has changed since this test."), kit.Style{Color: theme.Warning})
	again := kit.NewButton(i18n.L("Test again"), kit.Quiet, w.session.Test)
	again.Scale = kit.Compact
	line := layout.Row(theme.Near, text, kit.NewStatusIcon(kit.Warned, 18), text, again)
	return kit.NewBandCard(kit.Caution, layout.InsetSides(theme.Space, theme.Small, theme.Small, theme.Small, line), nil)
}
