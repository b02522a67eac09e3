package ui

import (
	"fmt"

	"fyne.io/fyne/v2"

	"s2sdoctor/core/catalog"
	"s2sdoctor/core/exam"
	"s2sdoctor/ui/look"
	"s2sdoctor/ui/widgets"
	"s2sdoctor/ui/words"
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
	band := headline(widgets.Failed, causeTitle(root, r), sentence(words.Said(root.Summary)))

	body := widgets.Column(look.Space, nextStep(w, r, root))
	if why := meaning(root, r); why != "" {
		body.Add(widgets.Column(look.Tight, heading(words.L("Why it matters")), widgets.NewText(why, widgets.Style{Color: look.Muted})))
	}
	if also := catalog.Also(root.Alternatives); !also.Empty() {
		body.Add(widgets.NewText(words.Said(also), widgets.Style{Color: look.Muted}))
	}
	where := words.F("First broken link: check {{.Step}} of {{.All}}, “{{.Title}}”.", words.V{"Step": step, "All": len(r.Checks), "Title": root.Title})
	if !r.Complete {
		where += " " + words.L("The examination did not come to its end.")
	}
	body.Add(widgets.Caption(where))
	body.Add(more(w, r, &root))
	return widgets.NewBandCard(widgets.Bad, band, cardBody(body))
}

// nextStep is what to do before anything else: who does it, the steps, and where
// they are taken. ways come first among those.
func nextStep(w *Window, r exam.Report, c exam.Result, ways ...fyne.CanvasObject) fyne.CanvasObject {
	return widgets.Column(look.Near,
		widgets.Row(look.Small, nil, heading(words.L("Do this next")), widgets.NewChip(c.Owner, widgets.Info)),
		steps(words.All(c.Fix), true),
		actions(w, r, c, widgets.Normal, ways...))
}

// steps are the actions in their order. With lead the first stands out: it is
// the one to begin with.
func steps(fix []string, lead bool) fyne.CanvasObject {
	list := widgets.Column(look.Small)
	for i, text := range fix {
		style := widgets.Style{Bold: lead && i == 0}
		number := widgets.NewText(fmt.Sprintf("%d", i+1), widgets.Style{Bold: true, Color: look.Accent, Fixed: true})
		action := widgets.NewText(text, style)
		list.Add(widgets.TopRow(look.Near, action, number, action))
	}
	return list
}

// actions are the places to go to, and the text for whoever has to go there when
// that is somebody else. ways come first.
func actions(w *Window, r exam.Report, c exam.Result, scale widgets.Scale, ways ...fyne.CanvasObject) fyne.CanvasObject {
	row, further := widgets.Flow(look.Small, ways...), widgets.Flow(look.Tight)
	if c.ID == "inputs" {
		show := widgets.NewButton(words.L("Show the field"), widgets.Secondary, w.form.firstProblem)
		show.Scale = scale
		row.Add(show)
	}
	for i, link := range c.Links {
		open := widgets.NewButton(words.Said(link.Title), widgets.Secondary, func() { w.open(link.URL) })
		open.Glyph, open.Trailing, open.Name, open.Scale = look.Out, true, words.F("Open {{.What}}", words.V{"What": words.Said(link.Title)}), scale
		if i > 0 {
			open.Kind, open.Scale = widgets.Quiet, widgets.Compact
			further.Add(open)
			continue
		}
		row.Add(open)
	}
	if c.Owner != "" && !yours(c.Owner) {
		hand := widgets.NewCopyButton(w.desk, words.L("Copy for them"), words.F("the request for: {{.Who}}", words.V{"Who": c.Owner}), func() string { return handover(c, r) })
		hand.Scale, hand.Kind = scale, widgets.Secondary
		row.Add(hand.Button)
	}
	if len(further.Objects) == 0 {
		return row
	}
	// The words of the quiet buttons begin where everything else begins.
	return widgets.Column(look.Tight, row, widgets.InsetSides(-look.Small, 0, 0, 0, further))
}

// yours tells whether the owner is the person at this window.
func yours(owner string) bool { return owner == words.L("Whoever fills in the form") }
