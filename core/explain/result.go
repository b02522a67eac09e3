package explain

import (
	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
)

// Result returns the explanation as the result of a check, for what shows both. The
// status is Pass if the text reports no error, Manual if nothing in it is known, and
// Fail otherwise.
func (e Explanation) Result() exam.Result {
	r := exam.Result{
		ID: exam.PastedText, Status: exam.Fail, Cause: e.Cause, Alternatives: e.Alternatives, Summary: e.Summary,
		Fix: e.Fix, Owner: e.Owner, Links: e.Links, Evidence: e.Evidence,
	}
	switch e.Cause {
	case "":
		r.Status = exam.Pass
	case catalog.Unknown:
		r.Status = exam.Manual
	}
	return r
}
