package certificate

import (
	"bytes"
	"crypto/x509/pkix"
	"encoding/asn1"
	"errors"

	"github.com/s2sdoctor/s2sdoctor/core/secret"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// The structures of RFC 7292 section 4.
type (
	pfxFile struct {
		Version  int
		AuthSafe contentInfo
		MAC      pfxMAC `asn1:"optional"`
	}
	contentInfo struct {
		Type    asn1.ObjectIdentifier
		Content asn1.RawValue `asn1:"tag:0,explicit,optional"`
	}
	pfxMAC struct {
		Mac struct {
			Algorithm pkix.AlgorithmIdentifier
			Digest    []byte
		}
		Salt       []byte
		Iterations int `asn1:"optional,default:1"`
	}
	encryptedData struct {
		Version int
		Content struct {
			Type      asn1.ObjectIdentifier
			Algorithm pkix.AlgorithmIdentifier
			Data      []byte `asn1:"tag:0,optional"`
		}
	}
	safeBag struct {
		ID         asn1.ObjectIdentifier
		Value      asn1.RawValue `asn1:"tag:0,explicit"`
		Attributes asn1.RawValue `asn1:"set,optional"`
	}
	certificateBag struct {
		ID   asn1.ObjectIdentifier
		Data []byte `asn1:"tag:0,explicit"`
	}
)

const (
	oidData          = "1.2.840.113549.1.7.1"
	oidSignedData    = "1.2.840.113549.1.7.2"
	oidEncryptedData = "1.2.840.113549.1.7.6"
)

// protectedPassword is the OID that marks a PFX which Windows protects for users or
// groups of a domain instead of by a password, in DER.
//
// Source: wincrypt.h, szOID_PKCS_12_PROTECTED_PASSWORD_SECRET_BAG_TYPE_ID.
var protectedPassword = []byte{0x06, 0x09, 0x2b, 0x06, 0x01, 0x04, 0x01, 0x82, 0x37, 0x11, 0x04}

// The bags of RFC 7292 section 4.2.
const (
	keyBag          = "1.2.840.113549.1.12.10.1.1"
	shroudedKeyBag  = "1.2.840.113549.1.12.10.1.2"
	certBag         = "1.2.840.113549.1.12.10.1.3"
	safeContentsBag = "1.2.840.113549.1.12.10.1.6"
)

// isPFX reports whether der is a PKCS#12 file.
func isPFX(der []byte) bool {
	var p pfxFile
	_, err := asn1.Unmarshal(der, &p)
	return err == nil && p.Version == 3
}

// addPFX reads a PKCS#12 file (RFC 7292). Its password is needed where its MAC or
// its encryption asks for one; a file without a MAC is opened by its content.
func (r *reader) addPFX(der []byte) error {
	var p pfxFile
	if _, err := asn1.Unmarshal(der, &p); err != nil {
		return damagedPFX
	}
	var content []byte
	switch p.AuthSafe.Type.String() {
	case oidData:
		if _, err := asn1.Unmarshal(p.AuthSafe.Content.Bytes, &content); err != nil {
			return damagedPFX
		}
	case oidSignedData:
		return fail(Unreadable, text.F("The PFX file is protected by a signature instead of a password, and such files are not read here. Export the certificate again, with a password."))
	default:
		return damagedPFX
	}
	before := r.found
	err := r.unlock(func(given secret.Value) (err error) {
		given.Use(func(plain string) {
			r.found = before
			if err = r.checkMAC(p, content, plain); err == nil {
				err = r.addSafes(content, plain)
			}
		})
		return err
	})
	switch {
	case err == nil:
		r.found.pfx = true
		return nil
	case errors.Is(err, errWrongPassword) && bytes.Contains(content, protectedPassword):
		r.found = before
		return fail(Password, text.F("The PFX file is protected for users or groups of a Windows domain instead of by a password. Export the certificate again, with a password."))
	}
	r.found = before
	return r.explainLock(err, fileLock)
}

var damagedPFX = fail(Unreadable, text.F("The PFX file is damaged. Export the certificate again, with its private key, as PFX."))

// addSafes reads the bags of an AuthenticatedSafe.
func (r *reader) addSafes(content []byte, plain string) error {
	var safes []contentInfo
	if _, err := asn1.Unmarshal(content, &safes); err != nil {
		return damagedPFX
	}
	for _, safe := range safes {
		var bags []byte
		switch safe.Type.String() {
		case oidData:
			if _, err := asn1.Unmarshal(safe.Content.Bytes, &bags); err != nil {
				return damagedPFX
			}
		case oidEncryptedData:
			var e encryptedData
			if _, err := asn1.Unmarshal(safe.Content.Bytes, &e); err != nil {
				return damagedPFX
			}
			var err error
			if bags, err = r.open(e.Content.Algorithm, e.Content.Data, plain); err != nil {
				return err
			}
		default:
			return rare(safe.Type.String())
		}
		if err := r.addBags(bags, plain, 0); err != nil {
			return err
		}
	}
	return nil
}

// open decrypts an ASN.1 structure. Other bytes came from a wrong password: one in 256
// leaves a valid padding.
func (r *reader) open(algorithm pkix.AlgorithmIdentifier, data []byte, plain string) ([]byte, error) {
	opened, err := r.work.decrypt(algorithm, data, plain)
	if err != nil {
		return nil, err
	}
	if rest, err := asn1.Unmarshal(opened, &asn1.RawValue{}); err != nil || len(rest) > 0 {
		return nil, errWrongPassword
	}
	return opened, nil
}

// nestedBags bounds how deep bags may lie in bags.
const nestedBags = 4

func (r *reader) addBags(der []byte, plain string, depth int) error {
	var bags []safeBag
	if _, err := asn1.Unmarshal(der, &bags); err != nil || depth > nestedBags {
		return damagedPFX
	}
	for _, bag := range bags {
		switch bag.ID.String() {
		case certBag:
			var c certificateBag
			if _, err := asn1.Unmarshal(bag.Value.Bytes, &c); err != nil {
				return damagedPFX
			}
			if err := r.addDER(c.Data, "CERTIFICATE"); err != nil {
				return err
			}
		case keyBag:
			if err := r.addKey(bag.Value.Bytes); err != nil {
				return err
			}
		case shroudedKeyBag:
			var e encryptedKey
			if _, err := asn1.Unmarshal(bag.Value.Bytes, &e); err != nil {
				return damagedPFX
			}
			key, err := r.open(e.Algorithm, e.Data, plain)
			if err != nil {
				return err
			}
			if err := r.addKey(key); err != nil {
				return err
			}
		case safeContentsBag:
			if err := r.addBags(bag.Value.Bytes, plain, depth+1); err != nil {
				return err
			}
		}
	}
	return nil
}
