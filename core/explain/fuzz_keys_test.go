package explain

import (
	"encoding/base64"
	"encoding/json"
	"strings"
	"testing"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/entra"
)

// FuzzToken guards that a token and its decoded claims have the same cause, that claims
// of any kind have a cause of the contract, and that the explanation contains neither the
// signature nor any part of the token.
func FuzzToken(f *testing.F) {
	for _, claims := range []string{
		`{"aud":"https://contoso.crm4.dynamics.com","iss":"https://sts.windows.net/t/","tid":"12b5c856-0b1e-4a63-9f0e-3c1d5a7e9b24","appid":"2015d711-8a4f-4d3c-9b2e-0f1a2b3c4d5e","idtyp":"app","exp":4102444800}`,
		`{"aud":["https://graph.microsoft.com"],"iss":"x","scp":"user_impersonation","upn":"a@b.example","exp":1}`,
		`{"aud":"api://AzureADTokenExchange","iss":"https://token.actions.githubusercontent.com","sub":"repo:a@1/b@2:ref:refs/heads/main","exp":1e400}`,
		`{"aud":"00000007-0000-0000-c000-000000000000","iss":"y","nbf":99999999999,"roles":["a"]}`,
		`{"aud":1}`, `[]`, `{"aud":"x"`,
	} {
		f.Add(claims, "RS256")
	}
	f.Fuzz(func(t *testing.T, claims, algorithm string) {
		header, err := json.Marshal(map[string]string{"alg": algorithm, "typ": "JWT"})
		if err != nil || len(claims) > 8<<10 || len(algorithm) > 64 {
			return
		}
		enc := base64.RawURLEncoding
		const signature = "c2lnbmF0dXJlLUNhbmFyeS0xMjM0NTY3ODkwYWJjZGVm"
		token := enc.EncodeToString(header) + "." + enc.EncodeToString([]byte(claims)) + "." + signature
		e := Explain("Authorization: Bearer " + token)
		checkShape(t, e)
		if _, ok := catalog.Lookup(e.Cause); !ok && e.Cause != "" {
			t.Fatalf("%q is no cause", e.Cause)
		}
		out := marshal(t, e)
		for _, part := range []string{signature, token} {
			if strings.Contains(out, part) {
				t.Fatalf("came through: %s", out)
			}
		}
		c, ok := entra.ParseClaims([]byte(claims))
		if !ok || !judgeable(claims, c) {
			return
		}
		if decoded := Explain(claims); decoded.Cause != e.Cause {
			t.Fatalf("the token is %q, its claims are %q: %s", e.Cause, decoded.Cause, claims)
		}
	})
}

// judgeable reports whether claims are a plain object without marks of anything else:
// then the text is about the claims only.
func judgeable(claims string, c entra.Claims) bool {
	if c.Audience == "" || c.Issuer == "" || strings.ContainsAny(claims, "\\%&<#") || !strings.HasPrefix(claims, `{"`) || balanced(claims) != claims {
		return false
	}
	r := read(claims)
	return r.silent()
}

// FuzzConnectionString guards that the order of keys in a connection string and the case
// of their names do not matter, and that the explanation contains no password or secret.
func FuzzConnectionString(f *testing.F) {
	f.Add("ClientSecret", "https://contoso.crm4.dynamics.com", "2015d711-8a4f-4d3c-9b2e-0f1a2b3c4d5e", "Zx98QeRtY7uIoP6aSdF5", 1)
	f.Add("Office365", "https://contoso.crm4.dynamics.com", "", "hunter22", 2)
	f.Add("OAuth", "contoso", "51f81489-12ee-4a9e-aaae-a2591f45987d", "p;a", 3)
	f.Add("Certificate", "", "x", "", 4)
	f.Fuzz(func(t *testing.T, kind, address, id, value string, turn int) {
		for _, part := range []string{kind, address, id, value} {
			if strings.ContainsAny(part, ";=\"'`<>\n\r\\%&{}") || strings.TrimSpace(part) != part || len(part) > 200 {
				return
			}
		}
		const canary = "Cn7QeRtY7uIoP6aSdF5gH"
		keys := []string{"AuthType=" + kind, "Url=" + address, "ClientId=" + id, "ClientSecret=" + canary + value, "Password=" + canary + value}
		turn = index(turn, len(keys))
		turned := append(append([]string{}, keys[turn:]...), keys[:turn]...)
		plain := Explain(strings.Join(keys, ";"))
		for _, text := range []string{strings.Join(turned, ";"), strings.Join(turned, " ; ") + ";", `<add name="x" connectionString="` + strings.Join(turned, ";") + `" />`} {
			e := Explain(text)
			checkShape(t, e)
			if e.Cause != plain.Cause {
				t.Fatalf("%q is %q, in another order %q: %q", keys, plain.Cause, e.Cause, text)
			}
			if out := marshal(t, e); strings.Contains(out, canary) {
				t.Fatalf("came through: %s", out)
			}
		}
	})
}
