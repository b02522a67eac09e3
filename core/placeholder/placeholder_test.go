package placeholder_test

import (
	"testing"

	"github.com/s2sdoctor/s2sdoctor/core/placeholder"
)

func TestIs(t *testing.T) {
	for _, s := range []string{
		"{{secret}}", "${SECRET}", "a-${SECRET}", "$(secret)", "$[variables.x]", "#{secret}#", "<secret>", "{clientSecret}", "{0}", "[secret]", "%SECRET%", "$SECRET", "$env:SECRET",
		"__SECRET__", "@Microsoft.KeyVault(SecretUri=x)", "...", "xxxx", "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx", "changeme", "TODO", "n/a", "null", "your-client-secret",
		"YOUR_CLIENT_SECRET", "yourClientSecret", "REPLACE_WITH_SECRET", "secret_here", "secret-goes-here", "<insert your secret here>", "PasteYourSecretHere", "***",
	} {
		if !placeholder.Is(s) {
			t.Errorf("%q is no placeholder", s)
		}
	}
	for _, s := range []string{
		"", "c4n4ry8Q~qWe.rTyUiOp_asDfGhJkL-zxCvBnM1a", "ab$[cd]ef1234567890", "contoso", "keyboard-cat", "https://contoso.crm4.dynamics.com", "2015d711-8a4f-4d3c-9b2e-0f1a2b3c4d5e",
		"/certs/s2s.pfx", "my.company.com", "hunter2",
	} {
		if placeholder.Is(s) {
			t.Errorf("%q is taken for a placeholder", s)
		}
	}
}
