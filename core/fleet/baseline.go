package fleet

import (
	"encoding/json"
	"errors"

	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/plain"
)

// Baseline is how connections were at an earlier time.
type Baseline struct{ broken map[string]bool }

// ReadBaseline reads the JSON of an earlier examination, of one connection or of
// several, in the encoding that a redirection of PowerShell writes, too.
func ReadBaseline(data []byte) (Baseline, error) {
	type result struct {
		Profile string `json:"profile"`
		Healthy *bool  `json:"healthy"`
	}
	var file struct {
		result
		Version int       `json:"version"`
		Results *[]result `json:"results"`
	}
	b := Baseline{broken: map[string]bool{}}
	if json.Unmarshal([]byte(plain.Decode(data)), &file) != nil || file.Version != 1 {
		return b, errors.New("the baseline is no JSON of s2scheck")
	}
	results := []result{file.result}
	if file.Results != nil {
		results = *file.Results
	}
	for _, r := range results {
		if r.Healthy == nil {
			return b, errors.New("the baseline has a result without \"healthy\"")
		}
		b.broken[r.Profile] = !*r.Healthy
	}
	return b, nil
}

// Worse reports whether a connection was healthy and is not any more. A connection
// that the baseline does not know counts as healthy there.
func (b Baseline) Worse(r exam.Report) bool {
	return !(r.Healthy && r.Complete) && !b.broken[r.Profile]
}
