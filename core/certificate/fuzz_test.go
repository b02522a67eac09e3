package certificate_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	pkcs12 "software.sslmate.com/src/go-pkcs12"

	"github.com/s2sdoctor/s2sdoctor/core/certificate"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
	"github.com/s2sdoctor/s2sdoctor/internal/certtest"
)

// FuzzCertificate reads arbitrary files with arbitrary passwords. The result is a
// certificate with its own key, or an error with a fault and a sentence. Neither contains
// the password or the folder, and the key derivation stays within its limit of rounds.
func FuzzCertificate(f *testing.F) {
	small := certtest.Must(rsa.GenerateKey(rand.Reader, 1024))
	cert := issue("small", small)
	keyPEM := certtest.KeyPEM(small)
	both := certtest.PEM(cert) + keyPEM
	f.Add([]byte(both), []byte(nil), "")
	f.Add([]byte(certtest.PEM(cert)), []byte(keyPEM), "")
	f.Add([]byte(strings.ReplaceAll(both, "\n", `\n`)), []byte(nil), "")
	f.Add([]byte(`{"value":"`+base64.StdEncoding.EncodeToString([]byte(both))+`"}`), []byte(nil), "")
	f.Add([]byte(certtest.PEM(cert)+certtest.Block("RSA PRIVATE KEY", x509.MarshalPKCS1PrivateKey(small))), []byte(nil), "x")
	f.Add([]byte(pfx(pkcs12.Modern, small, cert, "x")), []byte(nil), "x\n")
	f.Add([]byte(pfx(pkcs12.LegacyRC2, small, cert, "x")), []byte(nil), "x")
	f.Add([]byte(pfx(pkcs12.Passwordless, small, cert, "")), []byte(nil), "")
	for _, name := range []string{"aes-256-cbc", "des3", "scrypt"} {
		f.Add(certtest.Must(os.ReadFile("testdata/openssl/certificate.pem")), certtest.Must(os.ReadFile("testdata/openssl/"+name+".pem")), "correct horse")
	}
	for _, name := range []string{"p7b-pem/a.p7b", "pem-csr-key/a.pem", "nomac-right/a.pfx", "pfx-java-two-keys/a.p12"} {
		f.Add(certtest.Must(os.ReadFile("testdata/field/"+name)), []byte(nil), "p@ssw0rd")
	}
	f.Add(bytes.Repeat([]byte{0x30, 0x80}, 400), []byte(nil), "")
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, data, keyData []byte, password string) {
		source := certificate.Source{File: filepath.Join(dir, "cert.pem"), Password: secret.New(password)}
		write(t, source.File, data)
		if len(keyData) > 0 {
			source.KeyFile = filepath.Join(dir, "key.der")
			write(t, source.KeyFile, keyData)
		}
		const rounds = 20_000
		cert, spent, err := certificate.LoadWithin(context.Background(), source, now, rounds)
		if spent > rounds {
			t.Fatalf("%d rounds", spent)
		}
		if err != nil {
			var fault *certificate.Error
			if !errors.As(err, &fault) || fault.Fault == "" || strings.Contains(fault.Summary.String(), dir) || len(fault.Summary.String()) < 20 {
				t.Fatalf("an error without name: %v", err)
			}
			return
		}
		public, ok := cert.Chain[0].PublicKey.(*rsa.PublicKey)
		if !ok || !public.Equal(cert.Signer().Public()) || len(cert.Thumbprint()) != 40 {
			t.Fatal("a certificate came through with another's key")
		}
	})
}

func write(t testing.TB, path string, data []byte) {
	t.Helper()
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
}
