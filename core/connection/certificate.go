package connection

import (
	"crypto/rsa"
	"crypto/sha1" //nolint:gosec // the portal shows this thumbprint; nothing is secured by it
	"crypto/x509"
	"encoding/hex"
	"errors"
	"strings"
	"time"
	"unicode"

	"s2sdoctor/core/plain"
	"s2sdoctor/core/prose"
)

// cleanThumbprint is a thumbprint as [Certificate.Thumbprint] gives it, "" for what
// is none. Windows shows them with blanks, and an invisible mark in front.
func cleanThumbprint(s string) string {
	s = strings.ToUpper(strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == ':' || plain.Invisible(r) {
			return -1
		}
		return r
	}, s))
	if raw, err := hex.DecodeString(s); err != nil || len(raw) != sha1.Size {
		return ""
	}
	return s
}

// Thumbprint is the SHA-1 of the certificate as the Entra admin center shows it
// under Certificates & secrets: forty capital hex digits.
func (c *Certificate) Thumbprint() string {
	sum := sha1.Sum(c.Chain[0].Raw) //nolint:gosec // see the import
	return strings.ToUpper(hex.EncodeToString(sum[:]))
}

// NotBefore is when the certificate begins to be valid. It is a fact, not judged
// here.
func (c *Certificate) NotBefore() time.Time { return c.Chain[0].NotBefore }

// NotAfter is when it ends.
func (c *Certificate) NotAfter() time.Time { return c.Chain[0].NotAfter }

// CertificateFault tells why a certificate cannot be used.
type CertificateFault string

// The faults.
const (
	// CertificateUnreadable: no such file, not a file, too large, no certificate
	// in it, or in a form that nobody here reads.
	CertificateUnreadable CertificateFault = "unreadable"
	// CertificatePassword: the password is missing or wrong.
	CertificatePassword CertificateFault = "password"
	// CertificateNoKey: there is a certificate and no private key.
	CertificateNoKey CertificateFault = "no key"
	// CertificateKeyType: the key is not RSA, which is all that Entra takes.
	CertificateKeyType CertificateFault = "key type"
	// CertificateMismatch: the key belongs to another certificate.
	CertificateMismatch CertificateFault = "mismatch"
)

// CertificateError says why a certificate cannot be used, in one or two
// sentences that hold neither the path nor anything of the file.
type CertificateError struct {
	Fault   CertificateFault
	Summary prose.Text
}

// Error is the Summary.
func (e *CertificateError) Error() string { return e.Summary.String() }

// cleanCertificate loads the certificate's file.
func (f Form) cleanCertificate(r *remarks) Credential {
	cert, err := LoadCertificate(plain.Unwrap(f.CertificateFile), plain.Unwrap(f.KeyFile), f.CertificatePassword)
	if err != nil {
		summary := prose.F("The certificate file cannot be used.")
		if fault := (*CertificateError)(nil); errors.As(err, &fault) {
			summary = fault.Summary
		}
		r.refuse(FieldCertificate, "input.certificate", summary)
		return Credential{}
	}
	if !f.Secret.Empty() {
		r.note(FieldCertificate, prose.F("the certificate is used, and the client secret is not"))
	}
	return Credential{Kind: CertificateKind, Certificate: cert}
}

// contents is what a certificate's files hold, before it is known to fit.
type contents struct {
	certs []*x509.Certificate
	// keys are RSA, foreign counts those of other kinds.
	keys    []*rsa.PrivateKey
	foreign int
}

// minimumBits is the shortest RSA key that Go signs with.
const minimumBits = 1024

// pair finds the key's own certificate and puts it first.
func (c contents) pair() (*Certificate, error) {
	switch {
	case len(c.certs) == 0:
		return nil, &CertificateError{CertificateUnreadable, prose.F("There is no certificate in the file. Choose a PFX file, or a PEM file with the certificate and its private key.")}
	case len(c.keys) == 0 && c.foreign > 0:
		return nil, &CertificateError{CertificateKeyType, prose.F("The private key is not an RSA key, and Entra takes no other. Make a certificate with an RSA key.")}
	case len(c.keys) == 0:
		return nil, &CertificateError{CertificateNoKey, prose.F("The file holds a certificate without its private key. Choose the PFX file, or a PEM file that holds both.")}
	}
	for _, key := range c.keys {
		for i, cert := range c.certs {
			public, ok := cert.PublicKey.(*rsa.PublicKey)
			if !ok || !public.Equal(key.Public()) {
				continue
			}
			if key.N.BitLen() < minimumBits {
				return nil, &CertificateError{CertificateKeyType, prose.F("The RSA key is too short to be used. Make a certificate with a key of 2048 bits or more.")}
			}
			chain := append([]*x509.Certificate{cert}, c.certs[:i]...)
			return &Certificate{Chain: append(chain, c.certs[i+1:]...), signer: signerOf(key)}, nil
		}
	}
	return nil, &CertificateError{CertificateMismatch, prose.F("The private key does not belong to the certificate. Choose the key that the certificate was made with.")}
}
