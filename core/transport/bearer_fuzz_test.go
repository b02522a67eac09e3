package transport

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/s2sdoctor/s2sdoctor/core/secret"
)

// FuzzBearer guards that a token is attached only for https and for its own host, in any
// spelling of the address.
func FuzzBearer(f *testing.F) {
	for _, seed := range []string{
		"https://example.com/api", "https://example.com:443/", "http://example.com/", "https://user@example.com/",
		"https://example.com.evil.test/", "https://evil.test/@example.com", "https://example.com%2eevil.test/", "//example.com/x",
		"https://EXAMPLE.com/", "https://example.com:0443/", "https://[::1]/example.com", "https://example.com\\@evil.test/",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, address string) {
		u, err := url.Parse(address)
		if err != nil {
			return
		}
		req := &http.Request{Method: http.MethodGet, URL: u, Header: http.Header{}}
		err = (&Bearer{Token: secret.New("t.o.k"), Host: "example.com"}).attach(req)
		sent := req.Header.Get("Authorization") != ""
		if sent != (err == nil) {
			t.Fatalf("%q: sent %v, error %v", address, sent, err)
		}
		if !sent {
			return
		}
		port := u.Port()
		if u.Scheme != "https" || !strings.EqualFold(u.Hostname(), "example.com") || port != "" && port != "443" || u.User != nil {
			t.Errorf("%q gets the token", address)
		}
	})
}
