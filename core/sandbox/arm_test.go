package sandbox

import (
	"net/http"
	"strings"
	"testing"
)

// TestARM guards the requests that the Azure CLI sends after a sign-in, with tokens under
// either name of the service, and that a token for another resource is refused.
func TestARM(t *testing.T) {
	s := start(t, nil)
	c := client(t, s)
	const api = "https://" + armHost
	for name, resource := range map[string]string{"as the Azure CLI asks": "https://" + armClassic + "/", "under the host": api} {
		t.Run(name, func(t *testing.T) {
			token, err := s.AdministratorToken(Maker, resource)
			if err != nil {
				t.Fatal(err)
			}
			h := http.Header{}
			token.Use(func(plain string) { h.Set("Authorization", "Bearer "+plain) })
			for _, x := range []struct {
				method, path string
				status       int
				holds        string
			}{
				{http.MethodGet, "/subscriptions?api-version=2019-11-01", 200, `"value":[]`},
				{http.MethodGet, "/tenants?api-version=2019-11-01", 200, `"tenantId":"` + TenantID + `"`},
				{http.MethodPost, "/subscriptions?api-version=2019-11-01", 501, "NotModelled"},
				{http.MethodGet, "/providers?api-version=2019-11-01", 501, "NotModelled"},
			} {
				r := send(t, c, x.method, api+x.path, "", h)
				if r.Status != x.status || !strings.Contains(r.Body, x.holds) || (r.Header.Get(modelHeader) == notModelled) != (x.status == 501) {
					t.Errorf("%s %s: %d %s", x.method, x.path, r.Status, r.Body)
				}
			}
		})
	}
	if r := send(t, c, http.MethodGet, api+"/tenants", "", graphToken(t, s, c)); r.Status != 401 {
		t.Errorf("a token for Graph: %d %s", r.Status, r.Body)
	}
}
