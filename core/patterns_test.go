package core_test

import (
	"regexp"
	"testing"

	_ "s2sdoctor/core"
	"s2sdoctor/core/pattern"
)

// TestEveryPatternCompiles stands in for what regexp.MustCompile did at the start.
func TestEveryPatternCompiles(t *testing.T) {
	all := pattern.All()
	if len(all) < 80 {
		t.Errorf("only %d patterns are known", len(all))
	}
	for _, p := range all {
		if _, err := regexp.Compile(p.String()); err != nil {
			t.Error(err)
		}
	}
}
