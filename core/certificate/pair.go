package certificate

import (
	"crypto/rsa"
	"crypto/x509"
	"slices"
	"strings"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/text"
)

const (
	// minimumBits is the size of the shortest RSA key that Go signs with.
	minimumBits = 1024
	// recommendedBits is what Microsoft recommends for the keys of applications.
	//
	// Source: learn.microsoft.com/entra/identity-platform/howto-create-self-signed-certificate.
	recommendedBits = 2048
)

// match is a private key with the certificates that were issued for it, the one to
// use first.
type match struct {
	key   *rsa.PrivateKey
	certs []*x509.Certificate
}

// matches returns the keys that have a certificate. now decides between several
// certificates of one key.
func (c *contents) matches(now time.Time) []match {
	var all []match
	for _, key := range c.keys {
		m := match{key: key}
		for _, cert := range c.certs {
			public, ok := cert.PublicKey.(*rsa.PublicKey)
			same := func(other *x509.Certificate) bool { return other.Equal(cert) }
			if ok && public.Equal(key.Public()) && !slices.ContainsFunc(m.certs, same) {
				m.certs = append(m.certs, cert)
			}
		}
		twice := func(other match) bool { return other.key.Equal(key) }
		if len(m.certs) == 0 || slices.ContainsFunc(all, twice) {
			continue
		}
		slices.SortStableFunc(m.certs, func(a, b *x509.Certificate) int { return prefer(a, b, now) })
		all = append(all, m)
	}
	return all
}

// The validity of a certificate, the best first.
const (
	valid = iota
	notYet
	ended
)

func validity(cert *x509.Certificate, now time.Time) int {
	switch {
	case now.After(cert.NotAfter):
		return ended
	case now.Before(cert.NotBefore):
		return notYet
	}
	return valid
}

// prefer orders certificates of one key: what is valid, and of that what lasts
// longest; then what becomes valid first; then what ended last.
func prefer(a, b *x509.Certificate, now time.Time) int {
	if order := validity(a, now) - validity(b, now); order != 0 {
		return order
	}
	if validity(a, now) == notYet {
		return a.NotBefore.Compare(b.NotBefore)
	}
	return b.NotAfter.Compare(a.NotAfter)
}

// pair finds the certificate with its key and puts it first in the chain. The error
// names what is missing, or what the file is instead.
func (c *contents) pair(now time.Time) (*Certificate, error) {
	matches := c.withoutIssuers(c.matches(now))
	slices.SortStableFunc(matches, func(a, b match) int { return prefer(a.certs[0], b.certs[0], now) })
	switch {
	case len(matches) == 0:
		return nil, c.missing()
	case len(matches) > 1 && validity(matches[1].certs[0], now) == valid:
		return nil, c.several(matches)
	}
	m := matches[0]
	if bits := m.key.N.BitLen(); bits < minimumBits {
		return nil, tooShort(bits)
	}
	chosen := &Certificate{Chain: []*x509.Certificate{m.certs[0]}, signer: signerOf(m.key)}
	for _, cert := range c.certs {
		if !slices.ContainsFunc(matches, func(other match) bool { return slices.ContainsFunc(other.certs, cert.Equal) }) && !slices.ContainsFunc(chosen.Chain, cert.Equal) {
			chosen.Chain = append(chosen.Chain, cert)
		}
	}
	for _, other := range m.certs[1:] {
		chosen.Notes = append(chosen.Notes, passedOver(m.certs[0], other, now))
	}
	for _, other := range matches[1:] {
		chosen.Notes = append(chosen.Notes, text.F("took the certificate that lasts until %s; another one, with a key of its own, is valid from %s to %s",
			day(m.certs[0].NotAfter), day(other.certs[0].NotBefore), day(other.certs[0].NotAfter)))
	}
	if bits := m.key.N.BitLen(); bits < recommendedBits {
		chosen.Notes = append(chosen.Notes, text.F("the RSA key has %d bits; Microsoft recommends 2048 or more", bits))
	}
	return chosen, nil
}

func day(t time.Time) string { return t.UTC().Format(time.DateOnly) }

// passedOver returns a note about the choice between two certificates of one key.
func passedOver(used, other *x509.Certificate, now time.Time) text.Text {
	end, otherEnd := day(used.NotAfter), day(other.NotAfter)
	switch validity(other, now) {
	case ended:
		return text.F("took the certificate that lasts until %s; another one of the same key ended on %s", end, otherEnd)
	case notYet:
		return text.F("took the certificate that lasts until %s; another one of the same key begins on %s", end, day(other.NotBefore))
	}
	return text.F("took the certificate that lasts until %s; another one of the same key lasts until %s", end, otherEnd)
}

// withoutIssuers drops the keys of authorities, where the certificate that one of
// them issued is there with its own key.
func (c *contents) withoutIssuers(matches []match) []match {
	return slices.DeleteFunc(slices.Clone(matches), func(m match) bool {
		return slices.ContainsFunc(matches, func(other match) bool {
			leaf, authority := other.certs[0], m.certs[0]
			return other.key != m.key && authority.IsCA && string(leaf.RawIssuer) == string(authority.RawSubject) && string(leaf.RawSubject) != string(authority.RawSubject)
		})
	})
}

// several returns the error that lists certificates with a key of their own, between
// which nothing decides.
func (c *contents) several(matches []match) error {
	var ends []string
	for _, m := range matches {
		ends = append(ends, day(m.certs[0].NotAfter))
	}
	last := strings.Join(ends, ", ")
	if c.pfx {
		return fail(Ambiguous, text.F("There are several private keys in the file, each with its certificate (they end on %s). Export the one that is registered with the application, alone.", last))
	}
	return fail(Ambiguous, text.F("There are several private keys in the file, each with its certificate (they end on %s). Put the one that is registered with the application into a file of its own.", last))
}

// missing returns the error that explains why there is no certificate with its key.
func (c *contents) missing() error {
	switch {
	case len(c.certs) > 0 && len(c.keys) > 0:
		return fail(Mismatch, text.F("The private key does not belong to the certificate. Choose the key that the certificate was made with."))
	case len(c.otherKeys) > 0:
		return fail(KeyType, text.F("The private key is of the kind %s and not an RSA key, and Entra takes no other. Make a certificate with an RSA key of 2048 bits.", c.otherKeys[0]))
	case len(c.faults) > 0:
		return c.faults[0]
	case len(c.seen) > 0 && len(c.certs) == 0:
		return fail(Unreadable, things[slices.Min(c.seen)])
	case len(c.seen) > 0 && slices.Min(c.seen) <= aVaultEntry:
		return fail(NoKey, things[slices.Min(c.seen)])
	case len(c.keys) > 0:
		return fail(Unreadable, text.F("There is no certificate in the file: it holds a private key without its certificate. Choose a PFX or PEM file that holds both, or choose the certificate here and this file as its key."))
	case len(c.certs) == 0 && c.pfx:
		return fail(Unreadable, text.F("The PFX file holds neither a certificate nor a private key. Export it again, with both."))
	case len(c.certs) == 0:
		return fail(Unreadable, text.F("There is no certificate in the file. Choose a PFX file, or a PEM file with the certificate and its private key."))
	}
	if kindOfCertificate(c.certs[0]) != "" {
		return notRSA(c.certs[0])
	}
	if c.pfx {
		return fail(NoKey, text.F("The PFX file holds no private key. Export it again, with the private key."))
	}
	return errNoKey
}

func tooShort(bits int) *Error {
	return fail(KeyType, text.F("The RSA key has %d bits, which is too short to be used. Make a certificate with a key of 2048 bits or more.", bits))
}

func notRSA(cert *x509.Certificate) *Error {
	return fail(KeyType, text.F("The certificate has a key of the kind %s and not an RSA key, and Entra takes no other. Make a certificate with an RSA key of 2048 bits.", kindOfCertificate(cert)))
}

// errNoKey is replaced once it is known where the key was looked for.
var errNoKey = fail(NoKey, text.F("The file holds a certificate without its private key. Choose the PFX file, or a PEM file that holds both."))

// kindOfCertificate names the kind of a certificate's key, "" for RSA.
func kindOfCertificate(cert *x509.Certificate) string {
	switch cert.PublicKeyAlgorithm {
	case x509.RSA, x509.UnknownPublicKeyAlgorithm:
		return ""
	case x509.ECDSA:
		return "EC"
	}
	return cert.PublicKeyAlgorithm.String()
}
