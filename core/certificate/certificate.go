// Package certificate reads a certificate with its RSA private key from the files
// that people have: PEM in any state, PFX, DER, and both in the wrappings that
// vaults, pipelines and mail put around them.
//
// It promises that a file either becomes a certificate with a key that signs for it, or
// an [*Error] that names what was found and the next action; that the work on a
// file is bounded and ends with the caller's context; and that a private key
// prints nowhere. It needs no network.
package certificate

import (
	"crypto"
	"crypto/rsa"
	"crypto/sha1" // #nosec G505 -- the portal shows this thumbprint; nothing is secured by it
	"crypto/x509"
	"encoding/hex"
	"strings"
	"time"
	"unicode"

	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// Certificate is an RSA certificate with its private key. The key is not
// exported: it prints nowhere, and only [Certificate.Signer] returns it.
type Certificate struct {
	// Chain starts with the certificate that the key belongs to.
	Chain []*x509.Certificate
	// Notes describe what was done to read the files and is not obvious, such as the
	// choice between two certificates of one key. They hold no path and no secret.
	Notes []text.Text

	signer      func() crypto.Signer
	separateKey bool
}

// Signer returns the private key, for MSAL.
func (c *Certificate) Signer() crypto.Signer { return c.signer() }

// SeparateKey reports whether the private key is in a file of its own.
func (c *Certificate) SeparateKey() bool { return c.separateKey }

// NotBefore returns the start of validity. [Load] does not judge it.
func (c *Certificate) NotBefore() time.Time { return c.Chain[0].NotBefore }

// NotAfter returns the end of validity. [Load] does not judge it.
func (c *Certificate) NotAfter() time.Time { return c.Chain[0].NotAfter }

// Thumbprint returns the SHA-1 of the certificate as the Entra admin center shows
// it under Certificates & secrets: forty capital hex digits.
func (c *Certificate) Thumbprint() string {
	sum := sha1.Sum(c.Chain[0].Raw) // #nosec G401 -- see the import
	return strings.ToUpper(hex.EncodeToString(sum[:]))
}

// ParseThumbprint returns a thumbprint in the form of [Certificate.Thumbprint], ""
// for text that is no thumbprint. Windows shows thumbprints with blanks, and with an
// invisible mark in front.
func ParseThumbprint(s string) string {
	s = strings.ToUpper(strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.In(r, unicode.Cf, unicode.Cc) || r == ':' {
			return -1
		}
		return r
	}, s))
	if raw, err := hex.DecodeString(s); err != nil || len(raw) != sha1.Size {
		return ""
	}
	return s
}

// signerOf keeps the key in a closure, which no printer walks into.
func signerOf(key *rsa.PrivateKey) func() crypto.Signer {
	return func() crypto.Signer { return key }
}
