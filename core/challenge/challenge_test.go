package challenge_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/s2sdoctor/s2sdoctor/core/challenge"
)

const (
	login    = "https://login.microsoftonline.com/7c0ffee1-5b2a-4c3d-9e8f-0a1b2c3d4e5f/oauth2/authorize"
	resource = "https://contoso.crm4.dynamics.com/"
)

// TestBearer guards that the forms in which Dataverse and other services write the same
// challenge are parsed alike.
func TestBearer(t *testing.T) {
	want := map[string]string{"authorization_uri": login, "resource_id": resource}
	for _, tc := range []struct {
		name    string
		headers []string
	}{
		{"as recorded", []string{"Bearer authorization_uri=" + login + ", resource_id=" + resource}},
		{"quoted", []string{`Bearer authorization_uri="` + login + `", resource_id="` + resource + `"`}},
		{"one quoted", []string{`Bearer authorization_uri="` + login + `",resource_id=` + resource}},
		{"blank instead of comma", []string{"Bearer authorization_uri=" + login + " resource_id=" + resource}},
		{"other order", []string{"Bearer resource_id=" + resource + ", authorization_uri=" + login}},
		{"other case", []string{"BEARER Authorization_URI=" + login + ", RESOURCE_ID=" + resource}},
		{"blanks around equals", []string{"Bearer  authorization_uri = " + login + " , resource_id = " + resource}},
		{"folded", []string{"Bearer authorization_uri=" + login + ",\r\n resource_id=" + resource}},
		{"after Negotiate in one header", []string{"Negotiate, NTLM, Bearer authorization_uri=" + login + ", resource_id=" + resource}},
		{"before Basic in one header", []string{"Bearer authorization_uri=" + login + ", resource_id=" + resource + `, Basic realm="x"`}},
		{"after Basic with a realm", []string{`Basic realm="Bearer, a realm", Bearer authorization_uri=` + login + ", resource_id=" + resource}},
		{"in the last header", []string{"Negotiate", "NTLM TlRMTVNTUAACAAAA==", "Bearer authorization_uri=" + login + ", resource_id=" + resource}},
		{"after a bare Bearer", []string{"Bearer", "Bearer authorization_uri=" + login + ", resource_id=" + resource}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			c, ok := challenge.Bearer(tc.headers)
			if !ok || !c.Names() {
				t.Fatalf("no complete challenge in %q: %+v", tc.headers, c)
			}
			if diff := cmp.Diff(want, c.Parameters); diff != "" {
				t.Errorf("parameters (-want +got):\n%s", diff)
			}
			if got := c.TenantID(); got != "7c0ffee1-5b2a-4c3d-9e8f-0a1b2c3d4e5f" {
				t.Errorf("tenant: got %q", got)
			}
		})
	}
}

func TestIncomplete(t *testing.T) {
	for _, tc := range []struct {
		name, header string
		bearer       bool
		login        string
	}{
		{"nothing", "", false, ""},
		{"another scheme", "Negotiate", false, ""},
		{"a scheme that begins alike", "BearerX authorization_uri=" + login, false, ""},
		{"bare", "Bearer", true, ""},
		{"discovery", "Bearer authorization_uri=https://login.windows.net/common/oauth2/authorize", true, "login.windows.net"},
		{"plain http", "Bearer authorization_uri=http://login.microsoftonline.com/x, resource_id=" + resource, true, ""},
		{"with a user", "Bearer authorization_uri=https://login.microsoftonline.com@evil.test/x, resource_id=" + resource, true, ""},
		{"unclosed quote", `Bearer authorization_uri="` + login, true, "login.microsoftonline.com"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			c, ok := challenge.Bearer([]string{tc.header})
			if ok != tc.bearer || c.Login() != tc.login || c.Names() {
				t.Errorf("got bearer %v, login %q, names %v", ok, c.Login(), c.Names())
			}
		})
	}
}

func TestClaimsChallenge(t *testing.T) {
	c, _ := challenge.Bearer([]string{`Bearer realm="", authorization_uri="` + login + `", error="insufficient_claims", claims="eyJhY2Nlc3NfdG9rZW4iOnt9fQ=="`})
	if c.Get("error") != "insufficient_claims" || c.Get("claims") != "eyJhY2Nlc3NfdG9rZW4iOnt9fQ==" {
		t.Errorf("got %v", c.Parameters)
	}
}

func TestSchemes(t *testing.T) {
	var got []string
	for _, c := range challenge.Parse([]string{`Negotiate, NTLM`, `Digest realm="proxy", nonce="abc", qop="auth"`, `Basic realm="proxy"`, "NTLM"}) {
		got = append(got, c.Scheme)
	}
	if diff := cmp.Diff([]string{"negotiate", "ntlm", "digest", "basic", "ntlm"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// FuzzParse guards that parsing ends, and that every parsed part was in the header.
func FuzzParse(f *testing.F) {
	f.Add("Bearer authorization_uri=" + login + ", resource_id=" + resource)
	f.Add(`Bearer realm="a\"b", error=x,,= Negotiate abc==`)
	f.Fuzz(func(t *testing.T, header string) {
		lower := strings.ToLower(header)
		for _, c := range challenge.Parse([]string{header}) {
			if !strings.Contains(lower, c.Scheme) {
				t.Errorf("scheme %q is not in %q", c.Scheme, header)
			}
			for name, value := range c.Parameters {
				if !strings.Contains(lower, name) || len(value) > len(header) {
					t.Errorf("parameter %q=%q is not in %q", name, value, header)
				}
			}
		}
	})
}
