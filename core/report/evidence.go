package report

import (
	"fmt"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
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
