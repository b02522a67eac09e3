package certificate

import (
	"crypto/hmac"
	"crypto/md5"  // #nosec G501 -- read only: older programs write such files
	"crypto/sha1" // #nosec G505 -- read only, as MD5
	"crypto/sha256"
	"crypto/sha512"
	"encoding/asn1"
	"hash"
)

const oidPBMAC1 = "1.2.840.113549.1.5.14"

var macHashes = map[string]func() hash.Hash{
	"1.2.840.113549.2.5":     md5.New,
	"1.3.14.3.2.26":          sha1.New,
	"2.16.840.1.101.3.4.2.4": sha256.New224,
	"2.16.840.1.101.3.4.2.1": sha256.New,
	"2.16.840.1.101.3.4.2.2": sha512.New384,
	"2.16.840.1.101.3.4.2.3": sha512.New,
}

// checkMAC compares the file's MAC with that of the password. A MAC of an unknown
// algorithm is left to the decryption, which fails with a wrong password, too.
func (r *reader) checkMAC(p pfxFile, content []byte, plain string) error {
	algorithm := p.MAC.Mac.Algorithm
	if len(algorithm.Algorithm) == 0 {
		return nil
	}
	if algorithm.Algorithm.String() == oidPBMAC1 {
		return r.checkPBMAC1(p, content, plain)
	}
	h, known := macHashes[algorithm.Algorithm.String()]
	if !known {
		return nil
	}
	for _, encoded := range pfxPasswords(plain) {
		key, err := r.work.pkcs12KDF(h, forMAC, encoded, p.MAC.Salt, p.MAC.Iterations, h().Size())
		if err != nil {
			return err
		}
		if sameMAC(h, key, content, p.MAC.Mac.Digest) {
			return nil
		}
	}
	return errWrongPassword
}

// pfxPasswords are the encodings of a password: some programs hash no bytes at all
// for an empty one.
func pfxPasswords(plain string) [][]byte {
	if plain == "" {
		return [][]byte{bmpPassword(plain), nil}
	}
	return [][]byte{bmpPassword(plain)}
}

func sameMAC(h func() hash.Hash, key, content, want []byte) bool {
	mac := hmac.New(h, key)
	mac.Write(content)
	return hmac.Equal(mac.Sum(nil), want)
}

// checkPBMAC1 is RFC 9579.
func (r *reader) checkPBMAC1(p pfxFile, content []byte, plain string) error {
	var scheme pbes2Parameters // the parameters have the same form
	var derivation pbkdf2Parameters
	if _, err := asn1.Unmarshal(p.MAC.Mac.Algorithm.Parameters.FullBytes, &scheme); err != nil {
		return damagedPFX
	}
	if _, err := asn1.Unmarshal(scheme.Derivation.Parameters.FullBytes, &derivation); err != nil {
		return rare(scheme.Derivation.Algorithm.String())
	}
	derive, known := pbes2Hashes[derivation.PRF.Algorithm.String()]
	h, alsoKnown := pbes2Hashes[scheme.Encryption.Algorithm.String()]
	switch {
	case !known:
		return rare(derivation.PRF.Algorithm.String())
	case !alsoKnown:
		return rare(scheme.Encryption.Algorithm.String())
	case derivation.KeyLength < 20, derivation.KeyLength > 64: // RFC 9579 section 6
		return damagedPFX
	}
	key, err := r.work.pbkdf2(derive, []byte(plain), derivation.Salt, derivation.Iterations, derivation.KeyLength)
	if err != nil {
		return err
	}
	if !sameMAC(h, key, content, p.MAC.Mac.Digest) {
		return errWrongPassword
	}
	return nil
}
