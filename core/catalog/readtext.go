package catalog

import (
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// ReadStrongest returns the signs in a text that is not a response as it came: a
// log, an exception, an error page. marks are the [Sightings] of the text; the
// first of the strongest counts. Without any, the signs hold the whole text, so
// that its words may decide.
func ReadStrongest(text string, marks []Sighting) (Signs, Evidence) {
	best := Sighting{Start: -1, Signs: Signs{Text: text}}
	for _, s := range marks {
		if s.Strength > max(best.Strength, ByWords) {
			best = s
		}
	}
	return best.Read(text)
}

// Read returns the signs of a mark and the evidence that is next to it in
// the text: the message, and the IDs of the services' logs.
func (s Sighting) Read(whole string) (Signs, Evidence) {
	a := answer{signs: s.Signs}
	a.say(traceTail.ReplaceAllString(message(whole, s.Start), ""))
	if a.evidence.Message.Empty() {
		a.evidence.Message = text.Raw(Clean(message(whole, s.Start))) // nothing but ids
	}
	for _, id := range []struct {
		field   *string
		pattern *lazyregexp.Pattern
	}{
		{&a.evidence.TraceID, traceID},
		{&a.evidence.CorrelationID, corrID},
		{&a.evidence.RequestID, reqID},
		{&a.evidence.Timestamp, timestamp},
	} {
		// The IDs of another message, before this one, are second choice.
		if *id.field = submatch(id.pattern, whole[max(0, s.Start):]); *id.field == "" {
			*id.field = submatch(id.pattern, whole)
		}
	}
	return a.done()
}

// message is the part of a text to show for a mark at a place: from the
// beginning of its line. Without a place it is all of it.
func message(text string, at int) string {
	const before, after = 200, MaxText - 200
	if at < 0 {
		return text
	}
	start := max(0, at-before)
	if line := strings.LastIndexByte(text[start:at], '\n'); line >= 0 {
		start += line + 1
	}
	return strings.ToValidUTF8(text[start:min(len(text), at+after)], "")
}

// around is the part of a text that may decide what a code at a place means:
// neither words far away nor those before the last mark.
func around(text string, at, from int) string {
	const before, after = 400, MaxText - 400
	start := max(from, at-before, 0)
	return strings.ToValidUTF8(text[start:min(len(text), at+after)], "")
}

var reqID = lazyregexp.New(`(?i)\b(?:REQ_ID|Request[- ]?ID|x-ms-service-request-id|x-ms-request-id|ActivityId)["']?(?:\s*[:=]\s*|\s{1,4})["']?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})`)

func submatch(pattern *lazyregexp.Pattern, text string) string {
	if m := pattern.FindStringSubmatch(text); m != nil {
		return m[1]
	}
	return ""
}
