package ui

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"s2sdoctor/core/guide"
	"s2sdoctor/core/prose"
	"s2sdoctor/ui/look"
	"s2sdoctor/ui/widgets"
	"s2sdoctor/ui/words"
)

// stepRow is one step of the guide: where it stands, and all there is to know.
type stepRow struct {
	list     *guideList
	fold     *widgets.Fold
	mark     *widgets.Mark
	text     *widgets.Text
	chip     *widgets.Chip
	word     *widgets.Text
	progress guide.Progress
}

func newStepRow(g *guideList, index int) *stepRow {
	r := &stepRow{list: g}
	r.mark = widgets.NewMark(widgets.Waiting, 18)
	r.text = widgets.NewText("", widgets.Style{})
	r.chip = widgets.NewChip("", widgets.Neutral)
	r.word = widgets.NewText("", widgets.Style{Fixed: true, Size: look.SizeCaption})
	r.fold = widgets.NewFold("", widgets.Line(r.mark, r.text, r.chip, r.word), r.inside)
	r.fold.Copy = r.plain
	r.fold.OnCopy = func(text string) {
		g.w.deps.Copy(text)
		g.w.say(words.F("Copied: {{.What}}", words.V{"What": r.progress.Step.Title}), widgets.Good)
	}
	r.fold.OnMove = func(step int) {
		if next := index + step; next >= 0 && next < len(g.rows) {
			g.rows[next].fold.Focus()
		}
	}
	r.fold.OnToggle = func(open bool) {
		g.w.answer.relayout()
		if open {
			g.w.answer.object.Reveal(r.fold)
		}
	}
	return r
}

func (r *stepRow) show(p guide.Progress) {
	p.Step = p.Step.Translate(words.Say).Fill(r.list.vars().In(words.Say))
	r.progress = p
	state, word := standing(p)
	r.mark.Set(state)
	r.text.SetText(strconv.Itoa(p.Step.Number) + ". " + p.Step.Title)
	ink := look.Ink
	if p.State == guide.NotNeeded {
		ink = look.Muted
	}
	r.text.SetColor(ink)
	r.word.SetText(word)
	r.word.SetColor(state.Color())
	if state == widgets.Waiting {
		r.word.SetColor(look.Muted)
	}
	owner := p.Step.Who
	if p.State != guide.Broken && p.State != guide.Todo && p.State != guide.Unseen {
		owner = ""
	}
	tone := widgets.Neutral
	if p.State == guide.Broken {
		tone = widgets.Bad
	}
	r.chip.Set(owner, tone)
	r.fold.SetTone(tone)
	r.fold.Name = r.text.Text() + ": " + word
	r.fold.Forget()
}

func (r *stepRow) inside() fyne.CanvasObject {
	p, w := r.progress, r.list.w
	parts := widgets.Column(look.Near)
	section := func(title string, objects ...fyne.CanvasObject) {
		parts.Add(widgets.Column(look.Tight, append([]fyne.CanvasObject{heading(title)}, objects...)...))
	}
	paragraph := func(text string) fyne.CanvasObject { return widgets.NewText(text, widgets.Style{}) }
	if p.Note != "" {
		parts.Add(paragraph(sentence(p.Note)))
	}
	if p.Mistake != 0 {
		parts.Add(widgets.TopRow(look.Small, nil, widgets.NewChip(words.F("Mistake {{.N}} of the article", words.V{"N": p.Mistake}), widgets.Bad)))
		parts.Add(paragraph(sentence(words.Say(guide.Mistake(p.Mistake)))))
	}
	if p.Result != nil && !p.Result.Summary.Empty() {
		section(words.L("Seen"), paragraph(sentence(words.Said(p.Result.Summary))))
	}
	if p.State == guide.Broken && p.Result != nil && len(p.Result.Fix) > 0 {
		section(words.F("To fix it: {{.Who}}", words.V{"Who": words.Say(p.Result.Owner)}), steps(words.All(p.Result.Fix), true))
	} else {
		section(words.F("Do: {{.Who}}", words.V{"Who": p.Step.Who}), steps(p.Step.What, false))
	}
	if p.Step.Tick != "" {
		parts.Add(widgets.NewTick(p.Step.Tick, r.list.ticks[p.Step.ID], func(on bool) { r.list.tick(p.Step.ID, on) }))
	}
	section(words.L("Why"), paragraph(p.Step.Why))
	if p.Step.Since != "" {
		section(words.L("Since 2017"), paragraph(p.Step.Since))
	}
	buttons := widgets.Flow(look.Small)
	if p.Step.ID == guide.ConsentURL || p.Step.ID == guide.Consent {
		buttons.Add(widgets.NewButton(words.L("Open consent page…"), widgets.Secondary, w.openConsent))
	}
	if p.Step.ID == guide.WhoAmI {
		buttons.Add(widgets.NewButton(words.L("Test connection"), widgets.Secondary, w.test))
	}
	for _, link := range p.Step.Links {
		open := widgets.NewButton(words.Said(link.Title), widgets.Quiet, func() { w.open(link.URL) })
		open.Glyph, open.Trailing, open.Scale, open.Name = look.Out, true, widgets.Compact, words.F("Open {{.What}}", words.V{"What": words.Said(link.Title)})
		buttons.Add(open)
	}
	hand := widgets.NewCopyButton(w.desk, words.L("Copy for them"), words.F("this step for: {{.Who}}", words.V{"Who": p.Step.Who}), r.plain)
	buttons.Add(hand.Button)
	parts.Add(widgets.InsetSides(-look.Small, 0, 0, 0, buttons))
	return widgets.InsetSides(look.Near+18+look.Near, look.Tight, look.Wide, look.Space, parts)
}

// plain is the step in words, for whoever has to do it.
func (r *stepRow) plain() string {
	var b strings.Builder
	s := r.progress.Step
	_, word := standing(r.progress)
	b.WriteString(r.text.Text() + " (" + word + ")\n")
	if s.Who != "" {
		b.WriteString(words.Said(prose.F("For: %s", s.Who)) + "\n")
	}
	for i, text := range s.What {
		b.WriteString("  " + strconv.Itoa(i+1) + ". " + text + "\n")
	}
	b.WriteString(words.F("Why: {{.Reason}}", words.V{"Reason": s.Why}) + "\n")
	for _, link := range s.Links {
		b.WriteString("  " + words.Said(link.Title) + ": " + link.URL + "\n")
	}
	return b.String()
}
