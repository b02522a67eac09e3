package connection

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/des" //nolint:gosec // read only: older OpenSSL wrote such keys
	"crypto/pbkdf2"
	"crypto/sha1" //nolint:gosec // read only: the default of RFC 8018
	"crypto/sha256"
	"crypto/sha512"
	"crypto/x509/pkix"
	"encoding/asn1"
	"hash"

	"s2sdoctor/core/prose"
	"s2sdoctor/core/secret"
)

// The structures of RFC 8018 appendix A, as far as they are used.
type (
	encryptedKey struct {
		Algorithm pkix.AlgorithmIdentifier
		Data      []byte
	}
	pbes2 struct {
		Derivation pkix.AlgorithmIdentifier
		Encryption pkix.AlgorithmIdentifier
	}
	pbkdf2Parameters struct {
		Salt       []byte
		Iterations int
		KeyLength  int                      `asn1:"optional"`
		PRF        pkix.AlgorithmIdentifier `asn1:"optional"`
	}
)

// The object identifiers of RFC 8018 appendix C.
var (
	oidPBES2  = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 5, 13}
	oidPBKDF2 = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 5, 12}

	hashes = map[string]func() hash.Hash{
		"":                    sha1.New,
		"1.2.840.113549.2.7":  sha1.New,
		"1.2.840.113549.2.9":  sha256.New,
		"1.2.840.113549.2.10": sha512.New384,
		"1.2.840.113549.2.11": sha512.New,
	}
	ciphers = map[string]struct {
		keyLength int
		block     func([]byte) (cipher.Block, error)
	}{
		"1.2.840.113549.3.7":      {24, des.NewTripleDESCipher},
		"2.16.840.1.101.3.4.1.2":  {16, aes.NewCipher},
		"2.16.840.1.101.3.4.1.22": {24, aes.NewCipher},
		"2.16.840.1.101.3.4.1.42": {32, aes.NewCipher},
	}
)

// decryptPKCS8 opens an ENCRYPTED PRIVATE KEY as OpenSSL writes it: PBES2 with
// PBKDF2 and a block cipher in CBC mode (RFC 8018 section 6.2).
func decryptPKCS8(der []byte, password secret.Value) ([]byte, error) {
	unsupported := &CertificateError{CertificateUnreadable, prose.F("The private key is encrypted in a way that is not read here. Convert it: openssl pkcs8 -topk8 -v2 aes-256-cbc -in old.pem -out new.pem")}
	if err := boundIterations(der); err != nil {
		return nil, err
	}
	var key encryptedKey
	var scheme pbes2
	var derivation pbkdf2Parameters
	var iv []byte
	if rest, err := asn1.Unmarshal(der, &key); err != nil || len(rest) > 0 || !key.Algorithm.Algorithm.Equal(oidPBES2) {
		return nil, unsupported
	}
	if _, err := asn1.Unmarshal(key.Algorithm.Parameters.FullBytes, &scheme); err != nil || !scheme.Derivation.Algorithm.Equal(oidPBKDF2) {
		return nil, unsupported
	}
	if _, err := asn1.Unmarshal(scheme.Derivation.Parameters.FullBytes, &derivation); err != nil || derivation.Iterations < 1 {
		return nil, unsupported
	}
	prf, known := hashes[derivation.PRF.Algorithm.String()]
	c, alsoKnown := ciphers[scheme.Encryption.Algorithm.String()]
	if _, err := asn1.Unmarshal(scheme.Encryption.Parameters.FullBytes, &iv); err != nil || !known || !alsoKnown {
		return nil, unsupported
	}
	if password.Empty() {
		return nil, &CertificateError{CertificatePassword, prose.F("The private key needs a password.")}
	}

	wrong := &CertificateError{CertificatePassword, prose.F("The password does not open the private key.")}
	var derived []byte
	var err error
	password.Use(func(plain string) {
		derived, err = pbkdf2.Key(prf, plain, derivation.Salt, derivation.Iterations, c.keyLength)
	})
	if err != nil {
		return nil, unsupported
	}
	block, err := c.block(derived)
	if err != nil || len(iv) != block.BlockSize() || len(key.Data) == 0 || len(key.Data)%block.BlockSize() != 0 {
		return nil, unsupported
	}
	plain := make([]byte, len(key.Data))
	cipher.NewCBCDecrypter(block, iv).CryptBlocks(plain, key.Data)
	plain, ok := unpad(plain, block.BlockSize())
	if !ok {
		return nil, wrong
	}
	// One wrong password in 256 leaves a valid padding, but no structure.
	if rest, err := asn1.Unmarshal(plain, &asn1.RawValue{}); err != nil || len(rest) > 0 {
		return nil, wrong
	}
	return plain, nil
}

// unpad drops the padding of RFC 8018 section 6.1.1.
func unpad(data []byte, size int) ([]byte, bool) {
	n := int(data[len(data)-1])
	if n == 0 || n > size {
		return nil, false
	}
	for _, b := range data[len(data)-n:] {
		if int(b) != n {
			return nil, false
		}
	}
	return data[:len(data)-n], true
}
