package ui

import (
	"fmt"

	"fyne.io/fyne/v2"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
	"github.com/s2sdoctor/s2sdoctor/ui/layout"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// failedCard names the first broken link: what it is, who mends it, and what to
// do next before anything else.
func failedCard(w *Window, r exam.Report, root exam.Result) fyne.CanvasObject {
	step := 1
	for i, c := range r.Checks {
		if c.ID == root.ID {
			step = i + 1
		}
	}
	band := headline(kit.Failed, causeTitle(root, r), sentence(i18n.Said(root.Summary)))

	body := layout.Column(theme.Space, nextStep(w, r, root))
	if why := meaning(root, r); why != "" {
		body.Add(layout.Column(theme.Tight, heading(i18n.L("Why it matters")), kit.NewText(why, kit.Style{Color: theme.Muted})))
	}
	if also := catalog.Also(root.Alternatives); !also.Empty() {
		body.Add(kit.NewText(i18n.Said(also), kit.Style{Color: theme.Muted}))
	}
	where := i18n.F("First broken link: check {{.Step}} of {{.All}}, “{{.Title}}”.", i18n.V{"Step": step, "All": len(r.Checks), "Title": i18n.Said(root.Title)})
	if !r.Complete {
		where += " " + i18n.L("The examination did not come to its end.")
	}
	body.Add(kit.Caption(where))
	body.Add(more(w, r, &root))
	return kit.NewBandCard(kit.Bad, band, cardBody(body))
}

// nextStep is what to do before anything else: who does it, the steps, and where
// they are taken. ways come first among those.
func nextStep(w *Window, r exam.Report, c exam.Result, ways ...fyne.CanvasObject) fyne.CanvasObject {
	return layout.Column(theme.Near,
		layout.Row(theme.Small, nil, heading(i18n.L("Do this next")), kit.NewBadge(i18n.Said(c.Owner.Text()), kit.Info)),
		steps(i18n.All(c.Fix), true),
		actions(w, r, c, kit.Normal, ways...))
}

// steps are the actions in their order. With lead the first stands out: it is
// the one to begin with.
func steps(fix []string, lead bool) fyne.CanvasObject {
	list := layout.Column(theme.Small)
	for i, text := range fix {
		style := kit.Style{Bold: lead && i == 0}
		number := kit.NewText(fmt.Sprintf("%d", i+1), kit.Style{Bold: true, Color: theme.Accent, Fixed: true})
		action := kit.NewText(text, style)
		list.Add(layout.TopRow(theme.Near, action, number, action))
	}
	return list
}

// actions are the places to go to, and the text for whoever has to go there when
// that is somebody else. ways come first.
func actions(w *Window, r exam.Report, c exam.Result, scale kit.Scale, ways ...fyne.CanvasObject) fyne.CanvasObject {
	row, further := layout.Flow(theme.Small, ways...), layout.Flow(theme.Tight)
	if c.ID == "inputs" {
		show := kit.NewButton(i18n.L("Show the field"), kit.Secondary, w.session.ShowProblem)
		show.Scale = scale
		row.Add(show)
	}
	for i, link := range c.Links {
		open := kit.NewButton(i18n.Said(link.Title), kit.Secondary, func() { w.open(link.URL) })
		open.Glyph, open.Trailing, open.Name, open.Scale = theme.Out, true, i18n.F("Open {{.What}}", i18n.V{"What": i18n.Said(link.Title)}), scale
		if i > 0 {
			open.Kind, open.Scale = kit.Quiet, kit.Compact
			further.Add(open)
			continue
		}
		row.Add(open)
	}
	if c.Owner != "" && c.Owner != catalog.OwnerWhoeverFillsInTheForm {
		hand := kit.NewCopyButton(w.desk, i18n.L("Copy for them"), i18n.F("the request for: {{.Who}}", i18n.V{"Who": i18n.Said(c.Owner.Text())}), func() string { return handover(c, r) })
		hand.Scale, hand.Kind = scale, kit.Secondary
		row.Add(hand.Button)
	}
	if len(further.Objects) == 0 {
		return row
	}
	// The words of the quiet buttons begin where everything else begins.
	return layout.Column(theme.Tight, row, layout.InsetSides(-theme.Small, 0, 0, 0, further))
}
