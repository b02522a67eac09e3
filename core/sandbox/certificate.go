package sandbox

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"

	"software.sslmate.com/src/go-pkcs12"

	"github.com/s2sdoctor/s2sdoctor/core/secret"
)

// Credential is what the application authenticates with: a secret, or the path of a
// certificate file, which exists until [Server.Close].
type Credential struct {
	Secret              secret.Value
	CertificateFile     string
	CertificatePassword secret.Value
}

// Credential returns the application's credential.
func (s *Server) Credential() Credential {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.tenant.Certificate.InUse {
		return Credential{Secret: secret.New(s.secret)}
	}
	file := s.certificate(s.tenant.Certificate)
	return Credential{CertificateFile: file.path, CertificatePassword: file.password}
}

// certificateFile is a file with its password. Its key is deleted with the
// server: it opens nothing but this sandbox.
type certificateFile struct {
	cert     *x509.Certificate
	path     string
	password secret.Value
}

var rsaKey, otherRSAKey = sync.OnceValue(newRSAKey), sync.OnceValue(newRSAKey)

func newRSAKey() *rsa.PrivateKey {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		panic(err) // only for a key too short to be safe
	}
	return key
}

// registered returns the certificate that Contoso's application knows,
// or nil.
func (s *Server) registered(t Tenant) *x509.Certificate {
	if !t.Certificate.InUse || t.Certificate.Unregistered {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.certificate(t.Certificate).cert
}

// certificate returns the file of a kind, which it makes once; the caller holds the
// lock. It panics if the temporary folder cannot be written to.
func (s *Server) certificate(kind Certificate) certificateFile {
	if file, ok := s.files[kind]; ok {
		return file
	}
	folder, err := s.privateFolder()
	must(err)
	cert, key := newCertificate(kind)
	file := certificateFile{cert: cert, path: filepath.Join(folder, fmt.Sprintf("sandbox-%d.pem", len(s.files)+1))}
	if kind.OtherKey {
		key = otherRSAKey()
	}
	var content []byte
	if kind.PFX {
		password := randomText()
		encoded, err := pkcs12.Modern.Encode(key, cert, nil, password)
		must(err)
		if kind.WrongPassword {
			password += "?"
		}
		content, file.password = encoded, secret.New(password)
		file.path = file.path[:len(file.path)-len("pem")] + "pfx"
	} else {
		content = pemOf(cert, key, kind.NoKey)
	}
	must(os.WriteFile(file.path, content, 0o600))
	s.files[kind] = file
	return file
}

// privateFolder returns the folder of the server's files, which it makes when it is
// first needed; the caller holds the lock.
func (s *Server) privateFolder() (string, error) {
	if s.folder != "" {
		return s.folder, nil
	}
	folder, err := os.MkdirTemp("", "s2sdoctor-sandbox-")
	s.folder = folder
	return folder, err
}

func newCertificate(kind Certificate) (*x509.Certificate, crypto.Signer) {
	template := &x509.Certificate{
		SerialNumber: serial(), Subject: pkix.Name{CommonName: "S2S Integration (sandbox)"},
		NotBefore: time.Now().AddDate(0, -6, 0), NotAfter: time.Now().AddDate(1, 0, 0),
		KeyUsage: x509.KeyUsageDigitalSignature,
	}
	switch {
	case kind.Expired:
		template.NotAfter = time.Now().AddDate(0, 0, -3)
	case kind.Future:
		template.NotBefore = time.Now().AddDate(0, 0, 3)
	case kind.Lasts > 0:
		template.NotAfter = time.Now().Add(kind.Lasts)
	}
	var key crypto.Signer = rsaKey()
	if kind.EllipticCurve {
		curve, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
		must(err)
		key = curve
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	must(err)
	cert, err := x509.ParseCertificate(der)
	must(err)
	return cert, key
}

func pemOf(cert *x509.Certificate, key crypto.Signer, noKey bool) []byte {
	var b bytes.Buffer
	must(pem.Encode(&b, &pem.Block{Type: "CERTIFICATE", Bytes: cert.Raw}))
	if !noKey {
		der, err := x509.MarshalPKCS8PrivateKey(key)
		must(err)
		must(pem.Encode(&b, &pem.Block{Type: "PRIVATE KEY", Bytes: der}))
	}
	return b.Bytes()
}

// must panics. It is for what cannot fail with our own input, and for a computer on
// which nothing would work.
func must(err error) {
	if err != nil {
		panic(fmt.Sprintf("sandbox: %v", err))
	}
}
