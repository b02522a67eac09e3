package sandbox

import (
	"crypto/sha256"
	"strings"
	"testing"
	"time"
)

// TestCodes guards that an authorization code is valid once, for ten minutes, for the
// same client, tenant, address and verifier.
func TestCodes(t *testing.T) {
	verifier := b64(random(32))
	sum := sha256.Sum256([]byte(verifier))
	s := start(t, nil)
	c := client(t, s)
	code := func() string {
		path, q := ask(v2Authorize, "code_challenge", b64(sum[:]), "code_challenge_method", "S256")
		return walk(t, c, "https://"+LoginHost, path, q, "application-user", "accept").Get("code")
	}
	redeem := func(code string, changes ...string) verdict {
		form := credentials(s, append([]string{
			"grant_type", "authorization_code", "code", code, "redirect_uri", "http://localhost:8765",
			"code_verifier", verifier, "scope", Environment + "/user_impersonation openid",
		}, changes...)...)
		return verdictOf(t, post(t, c, tokenURL, form))
	}
	used := code()
	diff(t, verdict{Status: 200}, redeem(used))
	for name, test := range map[string]struct{ got, want verdict }{
		"twice":             {redeem(used), verdict{400, "invalid_grant", 54005}},
		"made up":           {redeem("1.Sandbox.x"), verdict{400, "invalid_grant", 9002313}},
		"none":              {redeem(""), verdict{400, "invalid_request", 900144}},
		"wrong verifier":    {redeem(code(), "code_verifier", b64(random(32))), verdict{400, "invalid_grant", 501481}},
		"no verifier":       {redeem(code(), "code_verifier", ""), verdict{400, "invalid_grant", 501481}},
		"another address":   {redeem(code(), "redirect_uri", "http://localhost:8766"), verdict{400, "invalid_grant", 50011}},
		"wrong secret":      {redeem(code(), "client_secret", "x"), verdict{401, "invalid_client", 7000215}},
		"no secret":         {redeem(code(), "client_secret", ""), verdict{401, "invalid_client", 7000218}},
		"unknown resource":  {redeem(code(), "scope", "https://contosso.crm4."+suffix+"/user_impersonation"), verdict{400, "invalid_resource", 500011}},
		"through /common":   {verdictOf(t, post(t, c, strings.Replace(tokenURL, TenantID, "common", 1), credentials(s, "grant_type", "authorization_code", "code", code(), "redirect_uri", "http://localhost:8765", "code_verifier", verifier, "scope", Environment+"/user_impersonation"))), verdict{Status: 200}},
		"another directory": {verdictOf(t, post(t, c, strings.Replace(tokenURL, TenantID, ForeignTenantID, 1), credentials(s, "grant_type", "authorization_code", "code", code()))), verdict{400, "unauthorized_client", 700016}},
	} {
		if test.got != test.want {
			t.Errorf("%s: %+v, want %+v", name, test.got, test.want)
		}
	}
	old := code()
	s.Configure(func(t *Tenant) { t.Clock = 11 * time.Minute })
	diff(t, verdict{400, "invalid_grant", 70008}, redeem(old))
}
