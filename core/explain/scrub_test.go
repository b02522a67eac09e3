package explain

import (
	"strings"
	"testing"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/internal/race"
)

func TestScrub(t *testing.T) {
	for in, want := range map[string]string{
		"client_secret=abc&scope=x":                                             "client_secret=[redacted]&scope=x",
		"client_secret: 'ab''cd; e' tenant: x":                                  "client_secret: '[redacted]' tenant: x",
		`ClientSecret: secret.New("pass phrase"),`:                              `ClientSecret: [redacted]`,
		"Klienthemmelighet, verdi: gVe8Q~GDHJifYlz~fw155tDMDjw~EMa~hXuWXDuj x":  "Klienthemmelighet, verdi: [redacted] x",
		"Value: Gx07Q~Lk-29sDmWq.83nB vTzRyPoIu_45eAbCdFh Kind regards":         "Value: [redacted] Kind regards",
		"its key is Lk3fT8+qW2xR9vB/nM5cZ7pH1+jD4sG6yK0/aE9uQ3w=.":              "its key is [redacted].",
		"grant_type=client_credentials&client_secret=a%7Eb&x=1":                 "grant_type=client_credentials&client_secret=[redacted]&x=1",
		"AuthType=ClientSecret;ClientSecret=ab&cd;Url=https://x.com":            "AuthType=ClientSecret;ClientSecret=[redacted];Url=https://x.com",
		`ClientSecret="a b;c";Url=x`:                                            `ClientSecret="[redacted]";Url=x`,
		`{"client_secret":"a\"b","scope":"x"}`:                                  `{"client_secret":"[redacted]","scope":"x"}`,
		`{\"client_secret\":\"ab\",\"scope\":\"x\"}`:                            `{\"client_secret\":\"[redacted]\",\"scope\":\"x\"}`,
		"AZURE_CLIENT_SECRET=abc":                                               "AZURE_CLIENT_SECRET=[redacted]",
		"secret: abc\nnext":                                                     "secret: [redacted]\nnext",
		"client_secret=Zx9~qW8e.RtY7uIoP6aS\r\ndF5gHjK4lQmN3bVcX2z1 is bad":     "client_secret=[redacted] is bad",
		"> secret: 8Kz8Q~d9.WxYz0123\n> AbC-dEfGh1Kl4mN5\n> oP6q":               "> secret: [redacted]\n> oP6q",
		"client_secret=abc\nAADSTS7000215 b8f7c6d5-1a2b-4c3d-8e9f-001122aabbcc": "client_secret=[redacted]\nAADSTS7000215 b8f7c6d5-1a2b-4c3d-8e9f-001122aabbcc",
		"Password=abc;": "Password=[redacted]",
		"pac auth create --applicationId x --clientSecret abc -env y": "pac auth create --applicationId x --clientSecret [redacted] -env y",
		"-cs 'a b' -t z":                                                   "-cs '[redacted]' -t z",
		"Authorization: Bearer abc":                                        "Authorization: [redacted]",
		"authorization: Basic YWJj\nAccept: */*":                           "authorization: [redacted]\nAccept: */*",
		"a bearer token is needed":                                         "a bearer token is needed",
		"Bearer abc123":                                                    "Bearer [redacted]",
		"Cookie: a=b; c=d\nHost: x":                                        "Cookie: [redacted]\nHost: x",
		"token eyJhbGciOiJub25lIn0.eyJhIjoxfQ.c2ln!":                       "token [redacted]!",
		"http://localhost/?code=0.AXo-abc_d&state=1":                       "http://localhost/?code=[redacted]&state=1",
		"https://login.microsoftonline.com/error?code=50011":               "https://login.microsoftonline.com/error?code=50011",
		"response_type=code&client_id=1":                                   "response_type=code&client_id=1",
		`{"code":"0x80072560"}`:                                            `{"code":"0x80072560"}`,
		`<add key="ClientSecret" value="pass phrase"/>`:                    `<add key="ClientSecret" value="[redacted]"/>`,
		`<add value='pass phrase' key='Crm.Password' />`:                   `<add value='[redacted]' key='Crm.Password' />`,
		`<add key="Url" value="https://x.com"/>`:                           `<add key="Url" value="https://x.com"/>`,
		"| client_secret | pass phrase | AADSTS7000215 |":                  "| client_secret | [redacted] | AADSTS7000215 |",
		"client_secret\tpass phrase\tAADSTS7000215":                        "client_secret\t[redacted]\tAADSTS7000215",
		"client_secret,pass phrase,AADSTS7000215":                          "client_secret,[redacted],AADSTS7000215",
		"name,clientSecret,url\nerp,pass phrase,https://x.com":             "name,clientSecret,url\nerp,[redacted],https://x.com",
		"name,password\nerp,\"a,b c\"\nhr,d e":                             "name,password\nerp,[redacted]\nhr,[redacted]",
		"| Name | Secret |\n|---|---|\n| erp | pass phrase |":              "| Name | Secret |\n|---|---|\n| erp | [redacted] |",
		`ConvertTo-SecureString 'pass phrase' -AsPlainText -Force`:         `ConvertTo-SecureString '[redacted]' -AsPlainText -Force`,
		`ConvertTo-SecureString -AsPlainText -Force -String "pass phrase"`: `ConvertTo-SecureString -AsPlainText -Force -String "[redacted]"`,
		`ConvertTo-SecureString $secret -AsPlainText`:                      `ConvertTo-SecureString $secret -AsPlainText`,
		`new ClientSecretCredential(tenantId, "2015d711", "pass phrase")`:  `new ClientSecretCredential(tenantId, "2015d711", "[redacted]")`,
		`ClientSecretCredential(tenant, client, secret)`:                   `ClientSecretCredential(tenant, client, secret)`,
		`new ClientCredential(id, 'pass phrase')`:                          `new ClientCredential(id, '[redacted]')`,
		`builder.WithClientSecret("pass phrase").Build()`:                  `builder.WithClientSecret("[redacted]").Build()`,
		`.clientSecret("pass phrase")`:                                     `.clientSecret("[redacted]")`,
		"Client secret value Pass0phrase, expires 2027":                    "Client secret value [redacted] expires 2027",
		"the client secret value is 'pass phrase'":                         "the client secret value is '[redacted]'",
		"the client secret value, not the client secret ID":                "the client secret value, not the client secret ID",
		"the client secret value is wrong":                                 "the client secret value is wrong",
		"clientSecret => pass":                                             "clientSecret => [redacted]",
		"AADSTS7000215: Invalid client secret, check the value, please":    "AADSTS7000215: Invalid client secret, check the value, please",
		"<ClientSecret>abc</ClientSecret>":                                 "<ClientSecret>[redacted]</ClientSecret>",
		"the value was 8Kz8Q~d9.WxYz0123AbC-dEfGhIjKl4mN5oP6q and no more": "the value was [redacted] and no more",
		"2015d711-0000-4000-8000-000000000001":                             "2015d711-0000-4000-8000-000000000001",
		"Microsoft.PowerPlatform.Dataverse.Client.Utils.Exception1":        "Microsoft.PowerPlatform.Dataverse.Client.Utils.Exception1",
		"error_description=AADSTS1003031":                                  "error_description=AADSTS1003031",
		"Bearer authorization_uri=https://login.microsoftonline.com/x/oauth2/authorize, resource_id=https://y/": "Bearer authorization_uri=https://login.microsoftonline.com/x/oauth2/authorize, resource_id=https://y/",
		"'client_assertion', 'client_secret' or 'request' is required":                                          "'client_assertion', 'client_secret' or 'request' is required",
		"-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----\nend":                                     "[redacted]\nend",
		"-----BEGIN RSA PRIVATE KEY-----\nMIIE":                                                                 "[redacted]",
	} {
		got := scrub(in)
		if got != want {
			t.Errorf("scrub(%q)\n got %q\nwant %q", in, got, want)
		}
		if again := scrub(got); again != got {
			t.Errorf("not stable: %q became %q", got, again)
		}
	}
}

// TestNoCaseIsScrubbedAway guards against a pattern that removes more than secrets: the
// diagnosis of each case must not change.
func TestNoCaseIsScrubbedAway(t *testing.T) {
	for _, e := range examples(t) {
		before, _ := catalog.ReadStrongest(e.text, catalog.Sightings(e.text))
		after, _ := catalog.ReadStrongest(scrub(e.text), catalog.Sightings(scrub(e.text)))
		if len(before.AADSTS) != len(after.AADSTS) || before.Dataverse != after.Dataverse {
			t.Errorf("%s: the code was scrubbed away: %q", e.name, scrub(e.text))
		}
	}
}

// canary is a secret that no service would create.
const canary = "cAnArY.7-s3cr3t_zQ"

// places are the usual places of secrets; %s is the secret.
var places = []string{
	"client_secret=%s", "ClientSecret=%s;", `"client_secret": "%s"`, `{"access_token":"%s","token_type":"Bearer"}`,
	"Authorization: Bearer %s", "Bearer %s", "http://localhost/?code=%s&state=1", "http://localhost/#code=%s&state=1",
	"--client-secret %s", "--clientSecret '%s'", "password=%s", "AZURE_CLIENT_SECRET=%s", "<ClientSecret>%s</ClientSecret>",
	"refresh_token=%s", "client_assertion=%s", "Cookie: ESTSAUTH=%s", `error_description=AADSTS7000215: client_secret=%s`,
	`{"error":{"code":"0x80072560","message":"password=%s"}}`, `{"error":"x","error_description":"AADSTS65001 code_verifier=%s"}`,
}

// wrappings are encodings that a text may have.
var wrappings = []func(string) string{
	func(s string) string { return s },
	escapeQuery, escapeHTML, escapeJSON,
	func(s string) string { return escapeQuery(escapeQuery(s)) },
	func(s string) string { return escapeJSON(escapeHTML(s)) },
}

func TestNoSecretComesThrough(t *testing.T) {
	race.Skip(t, race.OneGoroutine)
	for _, place := range places {
		for i, wrap := range wrappings {
			text := wrap(strings.ReplaceAll(place, "%s", canary))
			for _, whole := range []string{text, "AADSTS7000215: refused. " + text, text + "\nErrorCode: -2147015328", `{"error":"x","error_description":"` + escapeJSON(text) + `"}`} {
				if out := marshal(t, Explain(whole)); strings.Contains(out, canary) {
					t.Errorf("%q (wrapping %d) came through: %s", whole, i, out)
				}
			}
		}
	}
}

// TestTablesHideSecrets guards that a pass phrase in a table or element is hidden by its
// position, because its shape is that of ordinary words.
func TestTablesHideSecrets(t *testing.T) {
	const phrase = "correct horse battery staple"
	for _, table := range []string{
		`<add key="ClientSecret" value="%s"/>`, `<setting value="%s" name='Dataverse.ClientSecret'/>`,
		"| client_secret | %s | x |", "client_secret\t%s\tx", "client_secret,%s,x", "clientId;clientSecret;url\nx;%s;https://x.com",
		"name,client secret\nerp,%s", "clientSecret => '%s'",
		"ConvertTo-SecureString '%s' -AsPlainText", `new ClientSecretCredential(tenant, client, "%s")`, "Client secret value '%s'",
	} {
		for i, wrap := range wrappings {
			text := "AADSTS7000215: refused\n" + strings.ReplaceAll(table, "%s", phrase)
			if out := marshal(t, Explain(wrap(text))); strings.Contains(out, phrase) {
				t.Errorf("%q (wrapping %d) came through: %s", table, i, out)
			}
		}
	}
}
