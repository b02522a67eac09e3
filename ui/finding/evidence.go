package finding

import (
	"strconv"

	"fyne.io/fyne/v2"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/text"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
	"github.com/s2sdoctor/s2sdoctor/ui/layout"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// Evidence lists what was seen, each value with a button to copy it; nil when there
// is nothing.
func Evidence(env kit.Env, e catalog.Evidence) fyne.CanvasObject {
	list := layout.Column(theme.Hair)
	for _, f := range Facts(e) {
		list.Add(kit.FactLine(env, i18n.Said(f.Name), i18n.Said(f.Value), f.Machine))
	}
	if !e.Message.Empty() {
		list.Add(layout.InsetSides(0, theme.Tight, 0, 0, kit.NewCodeBlock(i18n.Said(e.Message))))
	}
	if len(list.Objects) == 0 {
		return nil
	}
	return list
}

// Fact is a line of evidence. Machine is set for an ID or a code, which is set in
// equal letters.
type Fact struct {
	Name, Value text.Text
	Machine     bool
}

// Facts are the lines of evidence: what decides first.
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
