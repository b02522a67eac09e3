package certificate

import (
	"bytes"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha1" // #nosec G505 -- the portal shows this thumbprint; nothing is secured by it
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/hex"
	"encoding/pem"
	"fmt"
	"math/big"
	"strings"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/secret"
)

// Lifetime is how long a certificate of [Make] is valid. Entra's own default for
// credentials of applications is two years; policies often allow one.
const Lifetime = 365 * 24 * time.Hour

// keyBits is the size of the key of [Make]. NIST SP 800-57 part 1 asks for 3,072 bits
// for what is used beyond 2030.
const keyBits = 3072

// Made is a new self-signed certificate with its private key. The key prints nowhere.
type Made struct {
	// DER is the certificate without its key: what a registration gets.
	DER []byte
	// NotAfter is the end of validity.
	NotAfter time.Time

	file secret.Value // certificate and key, PEM
}

// Make returns a new certificate for an application of a name, valid from now on, for
// lifetime; see [Lifetime].
func Make(name string, now time.Time, lifetime time.Duration) (*Made, error) {
	key, err := rsa.GenerateKey(rand.Reader, keyBits)
	if err != nil {
		return nil, fmt.Errorf("no key could be made: %w", err)
	}
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 127))
	if err != nil {
		return nil, fmt.Errorf("no certificate could be made: %w", err)
	}
	template := &x509.Certificate{
		SerialNumber: serial, Subject: pkix.Name{CommonName: name},
		// A clock may be behind: Entra's, or that of the next computer.
		NotBefore: now.Add(-5 * time.Minute).UTC(), NotAfter: now.Add(lifetime).UTC(),
		KeyUsage: x509.KeyUsageDigitalSignature, BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		return nil, fmt.Errorf("no certificate could be made: %w", err)
	}
	pkcs8, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return nil, fmt.Errorf("no certificate could be made: %w", err)
	}
	var file bytes.Buffer
	for _, block := range []*pem.Block{{Type: "CERTIFICATE", Bytes: der}, {Type: "PRIVATE KEY", Bytes: pkcs8}} {
		if err := pem.Encode(&file, block); err != nil {
			return nil, err
		}
	}
	return &Made{DER: der, NotAfter: template.NotAfter, file: secret.New(file.String())}, nil
}

// Thumbprint returns the SHA-1 of the certificate in forty capital hex digits.
func (m *Made) Thumbprint() string {
	sum := sha1.Sum(m.DER) // #nosec G401 -- see the import
	return strings.ToUpper(hex.EncodeToString(sum[:]))
}

// Write writes certificate and key as PEM into a new file, which only its user can
// read. An existing file is an error. The file is written whole, or not at all: a set-up
// that was killed takes no part of one for another program's.
func (m *Made) Write(path string) (err error) {
	m.file.Use(func(plain string) { err = writeNew(path, []byte(plain), 0o600) })
	return err
}
