package core_test

import (
	"crypto/tls"
	"encoding/json"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/internal/far"
	"github.com/s2sdoctor/s2sdoctor/core/sandbox"
	"github.com/s2sdoctor/s2sdoctor/core/sandbox/scenario"
	"github.com/s2sdoctor/s2sdoctor/core/transport"
)

// rtt is the time of a round trip to every host, or to the proxy.
const rtt = 100 * time.Millisecond

// journey is a way to an environment. It counts sequential round trips including
// connection set-up: TCP, CONNECT through a proxy, TLS 1.3 and the request take one each.
type journey struct {
	proxy, http1, typed bool
}

func journeys() []journey {
	var all []journey
	for _, proxy := range []bool{false, true} {
		for _, http1 := range []bool{true, false} {
			for _, typed := range []bool{true, false} {
				all = append(all, journey{proxy, http1, typed})
			}
		}
	}
	return all
}

func (j journey) String() string {
	name := func(yes bool, a, b string) string {
		if yes {
			return a
		}
		return b
	}
	return name(j.proxy, "proxy", "direct") + "/" + name(j.http1, "HTTP1", "HTTP2") + "/" + name(j.typed, "typed", "discovered")
}

// floor returns the fewest round trips that send no secret before the environment has
// named its tenant: for its connection, its challenge, the token and WhoAmI.
func (j journey) floor() time.Duration {
	if j.proxy {
		return 6
	}
	return 5
}

// script returns the round trips of function script: for each host its connection and a
// request. A network that counts anything else would prove nothing.
func (j journey) script() time.Duration {
	if j.proxy {
		return 8
	}
	return 6
}

// maxRatio is the longest time that an examination may take, relative to that of
// [script].
const maxRatio = 0.85

// tenant returns a healthy tenant.
func (j journey) tenant() *sandbox.Tenant {
	return &sandbox.Tenant{
		Login:       sandbox.Login{Service: sandbox.Service{HTTP1: j.http1}},
		Environment: sandbox.Organization{Service: sandbox.Service{HTTP1: j.http1}},
	}
}

// form returns the healthy form, with or without its tenant.
func (j journey) form(s *sandbox.Server) connection.Form {
	form := scenario.Form(s)
	form.Tenant = ""
	if j.typed {
		form.Tenant = sandbox.TenantID
	}
	return form
}

// examine runs an examination and returns how long it took.
func examine(t testing.TB, s *sandbox.Server, o transport.Options, form connection.Form) (exam.Report, time.Duration) {
	t.Helper()
	doctor := core.Doctor{Clouds: s.Clouds(), Transport: o}
	start := time.Now()
	r := doctor.Examine(t.Context(), form, false, nil)
	return r, time.Since(start)
}

// script runs the reference of the comparison: the shortest program that fetches a token
// and calls WhoAmI, with a connection to each host. It returns how long it took.
func script(t testing.TB, s *sandbox.Server, o transport.Options) time.Duration {
	t.Helper()
	call := func(r *http.Request) []byte {
		tr := &http.Transport{
			TLSClientConfig: &tls.Config{RootCAs: o.Roots}, DialContext: o.Dial, ForceAttemptHTTP2: true,
			Proxy: func(r *http.Request) (*url.URL, error) { return o.Proxy(r.URL) },
		}
		defer tr.CloseIdleConnections()
		resp, err := (&http.Client{Transport: tr}).Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		var body json.RawMessage
		if err := json.NewDecoder(resp.Body).Decode(&body); err != nil || resp.StatusCode != http.StatusOK {
			t.Fatalf("%s: %s, %v", r.URL, resp.Status, err)
		}
		return body
	}
	start := time.Now()
	fields := url.Values{
		"grant_type": {"client_credentials"}, "client_id": {sandbox.ClientID}, "scope": {sandbox.Environment + "/.default"},
	}
	s.Credential().Secret.Use(func(plain string) { fields.Set("client_secret", plain) })
	ask, _ := http.NewRequestWithContext(t.Context(), http.MethodPost,
		"https://"+sandbox.LoginHost+"/"+sandbox.TenantID+"/oauth2/v2.0/token", strings.NewReader(fields.Encode()))
	ask.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	var token struct {
		AccessToken string `json:"access_token"`
	}
	if err := json.Unmarshal(call(ask), &token); err != nil {
		t.Fatal(err)
	}
	who, _ := http.NewRequestWithContext(t.Context(), http.MethodGet, sandbox.Environment+"/api/data/v9.2/WhoAmI", nil)
	who.Header.Set("Authorization", "Bearer "+token.AccessToken)
	call(who)
	return time.Since(start)
}

// TestRoundTrips counts sequential round trips: only the network takes time.
func TestRoundTrips(t *testing.T) {
	for _, j := range journeys() {
		t.Run(j.String(), func(t *testing.T) {
			inBubble(t, j, func(t *testing.T, s *sandbox.Server, o transport.Options) {
				naive := script(t, s, o)
				r, ours := examine(t, s, o, j.form(s))
				if !r.Healthy {
					t.Fatalf("not healthy: %s\n%s", r.RootCause, story(r))
				}
				if want := j.script() * rtt; naive != want {
					t.Fatalf("a script takes %v round trips, want %v", trips(naive), trips(want))
				}
				if want := j.floor() * rtt; ours > want {
					t.Errorf("%v round trips, want at most %v", trips(ours), trips(want))
				}
				if ratio := float64(ours) / float64(naive); ratio > maxRatio {
					t.Errorf("%.3f of the %v round trips of a script, want at most %.2f", ratio, trips(naive), maxRatio)
				}
			})
		})
	}
}

// TestSecretWaitsForTheEnvironment guards against saving the wrong round trip: the secret
// is sent only after the environment has named its tenant, and is not sent if that is
// another tenant.
func TestSecretWaitsForTheEnvironment(t *testing.T) {
	for _, j := range journeys() {
		t.Run(j.String(), func(t *testing.T) {
			inBubble(t, j, func(t *testing.T, s *sandbox.Server, o transport.Options) {
				examine(t, s, o, j.form(s))
				challenge := requestTo(s, func(r sandbox.Request) bool { return r.Host == sandbox.EnvironmentHost })
				token := requestTo(s, func(r sandbox.Request) bool { return r.Grant != "" })
				if challenge == nil || token == nil {
					t.Fatalf("challenge %v, token %v: want both", challenge, token)
				}
				// The response takes half a round trip, and so does the secret.
				if between := token.At.Sub(challenge.At); between < rtt {
					t.Errorf("the secret arrives %s after the question for the tenant, want at least %s", between, rtt)
				}
			})
		})
	}
	t.Run("another tenant", func(t *testing.T) {
		inBubble(t, journey{}, func(t *testing.T, s *sandbox.Server, o transport.Options) {
			form := scenario.Form(s)
			form.Tenant = sandbox.ForeignTenantID
			r, _ := examine(t, s, o, form)
			if r.RootCause != "environment.wrong-tenant" {
				t.Errorf("root cause %q", r.RootCause)
			}
			if token := requestTo(s, func(r sandbox.Request) bool { return r.Grant != "" || r.Method == http.MethodPost }); token != nil {
				t.Errorf("the secret left: %+v", *token)
			}
		})
	})
}

func requestTo(s *sandbox.Server, is func(sandbox.Request) bool) *sandbox.Request {
	requests := s.Requests()
	if i := slices.IndexFunc(requests, is); i >= 0 {
		return &requests[i]
	}
	return nil
}

// inBubble runs f with a healthy sandbox at the end of the journey, in memory and in a
// bubble.
func inBubble(t *testing.T, j journey, f func(t *testing.T, s *sandbox.Server, o transport.Options)) {
	t.Helper()
	s, err := sandbox.Start(j.tenant())
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	now := time.Now()
	synctest.Test(t, func(t *testing.T) {
		// A bubble's clock begins in the year 2000, before any certificate is valid.
		time.Sleep(time.Until(now))
		f(t, s, inMemory(t, s, j.proxy))
	})
}

// inMemory returns the options to reach the sandbox over a network in memory.
func inMemory(t *testing.T, s *sandbox.Server, proxy bool) transport.Options {
	t.Helper()
	// Runs last: the connections are still being closed.
	t.Cleanup(func() { time.Sleep(rtt) })
	hosts := far.Listen()
	t.Cleanup(func() { hosts.Close() })
	go s.Serve(hosts)
	network := far.Network{RTT: rtt, Near: hosts.Dial}
	if !proxy {
		return transport.Options{Roots: s.Roots(), Dial: network.Dial, Proxy: noProxy}
	}
	l := far.Listen()
	t.Cleanup(func() { l.Close() })
	go network.ServeProxy(l)
	return transport.Options{Roots: s.Roots(), Dial: l.Dial, Proxy: proxyAt("proxy.test:8080")}
}

func noProxy(*url.URL) (*url.URL, error) { return nil, nil }

func proxyAt(addr string) func(*url.URL) (*url.URL, error) {
	return func(*url.URL) (*url.URL, error) { return &url.URL{Scheme: "http", Host: addr}, nil }
}

func trips(d time.Duration) float64 { return float64(d) / float64(rtt) }

// BenchmarkRoundTrips measures the round trips of TestRoundTrips over loopback: those of
// a script, those of an examination, and their ratio.
func BenchmarkRoundTrips(b *testing.B) {
	for _, j := range journeys() {
		b.Run(j.String(), func(b *testing.B) {
			s, err := sandbox.Start(j.tenant())
			if err != nil {
				b.Fatal(err)
			}
			defer s.Close()
			o := overLoopback(b, s, j.proxy)
			var naive, ours time.Duration
			for b.Loop() {
				naive += script(b, s, o)
				r, took := examine(b, s, o, j.form(s))
				if !r.Healthy {
					b.Fatalf("not healthy: %s", r.RootCause)
				}
				ours += took
			}
			b.ReportMetric(trips(naive)/float64(b.N), "script-trips")
			b.ReportMetric(trips(ours)/float64(b.N), "our-trips")
			b.ReportMetric(float64(ours)/float64(naive), "ratio")
			b.ReportMetric(maxRatio, "aim")
			b.ReportMetric(0, "ns/op")
		})
	}
}

// overLoopback returns the options to reach the sandbox over the loopback network.
func overLoopback(b *testing.B, s *sandbox.Server, proxy bool) transport.Options {
	b.Helper()
	network := far.Network{RTT: rtt, Near: s.Dial}
	if !proxy {
		return transport.Options{Roots: s.Roots(), Dial: network.Dial, Proxy: noProxy}
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { l.Close() })
	go network.ServeProxy(l)
	return transport.Options{Roots: s.Roots(), Dial: (&net.Dialer{}).DialContext, Proxy: proxyAt(l.Addr().String())}
}
