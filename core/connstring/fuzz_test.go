package connstring

import (
	"strings"
	"testing"
)

// FuzzParse guards that a string written by the rules of ADO.NET is read back: any values
// in quotes, keys in any case and any order.
func FuzzParse(f *testing.F) {
	f.Add("ClientSecret", "p;a\"s's=w", "https://contoso.crm4.dynamics.com", false)
	f.Add("Client Secret", "'", "", true)
	f.Add("x", "\"\"", ";", false)
	f.Fuzz(func(t *testing.T, key, value, address string, single bool) {
		if !plainKey.MatchString(key) || strings.TrimSpace(key) != key || strings.Contains(value+address, "\n") {
			return
		}
		quote := `"`
		if single {
			quote = "'"
		}
		quoted := func(s string) string { return quote + strings.ReplaceAll(s, quote, quote+quote) + quote }
		text := "AuthType=" + quoted("ClientSecret") + ";URL=" + quoted(address) + "; " + key + " = " + quoted(value) + " ;"
		got := Parse(text)
		if len(got) != 3 || got[1].Value != address || got[2].Value != value || got[0].Value != "ClientSecret" {
			t.Fatalf("%q is read as %+v", text, got)
		}
	})
}
