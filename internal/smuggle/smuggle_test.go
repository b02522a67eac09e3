package smuggle

import (
	"strings"
	"testing"
)

const canary = "Zx98Q~e.RtY7uIoP6aSdF5gHjK4lQmN3bVcX2z1a"

// TestLeakFindsEverySpelling guards that the search works: it finds each spelling, and
// each combination of two.
func TestLeakFindsEverySpelling(t *testing.T) {
	for _, outer := range Spellings {
		for _, inner := range Spellings {
			if strings.HasPrefix(outer.Name, "UTF-16") && inner.Name == "marks between" {
				continue // as bytes, they are visible characters between the others
			}
			text := outer.Write(inner.Write(canary))
			if Leak("before "+text+" after", canary) == "" {
				t.Errorf("%s of %s is not found: %q", outer.Name, inner.Name, text)
			}
		}
	}
	for _, text := range []string{"", canary[:Piece-1], "[redacted]", "AADSTS7000215: Invalid client secret provided."} {
		if part := Leak(text, canary); part != "" {
			t.Errorf("%q is found in %q", part, text)
		}
	}
}
