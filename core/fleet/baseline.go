package fleet

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/plain"
)

// Baseline is how connections were at an earlier time: the causes of the broken ones by
// their names.
type Baseline struct{ broken map[string]catalog.Cause }

// Verdict is how a connection compares with the baseline. The names are public.
type Verdict string

// The verdicts.
const (
	StillHealthy Verdict = "healthy" // it was healthy, or is not in the baseline, and is healthy
	Mended       Verdict = "mended"  // it was broken, and is healthy
	Known        Verdict = "known"   // it was broken by the same cause
	Changed      Verdict = "changed" // it was broken in another way
	Worse        Verdict = "worse"   // it was healthy, or is not in the baseline, and is broken
)

// Change is how a connection compares with the baseline.
type Change struct {
	Verdict Verdict `json:"verdict"`
	// RootCause is that of the baseline; "" where the connection was healthy there, is not
	// in it, or was not examined to the end.
	RootCause catalog.Cause `json:"rootCause"`
}

// ReadBaseline reads the JSON of an earlier examination, of one connection or of
// several, in the encoding that a redirection of PowerShell writes, too.
func ReadBaseline(data []byte) (Baseline, error) {
	type result struct {
		Profile   string        `json:"profile"`
		Healthy   *bool         `json:"healthy"`
		RootCause catalog.Cause `json:"rootCause"`
	}
	var file struct {
		result
		Version int       `json:"version"`
		Results *[]result `json:"results"`
	}
	b := Baseline{broken: map[string]catalog.Cause{}}
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
		if *r.Healthy {
			continue
		}
		if _, ok := catalog.Lookup(r.RootCause); !ok {
			r.RootCause = "" // a word of a later version, or no cause
		}
		b.broken[r.Profile] = r.RootCause
	}
	return b, nil
}

// Compare returns how a connection compares with the baseline. A connection that the
// baseline does not know counts as healthy there.
func (b Baseline) Compare(r exam.Report) Change {
	before, broken := b.broken[r.Profile]
	healthy := r.Healthy && r.Complete
	switch {
	case healthy && broken:
		return Change{Mended, before}
	case healthy:
		return Change{StillHealthy, ""}
	case broken && before == r.RootCause:
		return Change{Known, before}
	case broken:
		return Change{Changed, before}
	}
	return Change{Worse, ""}
}

// Worse reports whether a connection was healthy and is not any more.
func (b Baseline) Worse(r exam.Report) bool { return b.Compare(r).Verdict == Worse }

// Compared is a report with its comparison.
type Compared struct {
	exam.Report
	Baseline Change `json:"baseline"`
}

// CompareAll returns the reports, each with its comparison.
func (b Baseline) CompareAll(reports []exam.Report) []Compared {
	var all []Compared
	for _, r := range reports {
		all = append(all, Compared{r, b.Compare(r)})
	}
	return all
}

// WriteText writes the change in a line for a reader; nothing for a connection that is
// as healthy as before.
func (c Change) WriteText(w io.Writer) {
	cause := string(c.RootCause)
	if cause == "" {
		cause = "not examined to the end"
	}
	switch c.Verdict {
	case Mended:
		fmt.Fprintf(w, "Mended since the baseline: %s.\n", cause)
	case Known:
		fmt.Fprintf(w, "Known by the baseline: %s. It does not count for the exit status.\n", cause)
	case Changed:
		fmt.Fprintf(w, "Broken in another way in the baseline: %s. It does not count for the exit status.\n", cause)
	case Worse:
		fmt.Fprint(w, "Worse than in the baseline.\n")
	}
}
