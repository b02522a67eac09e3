package core_test

import (
	"bufio"
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"fmt"
	"io"
	"math/big"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/transport"
)

// replayer is a TLS server in front of the sandbox. It responds to a single request with
// recorded bytes; the sandbox responds to the others.
type replayer struct {
	// takes reports whether a request gets the recorded response.
	takes func(*http.Request) bool
	// message is the response, byte for byte.
	message []byte

	listener net.Listener
	behind   *http.Client
	config   *tls.Config
}

// replay puts a replayer in front of s and returns how to reach it.
func replay(t *testing.T, s *core.Sandbox, takes func(*http.Request) bool, message []byte) transport.Options {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	roots, leaf := replayAuthority(t)
	base := &http.Transport{DialContext: s.Transport.Dial, TLSClientConfig: &tls.Config{RootCAs: s.Transport.Roots}}
	r := &replayer{
		takes: takes, message: message, listener: listener,
		behind: &http.Client{Transport: base, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }},
		config: &tls.Config{GetCertificate: leaf},
	}
	go r.serve()
	t.Cleanup(func() {
		_ = listener.Close()
		base.CloseIdleConnections()
	})
	o := s.Transport
	o.Roots = roots
	o.Dial = func(ctx context.Context, network, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, network, listener.Addr().String())
	}
	return o
}

func (r *replayer) serve() {
	for {
		conn, err := r.listener.Accept()
		if err != nil {
			return
		}
		go r.connection(tls.Server(conn, r.config))
	}
}

func (r *replayer) connection(conn *tls.Conn) {
	defer conn.Close()
	in := bufio.NewReader(conn)
	for {
		req, err := http.ReadRequest(in)
		if err != nil {
			return
		}
		body, _ := io.ReadAll(req.Body)
		if r.takes(req) {
			_, _ = conn.Write(r.message)
			return
		}
		if r.forward(conn, req, body) != nil {
			return
		}
	}
}

func (r *replayer) forward(conn net.Conn, req *http.Request, body []byte) error {
	out, err := http.NewRequest(req.Method, "https://"+req.Host+req.URL.RequestURI(), bytes.NewReader(body))
	if err != nil {
		return err
	}
	out.Header = req.Header
	resp, err := r.behind.Do(out)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	return resp.Write(conn)
}

// framed returns a recorded message with an end: the length of its recorded body, and the
// connection closes after it.
func framed(message string) []byte {
	head, body, _ := strings.Cut(message, "\n\n")
	lines := strings.Split(head, "\n")
	status := strings.Replace(lines[0], "HTTP/2.0", "HTTP/1.1", 1)
	var out strings.Builder
	fmt.Fprintf(&out, "%s\r\n", status)
	for _, line := range lines[1:] {
		switch name, _, _ := strings.Cut(strings.ToLower(line), ":"); name {
		case "content-length", "transfer-encoding", "connection", "content-encoding":
		default:
			fmt.Fprintf(&out, "%s\r\n", line)
		}
	}
	fmt.Fprintf(&out, "Content-Length: %d\r\nConnection: close\r\n\r\n%s", len(body), body)
	return []byte(out.String())
}

// replayAuthority returns a new authority, and a function that issues a certificate for
// the requested name.
func replayAuthority(t *testing.T) (*x509.CertPool, func(*tls.ClientHelloInfo) (*tls.Certificate, error)) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "Replay (tests only)"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	root, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AddCert(root)
	return pool, func(hello *tls.ClientHelloInfo) (*tls.Certificate, error) {
		der, err := x509.CreateCertificate(rand.Reader, &x509.Certificate{
			SerialNumber: big.NewInt(2), DNSNames: []string{hello.ServerName},
			NotBefore: root.NotBefore, NotAfter: root.NotAfter, KeyUsage: x509.KeyUsageDigitalSignature,
		}, root, &key.PublicKey, key)
		return &tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, err
	}
}
