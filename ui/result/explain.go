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

// OpenExplain opens a dialog that takes an error from anywhere and names its cause. It sends nothing.
func (s *Screen) OpenExplain(clipboard string) {
	text := kit.NewTextEntry(i18n.L("What you see"), 6)
	text.SetPlaceHolder(i18n.L("An AADSTS error, a redirect address, a response, a log"))
	answer := layout.Column(theme.Near)
	var d *kit.Dialog
	explain := func() {
		answer.Objects = []fyne.CanvasObject{explanation(s, text.Text)}
		d.Refresh()
	}
	body := layout.Column(theme.Space,
		kit.NewText(i18n.L("Paste what you see, whole if you can. Nothing is sent anywhere."), kit.Style{Color: theme.Muted}),
		kit.NewField(text, ""), answer)
	d = kit.NewDialog(i18n.L("Paste what you see"), body,
		kit.Action{Text: i18n.L("Close")}, kit.Action{Text: i18n.L("Explain"), Default: true, Stay: true, Do: explain})
	d.Width = 680
	if clip := s.commands.ToExplain(clipboard); clip != "" {
		text.SetText(clip) // the error that the user has copied
		answer.Objects = []fyne.CanvasObject{explanation(s, clip)}
	}
	d.Open(s.env.Canvas, text)
}

// explanation is the cause of a text, as an answer of an examination would look.
func explanation(s *Screen, text string) fyne.CanvasObject {
	explained := s.commands.Explain(text)
	e, report := explained.Result, explained.Report
	title, state := causeTitle(e, report), stateOf(e.Status)
	switch e.Status {
	case exam.Pass:
		title = i18n.L("All is well here")
	case exam.Manual:
		title = i18n.L("Nothing in this text is known")
		if len(e.Alternatives) > 0 {
			title = i18n.L("Several causes fit this text")
		}
	}
	column := layout.Column(theme.Near,
		layout.TopRow(theme.Near, nil, kit.NewStatusIcon(state, 22), kit.NewText(title, kit.Style{Size: theme.SizeTitle, Bold: true, Fixed: true})),
		kit.NewText(sentence(i18n.Text(e.Summary)), kit.Style{}))
	if len(e.Fix) > 0 {
		column.Add(layout.Row(theme.Small, nil, finding.Heading(i18n.L("Do this next")), kit.NewBadge(i18n.Text(e.Owner.Text()), kit.Info)))
		column.Add(finding.Steps(i18n.TextList(e.Fix), true))
	}
	if also := catalog.AlternativesText(e.Alternatives); !also.Empty() {
		column.Add(kit.NewText(i18n.Text(also), kit.Style{Color: theme.Muted}))
	}
	if ev := finding.Evidence(s.env.Env, e.Evidence); ev != nil {
		column.Add(ev)
	}
	if e.Cause != "" {
		column.Add(places(s, report, e, kit.Compact))
	}
	return column
}
