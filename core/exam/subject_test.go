package exam_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/cloud"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

func TestSubjectVars(t *testing.T) {
	s := exam.Subject{Environment: "https://x", Cloud: "b", TenantID: "t", ClientID: "c"}
	clouds := []cloud.Cloud{{Name: "a", Portal: "no"}, {Name: "b", Portal: "p", Admin: "a", Login: "l"}}
	want := catalog.Vars{"clientId": "c", "tenantId": "t", "environment": "https://x", "portal": "p", "admin": "a", "login": "l"}
	if diff := cmp.Diff(want, s.Vars(clouds)); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	if diff := cmp.Diff(catalog.Vars{"clientId": "c", "tenantId": "t", "environment": "https://x"}, s.Vars(clouds[:1])); diff != "" {
		t.Errorf("another cloud: -want +got\n%s", diff)
	}
}

func TestCauseTitle(t *testing.T) {
	s := exam.Subject{ClientID: "11111111-1111-4111-8111-111111111111"}
	entry, _ := catalog.Lookup(catalog.ApplicationNotFound)
	for _, c := range []struct {
		name  string
		cause catalog.Cause
		want  string
		means bool
	}{
		{"a cause of the catalogue", catalog.ApplicationNotFound, entry.Title.String(), true},
		{"unknown", catalog.Unknown, "Not so: The token is there", true},
		{"no cause", "", "Not so: The token is there", false},
	} {
		r := exam.Result{Cause: c.cause, Title: text.Raw("The token is there")}
		if got := s.CauseTitle(r).String(); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
		if got := s.CauseMeaning(r); got.Empty() == c.means {
			t.Errorf("%s: it means %q", c.name, got)
		}
	}
}
