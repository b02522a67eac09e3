// Package certtest creates keys, certificates and their files for tests.
package certtest

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// Must returns v and panics on an error: for variables that all tests of a package share.
func Must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// RSA returns a new key. It takes most of a second.
func RSA() *rsa.PrivateKey { return Must(rsa.GenerateKey(rand.Reader, 2048)) }

// Template returns an unsigned certificate for name, valid from the beginning of the year
// from to the beginning of the year until.
func Template(name string, from, until int) *x509.Certificate {
	return &x509.Certificate{
		SerialNumber: big.NewInt(int64(from)), Subject: pkix.Name{CommonName: name},
		NotBefore: time.Date(from, 1, 1, 0, 0, 0, 0, time.UTC), NotAfter: time.Date(until, 1, 1, 0, 0, 0, 0, time.UTC),
	}
}

// Sign returns a certificate for key, which signer has signed as parent.
func Sign(template, parent *x509.Certificate, key, signer crypto.Signer) *x509.Certificate {
	return Must(x509.ParseCertificate(Must(x509.CreateCertificate(rand.Reader, template, parent, key.Public(), signer))))
}

// SelfSigned returns a certificate that its own key has signed.
func SelfSigned(name string, key crypto.Signer, from, until int) *x509.Certificate {
	template := Template(name, from, until)
	return Sign(template, template, key, key)
}

// Block returns a PEM block.
func Block(kind string, der []byte) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}))
}

// PEM returns certificates as PEM, in order.
func PEM(certs ...*x509.Certificate) string {
	var b strings.Builder
	for _, c := range certs {
		b.WriteString(Block("CERTIFICATE", c.Raw))
	}
	return b.String()
}

// PKCS8 returns a private key as PKCS #8.
func PKCS8(key any) []byte { return Must(x509.MarshalPKCS8PrivateKey(key)) }

// KeyPEM returns a private key as PKCS #8 in PEM.
func KeyPEM(key any) string { return Block("PRIVATE KEY", PKCS8(key)) }

// Folder writes files, by name, and returns their folder.
func Folder(t testing.TB, files map[string]string) string {
	t.Helper()
	folder := t.TempDir()
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}
