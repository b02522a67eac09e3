package exam

import (
	"testing"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
)

func TestResultOfCause(t *testing.T) {
	const client = "2015d711-8a4f-4d3c-9b2e-0f1a2b3c4d5e"
	r := ResultOf("consent", "appuser.missing", catalog.Vars{"clientId": client})
	entry, _ := catalog.Lookup("appuser.missing")
	if r.ID != "consent" || r.Status != Fail || r.Cause != entry.Cause || r.Owner != entry.Owner || len(r.Fix) != len(entry.Fix) || len(r.Links) == 0 {
		t.Errorf("got %+v", r)
	}
	for _, action := range r.Fix {
		if action.Empty() {
			t.Errorf("an action is empty: %v", r.Fix)
		}
	}
	if r := ResultOf("consent", "no.such", nil); r.Status != Fail || r.Owner != "" || r.Fix == nil || r.Links == nil {
		t.Errorf("of a cause that there is not: %+v", r)
	}
}
