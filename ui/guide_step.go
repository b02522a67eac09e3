package ui

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/s2sdoctor/s2sdoctor/core/guide"
	"github.com/s2sdoctor/s2sdoctor/core/text"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
	"github.com/s2sdoctor/s2sdoctor/ui/layout"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// stepRow is one step of the guide: where it stands, and all there is to know.
type stepRow struct {
	list     *guideList
	fold     *kit.Disclosure
	mark     *kit.StatusIcon
	text     *kit.Text
	chip     *kit.Badge
	word     *kit.Text
	progress guide.Progress
}

func newStepRow(g *guideList, index int) *stepRow {
	r := &stepRow{list: g}
	r.mark = kit.NewStatusIcon(kit.Waiting, 18)
	r.text = kit.NewText("", kit.Style{})
	r.chip = kit.NewBadge("", kit.Neutral)
	r.word = kit.NewText("", kit.Style{Fixed: true, Size: theme.SizeCaption})
	r.fold = kit.NewDisclosure("", layout.ListLine(r.mark, r.text, r.chip, r.word), r.inside)
	r.fold.Copy = r.plain
	r.fold.OnCopy = func(text string) {
		g.w.deps.Copy(text)
		g.w.say(i18n.F("Copied: {{.What}}", i18n.V{"What": i18n.Said(r.progress.Step.Title)}), kit.Good)
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
	p.Step = p.Step.Fill(r.list.vars())
	r.progress = p
	state, word := standing(p)
	r.mark.Set(state)
	r.text.SetText(strconv.Itoa(p.Step.Number) + ". " + i18n.Said(p.Step.Title))
	ink := theme.Ink
	if p.State == guide.NotNeeded {
		ink = theme.Muted
	}
	r.text.SetColor(ink)
	r.word.SetText(word)
	r.word.SetColor(state.Color())
	if state == kit.Waiting {
		r.word.SetColor(theme.Muted)
	}
	owner := i18n.Said(p.Step.Who.Text())
	if p.State != guide.Broken && p.State != guide.Todo && p.State != guide.Unseen {
		owner = ""
	}
	tone := kit.Neutral
	if p.State == guide.Broken {
		tone = kit.Bad
	}
	r.chip.Set(owner, tone)
	r.fold.SetTone(tone)
	r.fold.Name = r.text.Text() + ": " + word
	r.fold.Forget()
}

func (r *stepRow) inside() fyne.CanvasObject {
	p, w := r.progress, r.list.w
	parts := layout.Column(theme.Near)
	section := func(title string, objects ...fyne.CanvasObject) {
		parts.Add(layout.Column(theme.Tight, append([]fyne.CanvasObject{heading(title)}, objects...)...))
	}
	paragraph := func(text string) fyne.CanvasObject { return kit.NewText(text, kit.Style{}) }
	if !p.Note.Empty() {
		parts.Add(paragraph(sentence(i18n.Said(p.Note))))
	}
	if p.Mistake != 0 {
		parts.Add(layout.TopRow(theme.Small, nil, kit.NewBadge(i18n.F("Mistake {{.N}} of the article", i18n.V{"N": p.Mistake}), kit.Bad)))
		parts.Add(paragraph(sentence(i18n.Said(guide.Mistake(p.Mistake)))))
	}
	if p.Result != nil && !p.Result.Summary.Empty() {
		section(i18n.L("Seen"), paragraph(sentence(i18n.Said(p.Result.Summary))))
	}
	if p.State == guide.Broken && p.Result != nil && len(p.Result.Fix) > 0 {
		section(i18n.F("To fix it: {{.Who}}", i18n.V{"Who": i18n.Said(p.Result.Owner.Text())}), steps(i18n.All(p.Result.Fix), true))
	} else {
		section(i18n.F("Do: {{.Who}}", i18n.V{"Who": i18n.Said(p.Step.Who.Text())}), steps(i18n.All(p.Step.What), false))
	}
	if !p.Step.Tick.Empty() {
		parts.Add(kit.NewCheckbox(i18n.Said(p.Step.Tick), r.list.ticks[p.Step.ID], func(on bool) { r.list.tick(p.Step.ID, on) }))
	}
	section(i18n.L("Why"), paragraph(i18n.Said(p.Step.Why)))
	if !p.Step.Since.Empty() {
		section(i18n.L("Since 2017"), paragraph(i18n.Said(p.Step.Since)))
	}
	buttons := layout.Flow(theme.Small)
	if p.Step.ID == guide.ConsentURL || p.Step.ID == guide.Consent {
		buttons.Add(kit.NewButton(i18n.L("Open consent page…"), kit.Secondary, w.openConsent))
	}
	if p.Step.ID == guide.WhoAmI {
		buttons.Add(kit.NewButton(i18n.L("Test connection"), kit.Secondary, w.session.Test))
	}
	for _, link := range p.Step.Links {
		open := kit.NewButton(i18n.Said(link.Title), kit.Quiet, func() { w.open(link.URL) })
		open.Glyph, open.Trailing, open.Scale, open.Name = theme.Out, true, kit.Compact, i18n.F("Open {{.What}}", i18n.V{"What": i18n.Said(link.Title)})
		buttons.Add(open)
	}
	hand := kit.NewCopyButton(w.desk, i18n.L("Copy for them"), i18n.F("this step for: {{.Who}}", i18n.V{"Who": i18n.Said(p.Step.Who.Text())}), r.plain)
	buttons.Add(hand.Button)
	parts.Add(layout.InsetSides(-theme.Small, 0, 0, 0, buttons))
	return layout.InsetSides(theme.Near+18+theme.Near, theme.Tight, theme.Wide, theme.Space, parts)
}

// plain is the step in words, for whoever has to do it.
func (r *stepRow) plain() string {
	var b strings.Builder
	s := r.progress.Step
	_, word := standing(r.progress)
	b.WriteString(r.text.Text() + " (" + word + ")\n")
	if s.Who != "" {
		b.WriteString(i18n.Said(text.F("For: %s", s.Who.Text())) + "\n")
	}
	for i, shown := range s.What {
		b.WriteString("  " + strconv.Itoa(i+1) + ". " + i18n.Said(shown) + "\n")
	}
	b.WriteString(i18n.F("Why: {{.Reason}}", i18n.V{"Reason": i18n.Said(s.Why)}) + "\n")
	for _, link := range s.Links {
		b.WriteString("  " + i18n.Said(link.Title) + ": " + link.URL + "\n")
	}
	return b.String()
}
