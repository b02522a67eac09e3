package certificate

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/des" //nolint:gosec // read only, like the hashes: older programs write such files
	"crypto/md5" //nolint:gosec
	"crypto/rc4" //nolint:gosec
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
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

// cipherOf is a cipher with its key in bytes. Without a block it is RC4.
type cipherOf struct {
	keyLength int
	block     func(key []byte) (cipher.Block, error)
}

func tripleDESOfTwoKeys(key []byte) (cipher.Block, error) {
	return des.NewTripleDESCipher(append(key[:16:16], key[:8]...))
}

func rc2Cipher(key []byte) (cipher.Block, error) { return newRC2(key), nil }

const (
	oidPBES2  = "1.2.840.113549.1.5.13"
	oidPBKDF2 = "1.2.840.113549.1.5.12"
)

var (
	// pbes2Hashes and pbes2Ciphers are those of RFC 8018 appendix B.
	pbes2Hashes = map[string]func() hash.Hash{
		"":                    sha1.New,
		"1.2.840.113549.2.7":  sha1.New,
		"1.2.840.113549.2.8":  sha256.New224,
		"1.2.840.113549.2.9":  sha256.New,
		"1.2.840.113549.2.10": sha512.New384,
		"1.2.840.113549.2.11": sha512.New,
		"1.2.840.113549.2.13": sha512.New512_256,
	}
	pbes2Ciphers = map[string]cipherOf{
		"1.2.840.113549.3.7":      {24, des.NewTripleDESCipher},
		"1.3.14.3.2.7":            {8, des.NewCipher},
		"2.16.840.1.101.3.4.1.2":  {16, aes.NewCipher},
		"2.16.840.1.101.3.4.1.22": {24, aes.NewCipher},
		"2.16.840.1.101.3.4.1.42": {32, aes.NewCipher},
	}
	// pkcs12Ciphers are those of RFC 7292 appendix C, with SHA-1.
	pkcs12Ciphers = map[string]cipherOf{
		"1.2.840.113549.1.12.1.1": {16, nil},
		"1.2.840.113549.1.12.1.2": {5, nil},
		"1.2.840.113549.1.12.1.3": {24, des.NewTripleDESCipher},
		"1.2.840.113549.1.12.1.4": {16, tripleDESOfTwoKeys},
		"1.2.840.113549.1.12.1.5": {16, rc2Cipher},
		"1.2.840.113549.1.12.1.6": {5, rc2Cipher},
	}
	// pbes1 are the schemes of RFC 8018 section 6.1.
	pbes1 = map[string]struct {
		hash  func() hash.Hash
		block func(key []byte) (cipher.Block, error)
	}{
		"1.2.840.113549.1.5.3":  {md5.New, des.NewCipher},
		"1.2.840.113549.1.5.6":  {md5.New, rc2Cipher},
		"1.2.840.113549.1.5.10": {sha1.New, des.NewCipher},
		"1.2.840.113549.1.5.11": {sha1.New, rc2Cipher},
	}
	// rareSchemes are the names of what is met and not read.
	rareSchemes = map[string]string{
		"1.3.6.1.4.1.11591.4.11":    "scrypt",
		"1.2.840.113549.3.2":        "RC2",
		"1.2.392.200011.61.1.1.1.2": "Camellia-128",
		"1.2.392.200011.61.1.1.1.3": "Camellia-192",
		"1.2.392.200011.61.1.1.1.4": "Camellia-256",
		"1.2.410.200046.1.1.2":      "ARIA-128",
		"1.2.410.200046.1.1.7":      "ARIA-192",
		"1.2.410.200046.1.1.12":     "ARIA-256",
		"1.2.410.200004.1.4":        "SEED",
		"1.2.156.10197.1.104.2":     "SM4",
		"1.2.643.2.2.21":            "GOST 28147",
		"2.16.840.1.101.3.4.1.6":    "AES-128-GCM",
		"2.16.840.1.101.3.4.1.46":   "AES-256-GCM",
		"1.3.6.1.4.1.3029.1.2":      "Blowfish",
		"1.2.840.113533.7.66.10":    "CAST5",
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
// errWrongPassword, or data that is none.
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
		stream, err := rc4.NewCipher(key) //nolint:gosec // read only
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
