package connection

import (
	"crypto/x509"
	"errors"

	pkcs12 "software.sslmate.com/src/go-pkcs12"

	"s2sdoctor/core/prose"
	"s2sdoctor/core/secret"
)

// noKeyInPFX is the only way in which the library tells this fault; a test holds
// it to that.
const noKeyInPFX = "pkcs12: private key missing"

// pfxLimit bounds the work on a key that only shows its size once the password
// has opened it: a long chain has 40 KiB.
const pfxLimit = 128 << 10

// parsePFX reads a PKCS#12 file (RFC 7292).
func parsePFX(data []byte, password secret.Value) (contents, error) {
	if len(data) > pfxLimit {
		return contents{}, &CertificateError{CertificateUnreadable, prose.F("The file is larger than any PFX file with one certificate, and it is no PEM file. Export the certificate again.")}
	}
	if err := boundIterations(data); err != nil {
		return contents{}, err
	}
	var (
		key   any
		leaf  *x509.Certificate
		chain []*x509.Certificate
		err   error
	)
	password.Use(func(plain string) { key, leaf, chain, err = pkcs12.DecodeChain(data, plain) })
	switch {
	case err == nil:
		found := contents{certs: append([]*x509.Certificate{leaf}, chain...)}
		found.addParsed(key)
		return found, nil
	case errors.Is(err, pkcs12.ErrIncorrectPassword) && password.Empty(), errors.Is(err, pkcs12.ErrDecryption) && password.Empty():
		return contents{}, &CertificateError{CertificatePassword, prose.F("The certificate file needs a password.")}
	case errors.Is(err, pkcs12.ErrIncorrectPassword), errors.Is(err, pkcs12.ErrDecryption):
		return contents{}, &CertificateError{CertificatePassword, prose.F("The password does not open the certificate file.")}
	case err.Error() == noKeyInPFX:
		return contents{}, &CertificateError{CertificateNoKey, prose.F("The PFX file holds no private key. Export it again, with the private key.")}
	}
	return contents{}, &CertificateError{CertificateUnreadable, prose.F("The file is no PFX or PEM file that can be read here. Export the certificate again, with its private key, as PFX.")}
}
