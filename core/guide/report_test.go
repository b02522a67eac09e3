package guide

import (
	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// allChecks are the checks of the examination, in order.
var allChecks = []exam.CheckID{
	"inputs", "clock", "environment", "tenant", "token", "claims",
	"whoami", "whoami-soap", "appuser", "licence", "roles", "credential-expiry",
}

const guidText = "2015d711-8a4f-4d3c-9b2e-0f1a2b3c4d5e"

// healthy returns the report of a healthy connection.
func healthy() *exam.Report {
	r := &exam.Report{Version: 1, Healthy: true, Complete: true, WhoAmI: &exam.WhoAmI{UserID: guidText}}
	for _, id := range allChecks {
		r.Checks = append(r.Checks, exam.Result{ID: id, Title: text.Raw("Title of " + string(id)), Status: exam.Pass})
	}
	at(r, "credential-expiry").Status = exam.Manual
	at(r, "appuser").Evidence.Facts = []catalog.Fact{
		catalog.NewFact(catalog.FactApplicationID, guidText), catalog.NewFact(catalog.FactApplicationIDURI, guidText), catalog.NewFact(catalog.FactObjectID, guidText),
	}
	return r
}

func at(r *exam.Report, id exam.CheckID) *exam.Result {
	for i := range r.Checks {
		if r.Checks[i].ID == id {
			return &r.Checks[i]
		}
	}
	panic("no check " + string(id))
}

// change is a difference from the healthy report.
type change func(*exam.Report)

func reportOf(changes ...change) *exam.Report {
	r := healthy()
	for _, c := range changes {
		c(r)
	}
	return r
}

func fails(id exam.CheckID, cause catalog.Cause) change {
	return func(r *exam.Report) {
		c := at(r, id)
		c.Status, c.Cause = exam.Fail, cause
		r.Healthy, r.RootCause, r.WhoAmI = false, cause, nil
	}
}

func warns(id exam.CheckID, cause catalog.Cause) change {
	return func(r *exam.Report) { c := at(r, id); c.Status, c.Cause = exam.Warn, cause }
}

// skips skips checks and removes their evidence.
func skips(ids ...exam.CheckID) change {
	return func(r *exam.Report) {
		for _, id := range ids {
			c := at(r, id)
			c.Status, c.Evidence = exam.Skip, catalog.Evidence{}
		}
	}
}

func blank(name catalog.FactName) change {
	return func(r *exam.Report) {
		facts := at(r, "appuser").Evidence.Facts
		for i := range facts {
			if facts[i].Name == name {
				facts[i] = catalog.NewFact(name, "")
			}
		}
	}
}

// noToken ends the examination at Entra.
func noToken(cause catalog.Cause) change {
	return func(r *exam.Report) {
		fails("token", cause)(r)
		skips("claims", "whoami", "whoami-soap", "appuser", "licence", "roles")(r)
	}
}

// refused ends the examination at Dataverse.
func refused(cause catalog.Cause) change {
	return func(r *exam.Report) { fails("whoami", cause)(r); fails("whoami-soap", cause)(r) }
}
