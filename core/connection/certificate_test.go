package connection_test

import (
	"context"
	"crypto/x509"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/cloud"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
	"github.com/s2sdoctor/s2sdoctor/internal/certtest"
)

// A key takes a second to generate, so all tests share it.
var (
	key  = certtest.RSA()
	leaf = issue(2026, 2027)
)

const password = "p4ss~c4n4ry wörd"

// issue returns a certificate of the key for years.
func issue(from, until int) *x509.Certificate {
	return certtest.SelfSigned("s2s.contoso.com", key, from, until)
}

func TestCertificateForm(t *testing.T) {
	dir := certtest.Folder(t, map[string]string{"app.pem": certtest.PEM(leaf) + certtest.KeyPEM(key), "cert.pem": certtest.PEM(leaf), "apart": certtest.KeyPEM(key)})
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
// certificates of the same key, and that the other certificate is named.
func TestCertificateIsChosenByTime(t *testing.T) {
	form := complete()
	form.Secret = secret.Value{}
	form.CertificateFile = filepath.Join(certtest.Folder(t, map[string]string{"a.pem": certtest.PEM(issue(2020, 2022), issue(2021, 2023)) + certtest.KeyPEM(key)}), "a.pem")
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
