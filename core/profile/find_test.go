package profile

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestFind(t *testing.T) {
	list := []Profile{
		{Name: "Contoso UAT", Environment: "https://contoso-uat.crm4.dynamics.com", ClientID: "2015d711-8a1c-4b7e-9d55-0c1f2a3b4c5d"},
		{Name: "Contoso Produktion", Environment: "https://contoso.crm4.dynamics.com", ClientID: "77aa0000-0000-4000-8000-000000000001"},
		{Name: "Ærø færge", Environment: "https://aeroe.crm4.dynamics.com", Tenant: "aeroe.onmicrosoft.com", Thumbprint: "3F2B0A"},
	}
	for _, c := range []struct {
		name, query string
		want        []string
	}{
		{"nothing is asked", "  ", []string{"Contoso UAT", "Contoso Produktion", "Ærø færge"}},
		{"a part of a name", "uat", []string{"Contoso UAT"}},
		{"words in any order, over several fields", "com contoso 77AA", []string{"Contoso Produktion"}},
		{"letters beyond ASCII, whatever the case", "ÆRØ", []string{"Ærø færge"}},
		{"a tenant", "onmicrosoft", []string{"Ærø færge"}},
		{"a thumbprint", "3f2b", []string{"Ærø færge"}},
		{"a whole address", "https://contoso.crm4.dynamics.com", []string{"Contoso Produktion"}},
		{"no word over two fields", "uathttps", nil},
		{"nobody", "fabrikam", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, p := range Find(list, c.query) {
				got = append(got, p.Name)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}
