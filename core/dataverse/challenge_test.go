package dataverse_test

import (
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/s2sdoctor/s2sdoctor/core/dataverse"
)

const tenant = "12b5c856-0b1e-4a63-9f0e-3c1d5a7e9b24"

func TestParseChallenge(t *testing.T) {
	full := dataverse.Challenge{Bearer: true, Login: "login.microsoftonline.com", TenantID: tenant, Resource: "https://contoso.crm4.dynamics.com/"}
	cases := []struct {
		name    string
		headers []string
		want    dataverse.Challenge
	}{
		{"as Dataverse writes it", []string{"Bearer authorization_uri=https://login.microsoftonline.com/" + tenant + "/oauth2/authorize, resource_id=https://contoso.crm4.dynamics.com/"}, full},
		{"no blank after the comma", []string{"Bearer authorization_uri=https://login.microsoftonline.com/" + tenant + "/oauth2/authorize,resource_id=https://contoso.crm4.dynamics.com/"}, full},
		{"names in any case", []string{"BeArEr AUTHORIZATION_URI=https://LOGIN.microsoftonline.com/" + strings.ToUpper(tenant) + "/oauth2/authorize, reSoUrCe_ID=https://contoso.crm4.dynamics.com/"}, full},
		{"quoted", []string{`Bearer authorization_uri="https://login.microsoftonline.com/` + tenant + `/oauth2/authorize", resource_id="https://contoso.crm4.dynamics.com/"`}, full},
		{"after another scheme", []string{"Negotiate", "Bearer authorization_uri=https://login.microsoftonline.com/" + tenant + "/oauth2/authorize, resource_id=https://contoso.crm4.dynamics.com/"}, full},
		{"with a claims challenge", []string{`Bearer error="insufficient_claims", claims="eyJhY2Nlc3M="`}, dataverse.Challenge{Bearer: true}},
		{"common authority", []string{"Bearer authorization_uri=https://login.windows.net/common/oauth2/authorize, resource_id=https://disco.crm.dynamics.com/"}, dataverse.Challenge{Bearer: true, Login: "login.windows.net", Resource: "https://disco.crm.dynamics.com/"}},
		{"bare", []string{"Bearer"}, dataverse.Challenge{Bearer: true}},
		{"http authority is not believed", []string{"Bearer authorization_uri=http://login.microsoftonline.com/x, resource_id=y"}, dataverse.Challenge{Bearer: true, Resource: "y"}},
		{"authority with a user name is not believed", []string{"Bearer authorization_uri=https://login.microsoftonline.com@evil.test/x, resource_id=y"}, dataverse.Challenge{Bearer: true, Resource: "y"}},
		{"none", nil, dataverse.Challenge{}},
		{"Basic only", []string{`Basic realm="x"`}, dataverse.Challenge{}},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, dataverse.ParseChallenge(tc.headers)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

// FuzzParseChallenge guards that, for any header, a parsed authority is the bare
// lower-case host of an https address, and a tenant is a GUID.
func FuzzParseChallenge(f *testing.F) {
	f.Add("Bearer authorization_uri=https://login.microsoftonline.com/" + tenant + "/oauth2/authorize, resource_id=https://contoso.crm4.dynamics.com/")
	f.Add(`bearer authorization_uri="https://user@host:99/..\..//x", resource_id=`)
	f.Fuzz(func(t *testing.T, header string) {
		c := dataverse.ParseChallenge([]string{header})
		if c.Login != strings.ToLower(c.Login) || strings.ContainsAny(c.Login, "/@?#") {
			t.Errorf("%q gives the login host %q", header, c.Login)
		}
		if c.Login != "" {
			if u, err := url.Parse("https://" + c.Login + "/"); err != nil || u.User != nil {
				t.Errorf("%q gives a login host that is none: %q", header, c.Login)
			}
		}
		if c.TenantID != "" && len(c.TenantID) != len(tenant) {
			t.Errorf("%q gives the tenant %q", header, c.TenantID)
		}
		if c.Complete() && !c.Bearer {
			t.Errorf("%q: complete without a challenge", header)
		}
	})
}
