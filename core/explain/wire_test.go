package explain

import (
	"encoding/json"
	"os"
	"slices"
	"testing"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/internal/race"
)

// TestWireMessages explains each recorded HTTP message. A message that is no failure has
// no cause.
func TestWireMessages(t *testing.T) {
	race.Skip(t, race.OneGoroutine)
	const folder = "../testdata/wire/"
	raw, err := os.ReadFile(folder + "index.json")
	if err != nil {
		t.Fatal(err)
	}
	var index []struct {
		File          string          `json:"file"`
		ExpectedCause json.RawMessage `json:"expectedCause"`
	}
	if err := json.Unmarshal(raw, &index); err != nil {
		t.Fatal(err)
	}
	right := 0
	for _, m := range index {
		text, err := os.ReadFile(folder + m.File)
		if err != nil {
			t.Fatal(err)
		}
		e := Explain(string(text))
		checkShape(t, e)
		if want := acceptable(t, m.ExpectedCause); !slices.Contains(want, e.Cause) {
			t.Errorf("%s: got %q by %q with %q, want one of %q\n%s", m.File, e.Cause, e.Evidence.RecognisedBy, e.Alternatives, want, e.Summary)
			continue
		}
		right++
	}
	t.Logf("%d of %d messages", right, len(index))
}

// acceptable reads an expected cause of the index: null for no failure, a name,
// or a list of names.
func acceptable(t *testing.T, raw json.RawMessage) []catalog.Cause {
	t.Helper()
	var one catalog.Cause // stays "" for null
	if json.Unmarshal(raw, &one) == nil {
		return []catalog.Cause{one}
	}
	var several []catalog.Cause
	if err := json.Unmarshal(raw, &several); err != nil {
		t.Fatal(err)
	}
	return several
}
