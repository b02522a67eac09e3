package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
)

// connection returns the flags for the fake's connection.
func (f *fakeMicrosoft) connection(more ...string) []string {
	return append([]string{"--environment", f.environment, "--client-id", f.client, "--format", "json"}, more...)
}

// answering makes the fake respond with handler to the requests that request accepts: the
// token request, or WhoAmI with the token.
func (f *fakeMicrosoft) answering(request func(*http.Request) bool, handler http.HandlerFunc) {
	f.handler.Store(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if request(r) {
			handler(w, r)
			return
		}
		f.ServeHTTP(w, r)
	}))
}

func asksForToken(r *http.Request) bool { return strings.HasSuffix(r.URL.Path, "/oauth2/v2.0/token") }

func asksWhoAmI(r *http.Request) bool {
	return strings.HasSuffix(r.URL.Path, "/WhoAmI") && r.Header.Get("Authorization") != ""
}

// rawly responds with bytes that may be malformed HTTP/1.1.
func rawly(answer string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		conn, _, err := w.(http.Hijacker).Hijack()
		if err != nil {
			panic(err)
		}
		defer conn.Close()
		fmt.Fprint(conn, answer)
	}
}

// TestStrangeAnswers guards L9: a malformed response is reported as such, and not as a
// missing network.
func TestStrangeAnswers(t *testing.T) {
	const head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
	redirect := func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "https://portal.example/login", http.StatusFound)
	}
	tokenOf := func(token string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			reply(w, 200, map[string]any{"token_type": "Bearer", "expires_in": 3599, "access_token": token})
		}
	}
	for _, test := range []struct {
		name    string
		at      func(*http.Request) bool
		answer  http.HandlerFunc
		check   exam.CheckID
		summary string
	}{
		{"WhoAmI redirects", asksWhoAmI, redirect, "whoami", "portal.example"},
		{"the token's endpoint redirects", asksForToken, redirect, "token", "portal.example"},
		{"WhoAmI with a header too large", asksWhoAmI, rawly(head + "X-Long: " + strings.Repeat("a", 100<<10) + "\r\n\r\n{}"), "whoami", ""},
		{"token with a header too large", asksForToken, rawly(head + "X-Long: " + strings.Repeat("a", 100<<10) + "\r\n\r\n{}"), "token", ""},
		{"WhoAmI in malformed chunks", asksWhoAmI, rawly(head + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n"), "whoami", ""},
		{"token in malformed chunks", asksForToken, rawly(head + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n"), "token", ""},
		{"token with a line break", asksForToken, tokenOf("abcdefgh.ijklmnop\r\nX-Evil: 1"), "token", "not with a token"},
		{"token with a blank", asksForToken, tokenOf("abcdefgh ijklmnop"), "token", "not with a token"},
		{"token of other letters", asksForToken, tokenOf("abcdéfgh.ijklmnop"), "token", "not with a token"},
		{"empty token", asksForToken, tokenOf(""), "token", "not with a token"},
	} {
		t.Run(test.name, func(t *testing.T) {
			world := startMicrosoft(t, withHTTP1)
			world.answering(test.at, test.answer)
			got := world.command(t, "", []string{"S2S_CLIENT_SECRET=" + world.secret}, world.connection()...)
			r := got.report(t)
			root, _ := r.Root()
			if root.ID != test.check || root.Cause != "network.intercepted" || got.status != exitBroken {
				t.Errorf("%s, %s, status %d: %s", root.ID, root.Cause, got.status, root.Summary)
			}
			if !strings.Contains(root.Summary.String(), test.summary) {
				t.Errorf("%q is not in %q", test.summary, root.Summary)
			}
		})
	}
}

// TestTokenIsAskedForOnce guards NE-9: the request that carries the secret is never
// repeated, whatever the response.
func TestTokenIsAskedForOnce(t *testing.T) {
	world := startMicrosoft(t)
	for _, test := range []struct {
		name   string
		status int
		code   int
		cause  catalog.Cause
	}{
		{"busy", 429, 50196, "service.throttled"},
		{"bad gateway", 502, 0, "service.unavailable"},
		{"unavailable", 503, 90033, "service.unavailable"},
		{"wrong secret", 401, 7000215, "secret.wrong"},
		{"ended secret", 401, 7000222, "secret.expired"},
		{"not found", 400, 700016, "application.not-found"},
	} {
		t.Run(test.name, func(t *testing.T) {
			var asked atomic.Int64
			world.answering(asksForToken, func(w http.ResponseWriter, _ *http.Request) {
				asked.Add(1)
				w.Header().Set("Retry-After", "0")
				reply(w, test.status, map[string]any{
					"error": "temporarily_unavailable", "error_description": fmt.Sprintf("AADSTS%d: told.", test.code), "error_codes": []int{test.code},
				})
			})
			got := world.command(t, "", []string{"S2S_CLIENT_SECRET=" + world.secret}, world.connection()...)
			r := got.report(t)
			if r.RootCause != test.cause {
				t.Errorf("got %q, want %q", r.RootCause, test.cause)
			}
			if n := asked.Load(); n != 1 {
				t.Errorf("asked %d times", n)
			}
			if root, _ := r.Root(); test.cause == "secret.wrong" && !strings.Contains(root.Summary.String(), "may need a minute") {
				t.Error(root.Summary)
			}
		})
	}
}

// TestTokenRequestNotRetried guards against net/http, which repeats some
// requests when a reused connection breaks: a request with a credential is sent once.
func TestTokenRequestNotRetried(t *testing.T) {
	for name, changes := range map[string][]func(*httptest.Server){"HTTP/1.1": {withHTTP1}, "HTTP/2": nil} {
		t.Run(name, func(t *testing.T) {
			world := startMicrosoft(t, changes...)
			var asked atomic.Int64
			world.answering(asksForToken, func(http.ResponseWriter, *http.Request) {
				asked.Add(1)
				panic(http.ErrAbortHandler) // closes the connection or the stream
			})
			got := world.command(t, "", []string{"S2S_CLIENT_SECRET=" + world.secret}, world.connection()...)
			if r := got.report(t); r.RootCause.Family() != "network" {
				t.Errorf("got %q", r.RootCause)
			}
			if n := asked.Load(); n != 1 {
				t.Errorf("asked %d times", n)
			}
		})
	}
}
