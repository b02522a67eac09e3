package ui

import (
	"fyne.io/fyne/v2"

	"s2sdoctor/core/catalog"
	"s2sdoctor/core/exam"
	"s2sdoctor/ui/look"
	"s2sdoctor/ui/widgets"
	"s2sdoctor/ui/words"
)

// openExplain takes an error from anywhere and names its cause. It asks nobody.
func (w *Window) openExplain() {
	if w.deps.Explain == nil {
		return
	}
	text := widgets.NewTextEntry(words.L("What you see"), 6)
	text.SetPlaceHolder(words.L("An AADSTS error, a redirect address, a response, a log"))
	answer := widgets.Column(look.Near)
	var d *widgets.Dialog
	explain := func() {
		answer.Objects = []fyne.CanvasObject{explanation(w, text.Text)}
		d.Refresh()
	}
	body := widgets.Column(look.Space,
		widgets.NewText(words.L("Paste what you see, whole if you can. Nothing is sent anywhere."), widgets.Style{Color: look.Muted}),
		widgets.NewField(text, ""), answer)
	d = widgets.NewDialog(words.L("Paste what you see"), body,
		widgets.Action{Text: words.L("Close")}, widgets.Action{Text: words.L("Explain"), Default: true, Stay: true, Do: explain})
	d.Width = 680
	if clip := w.app.Clipboard().Content(); clip != "" && len(clip) < 64<<10 {
		if e := w.deps.Explain(clip); e.Cause != "" && e.Cause != catalog.Unknown {
			text.SetText(clip) // it is what they came with
			answer.Objects = []fyne.CanvasObject{explanation(w, clip)}
		}
	}
	d.Open(w.win.Canvas(), text)
}

// explanation is the cause of a text, as an answer of an examination would look.
func explanation(w *Window, text string) fyne.CanvasObject {
	e := w.deps.Explain(text).Translate(words.Say)
	c := exam.Result{ID: "explain", Status: exam.Fail, Cause: e.Cause, Summary: e.Summary, Fix: e.Fix, Owner: e.Owner, Links: e.Links, Evidence: e.Evidence, Alternatives: e.Alternatives}
	report := exam.Report{}
	if w.run.report != nil {
		report = *w.run.report
	}
	title, state := causeTitle(c, report), widgets.Failed
	switch e.Cause {
	case "":
		title, state = words.L("All is well here"), widgets.Passed
	case catalog.Unknown:
		title, state = words.L("Nothing in this text is known"), widgets.Manual
		if len(e.Alternatives) > 0 {
			title = words.L("Several causes fit this text")
		}
	}
	column := widgets.Column(look.Near,
		widgets.TopRow(look.Near, nil, widgets.NewMark(state, 22), widgets.NewText(title, widgets.Style{Size: look.SizeTitle, Bold: true, Fixed: true})),
		widgets.NewText(sentence(words.Said(e.Summary)), widgets.Style{}))
	if len(e.Fix) > 0 {
		column.Add(widgets.Row(look.Small, nil, heading(words.L("Do this next")), widgets.NewChip(e.Owner, widgets.Info)))
		column.Add(steps(words.All(e.Fix), true))
	}
	if also := catalog.Also(e.Alternatives); !also.Empty() {
		column.Add(widgets.NewText(words.Said(also), widgets.Style{Color: look.Muted}))
	}
	if ev := evidence(w, e.Evidence); ev != nil {
		column.Add(ev)
	}
	if e.Cause != "" {
		column.Add(actions(w, report, c, widgets.Compact))
	}
	return column
}
