package transport_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/transport"
)

// TestIdentityStaysLocal guards that only this computer and link-local addresses get a
// request, under any name.
func TestIdentityStaysLocal(t *testing.T) {
	asked := 0
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked++ }))
	defer server.Close()
	proxied := 0
	proxy := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { proxied++ }))
	defer proxy.Close()
	through, err := url.Parse(proxy.URL)
	if err != nil {
		t.Fatal(err)
	}
	client := transport.New(transport.Options{Proxy: func(*url.URL) (*url.URL, error) { return through, nil }})
	defer client.Close()
	own, err := url.Parse(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		url  string
		want bool
	}{
		{server.URL + "/token", true},
		{"http://localhost:" + own.Port() + "/token", true},
		{"http://example.com/token", false},
		{"http://10.0.0.1/token", false},
		{"http://169.255.1.1/token", false},
		{"http://localhost.example.com/token", false},
		{"http://[2001:db8::1]/token", false},
		{"http://127.0.0.1.nip.io/token", false},
	} {
		before := asked
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, test.url, nil)
		if err != nil {
			t.Fatal(err)
		}
		way := client.Identity()
		_, err = way.Do(req)
		cancel()
		if (err == nil) != test.want || (asked == before+1) != test.want {
			t.Errorf("%s: error %v, asked %d times", test.url, err, asked-before)
		}
		if _, last := way.Last(); (last == nil) != test.want {
			t.Errorf("%s: last %v", test.url, last)
		}
	}
	if proxied > 0 {
		t.Errorf("%d requests went through the proxy", proxied)
	}
}
