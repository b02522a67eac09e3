package session

import "github.com/s2sdoctor/s2sdoctor/core/exam"

// longestClip is the longest text on the clipboard that is looked at before the user
// asks for it, in bytes.
const longestClip = 64 << 10

// Explained is what is known about a text from elsewhere, as a check's result.
type Explained struct {
	// Result is the explanation, see [explain.Explanation.Result].
	Result exam.Result
	// Report is the last examination, for the names in the texts; or the zero
	// Report.
	Report exam.Report
}

// Explain names the cause of an error in a pasted text. Nothing is sent.
func (s *Session) Explain(pasted string) Explained {
	x := Explained{Result: s.deps.Doctor.Explain(pasted).Result()}
	if r := s.state.Examination.Report; r != nil {
		x.Report = *r
	}
	return x
}

// ToExplain returns what is on the clipboard if it is an error with a known cause,
// "" otherwise: then it is what the user came with.
func (s *Session) ToExplain(clipboard string) string {
	if clipboard == "" || len(clipboard) >= longestClip || s.Explain(clipboard).Result.Status != exam.Fail {
		return ""
	}
	return clipboard
}
