package core_test

import (
	"testing"

	"github.com/s2sdoctor/s2sdoctor/core/connection"
)

func TestDiscover(t *testing.T) {
	cases := map[string]struct {
		scenario string
		spoil    func(*connection.Form)
		found    bool
	}{
		"from the environment alone":   {"", func(f *connection.Form) { *f = connection.Form{Environment: f.Environment} }, true},
		"whatever else is wrong":       {"input-secret-id", nil, true},
		"no address":                   {"input-environment-missing", nil, false},
		"an authority nobody knows":    {"environment-foreign-authority", nil, false},
		"the authority of another one": {"environment-wrong-cloud", nil, false},
		"nobody there":                 {"environment-gone", nil, false},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			s := open(t)
			form, err := s.Play(tc.scenario)
			if err != nil {
				t.Fatal(err)
			}
			if tc.spoil != nil {
				tc.spoil(&form)
			}
			got, ok := s.Discover(t.Context(), form)
			if ok != tc.found || ok != (got.TenantID != "") {
				t.Errorf("got %+v, %v; want found = %v", got, ok, tc.found)
			}
			if ok && (got.Region.String() != "EMEA" || got.Cloud.Name != "sandbox") {
				t.Errorf("got %+v", got)
			}
		})
	}
}
