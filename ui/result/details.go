package result

import (
	"strconv"

	"fyne.io/fyne/v2"

	"github.com/s2sdoctor/s2sdoctor/core/card"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/ui/finding"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
	"github.com/s2sdoctor/s2sdoctor/ui/layout"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// details returns the content of an open check: Seen, Why, Do.
func details(r *checkRow) fyne.CanvasObject {
	s, c := r.list.screen, r.result
	parts := layout.Column(theme.Near)
	switch {
	case c.Status == "" && r.state == kit.Running:
		parts.Add(kit.NewText(sentence(i18n.L("Under way.")+" "+r.note), kit.Style{Color: theme.Muted}))
	case c.Status == "":
		parts.Add(kit.NewText(i18n.L("Not examined yet."), kit.Style{Color: theme.Muted}))
	default:
		seen := layout.Column(theme.Small, finding.Heading(i18n.L("Seen")))
		if !c.Summary.Empty() {
			seen.Add(kit.NewText(sentence(i18n.Text(c.Summary)), kit.Style{}))
		}
		if e := finding.Evidence(s.env.Env, c.Evidence); e != nil {
			seen.Add(e)
		}
		parts.Add(seen)
	}
	if why := meaning(c, r.list.report); why != "" {
		parts.Add(layout.Column(theme.Tight, finding.Heading(i18n.L("Why it matters")), kit.NewText(why, kit.Style{})))
	}
	if len(c.Fix) > 0 {
		do := i18n.L("Do")
		if c.Owner != "" {
			do = i18n.F("Do: {{.Who}}", i18n.V{"Who": i18n.Text(c.Owner.Text())})
		}
		parts.Add(layout.Column(theme.Small, finding.Heading(do), finding.Steps(i18n.TextList(c.Fix), false)))
	}
	if len(c.Links) > 0 || c.Owner != "" {
		parts.Add(places(s, r.list.report, c, kit.Compact))
	}
	// It begins where the title begins, and ends before the next row.
	return layout.InsetSides(theme.Near+18+theme.Near, theme.Tight, theme.Wide, theme.Space, parts)
}

// more is at the foot of every answer: the evidence, the raw answers, the whole
// report to copy. root is the check that the answer is about; nil is all of it.
func more(s *Screen, r exam.Report, root *exam.Result) fyne.CanvasObject {
	column := layout.Column(0)
	fold := func(title string, inside func() fyne.CanvasObject) {
		f := kit.NewTextDisclosure(title, inside)
		f.OnToggle = func(bool) { s.relayout() }
		column.Add(f)
	}
	fold(i18n.L("Evidence"), func() fyne.CanvasObject { return finding.FoldBody(evidenceOf(s, r, root)) })
	if len(r.Exchanges) > 0 {
		fold(i18n.F("Raw answers ({{.N}})", i18n.V{"N": len(r.Exchanges)}), func() fyne.CanvasObject { return finding.FoldBody(rawAnswers(s, r)) })
	}
	report := kit.NewCopyButton(s.env.Env, i18n.L("Copy report"), i18n.L("the whole report"), func() string { return reportText(*s.drawn.Report) })
	report.Scale = kit.Normal
	buttons := layout.Flow(theme.Small, report.Button)
	if card.Needed(r) {
		buttons.Add(kit.NewButton(i18n.L("Card for the administrator…"), kit.Quiet, s.env.Card))
	}
	buttons.Add(kit.NewButton(i18n.L("Support report…"), kit.Quiet, s.env.Support))
	// The words begin where everything else in the card begins.
	folds := layout.InsetSides(-theme.Near, 0, -theme.Near, 0, column)
	return layout.Column(theme.Small, hair(), folds, layout.InsetSides(-10, 0, 0, 0, buttons))
}

// evidenceOf returns the evidence of the result.
func evidenceOf(s *Screen, r exam.Report, root *exam.Result) fyne.CanvasObject {
	list := layout.Column(theme.Hair)
	add := func(name, value string) {
		if value != "" {
			list.Add(kit.FactLine(s.env.Env, name, value, true))
		}
	}
	if root != nil {
		if e := finding.Evidence(s.env.Env, root.Evidence); e != nil {
			list.Add(e)
		}
		add(i18n.L("Cause"), string(root.Cause))
	}
	add(i18n.L("Environment"), r.Connection.Environment)
	add(i18n.L("Cloud"), r.Connection.Cloud)
	add(i18n.L("Tenant"), r.Connection.TenantID)
	add(i18n.L("Client"), r.Connection.ClientID)
	add(i18n.L("Credential"), i18n.Translate(r.Connection.Credential))
	add(i18n.L("Requests"), strconv.Itoa(r.Requests))
	add(i18n.L("Duration"), strconv.FormatInt(r.DurationMS, 10)+" ms")
	return list
}
