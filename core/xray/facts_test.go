package xray

import (
	"testing"

	"github.com/s2sdoctor/s2sdoctor/core/plan"
)

// TestCredentialEndsIsTheFirstFact guards that readers of the fact find it by its name.
func TestCredentialEndsIsTheFirstFact(t *testing.T) {
	if got := keyFacts(plan.Key{}, 0)[0].Name; got != CredentialEnds {
		t.Errorf("%q, want %q", got, CredentialEnds)
	}
}
