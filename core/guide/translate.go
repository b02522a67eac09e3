package guide

import "s2sdoctor/core/catalog"

// Translate gives the step in another language. Do it before [Step.Fill].
func (s Step) Translate(say catalog.Say) Step {
	s.Title, s.Who, s.Why, s.Since, s.Tick = say.One(s.Title), say.One(s.Who), say.One(s.Why), say.One(s.Since), say.One(s.Tick)
	s.What, s.Links = say.All(s.What), say.Links(s.Links)
	return s
}
