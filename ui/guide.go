package ui

import (
	"fyne.io/fyne/v2"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/consent"
	"github.com/s2sdoctor/s2sdoctor/core/guide"
	"github.com/s2sdoctor/s2sdoctor/core/text"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
	"github.com/s2sdoctor/s2sdoctor/ui/layout"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// guideList is the set-up as eight steps, on the path that is chosen in the
// header. What can be proven is proven; the rest is ticked by the person.
type guideList struct {
	w      *Window
	object *fyne.Container
	path   guide.Path
	rows   []*stepRow

	question *kit.Segmented
	answer   guide.Answer
	key      string // of the connection that the ticks are about
	ticks    map[string]bool
	consent  *consent.Outcome
	progress []guide.Progress
}

// answers are those of the guide's question, in the order of the control.
var answers = []guide.Answer{guide.Unknown, guide.Yes, guide.No}

// paths are those of the switch in the header, in its order.
var paths = []guide.Path{guide.Modern, guide.Classic}

func newGuideList(w *Window) *guideList {
	g := &guideList{w: w, path: guide.Modern, ticks: map[string]bool{}}
	q := guide.Ask()
	choice := kit.NewSegmented(i18n.Said(q.Title), i18n.All([]text.Text{q.Unknown, q.Yes, q.No}), func(i int) {
		g.answer = answers[i]
		g.evaluate()
	})
	choice.Compact, choice.Foldable = true, true
	g.question = choice
	question := layout.Column(theme.Small, kit.NewText(i18n.Said(q.Title), kit.Style{Bold: true}), choice, kit.Caption(i18n.Said(q.Help)))
	list := layout.Column(0)
	for i := range guide.Steps(guide.Modern) {
		row := newStepRow(g, i)
		g.rows = append(g.rows, row)
		list.Add(row.fold)
	}
	g.object = layout.Column(theme.Small,
		layout.InsetSides(cardX, 0, cardX, theme.Small, question),
		layout.InsetSides(theme.Near, 0, theme.Near, theme.Near, list))
	return g
}

// choosePath shows the same steps the other way.
func (g *guideList) choosePath(p guide.Path) {
	g.path = p
	g.evaluate()
}

// evaluate asks anew where every step stands, and shows it.
func (g *guideList) evaluate() {
	known := guide.Known{Report: g.w.examination().Report, Ticks: g.ticks, SameTenant: g.answer, Consent: g.consent}
	g.progress = g.w.deps.Guide(known, g.path)
	g.keep(guide.Keep(g.ticks, g.progress))
	for i, row := range g.rows {
		row.show(g.progress[i])
	}
	g.w.answer.relayout()
}

// tick is a person's word for a step.
func (g *guideList) tick(id string, on bool) {
	ticks := map[string]bool{}
	for name, ticked := range g.ticks {
		ticks[name] = ticked
	}
	ticks[id] = on
	g.keep(ticks)
	g.evaluate()
}

// keep remembers the ticks, for this connection.
func (g *guideList) keep(ticks map[string]bool) {
	g.ticks = ticks
	g.w.session.RememberGuide(g.w.guideState())
}

// forget is another connection: its own ticks, and no consent yet.
func (g *guideList) forget() {
	g.key, g.consent = g.w.session.GuideKey(), nil
	if kept, ok := g.w.session.RememberedGuide(); ok {
		g.restore(kept)
	} else {
		g.start()
	}
	g.evaluate()
}

// follow looks whether the form has become another connection. What was ticked
// before there was one belongs to the first that is typed.
func (g *guideList) follow() {
	key, before := g.w.session.GuideKey(), g.key
	if key == before {
		return
	}
	g.key = key
	if kept, ok := g.w.session.RememberedGuide(); ok {
		g.restore(kept)
		g.consent = nil
	} else if before != "" {
		g.start()
		g.consent = nil
	}
	g.evaluate()
}

// summary is "3 of 8 done".
func (g *guideList) summary() string {
	done, all := 0, 0
	for _, p := range g.progress {
		if p.State == guide.NotNeeded {
			continue
		}
		all++
		if p.State == guide.Done || p.State == guide.Ticked {
			done++
		}
	}
	return i18n.F("{{.Done}} of {{.All}} done", i18n.V{"Done": done, "All": all})
}

// vars fill the guide's links from the newest examination, or else the form.
func (g *guideList) vars() catalog.Vars {
	if r := g.w.examination().Report; r != nil {
		return vars(r.Connection)
	}
	form := g.w.session.State().Form.Used()
	return catalog.Vars{"clientId": form.ClientID, "tenantId": form.Tenant, "environment": form.Environment}
}

// standing is how a step's state is shown: which mark, and which word.
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
		if p.Cause != "" && p.Step.ID == guide.Consent { // somebody else gave it
			return kit.Warned, i18n.L("Not needed, with a warning")
		}
		return kit.Skipped, i18n.L("Not needed")
	case guide.Unseen:
		return kit.Manual, i18n.L("Your turn")
	}
	return kit.Waiting, i18n.L("To do")
}
