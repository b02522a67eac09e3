// Package explain names the cause in a pasted text: an error, the
// address that a browser ended on, an answer, an exception, a log.
//
// It promises to send nothing, to let no secret of the text through, to answer
// any input, and to call unknown what it does not know.
package explain

import (
	"slices"
	"strings"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/handoff"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// Explanation is what is known about a text, as the contract's JSON has it.
type Explanation struct {
	Version int `json:"version"`
	// Cause is empty where the text shows that all is well, "unknown" where
	// nothing in it is known.
	Cause catalog.Cause `json:"cause"`
	// Alternatives are the other causes that the text allows, best first.
	Alternatives []catalog.Cause  `json:"alternatives,omitempty"`
	Summary      text.Text        `json:"summary"`
	Fix          []text.Text      `json:"fix"`
	Owner        catalog.Owner    `json:"owner"`
	Links        []catalog.Link   `json:"links"`
	Evidence     catalog.Evidence `json:"evidence"`
}

// maxText is how much of a text is looked at, in bytes. Of a longer one it is the
// beginning and the end: logs fail at their end.
const maxText = 64 << 10

// Explain names the cause. It never fails.
func Explain(text string) Explanation {
	whole := text
	text = plainText(text)
	if named, ok := byName(text); ok {
		return named
	}
	if made, ok := handoff.Read(whole); ok {
		return scriptResult(made)
	}
	if judged, ok := byToken(text, time.Now()); ok {
		return judged
	}
	r, ok := byExchanges(exchangesIn(whole, text))
	if !ok {
		r = read(text)
	}
	if r.silent() {
		if judged, ok := byConnectionString(text); ok {
			return judged
		}
		if judged, ok := byOnlyToken(text, time.Now()); ok {
			return judged
		}
		if judged, ok := byClaims(text, time.Now()); ok {
			return judged
		}
	}
	if r.openToToken() {
		if judged, ok := byOnlyToken(text, time.Now()); ok && slices.Contains(r.verdict.Alternatives, judged.Cause) {
			return judged
		}
	}
	scrubEvidence(&r.evidence)
	r.evidence.RecognisedBy = r.verdict.By
	switch {
	case !r.well.Empty():
		return r.allWell()
	case r.verdict.Cause == "" || r.verdict.Cause == catalog.Unknown:
		return r.unknown()
	}
	return r.known()
}

// openToToken reports whether an answer leaves open what was wrong with the token.
func (r reading) openToToken() bool {
	return r.well.Empty() && r.verdict.Cause == catalog.Unknown && slices.Contains(r.verdict.Alternatives, catalog.TokenAudience)
}

// exchangesIn is what to look for exchanges in: a HAR file is read whole, because
// its end is in its beginning's braces; any other text as far as it is looked at.
func exchangesIn(whole, text string) string {
	if looksLikeHAR(whole) {
		return whole
	}
	return scrub(text)
}

// byName explains a cause that is asked for by its name.
func byName(text string) (Explanation, bool) {
	name := catalog.Cause(strings.ToLower(strings.TrimSpace(text)))
	entry, ok := catalog.Lookup(name)
	if !ok {
		return Explanation{}, false
	}
	return explanation(entry, nil, catalog.Evidence{RecognisedBy: "name"}), true
}

// known explains a cause of the catalogue, and names the others that the same
// mark allows.
func (r reading) known() Explanation {
	entry, _ := catalog.Lookup(r.verdict.Cause)
	if strings.HasPrefix(r.verdict.By, "AADSTS") {
		r.evidence.Code = r.verdict.By
	}
	e := explanation(entry, r.vars(), r.evidence)
	by := text.Raw(capital(r.verdict.By))
	if r.verdict.By == catalog.ByWording {
		by = text.F("Recognised by its wording")
	}
	e.Summary = text.Join(": ", by, e.Summary)
	e.Alternatives = r.verdict.Alternatives
	e.Links = append(e.Links, r.codeLinks()...)
	return r.withRefusal(e)
}

// unknown describes a text in which no mark decides: what kind of response it
// was, what it may be, and what to do to know more.
func (r reading) unknown() Explanation {
	entry, _ := catalog.Lookup(catalog.Unknown)
	e := explanation(entry, r.vars(), r.evidence)
	e.Alternatives = r.verdict.Alternatives
	h, ok := r.hint()
	switch {
	case r.other != "":
		h, ok = r.otherHint(), true
		e.Alternatives = nil
	case ok:
	case len(e.Alternatives) > 0:
		h, ok = r.severalHint(), true
	case r.signs.Dataverse != "":
		h, ok = r.requestHint(), true
	default:
		if code := r.evidence.Code; code != "" {
			e.Summary = text.F("%s is not in the catalogue. It is shown as it came, rather than guessed at.", code)
		}
		e.Fix = append(e.Fix, rawBody)
	}
	if ok {
		e.Summary, e.Owner, e.Fix = h.summary, h.owner, h.fix
		places, _ := catalog.Lookup(h.places)
		e.Links = r.vars().Links(places.Links)
	}
	e.Links = append(append([]catalog.Link{}, r.codeLinks()...), e.Links...)
	return e
}

// requestHint is what can be said about a code of Dataverse that no cause lists:
// those about connections are listed.
func (r reading) requestHint() hint {
	return hint{
		summary: text.F("%s is not in the catalogue of faults of a connection. Such codes are most often about the request, the data or a plug-in. It is shown as it came, rather than guessed at.", r.signs.Dataverse),
		fix: []text.Text{
			text.F("Read the message in the evidence: it names what Dataverse did not take."),
			rawBody,
			text.F("When you ask for help, give the request ID and the time."),
		},
		owner: catalog.OwnerWhoeverFillsInTheForm,
	}
}

// severalHint is what can be said where a mark allows several causes and no cause
// leads.
func (r reading) severalHint() hint {
	first, _ := catalog.Lookup(r.verdict.Alternatives[0])
	return hint{
		summary: text.F("Several causes show in this way, and the text does not decide between them."),
		fix:     append([]text.Text{rawBody}, r.vars().Texts(first.Fix)...),
		owner:   first.Owner, places: first.Cause,
	}
}

// allWell is the answer to a text in which nothing is wrong.
func (r reading) allWell() Explanation {
	r.evidence.RecognisedBy, r.evidence.Message = "", text.Text{}
	return Explanation{
		Version: 1, Summary: r.well, Fix: []text.Text{}, Links: []catalog.Link{}, Evidence: r.evidence,
	}
}

func explanation(entry catalog.Entry, vars catalog.Vars, evidence catalog.Evidence) Explanation {
	entry = entry.Fill(vars)
	return Explanation{
		Version: 1, Cause: entry.Cause, Summary: text.Join(". ", entry.Title, entry.Meaning),
		Fix: entry.Fix, Owner: entry.Owner,
		Links: entry.Links, Evidence: evidence,
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
