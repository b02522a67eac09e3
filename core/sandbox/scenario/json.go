package scenario

import (
	"io"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/jsondoc"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// WriteJSON writes a list of scenarios: docs/schema/scenarios.json.
func WriteJSON(w io.Writer, list []Scenario) {
	type row struct {
		Name     string          `json:"name"`
		Title    text.Text       `json:"title"`
		Cause    catalog.Cause   `json:"cause"`
		Warnings []catalog.Cause `json:"warnings"`
	}
	rows := []row{}
	for _, s := range list {
		rows = append(rows, row{s.Name, s.Title, s.Cause, append([]catalog.Cause{}, s.Warnings...)})
	}
	jsondoc.Write(w, struct {
		Scenarios []row `json:"scenarios"`
		Version   int   `json:"version"`
	}{rows, 1})
}
