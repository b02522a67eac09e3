package connection_test

import (
	"strings"
	"testing"

	"github.com/s2sdoctor/s2sdoctor/core/connection"
)

func TestRedirectURI(t *testing.T) {
	for _, tt := range []struct{ name, typed, says string }{
		{"nothing", "", ""},
		{"localhost", "http://localhost", ""},
		{"localhost with port and path", "http://localhost:8400/signin", ""},
		{"IPv4 loopback", "http://127.0.0.1:8400/", ""},
		{"https", "https://contoso.com/callback?x=1", ""},
		{"native client", "https://login.microsoftonline.com/common/oauth2/nativeclient", ""},
		{"scheme of the Dynamics samples", "app://58145B91-0C36-4500-8554-080854F2AC97", ""},
		{"out of band", "urn:ietf:wg:oauth:2.0:oob", ""},
		{"IPv6 loopback", "http://[::1]:8400", "[::1]"},
		{"http elsewhere", "http://contoso.com", "must be https"},
		{"http on a look-alike", "http://localhost.evil.example", "must be https"},
		{"http on another loopback", "http://127.0.0.2", "must be https"},
		{"no scheme", "localhost", "not an address"},
		{"no host", "https:///callback", "names no host"},
		{"fragment", "https://contoso.com/#callback", "holds a #"},
		{"userinfo", "https://contoso.com@evil.example/", "holds an @"},
		{"forbidden character", "https://contoso.com/a(b)", "does not allow"},
		{"blank", "https://contoso.com/a b", "blanks"},
		{"backslash", `https:\\contoso.com`, "no address has"},
		{"script", "javascript:alert", "must begin with https://"},
		{"file", "file:///etc/passwd", "must begin with https://"},
		{"too long", "https://contoso.com/" + strings.Repeat("a", 240), "longer than 256"},
		{"placeholder", "{{callback}}", "never filled in"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			form := complete()
			form.RedirectURI = tt.typed
			c, _, problem := only(t, connection.FieldRedirectURI, form)
			if tt.says == "" {
				if c.RedirectURI != tt.typed || problem.Cause != "" {
					t.Errorf("got %q, %s", c.RedirectURI, problem.Summary)
				}
				return
			}
			if problem.Cause != "input.redirect-uri" || !strings.Contains(problem.Summary.String(), tt.says) || c.RedirectURI != "" {
				t.Errorf("want input.redirect-uri saying %q, got %s %q", tt.says, problem.Cause, problem.Summary)
			}
		})
	}
}
