package entra_test

import (
	"encoding/base64"
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/s2sdoctor/s2sdoctor/core/entra"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
)

func jwt(claims map[string]any) secret.Value {
	enc := base64.RawURLEncoding
	payload, _ := json.Marshal(claims)
	return secret.New(enc.EncodeToString([]byte(`{"alg":"RS256"}`)) + "." + enc.EncodeToString(payload) + ".c2ln")
}

func TestPeek(t *testing.T) {
	at := time.Unix(1_790_000_000, 0).UTC()
	cases := []struct {
		name  string
		token secret.Value
		want  entra.Claims
		ok    bool
	}{
		{
			"an application's, v1", jwt(map[string]any{"aud": "https://contoso.crm4.dynamics.com", "tid": "T", "appid": "A", "appidacr": "1", "oid": "O", "iat": at.Unix(), "exp": at.Unix() + 3600}),
			entra.Claims{Audience: "https://contoso.crm4.dynamics.com", TenantID: "t", AppID: "a", Credential: "1", ObjectID: "o", IssuedAt: at, Expires: at.Add(time.Hour)},
			true,
		},
		{
			"an application's, v2", jwt(map[string]any{"aud": []string{"x", "y"}, "azp": "A", "azpacr": "2"}),
			entra.Claims{Audience: "x y", AppID: "a", Credential: "2"},
			true,
		},
		{
			"a user's", jwt(map[string]any{"scp": "user_impersonation", "unique_name": "anna@contoso.com"}),
			entra.Claims{Scopes: "user_impersonation", User: "anna@contoso.com"},
			true,
		},
		{"times out of range", jwt(map[string]any{"exp": 1e300, "nbf": -5}), entra.Claims{}, true},
		{"opaque", secret.New("0.AAAA-opaque"), entra.Claims{}, false},
		{"none", secret.Value{}, entra.Claims{}, false},
		{"not JSON inside", secret.New("a." + base64.RawURLEncoding.EncodeToString([]byte("x")) + ".c"), entra.Claims{}, false},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			got, ok := entra.Peek(tc.token)
			if ok != tc.ok {
				t.Errorf("got readable = %v, want %v", ok, tc.ok)
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

// FuzzPeek guards that Peek accepts any text, and returns the claims of a token.
func FuzzPeek(f *testing.F) {
	f.Add("https://contoso.crm4.dynamics.com", int64(1_790_000_000))
	f.Add("\x00\"\\", int64(-1))
	f.Fuzz(func(t *testing.T, aud string, exp int64) {
		entra.Peek(secret.New(aud))
		raw, err := json.Marshal(aud)
		if err != nil {
			return
		}
		var want string
		_ = json.Unmarshal(raw, &want) // the reference
		c, ok := entra.Peek(jwt(map[string]any{"aud": aud, "exp": exp}))
		if ok && c.Audience != want {
			t.Errorf("aud %q came back as %q", want, c.Audience)
		}
		if !c.Expires.IsZero() && (c.Expires.Unix() != exp || c.Expires.Year() > 9999) {
			t.Errorf("exp %d came back as %v", exp, c.Expires)
		}
	})
}
