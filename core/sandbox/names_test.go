package sandbox

import (
	"net/http"
	"strings"
	"testing"
)

const microsoftTokenURL = "https://login.microsoftonline.com/" + TenantID + "/oauth2/v2.0/token"

func TestMicrosoftNames(t *testing.T) {
	s := start(t, func(t *Tenant) { t.MicrosoftNames = true })
	c := exposed(t, s)
	environment := s.Renamed(Environment)
	diff(t, "https://contoso.crm4.dynamics.com", environment)

	probe := get(t, c, environment+"/api/data/v9.2/WhoAmI")
	diff(t, "Bearer authorization_uri=https://login.microsoftonline.com/"+TenantID+"/oauth2/authorize, resource_id=https://contoso.crm4.dynamics.com/",
		probe.Header.Get("WWW-Authenticate"))

	token := post(t, c, microsoftTokenURL, credentials(s, "scope", environment+"/.default")).fields(t)["access_token"].(string)
	diff(t, any(environment), verifyAt(t, c, "https://login.microsoftonline.com", token)["aud"])

	for _, path := range []string{
		"WhoAmI", "organizations?$select=name", "systemusers?$select=fullname&$expand=systemuserroles_association($select=name)",
	} {
		r := send(t, c, http.MethodGet, environment+"/api/data/v9.2/"+path, "", http.Header{"Authorization": {"Bearer " + token}})
		diff(t, http.StatusOK, r.Status)
		if strings.Contains(r.Body, suffix) || !strings.Contains(r.Body, "https://contoso.crm4.dynamics.com/api/data/v9.2/$metadata#") {
			t.Errorf("%s: %s", path, r.Body)
		}
	}
}

// TestMicrosoftNamesMetadata guards the names that clients read from documents.
func TestMicrosoftNamesMetadata(t *testing.T) {
	s := start(t, func(t *Tenant) { t.MicrosoftNames = true })
	c := exposed(t, s)
	got := get(t, c, "https://login.microsoftonline.com/"+TenantID+"/v2.0/.well-known/openid-configuration").fields(t)
	for name, want := range map[string]string{
		"issuer":              "https://login.microsoftonline.com/" + TenantID + "/v2.0",
		"token_endpoint":      microsoftTokenURL,
		"cloud_instance_name": "microsoftonline.com",
		"msgraph_host":        "graph.microsoft.com",
	} {
		diff(t, any(want), got[name])
	}
	gov := get(t, c, "https://login.microsoftonline.com/"+GovTenantID+"/v2.0/.well-known/openid-configuration").fields(t)
	diff(t, any("https://login.microsoftonline.us/"+GovTenantID+"/oauth2/v2.0/token"), gov["token_endpoint"])
}

// TestOneSetOfNames guards that a sandbox under one set of names has no host and no
// resource under the other.
func TestOneSetOfNames(t *testing.T) {
	for name, test := range map[string]struct {
		microsoft        bool
		token, otherHost string
		otherEnvironment string
	}{
		"Microsoft's": {true, microsoftTokenURL, LoginHost, Environment},
		"sandbox's":   {false, tokenURL, "login.microsoftonline.com", "https://contoso.crm4.dynamics.com"},
	} {
		t.Run(name, func(t *testing.T) {
			s := start(t, func(t *Tenant) { t.MicrosoftNames = test.microsoft })
			c := exposed(t, s)
			r := post(t, c, test.token, credentials(s, "scope", test.otherEnvironment+"/.default"))
			diff(t, any([]any{500011.0}), r.fields(t)["error_codes"])
			if _, err := trySend(c, http.MethodGet, "https://"+test.otherHost+"/", "", nil); err == nil {
				t.Errorf("%s was reached", test.otherHost)
			}
		})
	}
}

// FuzzExchange guards that exchanging the names twice restores any text.
func FuzzExchange(f *testing.F) {
	for _, host := range hosts {
		f.Add("https://" + host + "/")
	}
	f.Add("login.login.microsoftonline.com.sandbox.localhost crm4.crm4.dynamics.com")
	f.Fuzz(func(t *testing.T, text string) {
		if got := exchange.Replace(exchange.Replace(text)); got != text {
			t.Errorf("%q became %q", text, got)
		}
	})
}
