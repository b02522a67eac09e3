package certificate_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/s2sdoctor/s2sdoctor/core/certificate"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
	"github.com/s2sdoctor/s2sdoctor/internal/certtest"
)

func TestKeyNextToCertificate(t *testing.T) {
	keyPEM := certtest.KeyPEM(key)
	for _, tt := range []struct{ certificate, key string }{
		{"app.crt", "app.key"},
		{"app.pem", "app.key"},
		{"app.pem", "app-key.pem"},
		{"app.cer", "app_key.pem"},
		{"app.crt", "app.pem"},
		{"app.crt", "app.key.pem"},
		{"contoso.com.cer", "contoso.com.key"},
		{"app.cer", "app-private.pem"},
		{"app.cer", "app_private_key.pem"},
		{"cert.pem", "key.pem"},
		{"cert.pem", "privkey.pem"},
		{"certificate.crt", "private.key"},
		{"certificate.pem", "privateKey.pem"},
		{"fullchain.pem", "privkey.pem"},
		{"fullchain3.pem", "privkey3.pem"},
		{"client-cert.pem", "client-key.pem"},
		{"client_crt.pem", "client_key.pem"},
		{"serverCert.pem", "serverKey.pem"},
		{"mycert.pem", "mykey.pem"},
		{"tls.crt", "tls.key"},
		{"public.crt", "private.key"},
		{"app.cer", "app.p8"},
		{"issued/app.crt", "private/app.key"},
		{"contoso.fullchain.cer", "contoso.key"},
		{"APP.CRT", "app.key"},
		{"app.crt", "APP.KEY"},
	} {
		t.Run(tt.certificate+" "+tt.key, func(t *testing.T) {
			dir := t.TempDir()
			for _, sub := range []string{"issued", "private"} {
				if err := os.Mkdir(filepath.Join(dir, sub), 0o700); err != nil {
					t.Fatal(err)
				}
			}
			write(t, filepath.Join(dir, tt.certificate), []byte(certtest.PEM(leaf)))
			write(t, filepath.Join(dir, tt.key), []byte(keyPEM))
			cert, err := load(filepath.Join(dir, tt.certificate), "", secret.Value{})
			if err != nil || !cert.SeparateKey() {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestKeyFile(t *testing.T) {
	keyPEM := certtest.KeyPEM(key)
	for _, tt := range []struct {
		name         string
		first, named string
		says         string // "" if it loads
	}{
		{"DER", certtest.PEM(leaf), string(certtest.PKCS8(key)), ""},
		{"the wrong way round", keyPEM, certtest.PEM(leaf), ""},
		{"instead of another key", certtest.PEM(leaf) + certtest.KeyPEM(otherKey), keyPEM, ""},
		{"another's", certtest.PEM(leaf) + keyPEM, certtest.KeyPEM(otherKey), "does not belong"},
		{"a certificate", certtest.PEM(leaf), certtest.PEM(ca), "holds a certificate and no private key"},
		{"a public key", certtest.PEM(leaf), "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQ ana@contoso", "SSH public key"},
		{"empty", certtest.PEM(leaf), "\n", "private key's file is empty"},
		{"both without a certificate", keyPEM, keyPEM, "no certificate"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := certtest.Folder(t, map[string]string{"a": tt.first, "b": tt.named})
			_, err := load(filepath.Join(dir, "a"), filepath.Join(dir, "b"), secret.Value{})
			if (tt.says == "") != (err == nil) || err != nil && !strings.Contains(err.Error(), tt.says) {
				t.Errorf("want %q, got %v", tt.says, err)
			}
		})
	}
}

// TestFittingKeyIsNamed guards that a key file with another name is not used, and that
// the error names it.
func TestFittingKeyIsNamed(t *testing.T) {
	dir := certtest.Folder(t, map[string]string{
		"app.crt": certtest.PEM(leaf), "a.key": certtest.KeyPEM(otherKey), "mine.key": certtest.KeyPEM(key), "notes.txt": "x",
	})
	_, err := load(filepath.Join(dir, "app.crt"), "", secret.Value{})
	if err == nil || !strings.Contains(err.Error(), "without its private key") || !strings.Contains(err.Error(), "beside it, in mine.key") {
		t.Errorf("got %v", err)
	}
}

// TestMissingKeyNamesFiles guards that the error names the files in which the key is
// expected.
func TestMissingKeyNamesFiles(t *testing.T) {
	dir := certtest.Folder(t, map[string]string{"app.crt": certtest.PEM(leaf), "app.pem": certtest.PEM(leaf)})
	_, err := load(filepath.Join(dir, "app.crt"), "", secret.Value{})
	var fault *certificate.Error
	if !errors.As(err, &fault) || fault.Fault != certificate.NoKey || !strings.Contains(fault.Summary.String(), "no app.key, app-key.pem, app-key.key is beside it") {
		t.Errorf("got %v", err)
	}
}
