package certificate

import (
	"bytes"
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/pbkdf2"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/hex"
	"encoding/pem"
	"errors"
	"hash"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/secret"
)

func enough() *work { return &work{context.Background(), maximumRounds, maximumKeys} }

func TestPBKDF2AgreesWithTheStandardLibrary(t *testing.T) {
	for name, h := range map[string]func() hash.Hash{"SHA-1": sha1.New, "SHA-256": sha256.New, "SHA-512": sha512.New} {
		for _, size := range []int{5, 16, 32, 64, 100} {
			got, err := enough().pbkdf2(h, []byte("pässword"), []byte("salt"), 1000, size)
			want, _ := pbkdf2.Key(h, "pässword", []byte("salt"), 1000, size)
			if err != nil || !bytes.Equal(got, want) {
				t.Errorf("%s, %d bytes: %x, %v; want %x", name, size, got, err, want)
			}
		}
	}
}

// TestRC2 uses the test vectors of RFC 2268 section 5, except for those that shorten the
// key.
func TestRC2(t *testing.T) {
	for _, tt := range []struct{ key, plain, cipher string }{
		{"ffffffffffffffff", "ffffffffffffffff", "278b27e42e2f0d49"},
		{"3000000000000000", "1000000000000001", "30649edf9be7d2c2"},
		{"88bca90e90875a7f0f79c384627bafb2", "0000000000000000", "2269552ab0f85ca6"},
	} {
		key, _ := hex.DecodeString(tt.key)
		data, _ := hex.DecodeString(tt.cipher)
		newRC2(key).Decrypt(data, data)
		if got := hex.EncodeToString(data); got != tt.plain {
			t.Errorf("key %s: got %s, want %s", tt.key, got, tt.plain)
		}
	}
}

// TestRoundsAreBoundedTogether guards that a file of many blocks, each with few rounds,
// cannot require hours.
func TestRoundsAreBoundedTogether(t *testing.T) {
	one, err := os.ReadFile("testdata/openssl/aes-256-cbc.pem") // 2048 rounds
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "many.pem")
	if err := os.WriteFile(path, bytes.Repeat(one, 30), 0o600); err != nil {
		t.Fatal(err)
	}
	source := Source{File: path, Password: secret.New("correct horse")}
	_, spent, err := LoadWithin(context.Background(), source, time.Now(), 10_000)
	if spent > 10_000 || err == nil || !strings.Contains(err.Error(), "more work") {
		t.Errorf("%d rounds, %v", spent, err)
	}
	// Without that limit, the number of keys is limited.
	_, spent, err = LoadWithin(context.Background(), source, time.Now(), 1_000_000)
	if spent > 2048*(maximumKeys+1) && !strings.Contains(err.Error(), "more private keys") {
		t.Errorf("%d rounds, %v", spent, err)
	}
}

// TestRoundsInsideAreBounded guards that the rounds of a key inside an encrypted safe,
// which are known only after decryption, have the same limit.
func TestRoundsInsideAreBounded(t *testing.T) {
	hostile := safeBag{ID: oid(1, 2, 840, 113549, 1, 12, 10, 1, 2), Value: explicit(marshal(t, encryptedKey{pbes2With(t, 1<<30), make([]byte, 64)}))}
	bags := encryptFor(t, "", marshal(t, []safeBag{hostile}))
	type content struct {
		Type    asn1.ObjectIdentifier
		Content asn1.RawValue
	}
	safes := marshal(t, []content{{oid(1, 2, 840, 113549, 1, 7, 6), explicit(bags)}})
	file := marshal(t, struct {
		Version int
		Safe    content
	}{3, content{oid(1, 2, 840, 113549, 1, 7, 1), explicit(marshal(t, safes))}})
	path := filepath.Join(t.TempDir(), "a.pfx")
	if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := Load(context.Background(), Source{File: path}, time.Now())
	if err == nil || !strings.Contains(err.Error(), "more work") {
		t.Errorf("got %v", err)
	}
}

// TestLoadEndsWithItsContext guards that the longest allowed work stops when the caller
// cancels.
func TestLoadEndsWithItsContext(t *testing.T) {
	// SHA-1 needs two blocks for a key of 32 bytes.
	der := marshal(t, encryptedKey{pbes2With(t, maximumRounds/2), make([]byte, 64)})
	path := filepath.Join(t.TempDir(), "key.pem")
	text := pem.EncodeToMemory(&pem.Block{Type: "ENCRYPTED PRIVATE KEY", Bytes: der})
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	w := &work{ctx, maximumRounds, maximumKeys}
	time.AfterFunc(10*time.Millisecond, cancel)
	_, err := load(Source{File: path, Password: secret.New("x")}, time.Now(), w)
	if !errors.Is(err, errCancelled) {
		t.Errorf("got %v", err)
	}
}

func oid(parts ...int) asn1.ObjectIdentifier { return parts }

func marshal(t *testing.T, value any) []byte {
	t.Helper()
	der, err := asn1.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return der
}

// explicit returns der with the tag [0] around it.
func explicit(der []byte) asn1.RawValue {
	return asn1.RawValue{Class: asn1.ClassContextSpecific, Tag: 0, IsCompound: true, Bytes: der}
}

var testSalt = []byte("12345678")

// pbes2With returns the algorithm AES-256-CBC with PBKDF2 by HMAC-SHA-1.
func pbes2With(t *testing.T, rounds int) pkix.AlgorithmIdentifier {
	derivation := marshal(t, struct {
		Salt   []byte
		Rounds int
	}{testSalt, rounds})
	algorithm := func(id asn1.ObjectIdentifier, parameters []byte) pkix.AlgorithmIdentifier {
		return pkix.AlgorithmIdentifier{Algorithm: id, Parameters: asn1.RawValue{FullBytes: parameters}}
	}
	scheme := pbes2Parameters{
		algorithm(oid(1, 2, 840, 113549, 1, 5, 12), derivation),
		algorithm(oid(2, 16, 840, 1, 101, 3, 4, 1, 42), marshal(t, make([]byte, aes.BlockSize))),
	}
	return algorithm(oid(1, 2, 840, 113549, 1, 5, 13), marshal(t, scheme))
}

// encryptFor returns an EncryptedData of bags under a password, with one round.
func encryptFor(t *testing.T, password string, bags []byte) []byte {
	key, err := pbkdf2.Key(sha1.New, password, testSalt, 1, 32)
	if err != nil {
		t.Fatal(err)
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		t.Fatal(err)
	}
	n := aes.BlockSize - len(bags)%aes.BlockSize
	data := append(bytes.Clone(bags), bytes.Repeat([]byte{byte(n)}, n)...)
	cipher.NewCBCEncrypter(block, make([]byte, aes.BlockSize)).CryptBlocks(data, data)
	var e encryptedData
	e.Content.Type, e.Content.Algorithm, e.Content.Data = oid(1, 2, 840, 113549, 1, 7, 1), pbes2With(t, 1), data
	return marshal(t, e)
}
