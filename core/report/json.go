package report

import (
	"io"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/explain"
	"github.com/s2sdoctor/s2sdoctor/core/jsondoc"
)

// JSON writes the report of one connection: docs/schema/examination.json.
func JSON(w io.Writer, r exam.Report) { jsondoc.Write(w, r) }

// JSONList writes the results of several connections, which are reports or contain them:
// docs/schema/examinations.json.
func JSONList[R any](w io.Writer, results []R) {
	jsondoc.Write(w, struct {
		Results []R `json:"results"`
		Version int `json:"version"`
	}{append([]R{}, results...), 1})
}

// ExplanationJSON writes what is known about a pasted text: docs/schema/explanation.json.
func ExplanationJSON(w io.Writer, e explain.Explanation) { jsondoc.Write(w, e) }

// ConsentURLJSON writes the address of a consent page: docs/schema/consent-url.json.
func ConsentURLJSON(w io.Writer, style, url string) {
	jsondoc.Write(w, struct {
		Version int    `json:"version"`
		Style   string `json:"style"`
		URL     string `json:"url"`
	}{1, style, url})
}

// RefusalJSON writes which input cannot be used: the refusal of docs/schema/types.json.
func RefusalJSON(w io.Writer, cause catalog.Cause, summary string) {
	jsondoc.Write(w, struct {
		Version int           `json:"version"`
		Cause   catalog.Cause `json:"cause"`
		Summary string        `json:"summary"`
	}{1, cause, summary})
}
