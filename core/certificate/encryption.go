package certificate

import (
	"crypto/cipher"
	"crypto/rc4"  // #nosec G503 -- read only: older programs write such files
	"crypto/sha1" // #nosec G505 -- read only, as RC4
	"crypto/x509/pkix"
	"encoding/asn1"
	"hash"
)

// unsupported is the error for an encryption that is known and not read here.
type unsupported struct{ scheme string }

func (u *unsupported) Error() string { return "certificate: encryption with " + u.scheme }

// The structures of RFC 8018 appendix A, and of RFC 7292 appendix C, which are alike.
type (
	encryptedKey struct {
		Algorithm pkix.AlgorithmIdentifier
		Data      []byte
	}
	pbes2Parameters struct {
		Derivation pkix.AlgorithmIdentifier
		Encryption pkix.AlgorithmIdentifier
	}
	pbkdf2Parameters struct {
		Salt       []byte
		Iterations int
		KeyLength  int                      `asn1:"optional"`
		PRF        pkix.AlgorithmIdentifier `asn1:"optional"`
	}
	pbeParameters struct {
		Salt       []byte
		Iterations int
	}
)

// rare returns the error for an algorithm that is not read here.
func rare(oid string) error {
	if name := rareSchemes[oid]; name != "" {
		return &unsupported{name}
	}
	return &unsupported{"the algorithm " + oid}
}

// decrypt opens data that is encrypted with a password by PBES2 or PBES1 (RFC 8018)
// or by the schemes of PKCS#12 (RFC 7292 appendix C). A wrong password is
// errWrongPassword, or meaningless data.
func (w *work) decrypt(algorithm pkix.AlgorithmIdentifier, data []byte, plain string) ([]byte, error) {
	oid := algorithm.Algorithm.String()
	if oid == oidPBES2 {
		return w.pbes2(algorithm, data, plain)
	}
	var parameters pbeParameters
	c, isPKCS12 := pkcs12Ciphers[oid]
	old, isPBES1 := pbes1[oid]
	if !isPKCS12 && !isPBES1 {
		return nil, rare(oid)
	}
	if _, err := asn1.Unmarshal(algorithm.Parameters.FullBytes, &parameters); err != nil {
		return nil, rare(oid)
	}
	if isPBES1 {
		// PBKDF1, RFC 8018 section 5.1.
		derived, err := w.pbkdf1(old.hash, plain, parameters)
		if err != nil {
			return nil, err
		}
		return unchain(old.block, derived[:8], derived[8:16], data)
	}
	bmp := bmpPassword(plain)
	key, err := w.pkcs12KDF(sha1.New, forKey, bmp, parameters.Salt, parameters.Iterations, c.keyLength)
	if err != nil {
		return nil, err
	}
	if c.block == nil {
		stream, err := rc4.NewCipher(key) // #nosec G405 -- read only
		if err != nil {
			return nil, rare(oid)
		}
		opened := make([]byte, len(data))
		stream.XORKeyStream(opened, data)
		return opened, nil
	}
	iv, err := w.pkcs12KDF(sha1.New, forIV, bmp, parameters.Salt, parameters.Iterations, 8)
	if err != nil {
		return nil, err
	}
	return unchain(c.block, key, iv, data)
}

func (w *work) pbkdf1(h func() hash.Hash, plain string, parameters pbeParameters) ([]byte, error) {
	if err := w.spend(parameters.Iterations, 1); err != nil {
		return nil, err
	}
	sum := h()
	derived := append([]byte(plain), parameters.Salt...)
	for round := range parameters.Iterations {
		if err := w.pause(round); err != nil {
			return nil, err
		}
		sum.Reset()
		sum.Write(derived)
		derived = sum.Sum(nil)
	}
	return derived, nil
}

// pbes2 is RFC 8018 section 6.2, with PBKDF2.
func (w *work) pbes2(algorithm pkix.AlgorithmIdentifier, data []byte, plain string) ([]byte, error) {
	var scheme pbes2Parameters
	if _, err := asn1.Unmarshal(algorithm.Parameters.FullBytes, &scheme); err != nil {
		return nil, rare(oidPBES2)
	}
	key, c, err := w.pbes2Key(scheme, plain)
	if err != nil {
		return nil, err
	}
	var iv []byte
	if _, err := asn1.Unmarshal(scheme.Encryption.Parameters.FullBytes, &iv); err != nil {
		return nil, rare(scheme.Encryption.Algorithm.String())
	}
	return unchain(c.block, key, iv, data)
}

func (w *work) pbes2Key(scheme pbes2Parameters, plain string) ([]byte, cipherOf, error) {
	c, known := pbes2Ciphers[scheme.Encryption.Algorithm.String()]
	if !known {
		return nil, c, rare(scheme.Encryption.Algorithm.String())
	}
	var derivation pbkdf2Parameters
	if scheme.Derivation.Algorithm.String() != oidPBKDF2 {
		return nil, c, rare(scheme.Derivation.Algorithm.String())
	}
	if _, err := asn1.Unmarshal(scheme.Derivation.Parameters.FullBytes, &derivation); err != nil {
		return nil, c, rare(oidPBKDF2)
	}
	h, known := pbes2Hashes[derivation.PRF.Algorithm.String()]
	if !known {
		return nil, c, rare(derivation.PRF.Algorithm.String())
	}
	key, err := w.pbkdf2(h, []byte(plain), derivation.Salt, derivation.Iterations, c.keyLength)
	return key, c, err
}

// unchain decrypts in CBC mode and drops the padding of RFC 8018 section 6.1.1. What
// does not come out even was not encrypted with this password.
func unchain(newBlock func([]byte) (cipher.Block, error), key, iv, data []byte) ([]byte, error) {
	block, err := newBlock(key)
	if err != nil || len(iv) != block.BlockSize() || len(data) == 0 || len(data)%block.BlockSize() != 0 {
		return nil, errWrongPassword
	}
	opened := make([]byte, len(data))
	cipher.NewCBCDecrypter(block, iv).CryptBlocks(opened, data)
	n := int(opened[len(opened)-1])
	if n == 0 || n > block.BlockSize() {
		return nil, errWrongPassword
	}
	for _, b := range opened[len(opened)-n:] {
		if int(b) != n {
			return nil, errWrongPassword
		}
	}
	return opened[:len(opened)-n], nil
}
