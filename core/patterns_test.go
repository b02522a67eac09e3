package core_test

import (
	"regexp"
	"testing"

	_ "github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
)

// TestEveryPatternCompiles replaces the check of regexp.MustCompile at the start of the
// program.
func TestEveryPatternCompiles(t *testing.T) {
	all := lazyregexp.All()
	if len(all) < 80 {
		t.Errorf("only %d patterns are known", len(all))
	}
	for _, p := range all {
		if _, err := regexp.Compile(p.String()); err != nil {
			t.Error(err)
		}
	}
}
