package certificate_test

import (
	"bytes"
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/base64"
	"encoding/pem"
	"errors"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	pkcs12 "software.sslmate.com/src/go-pkcs12"

	"github.com/s2sdoctor/s2sdoctor/core/certificate"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
	"github.com/s2sdoctor/s2sdoctor/internal/certtest"
)

// A key takes a second to generate, so all tests share these.
var (
	key      = certtest.RSA()
	otherKey = certtest.RSA()
	ecKey    = certtest.Must(ecdsa.GenerateKey(elliptic.P256(), rand.Reader))
	caKey    = certtest.RSA()

	ca   = authority("S2S Doctor test CA")
	leaf = issue("s2s.contoso.com", key)
	ec   = issue("ec.contoso.com", ecKey)
)

const password = "p4ss~c4n4ry wörd"

func authority(name string) *x509.Certificate {
	template := certtest.Template(name, 2026, 2027)
	template.IsCA, template.BasicConstraintsValid = true, true
	return certtest.Sign(template, template, caKey, caKey)
}

// issue returns a certificate of [ca] with a serial number that is easy to find.
func issue(name string, key crypto.Signer) *x509.Certificate {
	template := certtest.Template(name, 2026, 2027)
	template.BasicConstraintsValid, template.SerialNumber = true, big.NewInt(42)
	return certtest.Sign(template, ca, key, caKey)
}

func pfx(encoder *pkcs12.Encoder, key any, cert *x509.Certificate, password string) string {
	return string(certtest.Must(encoder.Encode(key, cert, []*x509.Certificate{ca}, password)))
}

// now is within the validity of the test certificates.
var now = time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC)

func load(path, keyPath string, password secret.Value) (*certificate.Certificate, error) {
	return certificate.Load(context.Background(), certificate.Source{File: path, KeyFile: keyPath, Password: password}, now)
}

func TestCertificateIsReadInEveryForm(t *testing.T) {
	rsaPEM, pkcs8PEM := certtest.Block("RSA PRIVATE KEY", x509.MarshalPKCS1PrivateKey(key)), certtest.KeyPEM(key)
	for _, tt := range []struct {
		name, password string
		files          map[string]string // "cert.pem" is chosen
		key            string
		chain          int
	}{
		{name: "PEM, PKCS#8", files: map[string]string{"cert.pem": certtest.PEM(leaf) + pkcs8PEM}, chain: 1},
		{name: "PEM, PKCS#1", files: map[string]string{"cert.pem": rsaPEM + certtest.PEM(leaf)}, chain: 1},
		{name: "PKCS#1 under the label of PKCS#8", files: map[string]string{"cert.pem": certtest.PEM(leaf) + certtest.Block("PRIVATE KEY", x509.MarshalPKCS1PrivateKey(key))}, chain: 1},
		{name: "chain before the certificate", files: map[string]string{"cert.pem": certtest.PEM(ca, leaf) + pkcs8PEM}, chain: 2},
		{name: "somebody else's key too", files: map[string]string{"cert.pem": certtest.PEM(leaf) + certtest.KeyPEM(otherKey) + certtest.KeyPEM(ecKey) + pkcs8PEM}, chain: 1},
		{name: "bag attributes and CRLF of OpenSSL", files: map[string]string{"cert.pem": strings.ReplaceAll("Bag Attributes\n  localKeyID: 01\n"+certtest.PEM(leaf)+pkcs8PEM, "\n", "\r\n")}, chain: 1},
		{name: "key beside it", files: map[string]string{"cert.pem": certtest.PEM(leaf), "cert.key": pkcs8PEM}, chain: 1},
		{name: "key beside it, as mkcert names it", files: map[string]string{"cert.pem": certtest.PEM(leaf), "cert-key.pem": pkcs8PEM}, chain: 1},
		{name: "key.pem beside cert.pem", files: map[string]string{"cert.pem": certtest.PEM(leaf), "key.pem": pkcs8PEM}, chain: 1},
		{name: "key in a named file", files: map[string]string{"cert.pem": certtest.PEM(leaf), "elsewhere": pkcs8PEM}, key: "elsewhere", chain: 1},
		{name: "DER with a key beside it", files: map[string]string{"cert.pem": string(leaf.Raw), "cert.key": pkcs8PEM}, chain: 1},
		{name: "PFX of today", password: password, files: map[string]string{"cert.pem": pfx(pkcs12.Modern, key, leaf, password)}, chain: 2},
		{name: "PFX of tomorrow, PBMAC1", password: password, files: map[string]string{"cert.pem": pfx(pkcs12.Modern2026, key, leaf, password)}, chain: 2},
		{name: "PFX of 2003", password: password, files: map[string]string{"cert.pem": pfx(pkcs12.LegacyDES, key, leaf, password)}, chain: 2},
		{name: "PFX without password", files: map[string]string{"cert.pem": pfx(pkcs12.Passwordless, key, leaf, "")}, chain: 2},
		{name: "PFX with an empty password", files: map[string]string{"cert.pem": pfx(pkcs12.Modern, key, leaf, "")}, chain: 2},
		{name: "PFX in base64, as Key Vault has it", files: map[string]string{"cert.pem": base64.StdEncoding.EncodeToString([]byte(pfx(pkcs12.Modern, key, leaf, ""))) + "\n"}, chain: 2},
		{name: "PFX by Windows", password: password, files: map[string]string{"cert.pem": pfx(pkcs12.LegacyRC2, key, leaf, password)}, chain: 2},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir, keyFile := certtest.Folder(t, tt.files), ""
			if tt.key != "" {
				keyFile = filepath.Join(dir, tt.key)
			}
			cert, err := load(filepath.Join(dir, "cert.pem"), keyFile, secret.New(tt.password))
			if err != nil {
				t.Fatal(err)
			}
			if len(cert.Chain) != tt.chain || !cert.Chain[0].Equal(leaf) {
				t.Errorf("chain of %d begins with %s", len(cert.Chain), cert.Chain[0].Subject)
			}
			digest := sha256.Sum256([]byte("assertion"))
			signature, err := cert.Signer().Sign(rand.Reader, digest[:], &rsa.PSSOptions{SaltLength: rsa.PSSSaltLengthEqualsHash, Hash: crypto.SHA256})
			if err != nil || rsa.VerifyPSS(leaf.PublicKey.(*rsa.PublicKey), crypto.SHA256, digest[:], signature, nil) != nil {
				t.Errorf("the key does not sign for the certificate: %v", err)
			}
			if !cert.NotAfter().Equal(leaf.NotAfter) || !cert.NotBefore().Equal(leaf.NotBefore) {
				t.Errorf("valid from %s to %s", cert.NotBefore(), cert.NotAfter())
			}
		})
	}
}

// TestThumbprintIsThePortals guards that the thumbprint is the SHA-1 that the portal
// shows: users compare the two.
func TestThumbprintIsThePortals(t *testing.T) {
	cert, err := load("testdata/openssl/certificate.pem", "testdata/openssl/aes-256-cbc.pem", secret.New("correct horse"))
	if err != nil {
		t.Fatal(err)
	}
	// openssl x509 -noout -fingerprint -sha1
	if got, want := cert.Thumbprint(), "3DE4BE035C462B1C4F35D40643AB1DF66339425C"; got != want {
		t.Errorf("-want +got\n-%s\n+%s", want, got)
	}
}

func TestEncryptedKeysOfOpenSSL(t *testing.T) {
	const readable = certificate.Fault("")
	for _, tt := range []struct {
		file, password string
		fault          certificate.Fault
		says           string
	}{
		{"aes-256-cbc", "correct horse", readable, ""},
		{"aes-128-cbc-sha1", "correct horse", readable, ""},
		{"aes-192-cbc-sha512", "correct horse", readable, ""},
		{"des3", "correct horse", readable, ""},
		{"aes-256-cbc", "", certificate.Password, "needs a password"},
		{"aes-256-cbc", "wrong", certificate.Password, "does not open"},
		{"des3", "correct  horse", certificate.Password, "does not open"},
		{"scrypt", "correct horse", certificate.Unreadable, "openssl pkcs8"},
		{"pbe-sha1-3des", "correct horse", readable, ""},
		{"pbe-sha1-3des", "wrong", certificate.Password, "does not open"},
		{"endless", "correct horse", certificate.Unreadable, "more work"},
	} {
		t.Run(tt.file+" "+tt.password, func(t *testing.T) {
			_, err := load("testdata/openssl/certificate.pem", "testdata/openssl/"+tt.file+".pem", secret.New(tt.password))
			fault := &certificate.Error{}
			if err != nil && !errors.As(err, &fault) {
				t.Fatal(err)
			}
			if fault.Fault != tt.fault || !strings.Contains(fault.Summary.String(), tt.says) {
				t.Errorf("want %q saying %q, got %v", tt.fault, tt.says, err)
			}
		})
	}
}

// TestLongHashingIsRefused guards against a file that requires hours of hashing
// before it shows whether the password fits.
func TestLongHashingIsRefused(t *testing.T) {
	// The last element is the iteration count of the outermost MAC: 100 000, and then the
	// largest number with the same number of bytes.
	data := []byte(pfx(pkcs12.LegacyDES.WithIterations(100_000), key, leaf, password))
	count := []byte{0x02, 0x03, 0x01, 0x86, 0xa0}
	if !bytes.HasSuffix(data, count) {
		t.Fatal("the PFX does not end with its count")
	}
	hostile := append(bytes.TrimSuffix(data, count), 0x02, 0x03, 0x7f, 0xff, 0xff)
	dir := certtest.Folder(t, map[string]string{"cert.pfx": string(hostile)})
	_, err := load(filepath.Join(dir, "cert.pfx"), "", secret.New(password))
	if fault := (*certificate.Error)(nil); !errors.As(err, &fault) || !strings.Contains(fault.Summary.String(), "more work") {
		t.Errorf("got %v", err)
	}
}

func TestCertificateFaultsHaveTheirNames(t *testing.T) {
	pkcs8PEM := certtest.KeyPEM(key)
	oldEncrypted := string(pem.EncodeToMemory(&pem.Block{
		Type: "RSA PRIVATE KEY", Headers: map[string]string{"Proc-Type": "4,ENCRYPTED", "DEK-Info": "AES-256-CBC,00"}, Bytes: []byte("0123456789abcdef"),
	}))
	enormous := certtest.Must(asn1.Marshal(struct {
		Version   int
		Algorithm pkix.AlgorithmIdentifier
		Key       []byte
	}{Algorithm: pkix.AlgorithmIdentifier{Algorithm: asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 1}}, Key: make([]byte, 20<<10)}))
	noKey := string(certtest.Must(pkcs12.Modern.EncodeTrustStore([]*x509.Certificate{leaf}, password)))
	for _, tt := range []struct {
		name, password string
		files          map[string]string
		key            string
		fault          certificate.Fault
		says           string
	}{
		{name: "nothing there", fault: certificate.Unreadable, says: "is not there"},
		{name: "empty", files: map[string]string{"cert.pem": ""}, fault: certificate.Unreadable, says: "is empty"},
		{name: "too large", files: map[string]string{"cert.pem": strings.Repeat("x", 1<<20+1)}, fault: certificate.Unreadable, says: "larger than 1 MiB"},
		{name: "large and no PEM", files: map[string]string{"cert.pem": strings.Repeat("\x30", 200<<10)}, fault: certificate.Unreadable, says: "no PFX or PEM file"},
		{name: "something else", files: map[string]string{"cert.pem": "clientId=1"}, fault: certificate.Unreadable, says: "no PFX or PEM file"},
		{name: "key alone", files: map[string]string{"cert.pem": pkcs8PEM}, fault: certificate.Unreadable, says: "no certificate in the file"},
		{name: "damaged certificate", files: map[string]string{"cert.pem": certtest.Block("CERTIFICATE", leaf.Raw[:100]) + pkcs8PEM}, fault: certificate.Unreadable, says: "certificate in the file is damaged"},
		{name: "damaged key", files: map[string]string{"cert.pem": certtest.PEM(leaf) + certtest.Block("PRIVATE KEY", []byte("x"))}, fault: certificate.Unreadable, says: "private key in the file is damaged"},
		{name: "enormous key", files: map[string]string{"cert.pem": certtest.PEM(leaf) + certtest.Block("PRIVATE KEY", enormous)}, fault: certificate.Unreadable, says: "larger than any"},
		{name: "OpenSSH key", files: map[string]string{"cert.pem": certtest.PEM(leaf) + certtest.Block("OPENSSH PRIVATE KEY", []byte("x"))}, fault: certificate.NoKey, says: "OpenSSH"},
		{name: "old encryption", password: password, files: map[string]string{"cert.pem": certtest.PEM(leaf) + oldEncrypted}, fault: certificate.Unreadable, says: "openssl pkcs8"},
		{name: "truncated PFX", password: password, files: map[string]string{"cert.pem": pfx(pkcs12.Modern, key, leaf, password)[:900]}, fault: certificate.Unreadable, says: "holds 900 of "},
		{name: "named key file is not there", files: map[string]string{"cert.pem": certtest.PEM(leaf)}, key: "gone", fault: certificate.Unreadable, says: "private key's file is not there"},
		{name: "PFX and no password", files: map[string]string{"cert.pem": pfx(pkcs12.Modern, key, leaf, password)}, fault: certificate.Password, says: "needs a password"},
		{name: "PFX and a wrong password", password: "wrong", files: map[string]string{"cert.pem": pfx(pkcs12.Modern, key, leaf, password)}, fault: certificate.Password, says: "does not open"},
		{name: "certificate alone", files: map[string]string{"cert.pem": certtest.PEM(leaf)}, fault: certificate.NoKey, says: "without its private key"},
		{name: "certificate alone in DER, as the portal wants it", files: map[string]string{"cert.pem": string(leaf.Raw)}, fault: certificate.NoKey, says: "without its private key"},
		{name: "PFX without key", password: password, files: map[string]string{"cert.pem": noKey}, fault: certificate.NoKey, says: "holds no private key"},
		{name: "EC key, SEC 1", files: map[string]string{"cert.pem": certtest.PEM(ec) + certtest.Block("EC PRIVATE KEY", certtest.Must(x509.MarshalECPrivateKey(ecKey)))}, fault: certificate.KeyType, says: "not an RSA key"},
		{name: "EC key, PKCS#8", files: map[string]string{"cert.pem": certtest.PEM(ec) + certtest.KeyPEM(ecKey)}, fault: certificate.KeyType, says: "not an RSA key"},
		{name: "EC key in a PFX", password: password, files: map[string]string{"cert.pem": pfx(pkcs12.Modern, ecKey, ec, password)}, fault: certificate.KeyType, says: "not an RSA key"},
		{name: "key of another certificate", files: map[string]string{"cert.pem": certtest.PEM(leaf) + certtest.KeyPEM(otherKey)}, fault: certificate.Mismatch, says: "does not belong"},
		{name: "key of another certificate beside it", files: map[string]string{"cert.pem": certtest.PEM(leaf), "cert.key": certtest.KeyPEM(otherKey)}, fault: certificate.Mismatch, says: "does not belong"},
		{name: "key of another certificate in a PFX", password: password, files: map[string]string{"cert.pem": pfx(pkcs12.Modern, otherKey, leaf, password)}, fault: certificate.Mismatch, says: "does not belong"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir, keyFile := certtest.Folder(t, tt.files), ""
			if tt.key != "" {
				keyFile = filepath.Join(dir, tt.key)
			}
			cert, err := load(filepath.Join(dir, "cert.pem"), keyFile, secret.New(tt.password))
			var fault *certificate.Error
			if !errors.As(err, &fault) || fault.Fault != tt.fault || !strings.Contains(fault.Summary.String(), tt.says) || cert != nil {
				t.Fatalf("want %s saying %q, got %v %v", tt.fault, tt.says, cert, err)
			}
			if strings.Contains(fault.Summary.String(), dir) || strings.Contains(fault.Summary.String(), "c4n4ry") {
				t.Errorf("the summary tells too much: %s", fault.Summary)
			}
		})
	}
}

// TestOnlyRegularFilesAreOpened guards against reading a folder, a pipe or a device,
// which may never end.
func TestOnlyRegularFilesAreOpened(t *testing.T) {
	for name, path := range map[string]string{"folder": t.TempDir(), "device": os.DevNull, "path with a NUL": "a\x00b", "nothing": ""} {
		_, err := load(path, "", secret.Value{})
		if fault := (*certificate.Error)(nil); !errors.As(err, &fault) || fault.Fault != certificate.Unreadable {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func base64DER(der []byte) string { return base64.StdEncoding.EncodeToString(der) }

func readTestdata(name string) ([]byte, error) {
	return os.ReadFile(filepath.Join("testdata", "openssl", name))
}

// TestNegativeSerialNumber guards that a certificate of makecert can be read: the
// standard library refuses it.
func TestNegativeSerialNumber(t *testing.T) {
	der := bytes.Replace(leaf.Raw, []byte{0x02, 0x01, 0x2a}, []byte{0x02, 0x01, 0xaa}, 1)
	if _, err := x509.ParseCertificate(der); err == nil {
		t.Fatal("the standard library reads it: parseLoosely may go")
	}
	dir := certtest.Folder(t, map[string]string{"a.pem": certtest.Block("CERTIFICATE", der) + certtest.KeyPEM(key)})
	cert, err := load(filepath.Join(dir, "a.pem"), "", secret.Value{})
	if err != nil || !cert.NotAfter().Equal(leaf.NotAfter) || len(cert.Thumbprint()) != 40 {
		t.Errorf("got %v", err)
	}
}
