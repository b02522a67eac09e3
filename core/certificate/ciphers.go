package certificate

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/des"  // #nosec G502 -- read only: older programs write such files
	"crypto/md5"  // #nosec G501 -- read only, as DES
	"crypto/sha1" // #nosec G505 -- read only, as DES
	"crypto/sha256"
	"crypto/sha512"
	"hash"
)

// cipherOf is a cipher with its key in bytes. Without a block it is RC4.
type cipherOf struct {
	keyLength int
	block     func(key []byte) (cipher.Block, error)
}

func tripleDESOfTwoKeys(key []byte) (cipher.Block, error) {
	return des.NewTripleDESCipher(append(key[:16:16], key[:8]...)) // #nosec G405 -- read only
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
