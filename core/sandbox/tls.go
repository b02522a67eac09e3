package sandbox

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"math/big"
	"strings"
	"sync"
	"time"
)

// TLSFault is a fault before the first byte of HTTP.
type TLSFault string

// The faults of TLS; "" is no fault.
const (
	TLSExpired   TLSFault = "expired"    // the certificate's time is over
	TLSWrongHost TLSFault = "wrong-host" // it is for another name
	TLSUnknownCA TLSFault = "unknown-ca" // an inspecting proxy issued it
	TLSOld       TLSFault = "tls-1.1"    // the server knows nothing newer than TLS 1.1
	TLSNone      TLSFault = "none"       // the server does not speak TLS
)

// authority issues certificates for names of the sandbox, as they are asked for.
type authority struct {
	cert *x509.Certificate
	key  *ecdsa.PrivateKey

	mu     sync.Mutex
	leaves map[string]*tls.Certificate
}

// newAuthority returns an authority for the permitted names and those below them.
func newAuthority(name string, permitted []string) (*authority, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	template := &x509.Certificate{
		SerialNumber: serial(), Subject: pkix.Name{CommonName: name},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().AddDate(1, 0, 0),
		IsCA: true, BasicConstraintsValid: true, MaxPathLenZero: true,
		KeyUsage: x509.KeyUsageCertSign,
		// Should this authority ever be trusted for good, it can vouch for nothing else.
		PermittedDNSDomainsCritical: true, PermittedDNSDomains: permitted,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		return nil, err
	}
	cert, err := x509.ParseCertificate(der)
	return &authority{cert: cert, key: key, leaves: map[string]*tls.Certificate{}}, err
}

// pem returns the authority's certificate, without its key.
func (a *authority) pem() []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: a.cert.Raw})
}

// leaf returns the certificate for a name, valid or expired.
func (a *authority) leaf(name string, expired bool) (*tls.Certificate, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	id := name
	if expired {
		id += " expired"
	}
	if leaf, ok := a.leaves[id]; ok {
		return leaf, nil
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	template := &x509.Certificate{
		SerialNumber: serial(), Subject: pkix.Name{CommonName: name}, DNSNames: []string{name},
		NotBefore: time.Now().Add(-48 * time.Hour), NotAfter: time.Now().AddDate(0, 3, 0),
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	if expired {
		template.NotAfter = time.Now().Add(-24 * time.Hour)
	}
	der, err := x509.CreateCertificate(rand.Reader, template, a.cert, &key.PublicKey, a.key)
	if err != nil {
		return nil, err
	}
	leaf := &tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
	a.leaves[id] = leaf
	return leaf, nil
}

// permitted returns the names that the sandbox's authorities may certify.
func (s *Server) permitted() []string {
	if s.microsoftNames {
		return s.Hosts()
	}
	return []string{suffix}
}

func serial() *big.Int { return new(big.Int).SetBytes(random(16)) }

// Roots returns a pool with the sandbox's authority alone.
func (s *Server) Roots() *x509.CertPool {
	pool := x509.NewCertPool()
	pool.AddCert(s.authority.cert)
	return pool
}

// handshake returns certificate and protocols for the requested name.
func (s *Server) handshake(hello *tls.ClientHelloInfo) (*tls.Config, error) {
	shown := strings.ToLower(hello.ServerName)
	name := s.Renamed(shown)
	if !ours(name) || s.microsoftNames && !s.serves(shown) {
		return nil, errors.New("the sandbox does not answer for this name")
	}
	tenant := s.now()
	service := serviceOf(&tenant, name)
	issuer, subject, fault := s.authority, shown, service.TLS
	config := &tls.Config{MinVersion: tls.VersionTLS12, NextProtos: []string{"h2", "http/1.1"}}
	if service.HTTP1 {
		config.NextProtos = []string{"http/1.1"}
	}
	switch fault {
	case TLSWrongHost:
		subject = s.Renamed(ForeignEnvironmentHost)
	case TLSUnknownCA:
		issuer = s.rogue
	case TLSOld:
		// What a server too old to be trusted offers; no client of ours takes it.
		// #nosec G402 -- a fault of the sandbox, on loopback
		config.MinVersion, config.MaxVersion, config.NextProtos = tls.VersionTLS10, tls.VersionTLS11, nil
	}
	leaf, err := issuer.leaf(subject, fault == TLSExpired)
	if err != nil {
		return nil, err
	}
	config.Certificates = []tls.Certificate{*leaf}
	return config, nil
}

// ours reports whether a lower-case host name is under sandbox.localhost.
func ours(host string) bool { return strings.HasSuffix(host, "."+suffix) }
