// Package guide is the list of the steps that set up a connection, on the path that is
// chosen in the header, and below them the article's targets.
//
// It promises that every state has a shape and a word besides its colour, that a step
// is opened and ticked with the keyboard alone, and that a step can be copied whole
// for the user who has to take it.
package guide

import (
	"slices"

	"fyne.io/fyne/v2"

	"github.com/s2sdoctor/s2sdoctor/core/guide"
	"github.com/s2sdoctor/s2sdoctor/core/session"
	"github.com/s2sdoctor/s2sdoctor/core/text"
	"github.com/s2sdoctor/s2sdoctor/ui/finding"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
	"github.com/s2sdoctor/s2sdoctor/ui/layout"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// Commands are what the list asks of a [session.Session].
type Commands interface {
	Observe(observer func(session.State))
	AnswerTenant(a guide.Answer)
	Tick(step guide.StepID, on bool)
	OpenConsent()
	Test()
}

// List is the list.
type List struct {
	Object *fyne.Container

	commands Commands
	env      kit.Env
	pane     finding.Pane
	rows     []*stepRow
	targets  []*targetRow
	question *kit.Segmented
	asks     *fyne.Container // the question with its words
	drawn    session.Guide
}

// answers are those of the guide's question, in the order of the control.
var answers = []guide.Answer{guide.Unknown, guide.Yes, guide.No}

// New makes the list.
func New(commands Commands, env kit.Env, pane finding.Pane) *List {
	l := &List{commands: commands, env: env, pane: pane}
	q := guide.TenantQuestion()
	title := i18n.Text(q.Title)
	l.question = kit.NewSegmented(title, i18n.TextList([]text.Text{q.Unknown, q.Yes, q.No}), func(i int) { commands.AnswerTenant(answers[i]) })
	l.question.Compact, l.question.Foldable = true, true
	question := layout.Column(theme.Small, kit.NewText(title, kit.Style{Bold: true}), l.question, kit.Caption(i18n.Text(q.Help)))
	l.asks = layout.InsetSides(finding.CardX, 0, finding.CardX, theme.Small, question)
	steps := layout.Column(0)
	var rows []*finding.StepRow
	for range guide.Steps(guide.Modern) {
		row := newStepRow(l)
		l.rows, rows = append(l.rows, row), append(rows, row.row)
		steps.Add(row.row.Fold)
	}
	finding.MoveBetween(rows)
	l.Object = layout.Column(theme.Small,
		l.asks,
		layout.InsetSides(theme.Near, 0, theme.Near, theme.Near, steps),
		l.targetList())
	commands.Observe(func(st session.State) { l.draw(st.Guide) })
	return l
}

func (l *List) draw(g session.Guide) {
	before := l.drawn
	l.drawn = g
	if len(g.Steps) == 0 || len(before.Steps) > 0 && &g.Steps[0] == &before.Steps[0] {
		return // nothing was judged again
	}
	layout.SetVisible(l.asks, g.Asks)
	l.question.Set(max(slices.Index(answers, g.SameTenant), 0))
	for i, row := range l.rows {
		row.show(g.Steps[i])
	}
	for i, row := range l.targets {
		row.show(g.Targets[i], g.Path)
	}
	l.pane.Relayout()
}

// Summary is "3 of 8 done".
func (l *List) Summary() string {
	return i18n.F("{{.Done}} of {{.All}} done", i18n.V{"Done": l.drawn.Done, "All": l.drawn.Needed})
}

// standing is how a step's state is shown: with which icon, and which word.
func standing(p guide.Progress) (kit.Status, string) {
	switch p.State {
	case guide.Done:
		if p.Cause != "" {
			return kit.Warned, i18n.L("Done, with a warning")
		}
		return kit.Passed, i18n.L("Done")
	case guide.Ticked:
		return kit.Passed, i18n.L("Ticked")
	case guide.Broken:
		return kit.Failed, i18n.L("Not done")
	case guide.NotNeeded:
		if p.Cause != "" && p.Step.ID == guide.Consent { // another account gave it
			return kit.Warned, i18n.L("Not needed, with a warning")
		}
		return kit.Skipped, i18n.L("Not needed")
	case guide.Unseen:
		return kit.Manual, i18n.L("Your turn")
	}
	return kit.Waiting, i18n.L("To do")
}
