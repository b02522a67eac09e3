package entra

import (
	"encoding/base64"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/secret"
)

// FuzzClaims guards that the claims of a token are those of its payload, that IDs are in
// lower case, that times are within the years that can be formatted, and that only three
// parts are a token.
func FuzzClaims(f *testing.F) {
	f.Add(`{"aud":"https://contoso.crm4.dynamics.com","tid":"12B5C856-0B1E-4A63-9F0E-3C1D5A7E9B24","appid":"x","exp":4102444800}`, "c2ln", 0)
	f.Add(`{"aud":["a","b"],"exp":1e308,"nbf":-1,"iat":0.5}`, "", 1)
	f.Add(`{"AUD":"x","roles":null,"sub":"repo:a/b"}`, "=", 2)
	f.Add(`null`, ".", 0)
	f.Fuzz(func(t *testing.T, payload, signature string, padding int) {
		body := base64.RawURLEncoding.EncodeToString([]byte(payload)) + strings.Repeat("=", padding&3)
		token := "eyJhbGciOiJSUzI1NiJ9." + body + "." + signature
		got, ok := Peek(secret.New(token))
		want, plain := ParseClaims([]byte(payload))
		shaped := !strings.Contains(signature, ".") && len(token) <= 64<<10
		if ok != (plain && shaped) {
			t.Fatalf("read %v, the payload %v: %q", ok, plain, token)
		}
		if !ok {
			return
		}
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("%+v, the payload is %+v", got, want)
		}
		for _, id := range []string{got.TenantID, got.AppID, got.ObjectID} {
			if id != strings.ToLower(id) {
				t.Fatalf("%q is not in small letters", id)
			}
		}
		for _, at := range []time.Time{got.IssuedAt, got.NotBefore, got.Expires} {
			if !at.IsZero() && (at.Year() < 1970 || at.Year() > 9999) {
				t.Fatalf("the year %d", at.Year())
			}
		}
	})
}
