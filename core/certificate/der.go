package certificate

import (
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"math/big"

	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// addDER reads one or more structures in DER, by what they are. The label is that of
// a PEM block, "" without one.
func (r *reader) addDER(der []byte, label string) error {
	for first := true; len(der) > 0; first = false {
		var whole asn1.RawValue
		rest, err := asn1.Unmarshal(der, &whole)
		if err != nil || whole.Tag != asn1.TagSequence || whole.Class != asn1.ClassUniversal {
			if !first {
				return nil // line ends, or the trust settings of OpenSSL
			}
			return r.damaged(der, label)
		}
		if err := r.addStructure(whole.FullBytes, label); err != nil {
			return err
		}
		der = rest
	}
	return nil
}

func (r *reader) addStructure(der []byte, label string) error {
	if cert, err := x509.ParseCertificate(der); err == nil {
		r.found.certs = append(r.found.certs, cert)
		return nil
	}
	if cert, ok := parseLoosely(der); ok {
		r.found.certs = append(r.found.certs, cert)
		return nil
	}
	if isPFX(der) {
		return r.addPFX(der)
	}
	if certs, ok := certificatesOfPKCS7(der); ok {
		r.found.certs = append(r.found.certs, certs...)
		r.found.see(aPKCS7)
		return nil
	}
	if isPrivateKey(der) {
		return r.addKey(der)
	}
	var e encryptedKey
	if _, err := asn1.Unmarshal(der, &e); err == nil && len(e.Algorithm.Parameters.FullBytes) > 0 {
		return r.addEncryptedKey(e)
	}
	if t, ok := thingIn(der); ok {
		r.found.see(t)
		return nil
	}
	return r.damaged(der, label)
}

// damaged names what a structure is by its label that it is not by its content.
func (r *reader) damaged(der []byte, label string) error {
	switch {
	case len(der) > 1 && der[0] == 0x30 && der[1] == 0x80:
		return fail(Unreadable, text.F("The file is written in BER, an old format that is not read here. Convert it: openssl pkcs12 -in old.pfx -nodes -out new.pem"))
	case isPrivateKeyLabel(label):
		r.found.badKeys++
		return fail(Unreadable, text.F("The private key in the file is damaged, or of a kind that is not read here. Export it again."))
	case label != "":
		return fail(Unreadable, text.F("A certificate in the file is damaged. Export it again."))
	}
	return errNoForm
}

var errNoForm = fail(Unreadable, text.F("The file is no PFX or PEM file that can be read here. Export the certificate again, with its private key, as PFX."))

// The versions and algorithms that private keys begin with.
type (
	pkcs8Key struct {
		Version   int
		Algorithm pkix.AlgorithmIdentifier
		Key       []byte
	}
	pkcs1Key struct {
		Version                  int
		N, E, D, P, Q, DP, DQ, I *big.Int
	}
	dsaKey struct {
		Version       int
		P, Q, G, Y, X *big.Int
	}
	ecKey struct {
		Version int
		Key     []byte
	}
)

func reads[T any](der []byte) (value T, ok bool) {
	_, err := asn1.Unmarshal(der, &value)
	return value, err == nil
}

func isPrivateKey(der []byte) bool {
	_, pkcs8 := reads[pkcs8Key](der)
	_, pkcs1 := reads[pkcs1Key](der)
	return pkcs8 || pkcs1 || kindOfKey(der) != ""
}

// keyKinds are the names of the kinds of keys that Entra does not take, by algorithm.
//
// Source: RFC 5912, RFC 8410, FIPS 204.
var keyKinds = map[string]string{
	"1.2.840.113549.1.1.10":   "RSA-PSS",
	"1.2.840.10040.4.1":       "DSA",
	"1.2.840.10045.2.1":       "EC",
	"1.3.101.110":             "X25519",
	"1.3.101.111":             "X448",
	"1.3.101.112":             "Ed25519",
	"1.3.101.113":             "Ed448",
	"1.2.643.7.1.1.1.1":       "GOST",
	"1.2.840.113549.1.3.1":    "DH",
	"2.16.840.1.101.3.4.3.17": "ML-DSA",
	"2.16.840.1.101.3.4.3.18": "ML-DSA",
	"2.16.840.1.101.3.4.3.19": "ML-DSA",
}

// kindOfKey names the kind of a private key that Entra does not take, "" for RSA and
// for what is no key.
func kindOfKey(der []byte) string {
	if k, ok := reads[pkcs8Key](der); ok {
		return keyKinds[k.Algorithm.Algorithm.String()]
	}
	if _, ok := reads[pkcs1Key](der); ok {
		return ""
	}
	if _, ok := reads[dsaKey](der); ok {
		return "DSA"
	}
	if k, ok := reads[ecKey](der); ok && k.Version == 1 {
		return "EC" // RFC 5915
	}
	return ""
}

// certificatesOfPKCS7 returns the certificates of a SignedData (RFC 2315 section 9.1),
// which is what a .p7b file holds.
func certificatesOfPKCS7(der []byte) ([]*x509.Certificate, bool) {
	type signedData struct {
		Version      int
		Algorithms   asn1.RawValue `asn1:"set"`
		Content      contentInfo
		Certificates asn1.RawValue `asn1:"optional,tag:0"`
	}
	outer, ok := reads[contentInfo](der)
	if !ok || outer.Type.String() != oidSignedData {
		return nil, false
	}
	signed, ok := reads[signedData](outer.Content.Bytes)
	if !ok {
		return nil, true
	}
	certs, err := x509.ParseCertificates(signed.Certificates.Bytes)
	if err != nil {
		return nil, true
	}
	return certs, true
}

// thingIn names other structures.
func thingIn(der []byte) (thing, bool) {
	type publicKey struct {
		Algorithm pkix.AlgorithmIdentifier
		Key       asn1.BitString
	}
	if _, err := x509.ParseCertificateRequest(der); err == nil {
		return aRequest, true
	}
	if _, err := x509.ParseRevocationList(der); err == nil {
		return aRevocationList, true
	}
	if _, ok := reads[publicKey](der); ok {
		return aPublicKey, true
	}
	if _, err := x509.ParsePKCS1PublicKey(der); err == nil {
		return aPublicKey, true
	}
	return 0, false
}
