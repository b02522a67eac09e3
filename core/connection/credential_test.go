package connection_test

import (
	"strings"
	"testing"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
)

func TestSecret(t *testing.T) {
	const (
		missing, isID, mangled = "input.secret-missing", "input.secret-is-id", "input.secret-mangled"
		dropped                = "dropped the blanks or line breaks around the client secret"
		unlikely               = "it holds punctuation that today's client secrets do not have: if it was copied from settings, check that no other characters came along"
	)
	for _, tt := range []struct {
		name, typed string
		cause       catalog.Cause
		note        string
	}{
		{"value", value, "", ""},
		{"key of 2017", "q1w2e3r4t5y6u7i8o9p0+/aSdFgHjKlZxCvBnM12345=", "", ""},
		{"line break of echo", value + "\r\n", "", dropped},
		{"zero-width space", "\u200b" + value, "", dropped},
		{"short one of a test tenant", "s3cret", "", ""},
		{"quotes inside, of 2018", `w"7cU.'?Mdx1VIZ2Hn:l3fK@bQ0rS5tYe`, "", unlikely},
		{"quote at the end", value + "'", "", unlikely},
		{"semicolon and ampersand", "w;7cU&?Mdx1VIZ2Hn:l3fK@bQ0rS5tYe", "", unlikely},
		{"percent sign of its own", "w%7cU;?Mdx1VIZ2Hn:l3fK@bQ0rS5tYe", "", unlikely},
		{"asterisks inside", "w***U.?Mdx1VIZ2Hn:l3fK@bQ0rS5tYe", "", ""},
		{"brackets", "ab$[cd]ef1234567890123456", "", ""},
		{"nothing", "", missing, ""},
		{"blanks", " \n", missing, ""},
		{"Secret ID", clientID, isID, ""},
		{"Secret ID in braces", "{" + strings.ToUpper(clientID) + "}", isID, ""},
		{"blank inside", value[:20] + " " + value[20:], mangled, ""},
		{"line break inside", value[:20] + "\n" + value[20:], mangled, ""},
		{"NUL inside", value[:20] + "\x00" + value[20:], mangled, ""},
		{"invisible inside", value[:20] + "\u200d" + value[20:], mangled, ""},
		{"quotes around", `"` + value + `"`, mangled, ""},
		{"percent-encoded", strings.ReplaceAll(value, "~", "%7E"), mangled, ""},
		{"long dash", strings.ReplaceAll(value, "-", "–"), mangled, ""},
		{"Postman", "{{clientSecret}}", mangled, ""},
		{"Azure Pipelines", "$(ClientSecret)", mangled, ""},
		{"shell", "${CLIENT_SECRET}", mangled, ""},
		{"shell without braces", "$CLIENT_SECRET", mangled, ""},
		{"PowerShell", "$env:CLIENT_SECRET", mangled, ""},
		{"Windows", "%CLIENT_SECRET%", mangled, ""},
		{"replace-tokens", "#{ClientSecret}#", mangled, ""},
		{"replace-tokens of old", "__ClientSecret__", mangled, ""},
		{"GitHub Actions", "${{ secrets.CLIENT_SECRET }}", mangled, ""},
		{"Key Vault reference", "@Microsoft.KeyVault(SecretUri=https://v.vault.azure.net/secrets/s)", mangled, ""},
		{"Key Vault address", "https://contoso.vault.azure.net/secrets/s2s/0123", mangled, ""},
		{"angle brackets", "<secret>", mangled, ""},
		{"redacted by us", "[redacted]", mangled, ""},
		{"masked by a pipeline", "***", mangled, ""},
		{"masked by the portal", "c4n*************************************", mangled, ""},
		{"masked by dots", "••••••••", mangled, ""},
		{"words of an example", "your-client-secret", mangled, ""},
		{"dots", "...", mangled, ""},
		{"format", "{0}", mangled, ""},
		{"instruction", "REPLACE_WITH_CLIENT_SECRET", mangled, ""},
		{"words in capitals", "YOUR_SECRET_VALUE_HERE", mangled, ""},
		{"crosses", "xxxxxxxxxxxx", mangled, ""},
		{"null", "null", mangled, ""},
		{"token", "eyJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJ4In0.c2ln", mangled, ""},
		{"private key", "-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----", mangled, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			form := complete()
			form.Secret = secret.New(tt.typed)
			c, note, problem := only(t, connection.FieldSecret, form)
			if problem.Cause != tt.cause || note != tt.note {
				t.Errorf("-want +got\n-%s %q\n+%s %q (%s)", tt.cause, tt.note, problem.Cause, note, problem.Summary)
			}
			if tt.cause == "" {
				if got := plain(c.Credential.Secret); got != strings.Trim(tt.typed, "\r\n\u200b") || c.Credential.Kind != connection.SecretKind {
					t.Errorf("came out as %q, kind %q", got, c.Credential.Kind)
				}
				return
			}
			if c.Credential.Kind != connection.None || !c.Credential.Secret.Empty() {
				t.Error("a refused secret came through")
			}
			if strings.Contains(problem.Summary.String(), "c4n") {
				t.Errorf("the summary shows the secret: %s", problem.Summary)
			}
		})
	}
}
