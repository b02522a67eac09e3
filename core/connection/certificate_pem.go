package connection

import (
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"

	"s2sdoctor/core/prose"
	"s2sdoctor/core/secret"
)

// parsePEM reads every certificate and key among the blocks; other blocks
// (parameters, bag attributes) are nobody's business.
func parsePEM(data []byte, password secret.Value) (contents, error) {
	var found contents
	for {
		var block *pem.Block
		block, data = pem.Decode(data)
		if block == nil {
			return found, nil
		}
		if err := found.add(block, password); err != nil {
			return contents{}, err
		}
	}
}

func (c *contents) add(block *pem.Block, password secret.Value) error {
	switch block.Type {
	case "CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE":
		cert, err := x509.ParseCertificate(block.Bytes)
		if err != nil {
			return &CertificateError{CertificateUnreadable, prose.F("A certificate in the file is damaged. Export it again.")}
		}
		c.certs = append(c.certs, cert)
	case "PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY":
		if block.Headers["DEK-Info"] != "" {
			return &CertificateError{CertificateUnreadable, prose.F("The private key is encrypted in an old way that is not read here. Convert it: openssl pkcs8 -topk8 -in old.pem -out new.pem")}
		}
		return c.addKey(block.Bytes)
	case "ENCRYPTED PRIVATE KEY":
		der, err := decryptPKCS8(block.Bytes, password)
		if err != nil {
			return err
		}
		return c.addKey(der)
	case "OPENSSH PRIVATE KEY":
		return &CertificateError{CertificateUnreadable, prose.F("The private key is in OpenSSH's own form. Convert it to PEM, or choose the key that the certificate was made with.")}
	}
	return nil
}

// keyLimit bounds the work of checking a key: RSA with 16384 bits has 9 KiB.
const keyLimit = 16 << 10

// addKey reads PKCS#8 (RFC 5958), PKCS#1 (RFC 8017) and SEC 1 whatever the label
// said: exports of Key Vault mix them up.
func (c *contents) addKey(der []byte) error {
	if len(der) > keyLimit {
		return &CertificateError{CertificateUnreadable, prose.F("The private key in the file is larger than any that Entra takes.")}
	}
	if key, err := x509.ParsePKCS1PrivateKey(der); err == nil {
		c.keys = append(c.keys, key)
		return nil
	}
	if _, err := x509.ParseECPrivateKey(der); err == nil {
		c.foreign++
		return nil
	}
	key, err := x509.ParsePKCS8PrivateKey(der)
	if err != nil {
		return &CertificateError{CertificateUnreadable, prose.F("The private key in the file is damaged, or of a kind that is not read here. Export it again.")}
	}
	c.addParsed(key)
	return nil
}

func (c *contents) addParsed(key any) {
	if key, ok := key.(*rsa.PrivateKey); ok {
		c.keys = append(c.keys, key)
		return
	}
	c.foreign++
}
