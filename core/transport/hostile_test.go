package transport

import (
	"bufio"
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/net/http2"

	"github.com/s2sdoctor/s2sdoctor/core/secret"
)

// hostile serves each TLS connection with serve. It returns a client that reaches only
// this server, and the number of connections so far.
func hostile(t *testing.T, protocol string, serve func(*tls.Conn)) (*Client, *atomic.Int32) {
	t.Helper()
	s := httptest.NewTLSServer(http.NotFoundHandler()) // for its certificate
	t.Cleanup(s.Close)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	var connections atomic.Int32
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			connections.Add(1)
			go func() {
				defer conn.Close()
				serve(tls.Server(conn, &tls.Config{Certificates: s.TLS.Certificates, NextProtos: []string{protocol}}))
			}()
		}
	}()
	c := New(Options{
		Roots: s.Client().Transport.(*http.Transport).TLSClientConfig.RootCAs,
		Dial: func(ctx context.Context, network, _ string) (net.Conn, error) {
			return (&net.Dialer{}).DialContext(ctx, network, l.Addr().String())
		},
	})
	t.Cleanup(c.Close)
	return c, &connections
}

// writes responds to the first request with text and keeps the connection open until the
// client closes it.
func writes(text string) func(*tls.Conn) {
	return func(conn *tls.Conn) {
		in := bufio.NewReader(conn)
		if _, err := http.ReadRequest(in); err != nil {
			return
		}
		_, _ = io.WriteString(conn, text)
		_, _ = io.Copy(io.Discard, in)
	}
}

// drips sends head and then one byte of a body at a time.
func drips(head string) func(*tls.Conn) {
	return func(conn *tls.Conn) {
		if _, err := http.ReadRequest(bufio.NewReader(conn)); err != nil {
			return
		}
		_, err := io.WriteString(conn, head)
		for err == nil {
			time.Sleep(10 * time.Millisecond)
			_, err = conn.Write([]byte(" "))
		}
	}
}

// TestHostileServers guards that a request ends with its context for any behaviour of the
// server, and that an invalid HTTP response is not reported as a refused connection.
func TestHostileServers(t *testing.T) {
	const head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
	for _, tc := range []struct {
		name  string
		serve func(*tls.Conn)
		want  Kind
	}{
		{"switches protocols", writes("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n"), Intercepted},
		{"sends 1xx without end", writes(strings.Repeat("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n", 20000)), Intercepted},
		{"never answers", writes(""), Timeout},
		{"answers half a head", writes("HTTP/1.1 200 OK\r\nContent-Ty"), Timeout},
		{"drips a body", drips(head + "Content-Length: 1000000\r\n\r\n"), Timeout},
		{"drips without a length", drips(head + "\r\n"), Timeout},
		{"promises more than it sends", writes(head + "Content-Length: 100\r\n\r\nx"), Timeout},
		{"malformed status", writes("HTTP/1.1 abc OK\r\n\r\n"), Intercepted},
		{"not HTTP", writes("SSH-2.0-OpenSSH_9.7\r\n\r\n"), Intercepted},
		{"malformed chunk", writes(head + "Transfer-Encoding: chunked\r\n\r\nzz\r\nx\r\n0\r\n\r\n"), Intercepted},
		{"chunks of extensions", writes(head + "Transfer-Encoding: chunked\r\n\r\n" + strings.Repeat("1;"+strings.Repeat("x", 200)+"\r\na\r\n", 2000)), Intercepted},
		{"header too large", writes(head + "X: " + strings.Repeat("x", 128<<10) + "\r\n\r\n"), Intercepted},
		{"malformed header", writes(head + "no colon\r\n\r\n"), Intercepted},
		{"two lengths", writes(head + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nxx"), Intercepted},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			c, _ := hostile(t, "http/1.1", tc.serve)
			ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
			defer cancel()
			f := ends(t, func() error {
				_, err := c.Do(ctx, Request{Method: "GET", URL: "https://example.com/", Header: http.Header{}})
				return err
			})
			if f.Kind != tc.want {
				t.Errorf("got %s (%s), want %s", f.Kind, f.Detail, tc.want)
			}
		})
	}
}

// ends waits for call, which must return a *Error long before the test's timeout.
func ends(t *testing.T, call func() error) *Error {
	t.Helper()
	done := make(chan error, 1)
	go func() { done <- call() }()
	select {
	case err := <-done:
		f := AsError(err)
		if f == nil {
			t.Fatalf("no failure: %v", err)
		}
		return f
	case <-time.After(20 * time.Second):
		t.Fatal("the call does not end with its context")
		return nil
	}
}

// TestCanceledByCaller guards that cancelling ends a request to a server that has taken
// over the connection.
func TestCanceledByCaller(t *testing.T) {
	c, _ := hostile(t, "http/1.1", drips("HTTP/1.1 200 OK\r\n\r\n"))
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(50*time.Millisecond, cancel)
	if f := ends(t, func() error {
		_, err := c.Do(ctx, Request{Method: "GET", URL: "https://example.com/", Header: http.Header{}})
		return err
	}); f.Kind != Canceled {
		t.Errorf("got %s, want %s", f.Kind, Canceled)
	}
}

// TestConnectionsAreCounted guards against endless retries on a server that refuses every
// stream (HTTP/2 GOAWAY, RFC 9113 section 6.8).
func TestConnectionsAreCounted(t *testing.T) {
	c, connections := hostile(t, "h2", func(conn *tls.Conn) {
		if _, err := io.ReadFull(conn, make([]byte, len(http2.ClientPreface))); err != nil {
			return
		}
		f := http2.NewFramer(conn, conn)
		_ = f.WriteSettings()
		for {
			frame, err := f.ReadFrame()
			if err != nil {
				return
			}
			if _, ok := frame.(*http2.HeadersFrame); ok {
				_ = f.WriteGoAway(0, http2.ErrCodeNo, nil)
				return
			}
		}
	})
	f := ends(t, func() error {
		_, err := c.Do(t.Context(), Request{Method: "GET", URL: "https://example.com/", Header: http.Header{}})
		return err
	})
	if n := connections.Load(); n > maxConnections+1 {
		t.Errorf("%d connections for one request: %s", n, f.Detail)
	}
}

// TestLoginHasLimits guards that MSAL's requests have the same limits as all others.
func TestLoginHasLimits(t *testing.T) {
	body := strings.Repeat(" ", tokenLimit+1)
	c, _ := hostile(t, "http/1.1", writes(fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s", len(body), body)))
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "https://example.com/token", strings.NewReader("a=b"))
	if err != nil {
		t.Fatal(err)
	}
	if f := ends(t, func() error { _, err := c.Login("example.com").Do(req); return err }); f.Kind != Intercepted {
		t.Errorf("got %s, want %s", f.Kind, Intercepted)
	}
}

// TestEchoedSecret guards that a secret that is echoed in a header or body, directly or
// escaped, is in no part of the response and of the record.
func TestEchoedSecret(t *testing.T) {
	const plain = "Zx98Q~e.RtY7uIoP6aSdF5gHjK4lQmN3bVcX2z1a"
	escaped := strings.NewReplacer("~", `\u007e`, "e", `\u0065`).Replace(plain)
	for name, answer := range map[string]string{
		"JSON":          "Content-Type: application/json\r\n\r\n" + `{"error_description":"` + plain + `"}`,
		"JSON, escaped": "Content-Type: application/json\r\n\r\n" + `{"error_description":"` + escaped + `"}`,
		"XML":           "Content-Type: text/xml\r\n\r\n<a>" + strings.ReplaceAll(plain, "~", "&#x7E;") + "</a>",
		"header":        "x-ms-request-id: " + plain + "\r\n\r\n",
		"cut in header": "Retry-After: " + plain[10:24] + "\r\n\r\n",
		"Location":      "Location: https://evil.test/" + plain + "?q=" + plain + "\r\n\r\n",
		"URL escape":    "x-ms-request-id: " + strings.ReplaceAll(plain, "~", "%7e") + "\r\n\r\n",
	} {
		t.Run(name, func(t *testing.T) {
			c, _ := hostile(t, "http/1.1", func(conn *tls.Conn) {
				if _, err := http.ReadRequest(bufio.NewReader(conn)); err == nil {
					_, _ = io.WriteString(conn, "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n"+answer)
				}
			})
			c.AddSecret(secret.New(plain))
			a, err := c.Do(t.Context(), Request{Method: "GET", URL: "https://example.com/", Header: http.Header{}})
			if err != nil {
				t.Fatal(err)
			}
			seen := fmt.Sprint(a.Header, string(a.Body), c.Exchanges())
			seen = strings.NewReplacer(`\u007e`, "~", `\u0065`, "e", "&#x7E;", "~", "%7e", "~").Replace(seen)
			for i := 0; i+12 <= len(plain); i++ {
				if strings.Contains(seen, plain[i:i+12]) {
					t.Fatalf("%q is left in %s", plain[i:i+12], seen)
				}
			}
			if !strings.Contains(seen, secret.Redacted) {
				t.Errorf("nothing was removed from %s", seen)
			}
		})
	}
}
