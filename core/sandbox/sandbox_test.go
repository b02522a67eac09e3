package sandbox

import (
	"crypto/tls"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// start runs a sandbox for one test; set may be nil.
func start(t testing.TB, set func(*Tenant)) *Server {
	t.Helper()
	var tenant Tenant
	if set != nil {
		set(&tenant)
	}
	s, err := Start(&tenant)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// client returns a client that trusts the sandbox and follows no redirects.
func client(t testing.TB, s *Server) *http.Client {
	t.Helper()
	tripper := &http.Transport{
		DialContext:       s.Dial,
		TLSClientConfig:   &tls.Config{RootCAs: s.Roots(), MinVersion: tls.VersionTLS12},
		ForceAttemptHTTP2: true,
	}
	t.Cleanup(tripper.CloseIdleConnections)
	return &http.Client{
		Transport:     tripper,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// reply is a response that was read to its end.
type reply struct {
	Status int
	Header http.Header
	Proto  string
	Body   string
}

// fields returns the body as JSON.
func (r reply) fields(t testing.TB) map[string]any {
	t.Helper()
	out := map[string]any{}
	if err := json.Unmarshal([]byte(r.Body), &out); err != nil {
		t.Fatalf("%v in %q", err, r.Body)
	}
	return out
}

func send(t testing.TB, c *http.Client, method, address, body string, header http.Header) reply {
	t.Helper()
	r, err := trySend(c, method, address, body, header)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func trySend(c *http.Client, method, address, body string, header http.Header) (reply, error) {
	req, err := http.NewRequest(method, address, strings.NewReader(body))
	if err != nil {
		return reply{}, err
	}
	for name, values := range header {
		req.Header[name] = values
	}
	resp, err := c.Do(req)
	if err != nil {
		return reply{}, err
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(io.LimitReader(resp.Body, 1<<20))
	return reply{resp.StatusCode, resp.Header, resp.Proto, string(b)}, err
}

func get(t testing.TB, c *http.Client, address string) reply {
	t.Helper()
	return send(t, c, http.MethodGet, address, "", nil)
}

func post(t testing.TB, c *http.Client, address string, form url.Values) reply {
	t.Helper()
	return send(t, c, http.MethodPost, address, form.Encode(), http.Header{"Content-Type": {"application/x-www-form-urlencoded"}})
}

const tokenURL = "https://" + LoginHost + "/" + TenantID + "/oauth2/v2.0/token"

// credentials returns the form of a valid token request.
func credentials(s *Server, changes ...string) url.Values {
	form := url.Values{
		"grant_type": {"client_credentials"}, "client_id": {ClientID}, "client_secret": {s.secret},
		"scope": {Environment + "/.default"},
	}
	for i := 0; i+1 < len(changes); i += 2 {
		if form.Set(changes[i], changes[i+1]); changes[i+1] == "" {
			form.Del(changes[i])
		}
	}
	return form
}

// bearer requests a token and returns it as a header.
func bearer(t testing.TB, s *Server, c *http.Client) http.Header {
	t.Helper()
	r := post(t, c, tokenURL, credentials(s))
	token, _ := r.fields(t)["access_token"].(string)
	if token == "" {
		t.Fatalf("no token: %s", r.Body)
	}
	return http.Header{"Authorization": {"Bearer " + token}}
}

func diff(t testing.TB, want, got any) {
	t.Helper()
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
}

func TestLoopbackOnly(t *testing.T) {
	for name, six := range map[string]bool{"IPv4": false, "IPv6": true} {
		t.Run(name, func(t *testing.T) {
			s, err := Start(&Tenant{IPv6Only: six})
			if err != nil && six {
				if l, err := net.Listen("tcp6", "[::1]:0"); err == nil {
					l.Close()
					t.Error("there is an IPv6 loopback, and the sandbox did not find it")
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			for _, l := range s.listeners {
				addr := l.Addr().(*net.TCPAddr)
				if !addr.IP.IsLoopback() || six && addr.IP.To4() != nil {
					t.Errorf("listens on %v", addr)
				}
			}
			if r := get(t, client(t, s), Environment+"/api/data/v9.2/WhoAmI"); r.Status != http.StatusUnauthorized {
				t.Errorf("status %d", r.Status)
			}
		})
	}
}

// TestNeverReachesOut guards the promise that nothing leaves this computer.
func TestNeverReachesOut(t *testing.T) {
	s := start(t, nil)
	for _, addr := range []string{
		"login.microsoftonline.com:443", "sandbox.localhost.example.com:443", "notsandbox.localhost:443",
		"127.0.0.1:443", "localhost:22", LoginHost + ":80", EnvironmentHost + ":22", "nonsense",
	} {
		if conn, err := s.Dial(t.Context(), "tcp", addr); err == nil {
			conn.Close()
			t.Errorf("%s was reached", addr)
		}
	}
}

func TestHTTPVersions(t *testing.T) {
	s := start(t, nil)
	for want, protocols := range map[string][]string{"HTTP/2.0": {"h2"}, "HTTP/1.1": {"http/1.1"}} {
		c := client(t, s)
		tripper := c.Transport.(*http.Transport)
		tripper.TLSClientConfig.NextProtos = protocols
		tripper.ForceAttemptHTTP2 = want == "HTTP/2.0"
		if r := get(t, c, Environment+"/api/data/v9.2/"); r.Proto != want {
			t.Errorf("%s, want %s", r.Proto, want)
		}
	}
}

// TestHostMustBeTLSName guards against a request that reaches a service under the name of
// another.
func TestHostMustBeTLSName(t *testing.T) {
	s := start(t, nil)
	req, _ := http.NewRequest(http.MethodGet, "https://"+LoginHost+"/", nil)
	req.Host = EnvironmentHost
	resp, err := client(t, s).Do(req)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	diff(t, http.StatusMisdirectedRequest, resp.StatusCode)
}

func TestCloseLeavesNothing(t *testing.T) {
	s, err := Start(&Tenant{Certificate: Certificate{InUse: true}})
	if err != nil {
		t.Fatal(err)
	}
	file := s.Credential().CertificateFile
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Fatal(info, err)
	}
	for range 2 {
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := os.Stat(filepath.Dir(file)); !os.IsNotExist(err) {
		t.Errorf("the folder is still there: %v", err)
	}
	if conn, err := s.Dial(t.Context(), "tcp", LoginHost+":443"); err == nil {
		conn.Close()
		t.Error("still listening")
	}
}

// TestCloseEndsEverything guards against a deadlock between the sandbox and a client that
// wait for each other.
func TestCloseEndsEverything(t *testing.T) {
	for name, set := range map[string]func(*Tenant){
		"hang":       func(t *Tenant) { t.Environment.Hang = true },
		"drip":       func(t *Tenant) { t.Environment.Drip = true },
		"endless":    func(t *Tenant) { t.Environment.Endless = true },
		"black hole": func(t *Tenant) { t.Environment.BlackHole = true },
	} {
		t.Run(name, func(t *testing.T) {
			s, err := Start(nil)
			if err != nil {
				t.Fatal(err)
			}
			s.Configure(set)
			ended := make(chan struct{})
			c := client(t, s)
			go func() {
				defer close(ended)
				resp, err := c.Get(Environment + "/api/data/v9.2/")
				if err == nil {
					_, _ = io.Copy(io.Discard, resp.Body)
					resp.Body.Close()
				}
			}()
			for len(s.Requests()) == 0 && name != "black hole" {
				select {
				case <-ended:
					t.Fatal("it ended by itself")
				default:
				}
			}
			if err := s.Close(); err != nil {
				t.Error(err)
			}
			<-ended
		})
	}
}

// TestRequestsHoldNoSecret guards the record that tests and demonstrations show.
func TestRequestsHoldNoSecret(t *testing.T) {
	s := start(t, nil)
	c := client(t, s)
	header := bearer(t, s, c)
	send(t, c, http.MethodGet, Environment+"/api/data/v9.2/WhoAmI", "", header)
	all, err := json.Marshal(s.Requests())
	if err != nil {
		t.Fatal(err)
	}
	for _, canary := range []string{s.secret, header.Get("Authorization")[len("Bearer "):]} {
		if strings.Contains(string(all), canary) {
			t.Error("a secret is in the record")
		}
	}
	var got []string
	for _, r := range s.Requests() {
		got = append(got, strings.TrimSpace(r.Method+" "+r.Host+r.Path+" "+r.Authorization+" "+r.Grant+" "+http.StatusText(r.Status)))
	}
	diff(t, []string{
		"POST " + LoginHost + "/" + TenantID + "/oauth2/v2.0/token  client_credentials OK",
		"GET " + EnvironmentHost + "/api/data/v9.2/WhoAmI Bearer  OK",
	}, got)
}
