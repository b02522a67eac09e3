package guide

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/s2sdoctor/s2sdoctor/core/guide"
	"github.com/s2sdoctor/s2sdoctor/core/text"
	"github.com/s2sdoctor/s2sdoctor/ui/finding"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
	"github.com/s2sdoctor/s2sdoctor/ui/layout"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// stepRow is a step of the guide: its state, and all there is to know.
type stepRow struct {
	list     *List
	row      *finding.StepRow
	progress guide.Progress
}

func newStepRow(l *List) *stepRow {
	r := &stepRow{list: l}
	r.row = finding.NewStepRow(l.env, l.pane, kit.Style{}, nil, r.inside, r.plain)
	return r
}

func (r *stepRow) show(p guide.Progress) {
	r.progress = p
	state := finding.StepState{Number: p.Step.Number, Title: i18n.Text(p.Step.Title), Muted: p.State == guide.NotNeeded}
	state.Status, state.Word = standing(p)
	if p.State == guide.Broken || p.State == guide.Todo || p.State == guide.Unseen {
		state.Owner = i18n.Text(p.Step.Who.Text())
	}
	if p.State == guide.Broken {
		state.Tone = kit.Bad
	}
	r.row.Set(state)
}

func (r *stepRow) inside() fyne.CanvasObject {
	p := r.progress
	parts := layout.Column(theme.Near)
	section := func(title string, objects ...fyne.CanvasObject) {
		parts.Add(layout.Column(theme.Tight, append([]fyne.CanvasObject{finding.Heading(title)}, objects...)...))
	}
	paragraph := func(t text.Text) fyne.CanvasObject { return kit.NewText(i18n.Text(t), kit.Style{}) }
	if !p.Note.Empty() {
		parts.Add(paragraph(p.Note.Sentence()))
	}
	if p.Mistake != 0 {
		parts.Add(layout.TopRow(theme.Small, nil, kit.NewBadge(i18n.F("Mistake {{.N}} of the article", i18n.V{"N": p.Mistake}), kit.Bad)))
		parts.Add(paragraph(guide.Mistake(p.Mistake).Sentence()))
	}
	if p.Result != nil && !p.Result.Summary.Empty() {
		section(i18n.L("Seen"), paragraph(p.Result.Summary.Sentence()))
	}
	if p.State == guide.Broken && p.Result != nil && len(p.Result.Fix) > 0 {
		section(i18n.F("To fix it: {{.Who}}", i18n.V{"Who": i18n.Text(p.Result.Owner.Text())}), finding.Steps(i18n.TextList(p.Result.Fix), true))
	} else {
		section(i18n.F("Do: {{.Who}}", i18n.V{"Who": i18n.Text(p.Step.Who.Text())}), finding.Steps(i18n.TextList(p.Step.What), false))
	}
	if !p.Step.Tick.Empty() {
		tick := func(on bool) { r.list.commands.Tick(p.Step.ID, on) }
		parts.Add(kit.NewCheckbox(i18n.Text(p.Step.Tick), r.list.drawn.Ticks[p.Step.ID], tick))
	}
	section(i18n.L("Why"), paragraph(p.Step.Why))
	if !p.Step.Since.Empty() {
		section(i18n.L("Since 2017"), paragraph(p.Step.Since))
	}
	parts.Add(layout.InsetSides(-theme.Small, 0, 0, 0, r.buttons()))
	return finding.StepBody(theme.Wide, parts)
}

// buttons are the places to take the step.
func (r *stepRow) buttons() fyne.CanvasObject {
	step, buttons := r.progress.Step, layout.Flow(theme.Small)
	if step.ID == guide.ConsentURL || step.ID == guide.Consent {
		buttons.Add(kit.NewButton(i18n.L("Open consent page…"), kit.Secondary, r.list.commands.OpenConsent))
	}
	if step.ID == guide.WhoAmI {
		buttons.Add(kit.NewButton(i18n.L("Test connection"), kit.Secondary, r.list.commands.Test))
	}
	for _, link := range step.Links {
		open := kit.NewButton(i18n.Text(link.Title), kit.Quiet, func() { r.list.env.Open(link.URL) })
		open.Glyph, open.Trailing, open.Scale, open.Name = theme.Out, true, kit.Compact, i18n.F("Open {{.What}}", i18n.V{"What": i18n.Text(link.Title)})
		buttons.Add(open)
	}
	hand := kit.NewCopyButton(r.list.env, i18n.L("Copy for them"), i18n.F("this step for: {{.Who}}", i18n.V{"Who": i18n.Text(step.Who.Text())}), r.plain)
	buttons.Add(hand.Button)
	return buttons
}

// plain is the step in words, for the user who has to take it.
func (r *stepRow) plain() string {
	var b strings.Builder
	s := r.progress.Step
	_, word := standing(r.progress)
	b.WriteString(r.row.Title() + " (" + word + ")\n")
	if s.Who != "" {
		b.WriteString(i18n.Text(text.F("For: %s", s.Who.Text())) + "\n")
	}
	for i, shown := range s.What {
		b.WriteString("  " + strconv.Itoa(i+1) + ". " + i18n.Text(shown) + "\n")
	}
	b.WriteString(i18n.F("Why: {{.Reason}}", i18n.V{"Reason": i18n.Text(s.Why)}) + "\n")
	for _, link := range s.Links {
		b.WriteString("  " + i18n.Text(link.Title) + ": " + link.URL + "\n")
	}
	return b.String()
}
