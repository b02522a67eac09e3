package watch

import (
	"io"

	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/jsondoc"
)

// WriteJSON writes the last attempt: the report of its examination, and in "watch" what
// became of waiting (docs/schema/examination.json).
func WriteJSON(w io.Writer, last Attempt) {
	type summary struct {
		Verdict      Verdict `json:"verdict"`
		Examinations int     `json:"examinations"`
		ElapsedMS    int64   `json:"elapsedMs"`
	}
	jsondoc.Write(w, struct {
		exam.Report
		Watch summary `json:"watch"`
	}{last.Report, summary{last.Verdict, last.Number, last.Elapsed.Milliseconds()}})
}
