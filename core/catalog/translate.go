package catalog

import "github.com/s2sdoctor/s2sdoctor/core/text"

// Say gives a text in another language, placeholders and all, or the text itself
// where it has none. nil leaves everything in English.
type Say func(english string) string

// One says one text.
func (s Say) One(english string) string {
	if s == nil || english == "" {
		return english
	}
	return s(english)
}

// All says a list of texts; the list that came in stays as it is.
func (s Say) All(english []string) []string {
	out := make([]string, len(english))
	for i, text := range english {
		out[i] = s.One(text)
	}
	return out
}

// Links says the titles of links.
func (s Say) Links(links []Link) []Link {
	out := make([]Link, len(links))
	for i, l := range links {
		out[i] = Link{Title: text.Raw(l.Title.In(s)), URL: l.URL}
	}
	return out
}

// Evidence says the names of facts, and their values as far as they are ours.
// What a service said stays.
func (s Say) Evidence(e Evidence) Evidence {
	if e.Message == pageInstead.String() {
		e.Message = pageInstead.In(s)
	}
	facts := make([]Fact, len(e.Facts))
	for i, f := range e.Facts {
		facts[i] = Seen(s.One(f.Name), f.Value.In(s))
	}
	e.Facts = facts
	return e
}

// Texts says a list of texts.
func (s Say) Texts(texts []text.Text) []text.Text {
	out := make([]text.Text, len(texts))
	for i, t := range texts {
		out[i] = text.Raw(t.In(s))
	}
	return out
}

// Translate gives the entry in another language. Do it before [Entry.Fill]: a
// text is known by its placeholders, not by what stands in them.
func (e Entry) Translate(say Say) Entry {
	e.Title, e.Meaning, e.Owner = say.One(e.Title), say.One(e.Meaning), say.One(e.Owner)
	e.Fix, e.Links = say.All(e.Fix), say.Links(e.Links)
	return e
}
