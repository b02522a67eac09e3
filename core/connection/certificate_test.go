package connection_test

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/cloud"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
)

// Keys take a second to make: all tests share one.
var (
	key  = must(rsa.GenerateKey(rand.Reader, 2048))
	leaf = issue(2026, 2027)
)

const password = "p4ss~c4n4ry wörd"

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// issue makes a certificate of the key for years.
func issue(from, to int) *x509.Certificate {
	template := &x509.Certificate{
		SerialNumber: big.NewInt(int64(from)), Subject: pkix.Name{CommonName: "s2s.contoso.com"},
		NotBefore: time.Date(from, 1, 1, 0, 0, 0, 0, time.UTC), NotAfter: time.Date(to, 1, 1, 0, 0, 0, 0, time.UTC),
	}
	return must(x509.ParseCertificate(must(x509.CreateCertificate(rand.Reader, template, template, key.Public(), key))))
}

func block(kind string, der []byte) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}))
}

func certPEM(certs ...*x509.Certificate) string {
	var b strings.Builder
	for _, c := range certs {
		b.WriteString(block("CERTIFICATE", c.Raw))
	}
	return b.String()
}

func pkcs8(key any) []byte { return must(x509.MarshalPKCS8PrivateKey(key)) }

// folder writes files and returns their folder.
func folder(t testing.TB, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestAFormWithACertificate(t *testing.T) {
	dir := folder(t, map[string]string{"app.pem": certPEM(leaf) + block("PRIVATE KEY", pkcs8(key)), "cert.pem": certPEM(leaf), "apart": block("PRIVATE KEY", pkcs8(key))})
	form := complete()
	form.CertificateFile = `"` + filepath.Join(dir, "app.pem") + `"` // as "Copy as path" gives it
	form.CertificatePassword = secret.New(password)

	c, note, problem := only(t, connection.FieldCertificate, form)
	if problem.Cause != "" || c.Credential.Kind != connection.CertificateKind || c.Credential.Certificate == nil || !c.Credential.Secret.Empty() {
		t.Fatalf("got %+v, %s", c.Credential, problem.Summary)
	}
	if note != "the certificate is used, and the client secret is not" {
		t.Errorf("note %q", note)
	}
	if shown := fmt.Sprintf("%v %+v %#v", c, c, c); strings.Contains(shown, key.D.String()) || strings.Contains(shown, fmt.Sprintf("%x", key.D)) {
		t.Error("printing a connection shows the private key")
	}

	form.CertificateFile, form.KeyFile, form.Secret = filepath.Join(dir, "cert.pem"), filepath.Join(dir, "apart"), secret.Value{}
	if c, note, problem = only(t, connection.FieldCertificate, form); problem.Cause != "" || note != "" || c.Credential.Kind != connection.CertificateKind {
		t.Errorf("key in its own file: %+v, %q, %s", c.Credential, note, problem.Summary)
	}

	form.CertificateFile = filepath.Join(dir, "gone.pem")
	if c, _, problem = only(t, connection.FieldCertificate, form); problem.Cause != "input.certificate" || c.Credential.Kind != connection.None {
		t.Errorf("got %+v, %s", c.Credential, problem.Cause)
	}
}

// TestCertificateIsChosenByTime guards that the caller's clock decides between two
// certificates of one key, and that the other one is named.
func TestCertificateIsChosenByTime(t *testing.T) {
	form := complete()
	form.Secret = secret.Value{}
	form.CertificateFile = filepath.Join(folder(t, map[string]string{"a.pem": certPEM(issue(2020, 2022), issue(2021, 2023)) + block("PRIVATE KEY", pkcs8(key))}), "a.pem")
	for year, want := range map[int]int{2020: 2022, 2022: 2023, 2024: 2023} {
		c, notes, _ := form.CleanContext(context.Background(), cloud.Table, time.Date(year, 6, 1, 0, 0, 0, 0, time.UTC))
		if got := c.Credential.Certificate.NotAfter().Year(); got != want {
			t.Errorf("in %d: got the one until %d", year, got)
		}
		if len(notes) != 1 || notes[0].Field != connection.FieldCertificate || !strings.Contains(notes[0].Text.String(), "another one of the same key") {
			t.Errorf("in %d: notes %v", year, notes)
		}
	}
}
