package sandbox

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestTransportFaults guards the error of an ordinary Go client for each fault.
func TestTransportFaults(t *testing.T) {
	for name, test := range map[string]struct {
		set  func(*Service)
		want func(error) bool
	}{
		"no such host": {func(s *Service) { s.NoSuchHost = true }, func(err error) bool {
			var dns *net.DNSError
			return errors.As(err, &dns) && dns.IsNotFound
		}},
		"refused":    {func(s *Service) { s.Refused = true }, func(err error) bool { return errors.Is(err, syscall.ECONNREFUSED) }},
		"black hole": {func(s *Service) { s.BlackHole = true }, func(err error) bool { return errors.Is(err, os.ErrDeadlineExceeded) }},
		"reset":      {func(s *Service) { s.Reset = true }, func(err error) bool { return err != nil }},
		"truncated":  {func(s *Service) { s.Truncated = true }, func(err error) bool { return err != nil && !errors.Is(err, io.EOF) }},
		"expired": {func(s *Service) { s.TLS = TLSExpired }, func(err error) bool {
			var e x509.CertificateInvalidError
			return errors.As(err, &e) && e.Reason == x509.Expired
		}},
		"wrong host": {func(s *Service) { s.TLS = TLSWrongHost }, as[x509.HostnameError]},
		"unknown CA": {func(s *Service) { s.TLS = TLSUnknownCA }, as[x509.UnknownAuthorityError]},
		"TLS 1.1": {func(s *Service) { s.TLS = TLSOld }, func(err error) bool {
			return err != nil && strings.Contains(err.Error(), "protocol version")
		}},
		"no TLS": {func(s *Service) { s.TLS = TLSNone }, func(err error) bool {
			return as[tls.RecordHeaderError](err) || err != nil && strings.Contains(err.Error(), "HTTP response to HTTPS client")
		}},
	} {
		t.Run(name, func(t *testing.T) {
			s := start(t, func(t *Tenant) { test.set(&t.Environment.Service) })
			_, err := trySend(client(t, s), http.MethodGet, webAPI, "", nil)
			if !test.want(err) {
				t.Errorf("%v", err)
			}
			// The other hosts work.
			if r := get(t, client(t, s), "https://"+OtherEnvironmentHost+"/api/data/v9.2/"); r.Status != http.StatusUnauthorized {
				t.Errorf("the neighbour answers %d", r.Status)
			}
		})
	}
}

func as[E error](err error) bool {
	var e E
	return errors.As(err, &e)
}

// TestInspectionNamesItsIssuer guards the issuer by which an inspecting proxy is
// recognised.
func TestInspectionNamesItsIssuer(t *testing.T) {
	s := start(t, func(t *Tenant) { t.Environment.TLS = TLSUnknownCA })
	_, err := trySend(client(t, s), http.MethodGet, webAPI, "", nil)
	var e *tls.CertificateVerificationError
	if !errors.As(err, &e) || !strings.Contains(e.UnverifiedCertificates[0].Issuer.CommonName, "Inspection") {
		t.Error(err)
	}
}

// TestAuthorityIsForTheSandboxAlone guards that a user who installs the authority trusts
// it only for the sandbox's names.
func TestAuthorityIsForTheSandboxAlone(t *testing.T) {
	s := start(t, nil)
	leaf, err := s.authority.leaf("login.microsoftonline.com", false)
	if err != nil {
		t.Fatal(err)
	}
	cert, err := x509.ParseCertificate(leaf.Certificate[0])
	if err != nil {
		t.Fatal(err)
	}
	if _, err := cert.Verify(x509.VerifyOptions{Roots: s.Roots(), DNSName: "login.microsoftonline.com"}); err == nil {
		t.Error("its certificate for a real host is valid")
	}
}

func TestInterceptedResponses(t *testing.T) {
	for name, test := range map[string]struct {
		set                  func(*Service)
		status               int
		contentType, further string
	}{
		"portal":   {func(s *Service) { s.HTML = true }, 200, "text/html; charset=utf-8", ""},
		"redirect": {func(s *Service) { s.RedirectTo = "https://filter.example/" }, 302, "", "https://filter.example/"},
	} {
		t.Run(name, func(t *testing.T) {
			s := start(t, func(t *Tenant) {
				test.set(&t.Environment.Service)
				test.set(&t.Login.Service)
				test.set(&t.Graph.Service)
			})
			for _, address := range []string{webAPI, tokenURL, "https://" + GraphHost + "/v1.0/me"} {
				r := get(t, client(t, s), address)
				diff(t, []any{test.status, test.contentType, test.further}, []any{r.Status, r.Header.Get("Content-Type"), r.Header.Get("Location")})
			}
		})
	}
}

func TestRetryAfter(t *testing.T) {
	for name, test := range map[string]struct {
		set    func(*Service)
		status []int
		after  string // "date", or the number of seconds
	}{
		"throttled twice":      {func(s *Service) { s.Throttled = 2 }, []int{429, 429, 401}, "1"},
		"for a while":          {func(s *Service) { s.Throttled, s.RetryAfter = 1, 90*time.Second }, []int{429, 401}, "90"},
		"until a date":         {func(s *Service) { s.Throttled, s.RetryAfter, s.RetryAfterDate = 1, time.Minute, true }, []int{429, 401}, "date"},
		"unavailable":          {func(s *Service) { s.Unavailable = 2 }, []int{503, 503, 401}, ""},
		"unavailable, for how": {func(s *Service) { s.Unavailable, s.RetryAfter = 1, 2*time.Second }, []int{503, 401}, "2"},
		"both":                 {func(s *Service) { s.Throttled, s.Unavailable = 1, 1 }, []int{429, 503, 401}, "1"},
		"always":               {func(s *Service) { s.Throttled = Always }, []int{429, 429, 429, 429}, "1"},
	} {
		t.Run(name, func(t *testing.T) {
			s := start(t, func(t *Tenant) { test.set(&t.Environment.Service) })
			c := client(t, s)
			for i, want := range test.status {
				r := get(t, c, webAPI)
				diff(t, want, r.Status)
				if i > 0 {
					continue
				}
				after := r.Header.Get("Retry-After")
				if at, err := http.ParseTime(after); err == nil && time.Until(at) > 30*time.Second {
					after = "date"
				}
				diff(t, test.after, after)
			}
		})
	}
}

// TestClock guards that Date headers and tokens use the services' clock, which all
// services share.
func TestClock(t *testing.T) {
	for _, skew := range []time.Duration{0, 20 * time.Minute, -20 * time.Minute} {
		s := start(t, func(t *Tenant) { t.Clock = skew })
		c := client(t, s)
		r := send(t, c, http.MethodGet, webAPI+"WhoAmI", "", bearer(t, s, c))
		at, err := http.ParseTime(r.Header.Get("Date"))
		if off := time.Until(at) - skew; err != nil || off.Abs() > time.Minute || r.Status != http.StatusOK {
			t.Errorf("%v: Date %v, status %d, %v", skew, at, r.Status, err)
		}
	}
}

func TestEndless(t *testing.T) {
	s := start(t, func(t *Tenant) { t.Environment.Endless = true })
	resp, err := client(t, s).Get(webAPI)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	const far = 8 << 20
	if n, err := io.CopyN(io.Discard, resp.Body, far); n != far {
		t.Errorf("it ended after %d: %v", n, err)
	}
}

func TestGzipBomb(t *testing.T) {
	s := start(t, func(t *Tenant) { t.Environment.GzipBomb = true })
	c := client(t, s)
	c.Transport.(*http.Transport).DisableCompression = true
	r := send(t, c, http.MethodGet, webAPI, "", http.Header{"Accept-Encoding": {"gzip"}})
	diff(t, "gzip", r.Header.Get("Content-Encoding"))
	z, err := gzip.NewReader(bytes.NewReader([]byte(r.Body)))
	if err != nil {
		t.Fatal(err)
	}
	n, err := io.Copy(io.Discard, z)
	if err != nil || n < 50<<20 || len(r.Body) > 1<<18 {
		t.Errorf("%d bytes become %d: %v", len(r.Body), n, err)
	}
}

func TestProxyDemandsSignIn(t *testing.T) {
	for _, scheme := range []string{"Basic", "NTLM", "Negotiate"} {
		s := start(t, func(t *Tenant) { t.Proxy = scheme })
		c := client(t, s)
		tripper := c.Transport.(*http.Transport)
		tripper.Proxy = func(r *http.Request) (*url.URL, error) { return s.Proxy(r.URL) }
		var got string
		tripper.OnProxyConnectResponse = func(_ context.Context, _ *url.URL, _ *http.Request, resp *http.Response) error {
			got = strconv.Itoa(resp.StatusCode) + " " + resp.Header.Get("Proxy-Authenticate")
			return errors.New("no way through")
		}
		if _, err := trySend(c, http.MethodGet, webAPI, "", nil); err == nil {
			t.Error("it went through")
		}
		if !strings.HasPrefix(got, "407 "+scheme) {
			t.Errorf("%q", got)
		}
		diff(t, 0, len(s.Requests()))
	}
}
