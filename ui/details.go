package ui

import (
	"strconv"

	"fyne.io/fyne/v2"

	"s2sdoctor/core/catalog"
	"s2sdoctor/core/exam"
	"s2sdoctor/core/prose"
	"s2sdoctor/ui/look"
	"s2sdoctor/ui/widgets"
	"s2sdoctor/ui/words"
)

// details is what a check opens to: Seen, Why, Do.
func details(r *checkRow) fyne.CanvasObject {
	w, c := r.list.w, r.result
	parts := widgets.Column(look.Near)
	switch {
	case c.Status == "" && r.state == widgets.Running:
		parts.Add(widgets.NewText(sentence(words.L("Under way.")+" "+r.note), widgets.Style{Color: look.Muted}))
	case c.Status == "":
		parts.Add(widgets.NewText(words.L("Not examined yet."), widgets.Style{Color: look.Muted}))
	default:
		seen := widgets.Column(look.Small, heading(words.L("Seen")))
		if !c.Summary.Empty() {
			seen.Add(widgets.NewText(sentence(words.Said(c.Summary)), widgets.Style{}))
		}
		if e := evidence(w, c.Evidence); e != nil {
			seen.Add(e)
		}
		parts.Add(seen)
	}
	if why := meaning(c, r.list.report); why != "" {
		parts.Add(widgets.Column(look.Tight, heading(words.L("Why it matters")), widgets.NewText(why, widgets.Style{})))
	}
	if len(c.Fix) > 0 {
		do := words.L("Do")
		if c.Owner != "" {
			do = words.F("Do: {{.Who}}", words.V{"Who": c.Owner})
		}
		parts.Add(widgets.Column(look.Small, heading(do), steps(words.All(c.Fix), false)))
	}
	if len(c.Links) > 0 || c.Owner != "" {
		parts.Add(actions(w, r.list.report, c, widgets.Compact))
	}
	// It begins where the title begins, and ends before the next row.
	return widgets.InsetSides(look.Near+18+look.Near, look.Tight, look.Wide, look.Space, parts)
}

// evidence lists what was seen, each with a button to copy it; nil when there is
// nothing.
func evidence(w *Window, e catalog.Evidence) fyne.CanvasObject {
	list := widgets.Column(look.Hair)
	for _, f := range facts(e) {
		list.Add(widgets.FactLine(w.desk, words.Said(f.name), words.Said(f.value), f.machine))
	}
	if e.Message != "" {
		list.Add(widgets.InsetSides(0, look.Tight, 0, 0, widgets.NewQuote(e.Message)))
	}
	if len(list.Objects) == 0 {
		return nil
	}
	return list
}

// fact is one line of evidence; what belongs to machines is set in equal letters.
type fact struct {
	name, value prose.Text
	machine     bool
}

// facts are what was seen, in the order to read: what decides first.
func facts(e catalog.Evidence) []fact {
	var all []fact
	for _, f := range e.Facts {
		if !f.Value.Empty() {
			all = append(all, fact{prose.Of(f.Name), f.Value, false})
		}
	}
	add := func(name prose.Text, value string) {
		if value != "" && value != "0" {
			all = append(all, fact{name, prose.Raw(value), true})
		}
	}
	add(prose.F("Code"), e.Code)
	add(prose.F("Error"), e.Error)
	add(prose.F("HTTP status"), strconv.Itoa(e.HTTPStatus))
	if e.RecognisedBy != e.Code {
		add(prose.F("Recognised by"), e.RecognisedBy)
	}
	add(prose.F("Request ID"), e.RequestID)
	add(prose.F("Correlation ID"), e.CorrelationID)
	add(prose.F("Trace ID"), e.TraceID)
	add(prose.F("Time"), e.Timestamp)
	return all
}

// more is at the foot of every answer: the evidence, the raw answers, the whole
// report to copy. root is the check that the answer is about; nil is all of it.
func more(w *Window, r exam.Report, root *exam.Result) fyne.CanvasObject {
	column := widgets.Column(0)
	fold := func(title string, inside func() fyne.CanvasObject) {
		f := widgets.Disclosure(title, inside)
		f.OnToggle = func(bool) { w.answer.relayout() }
		column.Add(f)
	}
	fold(words.L("Evidence"), func() fyne.CanvasObject { return foldBody(evidenceOf(w, r, root)) })
	if len(r.Exchanges) > 0 {
		fold(words.F("Raw answers ({{.N}})", words.V{"N": len(r.Exchanges)}), func() fyne.CanvasObject { return foldBody(rawAnswers(w, r)) })
	}
	report := widgets.NewCopyButton(w.desk, words.L("Copy report"), words.L("the whole report"), func() string { return reportText(*w.run.report) })
	report.Scale = widgets.Normal
	// The words begin where everything else in the card begins.
	folds := widgets.InsetSides(-look.Near, 0, -look.Near, 0, column)
	return widgets.Column(look.Small, hair(), folds, widgets.InsetSides(-10, 0, 0, 0, widgets.Flow(look.Small, report.Button)))
}

func foldBody(o fyne.CanvasObject) fyne.CanvasObject {
	return widgets.InsetSides(look.Near, look.Tight, look.Near, look.Near, o)
}

// evidenceOf is what the answer rests on.
func evidenceOf(w *Window, r exam.Report, root *exam.Result) fyne.CanvasObject {
	list := widgets.Column(look.Hair)
	add := func(name, value string) {
		if value != "" {
			list.Add(widgets.FactLine(w.desk, name, value, true))
		}
	}
	if root != nil {
		if e := evidence(w, root.Evidence); e != nil {
			list.Add(e)
		}
		add(words.L("Cause"), root.Cause)
	}
	add(words.L("Environment"), r.Connection.Environment)
	add(words.L("Cloud"), r.Connection.Cloud)
	add(words.L("Tenant"), r.Connection.TenantID)
	add(words.L("Client"), r.Connection.ClientID)
	add(words.L("Credential"), words.Say(r.Connection.Credential))
	add(words.L("Requests"), strconv.Itoa(r.Requests))
	add(words.L("Duration"), strconv.FormatInt(r.DurationMS, 10)+" ms")
	return list
}
