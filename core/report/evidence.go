package report

import (
	"fmt"
	"strconv"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// Evidence returns what was seen, a line each, in English.
func Evidence(e catalog.Evidence) []string {
	var lines []string
	add := func(name, value string) {
		if value != "" {
			lines = append(lines, name+": "+value)
		}
	}
	if e.HTTPStatus != 0 {
		add("HTTP status", fmt.Sprint(e.HTTPStatus))
	}
	add("code", e.Code)
	add("error", e.Error)
	for _, f := range e.Facts {
		add(string(f.Name), f.Value.String())
	}
	add("message", e.Message.String())
	add("request ID", e.RequestID)
	add("trace ID", e.TraceID)
	add("correlation ID", e.CorrelationID)
	add("timestamp", e.Timestamp)
	return lines
}

// Fact is a line of evidence. Machine is set for an ID or a code, which is set in
// equal letters.
type Fact struct {
	Name, Value text.Text
	Machine     bool
}

// Facts returns the lines of evidence for the window, in its language: what decides
// first, without the message.
func Facts(e catalog.Evidence) []Fact {
	var all []Fact
	for _, f := range e.Facts {
		if !f.Value.Empty() {
			all = append(all, Fact{f.Name.Text(), f.Value, false})
		}
	}
	add := func(name text.Text, value string) {
		if value != "" && value != "0" {
			all = append(all, Fact{name, text.Raw(value), true})
		}
	}
	add(text.F("Code"), e.Code)
	add(text.F("Error"), e.Error)
	add(text.F("HTTP status"), strconv.Itoa(e.HTTPStatus))
	if e.RecognisedBy != e.Code {
		add(text.F("Recognised by"), e.RecognisedBy)
	}
	add(text.F("Request ID"), e.RequestID)
	add(text.F("Correlation ID"), e.CorrelationID)
	add(text.F("Trace ID"), e.TraceID)
	add(text.F("Time"), e.Timestamp)
	return all
}
