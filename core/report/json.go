package report

import (
	"io"

	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/explain"
	"github.com/s2sdoctor/s2sdoctor/core/jsondoc"
)

// JSON writes the report of one connection: docs/schema/examination.json.
func JSON(w io.Writer, r exam.Report) { jsondoc.Write(w, r) }

// JSONList writes the reports of several connections: docs/schema/examinations.json.
func JSONList(w io.Writer, reports []exam.Report) {
	jsondoc.Write(w, struct {
		Results []exam.Report `json:"results"`
		Version int           `json:"version"`
	}{append([]exam.Report{}, reports...), 1})
}

// ExplanationJSON writes what is known about a pasted text: docs/schema/explanation.json.
func ExplanationJSON(w io.Writer, e explain.Explanation) { jsondoc.Write(w, e) }
