// Package explain names the cause in a text that somebody pasted: an error, the
// address that a browser ended on, an answer, an exception, a log.
//
// It promises to ask nobody, to let no secret of the text through, to answer
// whatever it is given, and to call unknown what it does not know.
package explain

import (
	"strings"

	"s2sdoctor/core/catalog"
)

// Explanation is what is known about a text, as the contract's JSON has it.
type Explanation struct {
	Version int `json:"version"`
	// Cause is empty where the text says that all is well, "unknown" where
	// nothing in it is known.
	Cause    string           `json:"cause"`
	Summary  string           `json:"summary"`
	Fix      []string         `json:"fix"`
	Owner    string           `json:"owner"`
	Links    []catalog.Link   `json:"links"`
	Evidence catalog.Evidence `json:"evidence"`
}

// maxText is how much of a text is looked at, in bytes. Of a longer one it is the
// beginning and the end: logs fail at their end.
const maxText = 64 << 10

// Explain names the cause. It never fails.
func Explain(text string) Explanation { return In(nil, text) }

// In is [Explain] in another language; nil is English. What the text itself says
// stays as it is said there.
func In(say catalog.Say, text string) Explanation {
	text = plainText(text)
	if named, ok := byName(say, text); ok {
		return named
	}
	r := read(text)
	r.say = say
	scrubEvidence(&r.evidence)
	verdict := catalog.Recognise(r.signs)
	r.evidence.RecognisedBy = verdict.By
	switch {
	case r.well != "" && (verdict.Cause == "" || verdict.Cause == catalog.Unknown):
		return r.allWell()
	case verdict.Cause == "" || verdict.Cause == catalog.Unknown:
		return r.unknown()
	}
	return r.known(verdict)
}

// byName answers somebody who asks for a cause by its name.
func byName(say catalog.Say, text string) (Explanation, bool) {
	name := strings.ToLower(strings.TrimSpace(text))
	entry, ok := catalog.Lookup(name)
	if !ok {
		return Explanation{}, false
	}
	return explanation(entry.Translate(say), nil, catalog.Evidence{RecognisedBy: "name"}), true
}

// known explains a cause of the catalogue.
func (r reading) known(verdict catalog.Verdict) Explanation {
	entry, _ := catalog.Lookup(verdict.Cause)
	entry = entry.Translate(r.say)
	if strings.HasPrefix(verdict.By, "AADSTS") {
		r.evidence.Code = verdict.By
	}
	e := explanation(entry, r.vars(), r.evidence)
	switch verdict.By {
	case catalog.ByWording:
		e.Summary = r.say.One("Recognised by its wording") + ": " + e.Summary
		if h, ok := r.hint(); ok {
			// The words fit several causes: the commonest is named, all are told.
			e.Summary = r.say.One("Most likely") + ": " + entry.Title + ". " + r.say.One(h.summary)
		}
	default:
		e.Summary = capital(verdict.By) + ": " + e.Summary
	}
	e.Links = append(e.Links, r.codeLinks()...)
	return e
}

// unknown says what can be said where no mark is known: what kind of answer it
// was, what it may be, and what to do to know more.
func (r reading) unknown() Explanation {
	entry, _ := catalog.Lookup(catalog.Unknown)
	e := explanation(entry.Translate(r.say), r.vars(), r.evidence)
	if h, ok := r.hint(); ok {
		e.Summary, e.Owner = r.say.One(h.summary), r.say.One(h.owner)
		e.Fix = r.say.All(h.fix)
		places, _ := catalog.Lookup(h.places)
		e.Links = append([]catalog.Link{}, places.Translate(r.say).Fill(r.vars()).Links...)
	} else if code := r.evidence.Code; code != "" {
		e.Summary = code + " is not in the catalogue. It is shown as it came, rather than guessed at."
	}
	e.Links = append(append([]catalog.Link{}, r.codeLinks()...), e.Links...)
	return e
}

// allWell is the answer to a text in which nothing is wrong.
func (r reading) allWell() Explanation {
	r.evidence.RecognisedBy = ""
	return Explanation{
		Version: 1, Summary: r.say.One(r.well), Fix: []string{}, Links: []catalog.Link{}, Evidence: r.evidence,
	}
}

func explanation(entry catalog.Entry, vars catalog.Vars, evidence catalog.Evidence) Explanation {
	entry = entry.Fill(vars)
	return Explanation{
		Version: 1, Cause: entry.Cause, Summary: entry.Title + ". " + entry.Meaning,
		Fix: append([]string{}, entry.Fix...), Owner: entry.Owner,
		Links: append([]catalog.Link{}, entry.Links...), Evidence: evidence,
	}
}

// codeLinks leads to Microsoft's page about the deciding code.
func (r reading) codeLinks() []catalog.Link {
	if len(r.signs.AADSTS) == 0 {
		return nil
	}
	return []catalog.Link{catalog.CodeLink(r.signs.AADSTS[0], r.vars())}
}

func capital(text string) string {
	if strings.HasPrefix(text, "error=") || text == "" || strings.HasPrefix(text, "0x") {
		return text
	}
	return strings.ToUpper(text[:1]) + text[1:]
}
