package guide

import "github.com/s2sdoctor/s2sdoctor/core/catalog"

// Translate gives the step in another language. Do it before [Step.Fill].
func (s Step) Translate(say catalog.Say) Step {
	s.Title, s.Who, s.Why, s.Since, s.Tick = say.One(s.Title), say.One(s.Who), say.One(s.Why), say.One(s.Since), say.One(s.Tick)
	s.What, s.Links = say.All(s.What), say.Links(s.Links)
	return s
}

// Translate gives the question in another language.
func (q Question) Translate(say catalog.Say) Question {
	q.Title, q.Help = say.One(q.Title), say.One(q.Help)
	q.Yes, q.No, q.Unknown = say.One(q.Yes), say.One(q.No), say.One(q.Unknown)
	return q
}
