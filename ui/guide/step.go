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
	fold     *kit.Disclosure
	mark     *kit.StatusIcon
	text     *kit.Text
	chip     *kit.Badge
	word     *kit.Text
	progress guide.Progress
}

func newStepRow(l *List, index int) *stepRow {
	r := &stepRow{list: l}
	r.mark = kit.NewStatusIcon(kit.Waiting, 18)
	r.text = kit.NewText("", kit.Style{})
	r.chip = kit.NewBadge("", kit.Neutral)
	r.word = kit.NewText("", kit.Style{Fixed: true, Size: theme.SizeCaption})
	r.fold = kit.NewDisclosure("", layout.ListLine(r.mark, r.text, r.chip, r.word), r.inside)
	r.fold.Copy = r.plain
	r.fold.OnCopy = func(text string) {
		l.env.Copy(text)
		l.pane.Copied(i18n.Text(r.progress.Step.Title))
	}
	r.fold.OnMove = func(step int) {
		if next := index + step; next >= 0 && next < len(l.rows) {
			l.rows[next].fold.Focus()
		}
	}
	r.fold.OnToggle = func(open bool) {
		l.pane.Relayout()
		if open {
			l.pane.Reveal(r.fold)
		}
	}
	return r
}

func (r *stepRow) show(p guide.Progress) {
	r.progress = p
	state, word := standing(p)
	r.mark.Set(state)
	r.text.SetText(strconv.Itoa(p.Step.Number) + ". " + i18n.Text(p.Step.Title))
	ink := theme.Ink
	if p.State == guide.NotNeeded {
		ink = theme.Muted
	}
	r.text.SetColor(ink)
	setWord(r.word, state, word)
	owner := i18n.Text(p.Step.Who.Text())
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

// setWord shows a state's word in the colour of its icon, as far as that can be read.
func setWord(t *kit.Text, state kit.Status, word string) {
	t.SetText(word)
	t.SetColor(state.Color())
	if state == kit.Waiting {
		t.SetColor(theme.Muted)
	}
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
	return layout.InsetSides(theme.Near+18+theme.Near, theme.Tight, theme.Wide, theme.Space, parts)
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
	b.WriteString(r.text.Text() + " (" + word + ")\n")
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
