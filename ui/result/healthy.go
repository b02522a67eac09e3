package result

import (
	"fyne.io/fyne/v2"

	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/text"
	"github.com/s2sdoctor/s2sdoctor/ui/finding"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
	"github.com/s2sdoctor/s2sdoctor/ui/layout"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// healthyCard is the goal: WhoAmI.
func healthyCard(s *Screen, r exam.Report) fyne.CanvasObject {
	who := r.WhoAmI
	ids := layout.Column(theme.Tight)
	for _, f := range []struct{ name, value string }{
		{"UserId", who.UserID}, {"BusinessUnitId", who.BusinessUnitID}, {"OrganizationId", who.OrganizationID},
	} {
		ids.Add(kit.FactLine(s.env.Env, f.name, f.value, true))
	}
	body := layout.Column(theme.Space)
	tone, state := kit.Good, kit.Passed
	if len(r.Warnings) > 0 {
		body.Add(warnings(s, r))
		body.Add(hair())
	}
	body.Add(layout.Column(theme.Small, finding.Heading("WhoAmI"), ids))
	body.Add(more(s, r, nil))
	return kit.NewBandCard(tone, finding.Headline(state, i18n.L("Connected"), i18n.Text(whoText(*who))), finding.CardBody(body))
}

// whoText returns the user that the application is for Dataverse, as far as that could be
// read.
func whoText(who exam.WhoAmI) text.Text {
	user, organization := who.UserName, who.OrganizationName
	switch {
	case user != "" && organization != "":
		return text.F("Dataverse knows this application as %s, in %s.", user, organization)
	case user != "":
		return text.F("Dataverse knows this application as %s.", user)
	case organization != "":
		return text.F("Dataverse knows this application, in %s.", organization)
	}
	return text.F("Dataverse knows this application.")
}

// warnings are what works and should still be put right.
func warnings(s *Screen, r exam.Report) fyne.CanvasObject {
	title := i18n.N("It works. One thing should be corrected:", "It works. {{.N}} things should be corrected:", len(r.Warnings))
	list := layout.Column(theme.Tight)
	for _, c := range r.Checks {
		if c.Status != exam.Warn {
			continue
		}
		text := kit.NewText(causeTitle(c, r), kit.Style{})
		show := kit.NewButton(i18n.L("Show"), kit.Quiet, func() { s.checks.reveal(c.ID) })
		show.Scale, show.Name = kit.Compact, i18n.F("Show: {{.What}}", i18n.V{"What": text.Text()})
		list.Add(layout.Row(theme.Near, text, kit.NewStatusIcon(kit.Warned, 18), text, show))
	}
	return layout.Column(theme.Small, kit.NewText(title, kit.Style{Bold: true}), list)
}

// causeTitle returns the title of a result's cause, or "".
func causeTitle(c exam.Result, r exam.Report) string { return i18n.Text(r.Connection.CauseTitle(c)) }

func meaning(c exam.Result, r exam.Report) string { return i18n.Text(r.Connection.CauseMeaning(c)) }
