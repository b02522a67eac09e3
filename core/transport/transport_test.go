package transport_test

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/s2sdoctor/s2sdoctor/core/secret"
	"github.com/s2sdoctor/s2sdoctor/core/transport"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const (
	host   = "contoso.crm4.dynamics.com"
	canary = "c4n4ry~8Q.plain-client+secret/="
)

// serve starts a TLS server that responds for any name, and a client that reaches only
// that server. httptest's certificate is for example.com.
func serve(t *testing.T, h http.HandlerFunc) (*transport.Client, *httptest.Server) {
	t.Helper()
	s := httptest.NewTLSServer(h)
	t.Cleanup(s.Close)
	roots := x509.NewCertPool()
	roots.AddCert(s.Certificate())
	c := transport.New(transport.Options{Roots: roots, Dial: to(s.Listener.Addr().String()), Wait: noWait})
	t.Cleanup(c.Close)
	return c, s
}

func to(addr string) func(context.Context, string, string) (net.Conn, error) {
	return func(ctx context.Context, network, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "tcp", addr)
	}
}

func noWait(ctx context.Context, _ time.Duration) error { return ctx.Err() }

func get(t *testing.T, c *transport.Client, url string) (transport.Response, *transport.Error) {
	t.Helper()
	answer, err := c.Do(t.Context(), transport.Request{Method: http.MethodGet, URL: url, Header: http.Header{}})
	return answer, transport.AsError(err)
}

func TestFailuresAreToldApart(t *testing.T) {
	ok := func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "{}") }
	cases := []struct {
		name   string
		client func(t *testing.T) (*transport.Client, string)
		want   transport.Kind
		says   string
	}{
		{"no such name", func(t *testing.T) (*transport.Client, string) {
			return dialing(t, func(context.Context, string, string) (net.Conn, error) {
				return nil, &net.OpError{Op: "dial", Err: &net.DNSError{Err: "no such host", Name: "x", IsNotFound: true}}
			}), "https://x.crm.dynamics.com/"
		}, transport.DNS, "no such host name"},
		{"nothing listens", func(t *testing.T) (*transport.Client, string) {
			l, err := net.Listen("tcp", "127.0.0.1:0")
			if err != nil {
				t.Fatal(err)
			}
			addr := l.Addr().String()
			l.Close()
			return dialing(t, to(addr)), "https://x.crm.dynamics.com/"
		}, transport.Refused, "nothing accepts"},
		{"cut before the answer", func(t *testing.T) (*transport.Client, string) {
			c, _ := serve(t, func(w http.ResponseWriter, _ *http.Request) { hijack(w).Close() })
			return c, "https://example.com/"
		}, transport.Broken, "cut before"},
		{"cut in the middle", func(t *testing.T) (*transport.Client, string) {
			c, _ := serve(t, func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Length", "1000")
				fmt.Fprint(w, "half")
			})
			return c, "https://example.com/"
		}, transport.Broken, "broke off"},
		{"endless body", func(t *testing.T) (*transport.Client, string) {
			c, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
				w.WriteHeader(http.StatusBadRequest)
				for r.Context().Err() == nil {
					if _, err := w.Write(make([]byte, 32<<10)); err != nil {
						return
					}
				}
			})
			return c, "https://example.com/"
		}, transport.Intercepted, "longer than 64 KiB"},
		{"unknown authority", func(t *testing.T) (*transport.Client, string) {
			_, s := serve(t, ok)
			c := transport.New(transport.Options{Roots: x509.NewCertPool(), Dial: to(s.Listener.Addr().String())})
			t.Cleanup(c.Close)
			return c, "https://example.com/"
		}, transport.TLS, "issued by O=Acme Co"},
		{"certificate for another host", func(t *testing.T) (*transport.Client, string) {
			c, _ := serve(t, ok)
			return c, "https://" + host + "/"
		}, transport.TLS, "for another host: example.com"},
		{"only TLS 1.1", func(t *testing.T) (*transport.Client, string) {
			s := httptest.NewUnstartedServer(http.HandlerFunc(ok))
			s.TLS = &tls.Config{MaxVersion: tls.VersionTLS11, MinVersion: tls.VersionTLS10}
			s.Config.ErrorLog = quiet()
			s.StartTLS()
			t.Cleanup(s.Close)
			return dialing(t, to(s.Listener.Addr().String())), "https://example.com/"
		}, transport.TLS, "TLS"},
		{"no TLS at all", func(t *testing.T) (*transport.Client, string) {
			s := httptest.NewServer(http.HandlerFunc(ok))
			t.Cleanup(s.Close)
			return dialing(t, to(s.Listener.Addr().String())), "https://example.com/"
		}, transport.TLS, "does not speak TLS"},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			c, url := tc.client(t)
			_, f := get(t, c, url)
			if f == nil {
				t.Fatal("no failure")
			}
			if f.Kind != tc.want || !strings.Contains(f.Detail.String(), tc.says) {
				t.Errorf("got %s: %q, want %s: …%q…", f.Kind, f.Detail, tc.want, tc.says)
			}
			if exchanges := c.Exchanges(); len(exchanges) == 0 || exchanges[0].Err == nil {
				t.Error("the record does not show the failure")
			}
		})
	}
}

func TestSlowServiceIsATimeout(t *testing.T) {
	release := make(chan struct{})
	c, _ := serve(t, func(_ http.ResponseWriter, r *http.Request) {
		select {
		case <-release:
		case <-r.Context().Done():
		}
	})
	defer close(release)
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	_, err := c.Do(ctx, transport.Request{Method: http.MethodGet, URL: "https://example.com/", Header: http.Header{}})
	if f := transport.AsError(err); f == nil || f.Kind != transport.Timeout {
		t.Errorf("got %v, want a timeout", err)
	}
}

func TestCancelledIsNotAFinding(t *testing.T) {
	c, _ := serve(t, func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(20*time.Millisecond, cancel)
	_, err := c.Do(ctx, transport.Request{Method: http.MethodGet, URL: "https://example.com/", Header: http.Header{}})
	if f := transport.AsError(err); f == nil || f.Kind != transport.Canceled {
		t.Errorf("got %v, want cancelled", err)
	}
}

// TestRedirectsAreNotFollowed guards that a redirect is not followed and gets no data:
// RFC 9700 section 4.11.
func TestRedirectsAreNotFollowed(t *testing.T) {
	for _, status := range []int{301, 302, 303, 307, 308} {
		for _, target := range []string{"https://example.com/again", "https://sub.example.com/", "https://evil.example/", "http://example.com/"} {
			t.Run(fmt.Sprintf("%d to %s", status, target), func(t *testing.T) {
				arrived := 0
				c, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
					arrived++
					w.Header().Set("Location", target+"?leak=1")
					w.WriteHeader(status)
				})
				answer, err := c.Do(t.Context(), transport.Request{
					Method: http.MethodGet, URL: "https://example.com/", Header: http.Header{},
					Bearer: &transport.Bearer{Token: secret.New(canary), Host: "example.com"},
				})
				if err != nil || answer.Status != status {
					t.Fatalf("got %d, %v", answer.Status, err)
				}
				if arrived != 1 {
					t.Errorf("%d requests arrived, want 1", arrived)
				}
				if kept := c.Exchanges()[0].Header.Get("Location"); strings.Contains(kept, "leak") {
					t.Errorf("the record keeps the query of the redirect: %s", kept)
				}
			})
		}
	}
}

func TestBearerOwnHostOnly(t *testing.T) {
	var arrived []string
	c, _ := serve(t, func(w http.ResponseWriter, r *http.Request) { arrived = append(arrived, r.Header.Get("Authorization")) })
	bearer := &transport.Bearer{Token: secret.New(canary), Host: "example.com"}
	for _, tc := range []struct {
		url string
		ok  bool
	}{
		{"https://example.com/api", true},
		{"https://example.com:443/api", true},
		{"http://example.com/api", false},
		{"https://sub.example.com/", false},
		{"https://example.com.evil.test/", false},
		{"https://evil.test/?example.com", false},
		{"https://example.com:8443/", false},
		{"https://user@example.com/", false},
	} {
		arrived = nil
		_, err := c.Do(t.Context(), transport.Request{Method: http.MethodGet, URL: tc.url, Header: http.Header{}, Bearer: bearer})
		switch {
		case tc.ok && (err != nil || len(arrived) != 1 || arrived[0] != "Bearer "+canary):
			t.Errorf("%s: got %v, %d requests; want the token delivered", tc.url, err, len(arrived))
		case !tc.ok && (err == nil || len(arrived) != 0):
			t.Errorf("%s: got %v, %d requests; want a refusal before anything is sent", tc.url, err, len(arrived))
		}
	}
}

func TestRecordHoldsNoSecret(t *testing.T) {
	echo := []string{
		canary, url.QueryEscape(canary), hex.EncodeToString([]byte(canary)),
		base64.StdEncoding.EncodeToString([]byte(canary)), base64.StdEncoding.EncodeToString([]byte("x" + canary)),
		base64.RawURLEncoding.EncodeToString([]byte("xy" + canary + "tail")),
		func() string { b, _ := json.Marshal(canary); return string(b) }(),
		"eyJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJ4In0.c2ln", `"access_token":"opaque-token-value"`, "client_secret=" + url.QueryEscape(canary),
	}
	c, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Server", canary)
		w.Header().Set("Set-Cookie", "x="+canary)
		fmt.Fprint(w, strings.Join(echo, "\n"))
	})
	c.AddSecret(secret.New(canary))
	answer, f := get(t, c, "https://example.com/api/data?$select=name&secret="+url.QueryEscape(canary))
	if f != nil {
		t.Fatal(f)
	}
	e := c.Exchanges()[0]
	for _, seen := range []string{string(answer.Body), e.Body, e.URL, fmt.Sprint(e.Header), fmt.Sprintf("%+v", e)} {
		for _, leak := range append(echo[:7:7], canary[:12], "eyJhbGci", "opaque-token-value") {
			if strings.Contains(seen, strings.Trim(leak, "=")) {
				t.Errorf("the record shows %q:\n%s", leak, seen)
			}
		}
	}
	if want := "https://example.com/api/data?$select=name"; e.URL != want {
		t.Errorf("got URL %s, want %s", e.URL, want)
	}
}

func TestProxyRefuses(t *testing.T) {
	cases := []struct {
		name, header string
		status       int
		want         transport.Kind
		says         string
	}{
		{"wants a password", "Basic realm=x", 407, transport.ProxyAuth, "it asks for Basic"},
		{"wants a Windows sign-in", "NTLM", 407, transport.ProxyAuth, "it asks for NTLM"},
		{"forbids the host", "", 403, transport.Intercepted, "403"},
		{"cannot reach the host", "", 502, transport.Refused, "502"},
		{"waits in vain", "", 504, transport.Timeout, "504"},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			var asked []string
			proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				asked = append(asked, r.Method+" "+r.Host)
				if tc.header != "" {
					w.Header().Set("Proxy-Authenticate", tc.header)
				}
				w.WriteHeader(tc.status)
			}))
			defer proxy.Close()
			t.Setenv("HTTPS_PROXY", proxy.URL)
			t.Setenv("NO_PROXY", "")
			c := transport.New(transport.Options{Wait: noWait})
			defer c.Close()
			_, f := get(t, c, "https://"+host+"/api/data/v9.2/WhoAmI?x=private")
			if f == nil || f.Kind != tc.want || !strings.Contains(f.Detail.String(), tc.says) {
				t.Errorf("got %v, want %s: …%s…", f, tc.want, tc.says)
			}
			if len(asked) != 1 || asked[0] != "CONNECT "+host+":443" {
				t.Errorf("the proxy saw %q, want the host alone", asked)
			}
		})
	}
}

func TestPatience(t *testing.T) {
	cases := []struct {
		name    string
		answers []int
		after   string
		want    int
		tries   int
	}{
		{"busy twice, then well", []int{503, 503, 200}, "", 200, 3},
		{"throttled once", []int{429, 200}, "1", 200, 2},
		{"busy for ever", []int{503, 503, 503, 200}, "", 503, 3},
		{"asks for an hour", []int{429, 200}, "3600", 429, 1},
		{"a refusal is not busy", []int{401, 200}, "", 401, 1},
		{"a fault is not busy", []int{500, 200}, "", 500, 1},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			n := 0
			c, _ := serve(t, func(w http.ResponseWriter, _ *http.Request) {
				if tc.after != "" {
					w.Header().Set("Retry-After", tc.after)
				}
				w.WriteHeader(tc.answers[n])
				n++
			})
			answer, f := get(t, c, "https://example.com/")
			if f != nil || answer.Status != tc.want || n != tc.tries {
				t.Errorf("got %d after %d tries (%v), want %d after %d", answer.Status, n, f, tc.want, tc.tries)
			}
		})
	}
}

func TestRetryAfter(t *testing.T) {
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	cases := []struct {
		text string
		want time.Duration
		ok   bool
	}{
		{"", 0, false},
		{"12", 12 * time.Second, true},
		{" 0 ", 0, true},
		{"1.5", 1500 * time.Millisecond, true},
		{"-3", 0, false},
		{"NaN", 0, false},
		{"soon", 0, false},
		{"1e300", 24 * time.Hour, true},
		{"Sun, 22 Nov 2026 12:01:00 GMT", time.Minute, true},
		{"Sun, 22 Nov 2026 11:00:00 GMT", 0, true},
		{"00:00:07", 7 * time.Second, true},
		{"-1:00:00", 0, false},
	}
	for _, tc := range cases {
		got, ok := transport.RetryAfter(http.Header{"Retry-After": {tc.text}}, now)
		if got != tc.want || ok != tc.ok {
			t.Errorf("%q: got %v, %v; want %v, %v", tc.text, got, ok, tc.want, tc.ok)
		}
	}
}

func FuzzRetryAfter(f *testing.F) {
	for _, s := range []string{"12", "Sun, 22 Nov 2026 12:01:00 GMT", "00:00:07", "1e999", "99999999999999999999:0:0"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, ok := transport.RetryAfter(http.Header{"Retry-After": {s}}, time.Unix(1e9, 0))
		if d < 0 || d > 24*time.Hour || !ok && d != 0 {
			t.Errorf("%q: %v, %v", s, d, ok)
		}
	})
}

func FuzzScrub(f *testing.F) {
	f.Add("secret-value-1", "before", "after")
	f.Add("~a.b_c-D9+/=", "{\"x\":\"", "\"}")
	f.Fuzz(func(t *testing.T, plain, before, after string) {
		if len(plain) < 8 || strings.Contains(secret.Redacted, plain) {
			return
		}
		c := transport.New(transport.Options{})
		defer c.Close()
		c.AddSecret(secret.New(plain))
		quoted, _ := json.Marshal(plain)
		for _, spelled := range []string{plain, url.QueryEscape(plain), string(quoted), hex.EncodeToString([]byte(plain))} {
			if out := c.Redact(before + spelled + after); strings.Contains(out, plain) {
				t.Errorf("%q is still in %q", plain, out)
			}
		}
	})
}

func TestLoginReachesOneHostOnly(t *testing.T) {
	arrived := 0
	c, _ := serve(t, func(w http.ResponseWriter, _ *http.Request) { arrived++; fmt.Fprint(w, "{}") })
	login := c.Login("example.com")
	for url, ok := range map[string]bool{
		"https://example.com/token": true, "https://evil.test/token": false, "http://example.com/token": false, "https://example.com:444/": false,
	} {
		arrived = 0
		req, _ := http.NewRequestWithContext(t.Context(), http.MethodPost, url, strings.NewReader("client_secret=x"))
		resp, err := login.Do(req)
		if (err == nil) != ok || arrived > 0 != ok {
			t.Errorf("%s: got %v, %d requests", url, err, arrived)
		}
		if err == nil {
			_, _ = io.Copy(io.Discard, resp.Body)
			resp.Body.Close()
		}
	}
}

func dialing(t *testing.T, dial func(context.Context, string, string) (net.Conn, error)) *transport.Client {
	c := transport.New(transport.Options{Dial: dial, Wait: noWait})
	t.Cleanup(c.Close)
	return c
}

func hijack(w http.ResponseWriter) net.Conn {
	conn, _, err := w.(http.Hijacker).Hijack()
	if err != nil {
		panic(err)
	}
	return conn
}
