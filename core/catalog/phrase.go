package catalog

import "strings"

// phrase is wording that marks a cause. A star matches what differs from
// message to message: names, IDs, quotes.
type phrase struct {
	text  string
	cause Cause
	parts []string
}

// maxGap is how many bytes a star may match. It holds an ID with its quotes
// or a short list, and keeps words of other messages out.
const maxGap = 240

func newPhrase(text string, cause Cause) phrase {
	return phrase{text: text, cause: cause, parts: strings.Split(text, "*")}
}

// find returns where the phrase is first in a lower-case text, at or after
// from; start is -1 where it does not.
func (p phrase) find(lower string, from int) (start, end int) {
	for from < len(lower) {
		i := strings.Index(lower[from:], p.parts[0])
		if i < 0 {
			break
		}
		start = from + i
		if end = p.rest(lower, start+len(p.parts[0])); end >= 0 {
			return start, end
		}
		from = start + 1
	}
	return -1, -1
}

// rest returns the end of a phrase from the end of its first part; -1 if the
// other parts do not follow.
func (p phrase) rest(lower string, from int) int {
	for _, part := range p.parts[1:] {
		window := lower[from:min(len(lower), from+maxGap+len(part))]
		i := strings.Index(window, part)
		if i < 0 {
			return -1
		}
		from += i + len(part)
	}
	return from
}

// in reports whether a lower-case text holds the phrase.
func (p phrase) in(lower string) bool {
	start, _ := p.find(lower, 0)
	return start >= 0
}
