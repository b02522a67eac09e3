package exam

import (
	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// Translate gives the report in another language. What the services said stays as
// it is; so do codes, ids and names.
func (r Report) Translate(say catalog.Say) Report {
	checks := make([]Result, len(r.Checks))
	for i, c := range r.Checks {
		checks[i] = c.Translate(say)
	}
	r.Checks = checks
	return r
}

// Translate gives the result in another language.
func (r Result) Translate(say catalog.Say) Result {
	r.Title, r.Owner = say.One(r.Title), say.One(r.Owner)
	r.Summary = text.Raw(r.Summary.In(say))
	r.Fix, r.Links = say.Texts(r.Fix), say.Links(r.Links)
	r.Evidence = say.Evidence(r.Evidence)
	return r
}

// Translate gives the step in another language.
func (e Event) Translate(say catalog.Say) Event {
	e.Result, e.Note = e.Result.Translate(say), text.Raw(e.Note.In(say))
	return e
}
