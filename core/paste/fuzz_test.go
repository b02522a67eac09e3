package paste_test

import (
	"encoding/json"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/s2sdoctor/s2sdoctor/core/cloud"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/paste"
	"github.com/s2sdoctor/s2sdoctor/core/placeholder"
	"github.com/s2sdoctor/s2sdoctor/internal/race"
)

// writers are the formats in which other tools show a connection. Pasting their output
// must return any secret unchanged.
var writers = map[string]func(secret string) string{
	"connection string": func(s string) string {
		return "AuthType=ClientSecret;Url=" + contoso + `;ClientId=` + clientID + `;ClientSecret="` + strings.ReplaceAll(s, `"`, `""`) + `"`
	},
	"connection string in single quotes": func(s string) string {
		return "ClientSecret='" + strings.ReplaceAll(s, "'", "''") + "';AuthType=ClientSecret;Url=" + contoso + ";ClientId=" + clientID
	},
	"JSON": func(s string) string {
		return string(must(json.Marshal(map[string]string{"url": contoso, "clientId": clientID, "clientSecret": s})))
	},
	"token request": func(s string) string {
		return url.Values{"client_id": {clientID}, "client_secret": {s}, "resource": {contoso}}.Encode()
	},
	"settings": func(s string) string {
		return "S2S_ENVIRONMENT=" + contoso + "\nS2S_CLIENT_ID=" + clientID + "\nS2S_CLIENT_SECRET=\"" + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + "\"\n"
	},
	"mail": func(s string) string {
		return "URL: " + contoso + "\nClient ID: " + clientID + "\nClient secret: \"" + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + "\"\n"
	},
}

// FuzzPasteRoundTrip guards that every writer's output returns a secret of printable
// ASCII.
func FuzzPasteRoundTrip(f *testing.F) {
	for _, seed := range []string{value, "a;b", `a"b`, "a'b", "a=b==", `a\`, "%7E&+", "'\"", "{}", "#;,", "$(", "[1]", "`", "**", "(**", `;"&"`, "***", `\"`, "|**", `^"`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		typed = "k7Q~" + strings.Map(func(r rune) rune {
			if r < '!' || r > '~' {
				return -1
			}
			return r
		}, typed) + "0123456789aZ"
		_, _, problems := connection.Form{Secret: secretOf(typed)}.Clean(cloud.Table)
		refused := slices.ContainsFunc(problems, func(p connection.Problem) bool { return p.Field == connection.FieldSecret })
		// A secret that contains a text of another kind is read as that text.
		if refused || placeholder.Is(typed) || strings.Contains(typed, "=") && strings.ContainsAny(typed, ";&") || strings.Contains(typed, "<") || strings.Contains(typed, "://") {
			return
		}
		want := got{Environment: contoso, ClientID: clientID, Secret: typed}
		for name, write := range writers {
			form := paste.Read(write(typed)).Form
			if d := cmp.Diff(want, open(form)); d != "" {
				t.Fatalf("%s: -want +got\n%s", name, d)
			}
		}
	})
}

var pasteSeeds = []string{
	"$env:X = 'y'", "pac auth create -id x -cs y", "curl https://login.microsoftonline.com/x -d 'client_id=1'", `<add key="ClientId" value="x"/>`,
	"Application (client) ID\n:\n" + clientID, "https://portal.azure.com/#@a.b/appId/" + clientID, "{\"values\":[{\"key\":\"url\",\"value\":\"contoso.crm.x\"}]}",
}

// FuzzPaste guards that nothing panics, that the values can be used unchanged, that the
// notes contain no value, and that the values are the same after the form's own settings
// are pasted.
func FuzzPaste(f *testing.F) {
	race.Skip(f, race.OneGoroutine)
	for _, write := range writers {
		f.Add(write(value))
	}
	for _, seed := range pasteSeeds {
		f.Add(seed)
	}
	for _, file := range fieldFiles {
		for _, c := range fieldCases(f, file) {
			f.Add(c.Text)
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		result := paste.Read(text)
		taken := open(result.Form)
		if len(result.Choices) > 0 {
			if len(result.Choices) < 2 || taken != (got{}) {
				t.Fatalf("%d choices, took %+v", len(result.Choices), taken)
			}
			return
		}
		if ok := result.Found(); ok != (taken != got{}) || ok && len(result.Notes) == 0 || !ok && len(result.Notes) > 0 {
			t.Fatalf("ok %v, took %+v, notes %v", ok, taken, result.Notes)
		}
		for _, n := range result.Notes {
			for _, v := range []string{taken.Secret, taken.CertificatePassword, taken.ClientID, taken.Environment} {
				if len(v) > 12 && strings.Contains(n.Text.String(), v) {
					t.Fatalf("the note %q holds %q", n.Text.String(), v)
				}
			}
		}
		form := result.Form
		form.CertificateFile = "" // Clean would search for the file
		_, _, problems := form.Clean(cloud.Table)
		for _, p := range problems {
			if filled := map[connection.Field]string{
				connection.FieldEnvironment: taken.Environment, connection.FieldTenant: taken.Tenant, connection.FieldClientID: taken.ClientID,
				connection.FieldSecret: taken.Secret, connection.FieldRedirectURI: taken.RedirectURI,
			}[p.Field]; filled != "" && taken.Tenant != taken.ClientID {
				t.Fatalf("took %q for %s: %s", filled, p.Field, p.Summary)
			}
		}
		if again := open(paste.Read(settingsOf(taken)).Form); again != taken {
			t.Fatalf("pasted again:\n%s\n-want +got\n%s", settingsOf(taken), cmp.Diff(taken, again))
		}
	})
}

// settingsOf returns a form as settings.
func settingsOf(v got) string {
	var b strings.Builder
	for _, line := range []struct{ name, value string }{
		{"S2S_ENVIRONMENT", v.Environment},
		{"S2S_TENANT_ID", v.Tenant},
		{"S2S_CLIENT_ID", v.ClientID},
		{"S2S_CLIENT_SECRET", v.Secret},
		{"S2S_REDIRECT_URI", v.RedirectURI},
		{"S2S_CERTIFICATE_PATH", v.CertificateFile},
		{"S2S_KEY_FILE", v.KeyFile},
		{"S2S_CERTIFICATE_PASSWORD", v.CertificatePassword},
	} {
		if line.value != "" {
			b.WriteString(line.name + "=\"" + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(line.value) + "\"\n")
		}
	}
	return b.String()
}

// canaries are secrets of each generation; § is their place in the templates.
var canaries = []string{
	"Zx8Q~vN3kLmPq7RtUwY2aBcD4eF6gH8jK0.nMdTb", "00LzX9xN5wTQMKGhJLapYa+W9pI2Qf8s/0239VFgkJE=", "w[7cU.?Mdx1VIZ2Hn:l3fK@bQ0rS5tYe", "/q8;r%S=Lp~2'Nd&Xw\"4Kf}Tz9]Gb#Vy",
}

// FuzzPasteNeverShowsASecret guards that no part of a secret anywhere in a text gets into
// a visible field, a note or the name of a choice.
func FuzzPasteNeverShowsASecret(f *testing.F) {
	race.Skip(f, race.OneGoroutine)
	for _, write := range writers {
		f.Add(write("§"), uint8(0))
	}
	for _, seed := range append(pasteSeeds,
		"tenant: §", "client id §", "url: §", "https://§.crm4.dynamics.com", "redirect_uri=https://localhost/§", "certificate: /certs/§.pfx", "§", "§@contoso.com", "Tenant ID:\n§",
		"Client ID, Tenant ID, Secret\n"+clientID+", §, x", "Client ID: "+clientID+" / Tenant: § / Secret: y", "[§]\nclient_id="+clientID, "# §\nCLIENT_ID="+clientID+"\n# PROD\nCLIENT_ID="+tenantID,
		`{"§":{"clientId":"`+clientID+`"},"x":{"clientId":"`+tenantID+`"}}`,
	) {
		f.Add(seed, uint8(1))
	}
	for _, file := range fieldFiles {
		for i, c := range fieldCases(f, file) {
			if c.Right.Secret != "" {
				f.Add(strings.ReplaceAll(c.Text, c.Right.Secret, "§"), uint8(i))
			}
		}
	}
	f.Fuzz(func(t *testing.T, template string, which uint8) {
		canary := canaries[int(which)%len(canaries)]
		result := paste.Read(strings.ReplaceAll(template, "§", canary))
		forms := []connection.Form{result.Form}
		notes := result.Notes
		var shown []string
		for _, c := range result.Choices {
			forms, notes, shown = append(forms, c.Form), append(notes, c.Notes...), append(shown, c.Name)
		}
		for _, n := range notes {
			shown = append(shown, n.Text.String())
		}
		for _, form := range forms {
			shown = append(shown, form.Environment, form.Tenant, form.ClientID, form.RedirectURI, form.CertificateFile, form.KeyFile)
		}
		const part = 7
		for _, s := range shown {
			for i := 0; i+part <= len(canary); i++ {
				piece := strings.ToLower(canary[i : i+part])
				if strings.Contains(strings.ToLower(s), piece) && !strings.Contains(strings.ToLower(template), piece) {
					t.Fatalf("%q holds a part of the secret", s)
				}
			}
		}
	})
}
