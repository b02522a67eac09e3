package connection

import (
	"encoding/asn1"

	"s2sdoctor/core/prose"
)

// maximumIterations is how often a password may be hashed. Files in the wild ask
// for thousands, careful ones for a million; a hostile one for hours.
const maximumIterations = 2_000_000

// boundIterations refuses a file that would keep the computer busy. Every scheme
// of PKCS#5 and PKCS#12 writes the salt, an OCTET STRING, and right after it the
// count, an INTEGER; so that is what it looks for, wherever it stands in the open.
func boundIterations(der []byte) error {
	if !iterationsBounded(der, 0) {
		return &CertificateError{CertificateUnreadable, prose.F("The file asks for more work to open it than any certificate needs. Export it again.")}
	}
	return nil
}

func iterationsBounded(der []byte, depth int) bool {
	if depth > 32 {
		return true // deeper than any scheme nests it
	}
	afterSalt := false
	for len(der) > 0 {
		var v asn1.RawValue
		rest, err := asn1.Unmarshal(der, &v)
		if err != nil {
			return true // it is not DER: whoever reads it says so
		}
		der = rest
		universal := v.Class == asn1.ClassUniversal
		if universal && v.Tag == asn1.TagInteger && afterSalt {
			var count int
			if _, err := asn1.Unmarshal(v.FullBytes, &count); err != nil || count > maximumIterations {
				return false
			}
		}
		afterSalt = universal && v.Tag == asn1.TagOctetString
		if v.IsCompound || afterSalt {
			if !iterationsBounded(v.Bytes, depth+1) {
				return false
			}
		}
	}
	return true
}
