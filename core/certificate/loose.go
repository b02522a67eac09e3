package certificate

import (
	"crypto/ecdsa"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"math/big"
	"time"
)

// looseCertificate is the part of a certificate that is needed (RFC 5280 section 4.1).
type looseCertificate struct {
	TBS struct {
		Version            int `asn1:"optional,explicit,default:0,tag:0"`
		Serial             *big.Int
		SignatureAlgorithm pkix.AlgorithmIdentifier
		Issuer             asn1.RawValue
		Validity           struct{ NotBefore, NotAfter time.Time }
		Subject            asn1.RawValue
		PublicKey          asn1.RawValue
	}
	Algorithm pkix.AlgorithmIdentifier
	Signature asn1.BitString
}

// parseLoosely reads a certificate that the standard library refuses and others read:
// makecert wrote negative serial numbers, and authorities of companies write
// extensions in forms of their own.
func parseLoosely(der []byte) (*x509.Certificate, bool) {
	c, ok := reads[looseCertificate](der)
	if !ok {
		return nil, false
	}
	public, err := x509.ParsePKIXPublicKey(c.TBS.PublicKey.FullBytes)
	if err != nil {
		return nil, false
	}
	cert := &x509.Certificate{
		Raw: der, RawIssuer: c.TBS.Issuer.FullBytes, RawSubject: c.TBS.Subject.FullBytes, SerialNumber: c.TBS.Serial,
		NotBefore: c.TBS.Validity.NotBefore, NotAfter: c.TBS.Validity.NotAfter, PublicKey: public,
	}
	switch public.(type) {
	case *rsa.PublicKey:
		cert.PublicKeyAlgorithm = x509.RSA
	case *ecdsa.PublicKey:
		cert.PublicKeyAlgorithm = x509.ECDSA
	}
	return cert, true
}
