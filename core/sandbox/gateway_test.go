package sandbox

import (
	"bufio"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"runtime"
	"strings"
	"testing"
)

// exposed returns the client of another program, which has only the proxy and the file of
// the authority's certificate.
func exposed(t testing.TB, s *Server) *http.Client {
	t.Helper()
	proxy, err := s.Expose(0)
	if err != nil {
		t.Fatal(err)
	}
	tripper := &http.Transport{
		Proxy:             http.ProxyURL(proxy),
		TLSClientConfig:   &tls.Config{RootCAs: rootsOf(t, s), MinVersion: tls.VersionTLS12},
		ForceAttemptHTTP2: true,
	}
	t.Cleanup(tripper.CloseIdleConnections)
	return &http.Client{
		Transport:     tripper,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

func rootsOf(t testing.TB, s *Server) *x509.CertPool {
	t.Helper()
	path, err := s.CertificateFile()
	if err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	if !roots.AppendCertsFromPEM(raw) {
		t.Fatal("the file holds no certificate")
	}
	return roots
}

// askProxy sends a request line to the proxy and returns its response.
func askProxy(t *testing.T, proxy *url.URL, method, target string) *http.Response {
	t.Helper()
	conn, err := net.Dial("tcp", proxy.Host)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	if _, err := io.WriteString(conn, method+" "+target+" HTTP/1.1\r\nHost: x\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	resp, err := http.ReadResponse(bufio.NewReader(conn), &http.Request{Method: method})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { resp.Body.Close() })
	return resp
}

func TestProxyComparesHostsWhole(t *testing.T) {
	for name, test := range map[string]struct {
		microsoft bool
		method    string
		target    string
		want      int
	}{
		"environment":             {false, "CONNECT", EnvironmentHost + ":443", 200},
		"Web API host":            {false, "CONNECT", "contoso.api.crm4.sandbox.localhost:443", 200},
		"login, other case":       {false, "CONNECT", "LOGIN.Sandbox.Localhost:443", 200},
		"second cloud":            {false, "CONNECT", GovLoginHost + ":443", 200},
		"mistyped":                {false, "CONNECT", MistypedHost + ":443", 200},
		"Microsoft's":             {false, "CONNECT", "login.microsoftonline.com:443", 403},
		"another port":            {false, "CONNECT", EnvironmentHost + ":80", 403},
		"no port":                 {false, "CONNECT", EnvironmentHost, 403},
		"a name below":            {false, "CONNECT", "x." + EnvironmentHost + ":443", 403},
		"a name around":           {false, "CONNECT", EnvironmentHost + ".example.com:443", 403},
		"a longer label":          {false, "CONNECT", "not" + EnvironmentHost + ":443", 403},
		"the suffix":              {false, "CONNECT", suffix + ":443", 403},
		"no organisation of ours": {false, "CONNECT", "other.crm4." + suffix + ":443", 403},
		"trailing dot":            {false, "CONNECT", EnvironmentHost + ".:443", 403},
		"loopback":                {false, "CONNECT", "127.0.0.1:443", 403},
		"localhost":               {false, "CONNECT", "localhost:443", 403},
		"plain HTTP":              {false, "GET", "http://" + EnvironmentHost + "/", 405},
		"Microsoft's environment": {true, "CONNECT", "contoso.crm4.dynamics.com:443", 200},
		"Microsoft's login":       {true, "CONNECT", "login.microsoftonline.com:443", 200},
		"Microsoft's graph":       {true, "CONNECT", "graph.microsoft.com:443", 200},
		"somebody's environment":  {true, "CONNECT", "other.crm4.dynamics.com:443", 403},
		"the sandbox's":           {true, "CONNECT", EnvironmentHost + ":443", 403},
	} {
		t.Run(name, func(t *testing.T) {
			s := start(t, func(t *Tenant) { t.MicrosoftNames = test.microsoft })
			proxy, err := s.Expose(0)
			if err != nil {
				t.Fatal(err)
			}
			diff(t, test.want, askProxy(t, proxy, test.method, test.target).StatusCode)
		})
	}
}

// TestProxyPlaysTheNetwork guards that the proxy reports faults of the network as a real
// proxy does.
func TestProxyPlaysTheNetwork(t *testing.T) {
	for name, test := range map[string]struct {
		set  func(*Tenant)
		want int
	}{
		"no such host": {func(t *Tenant) { t.Environment.NoSuchHost = true }, 502},
		"refused":      {func(t *Tenant) { t.Environment.Refused = true }, 502},
		"black hole":   {func(t *Tenant) { t.Environment.BlackHole = true }, 504},
		"sign-in":      {func(t *Tenant) { t.Proxy = "NTLM" }, 407},
	} {
		t.Run(name, func(t *testing.T) {
			s := start(t, test.set)
			proxy, err := s.Expose(0)
			if err != nil {
				t.Fatal(err)
			}
			resp := askProxy(t, proxy, "CONNECT", EnvironmentHost+":443")
			diff(t, test.want, resp.StatusCode)
			diff(t, s.now().Proxy, resp.Header.Get("Proxy-Authenticate"))
		})
	}
}

// TestTLSNameInsideATunnel guards that a name which the proxy refuses is not served
// inside a tunnel either.
func TestTLSNameInsideATunnel(t *testing.T) {
	s := start(t, func(t *Tenant) { t.MicrosoftNames = true })
	for _, name := range []string{"other.crm4.dynamics.com", EnvironmentHost, "login.microsoftonline.com.example.com"} {
		conn, err := tls.Dial("tcp", s.tlsAddr, &tls.Config{ServerName: name, RootCAs: s.Roots()})
		if err == nil {
			conn.Close()
			t.Errorf("%s is served", name)
		}
	}
}

func TestProxyIsOnLoopback(t *testing.T) {
	s := start(t, nil)
	proxy, err := s.Expose(0)
	if err != nil {
		t.Fatal(err)
	}
	diff(t, "127.0.0.1", proxy.Hostname())
}

func TestExposeOnATakenPort(t *testing.T) {
	taken, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	s := start(t, nil)
	if _, err := s.Expose(taken.Addr().(*net.TCPAddr).Port); err == nil {
		t.Error("the port was taken twice")
	}
}

// TestCertificateFile guards the key: only this process can sign certificates that other
// programs then trust, and only for the sandbox's names.
func TestCertificateFile(t *testing.T) {
	for name, test := range map[string]struct {
		microsoft bool
		want      []string
	}{
		"sandbox's": {false, []string{suffix}},
		"Microsoft's": {true, []string{
			"api.bap.microsoft.com",
			"contoso-dev.api.crm4.dynamics.com", "contoso-dev.crm4.dynamics.com", "contoso.api.crm4.dynamics.com", "contoso.crm4.dynamics.com",
			"contosso.crm4.dynamics.com", "dev.azure.com", "fabrikam.api.crm4.dynamics.com", "fabrikam.crm4.dynamics.com",
			"graph.microsoft.com", "graph.microsoft.us", "login.microsoftonline.com", "login.microsoftonline.us", "management.azure.com",
			"pipelines.actions.githubusercontent.com", "token.actions.githubusercontent.com", "vstoken.dev.azure.com", "westeurope.oic.prod-aks.azure.com",
			"woodgrove.api.crm9.microsoftdynamics.us", "woodgrove.crm9.microsoftdynamics.us",
		}},
	} {
		t.Run(name, func(t *testing.T) {
			s, err := Start(&Tenant{MicrosoftNames: test.microsoft})
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			path, err := s.CertificateFile()
			if err != nil {
				t.Fatal(err)
			}
			info, err := os.Stat(path)
			if err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
				t.Fatal(info, err)
			}
			raw, err := os.ReadFile(path)
			if err != nil || strings.Contains(string(raw), "PRIVATE KEY") {
				t.Fatalf("%v\n%s", err, raw)
			}
			block, rest := pem.Decode(raw)
			cert, err := x509.ParseCertificate(block.Bytes)
			if err != nil || len(rest) > 0 {
				t.Fatal(err, rest)
			}
			diff(t, test.want, cert.PermittedDNSDomains)
			if err := s.Close(); err != nil {
				t.Error(err)
			}
			if _, err := os.Stat(path); !os.IsNotExist(err) {
				t.Errorf("the file is still there: %v", err)
			}
		})
	}
}

// TestCloseEndsTunnels guards against a client that keeps the sandbox alive.
func TestCloseEndsTunnels(t *testing.T) {
	s, err := Start(nil)
	if err != nil {
		t.Fatal(err)
	}
	proxy, err := s.Expose(0)
	if err != nil {
		t.Fatal(err)
	}
	conn, err := net.Dial("tcp", proxy.Host)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	_, _ = io.WriteString(conn, "CONNECT "+LoginHost+":443 HTTP/1.1\r\nHost: x\r\n\r\n")
	in := bufio.NewReader(conn)
	if line, err := in.ReadString('\n'); err != nil || !strings.Contains(line, "200") {
		t.Fatal(line, err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if _, err := io.Copy(io.Discard, in); err != nil && !strings.Contains(err.Error(), "reset") {
		t.Error(err)
	}
}
