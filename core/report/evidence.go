package report

import (
	"strconv"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// Fact is a line of evidence. Machine is true for an ID or a code, which is set in a
// monospaced font.
type Fact struct {
	Name, Value text.Text
	Machine     bool
}

// line is a fixed line of evidence.
type line struct {
	// label is its name in text reports, which are in English; "" where they leave it
	// out.
	label string
	// name is its name in the window.
	name  text.Text
	value func(e catalog.Evidence) string
}

// The fixed lines. Each view has its own order. A text report is read next to a log and
// follows the response: status and error, the message, the IDs. In the window the
// message has a block of its own below the lines, and the facts come first, since they
// name what to correct.
var (
	lineStatus        = line{"HTTP status", text.F("HTTP status"), httpStatus}
	lineCode          = line{"code", text.F("Code"), func(e catalog.Evidence) string { return e.Code }}
	lineError         = line{"error", text.F("Error"), func(e catalog.Evidence) string { return e.Error }}
	lineRecognisedBy  = line{"", text.F("Recognised by"), recognisedBy}
	lineRequestID     = line{"request ID", text.F("Request ID"), func(e catalog.Evidence) string { return e.RequestID }}
	lineTraceID       = line{"trace ID", text.F("Trace ID"), func(e catalog.Evidence) string { return e.TraceID }}
	lineCorrelationID = line{"correlation ID", text.F("Correlation ID"), func(e catalog.Evidence) string { return e.CorrelationID }}
	lineTime          = line{"timestamp", text.F("Time"), func(e catalog.Evidence) string { return e.Timestamp }}
)

func httpStatus(e catalog.Evidence) string {
	if e.HTTPStatus == 0 {
		return ""
	}
	return strconv.Itoa(e.HTTPStatus)
}

// recognisedBy returns the mark that decided, unless the code is that mark.
func recognisedBy(e catalog.Evidence) string {
	if e.RecognisedBy == e.Code {
		return ""
	}
	return e.RecognisedBy
}

// Evidence returns what was seen for a text report, a line each, in English.
func Evidence(e catalog.Evidence) []string {
	var lines []string
	add := func(label, value string) {
		if value != "" {
			lines = append(lines, label+": "+value)
		}
	}
	for _, f := range []line{lineStatus, lineCode, lineError} {
		add(f.label, f.value(e))
	}
	for _, f := range e.Facts {
		add(string(f.Name), f.Value.String())
	}
	add("message", e.Message.String())
	for _, f := range []line{lineRequestID, lineTraceID, lineCorrelationID, lineTime} {
		add(f.label, f.value(e))
	}
	return lines
}

// Facts returns what was seen for the window, without the message.
func Facts(e catalog.Evidence) []Fact {
	var all []Fact
	for _, f := range e.Facts {
		if !f.Value.Empty() {
			all = append(all, Fact{f.Name.Text(), f.Value, false})
		}
	}
	for _, f := range []line{
		lineCode, lineError, lineStatus, lineRecognisedBy, lineRequestID, lineCorrelationID, lineTraceID, lineTime,
	} {
		if value := f.value(e); value != "" {
			all = append(all, Fact{f.name, text.Raw(value), true})
		}
	}
	return all
}
