package explain

import (
	"slices"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
)

// fragment finds the answer inside a text, as logs and exceptions have it, that
// shows the same code as the mark which decided; without a code in the mark, the
// last answer that shows any.
func fragment(layer string, mark catalog.Signs) (catalog.Signs, catalog.Evidence, bool) {
	from := service(layer)
	bodies := slices.Concat(objects(layer), envelopes(layer))
	for i := len(bodies) - 1; i >= 0; i-- {
		signs, evidence := catalog.Read(from, 0, nil, []byte(bodies[i].text))
		if coded(signs) && (!coded(mark) || sameCode(signs, mark)) {
			return signs, evidence, true
		}
	}
	return catalog.Signs{}, catalog.Evidence{}, false
}

// sameCode reports whether two marks are of one message.
func sameCode(a, b catalog.Signs) bool {
	switch {
	case len(b.AADSTS) > 0:
		return slices.Contains(a.AADSTS, b.AADSTS[0])
	case b.Dataverse != "":
		return a.Dataverse == b.Dataverse
	case b.Graph != "":
		return a.Graph == b.Graph
	}
	return a.OAuth == b.OAuth
}

// span is a part of a text and where it is.
type span struct {
	start int
	text  string
}

func (s span) end() int { return s.start + len(s.text) }

const (
	// attempts and longest bound the search for answers inside a text.
	attempts = 32
	longest  = 64 << 10
)

var (
	objectStart   = lazyregexp.New(`\{\s*"`)
	envelopeStart = lazyregexp.New(`<(?:\w+:)?(?:Envelope|Fault|OrganizationServiceFault)\b`)
)

// objects are the JSON objects in a text, outermost first.
func objects(text string) []span {
	var found []span
	for _, at := range objectStart.FindAllStringIndex(text, attempts) {
		if body := balanced(text[at[0]:min(len(text), at[0]+longest)]); body != "" {
			found = append(found, span{at[0], body})
		}
	}
	return found
}

// envelopes are what may be SOAP in a text; XML that ends early is read as far
// as it goes.
func envelopes(text string) []span {
	var found []span
	for _, at := range envelopeStart.FindAllStringIndex(text, attempts) {
		found = append(found, span{at[0], text[at[0]:min(len(text), at[0]+longest)]})
	}
	return found
}

// balanced is the JSON object at the beginning of text, "" when it does not end.
func balanced(text string) string {
	depth, inString := 0, false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case inString && c == '\\':
			i++
		case c == '"':
			inString = !inString
		case inString:
		case c == '{':
			depth++
		case c == '}':
			if depth--; depth == 0 {
				return text[:i+1]
			}
		}
	}
	return ""
}

// lineAt is the line of a text in which a place lies; of a long one as much as
// surrounds the place.
func lineAt(text string, start, end int) string {
	const enough = 512
	before, after := text[max(0, start-enough):start], text[end:min(len(text), end+enough)]
	before = before[strings.LastIndexByte(before, '\n')+1:]
	after, _, _ = strings.Cut(after, "\n")
	return before + text[start:end] + after
}

// window is the part of a text that may be about the mark at a place.
func window(text string, start, end int) string {
	const before, after = 1 << 10, 4 << 10
	return text[max(0, start-before):min(len(text), end+after)]
}
