package explain

import (
	"encoding/json"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/internal/race"
)

// fieldCase is a text from a user's work, with the acceptable causes, best first. An
// empty kind marks a case that must stay right.
type fieldCase struct {
	ID, Kind, Text string
	Right          []catalog.Cause
}

// fieldCases reads a file of cases, with a JSON object on each line.
func fieldCases(t testing.TB, file string) []fieldCase {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var all []fieldCase
	for line := range strings.Lines(string(raw)) {
		var c fieldCase
		if err := json.Unmarshal([]byte(line), &c); err != nil {
			t.Fatalf("%s: %v in %.80q", file, err, line)
		}
		all = append(all, c)
	}
	return all
}

// TestFieldCases compares the explanations of both lists of texts with their acceptable
// causes, and counts the right ones by kind.
func TestFieldCases(t *testing.T) {
	race.Skip(t, race.OneGoroutine)
	for _, file := range []string{"testdata/field.jsonl", "testdata/heldout.jsonl", "testdata/fresh.jsonl", "testdata/stranger.jsonl", "testdata/second.jsonl", "testdata/samples.jsonl", "testdata/control.jsonl", "testdata/after.jsonl", "testdata/outsider.jsonl"} {
		right, all := map[string]int{}, map[string]int{}
		for _, c := range fieldCases(t, file) {
			all[c.Kind]++
			e := Explain(c.Text)
			checkShape(t, e)
			if slices.Contains(c.Right, e.Cause) {
				right[c.Kind]++
				continue
			}
			t.Errorf("%s (%s): got %q by %q with %q, want one of %q\n%s", c.ID, c.Kind, e.Cause, e.Evidence.RecognisedBy, e.Alternatives, c.Right, e.Summary)
		}
		for _, kind := range slices.Sorted(maps.Keys(all)) {
			t.Logf("%s: kind %q: %d of %d", file, kind, right[kind], all[kind])
		}
	}
}
