package result

import (
	"fyne.io/fyne/v2"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/ui/finding"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
	"github.com/s2sdoctor/s2sdoctor/ui/layout"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// failedCard names the first broken link: what it is, who can fix it, and what to
// do next before anything else.
func failedCard(s *Screen, r exam.Report, root exam.Result) fyne.CanvasObject {
	step := 1
	for i, c := range r.Checks {
		if c.ID == root.ID {
			step = i + 1
		}
	}
	band := finding.Headline(kit.Failed, causeTitle(root, r), sentence(i18n.Text(root.Summary)))

	body := layout.Column(theme.Space, nextStep(s, r, root))
	if again := watchButton(s, r); again != nil {
		body.Add(again)
	}
	if why := meaning(root, r); why != "" {
		body.Add(layout.Column(theme.Tight, finding.Heading(i18n.L("Why it matters")), kit.NewText(why, kit.Style{Color: theme.Muted})))
	}
	if also := catalog.AlternativesText(root.Alternatives); !also.Empty() {
		body.Add(kit.NewText(i18n.Text(also), kit.Style{Color: theme.Muted}))
	}
	where := i18n.F("First broken link: check {{.Step}} of {{.All}}, “{{.Title}}”.", i18n.V{"Step": step, "All": len(r.Checks), "Title": i18n.Text(root.Title)})
	if !r.Complete {
		where += " " + i18n.L("The examination did not come to its end.")
	}
	body.Add(kit.Caption(where))
	body.Add(more(s, r, &root))
	return kit.NewBandCard(kit.Bad, band, finding.CardBody(body))
}

// nextStep returns the next action.
func nextStep(s *Screen, r exam.Report, c exam.Result) fyne.CanvasObject {
	return finding.NextStep(s.env.Env, c, func() string { return Request(c, r) }, showField(s, c, kit.Normal)...)
}

// places are the buttons below a result's steps.
func places(s *Screen, r exam.Report, c exam.Result, scale kit.Scale) fyne.CanvasObject {
	return finding.Places(s.env.Env, c, scale, func() string { return Request(c, r) }, showField(s, c, scale)...)
}

// showField is the button to the field that a check of the form is about.
func showField(s *Screen, c exam.Result, scale kit.Scale) []fyne.CanvasObject {
	if c.ID != exam.CheckInputs {
		return nil
	}
	show := kit.NewButton(i18n.L("Show the field"), kit.Secondary, s.commands.ShowProblem)
	show.Scale = scale
	return []fyne.CanvasObject{show}
}
