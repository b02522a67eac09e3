package plan_test

import (
	"strings"
	"testing"

	"github.com/s2sdoctor/s2sdoctor/core/plan"
)

// TestScriptsMakeNoRow guards that a script which enables a row of the environment does
// not create the row if it was deleted meanwhile, as PATCH does without If-Match.
// Microsoft Graph gets no such header.
func TestScriptsMakeNoRow(t *testing.T) {
	const header = "'If-Match=*'"
	for name, c := range map[string]struct {
		change func(*plan.State)
		want   bool
	}{
		"application user":  {func(s *plan.State) { s.Users.Rows[0].Disabled = true }, true},
		"service principal": {func(s *plan.State) { s.Principals.Rows[0].Disabled = true }, false},
	} {
		t.Run(name, func(t *testing.T) {
			want := target(adopt)
			script := plan.AZ(want, plan.Make(want, healthy(c.change)))
			if !strings.Contains(script, "--method patch") {
				t.Fatalf("nothing is switched on:\n%s", script)
			}
			if strings.Contains(script, header) != c.want {
				t.Errorf("%s: %t, want %t:\n%s", header, !c.want, c.want, script)
			}
		})
	}
}
