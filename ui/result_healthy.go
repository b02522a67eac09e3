package ui

import (
	"fyne.io/fyne/v2"

	"s2sdoctor/core/catalog"
	"s2sdoctor/core/exam"
	"s2sdoctor/core/prose"
	"s2sdoctor/ui/look"
	"s2sdoctor/ui/widgets"
	"s2sdoctor/ui/words"
)

// healthyCard is the goal: WhoAmI.
func healthyCard(w *Window, r exam.Report) fyne.CanvasObject {
	who := r.WhoAmI
	ids := widgets.Column(look.Tight)
	for _, f := range []struct{ name, value string }{
		{"UserId", who.UserID}, {"BusinessUnitId", who.BusinessUnitID}, {"OrganizationId", who.OrganizationID},
	} {
		ids.Add(widgets.FactLine(w.desk, f.name, f.value, true))
	}
	body := widgets.Column(look.Space)
	tone, state := widgets.Good, widgets.Passed
	if len(r.Warnings) > 0 {
		body.Add(warnings(w, r))
		body.Add(hair())
	}
	body.Add(widgets.Column(look.Small, heading("WhoAmI"), ids))
	body.Add(more(w, r, nil))
	return widgets.NewBandCard(tone, headline(state, words.L("Connected"), words.Said(whoText(*who))), cardBody(body))
}

// whoText says as whom Dataverse knows the application, as far as that could be
// read.
func whoText(who exam.WhoAmI) prose.Text {
	user, organization := who.UserName, who.OrganizationName
	switch {
	case user != "" && organization != "":
		return prose.F("Dataverse knows this application as %s, in %s.", user, organization)
	case user != "":
		return prose.F("Dataverse knows this application as %s.", user)
	case organization != "":
		return prose.F("Dataverse knows this application, in %s.", organization)
	}
	return prose.F("Dataverse knows this application.")
}

// warnings are what works and should still be put right.
func warnings(w *Window, r exam.Report) fyne.CanvasObject {
	title := words.N("It works. One thing should be corrected:", "It works. {{.N}} things should be corrected:", len(r.Warnings))
	list := widgets.Column(look.Tight)
	for _, c := range r.Checks {
		if c.Status != exam.Warn {
			continue
		}
		text := widgets.NewText(causeTitle(c, r), widgets.Style{})
		show := widgets.NewButton(words.L("Show"), widgets.Quiet, func() { w.answer.checks.reveal(c.ID) })
		show.Scale, show.Name = widgets.Compact, words.F("Show: {{.What}}", words.V{"What": text.Text()})
		list.Add(widgets.Row(look.Near, text, widgets.NewMark(widgets.Warned, 18), text, show))
	}
	return widgets.Column(look.Small, widgets.NewText(title, widgets.Style{Bold: true}), list)
}

// vars fill the catalogue's texts with what the examination found.
func vars(s exam.Subject) catalog.Vars {
	v := catalog.Vars{"clientId": s.ClientID, "tenantId": s.TenantID, "environment": s.Environment}
	if c, ok := cloudNamed(s.Cloud); ok {
		v["portal"], v["admin"], v["login"] = c.Portal, c.Admin, c.Login
	}
	return v
}

// causeTitle is the catalogue's name of what is wrong; where it has none, the
// check says what is not so.
func causeTitle(c exam.Result, r exam.Report) string { return words.Said(causeText(c, r)) }

func causeText(c exam.Result, r exam.Report) prose.Text {
	if e, ok := catalog.Lookup(c.Cause); ok && c.Cause != catalog.Unknown {
		return vars(r.Connection).Text(e.Title)
	}
	return prose.F("Not so: %s", prose.Of(c.Title))
}

// meaning is why that breaks the connection; "" where the catalogue has no word.
func meaning(c exam.Result, r exam.Report) string { return words.Said(meaningText(c, r)) }

func meaningText(c exam.Result, r exam.Report) prose.Text {
	e, ok := catalog.Lookup(c.Cause)
	if !ok {
		return prose.Text{}
	}
	return vars(r.Connection).Text(e.Meaning)
}
