package certificate_test

import (
	"crypto"
	"crypto/x509"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/s2sdoctor/s2sdoctor/core/secret"
	"github.com/s2sdoctor/s2sdoctor/internal/certtest"
)

// dated returns a self-signed certificate for years, such as 2020 to 2021.
func dated(key crypto.Signer, from, until int) *x509.Certificate {
	return certtest.SelfSigned("dated", key, from, until)
}

// TestOneOfSeveralCertificates chooses a certificate at [now], in 2026.
func TestOneOfSeveralCertificates(t *testing.T) {
	keyPEM, otherPEM, caPEM := certtest.KeyPEM(key), certtest.KeyPEM(otherKey), certtest.KeyPEM(caKey)
	old, older, current, longer, future, later := dated(key, 2023, 2024), dated(key, 2020, 2021), dated(key, 2026, 2027), dated(key, 2025, 2028), dated(key, 2030, 2040), dated(key, 2031, 2032)
	other, otherOld := dated(otherKey, 2026, 2027), dated(otherKey, 2020, 2021)
	for _, tt := range []struct {
		name, text string
		want       *x509.Certificate
		notes      []string
		says       string
	}{
		{"expired and renewed", certtest.PEM(old, current) + keyPEM, current, []string{"took the certificate that lasts until 2027-01-01; another one of the same key ended on 2024-01-01"}, ""},
		{"two that are valid", certtest.PEM(current, longer) + keyPEM, longer, []string{"took the certificate that lasts until 2028-01-01; another one of the same key lasts until 2027-01-01"}, ""},
		{"one of the future", certtest.PEM(future, current) + keyPEM, current, []string{"took the certificate that lasts until 2027-01-01; another one of the same key begins on 2030-01-01"}, ""},
		{"only future ones", certtest.PEM(later, future) + keyPEM, future, nil, ""},
		{"only expired ones", certtest.PEM(older, old) + keyPEM, old, nil, ""},
		{"the same twice", certtest.PEM(current, current) + keyPEM + keyPEM, current, []string{}, ""},
		{"an authority and its key", certtest.PEM(ca, leaf) + caPEM + keyPEM, leaf, []string{}, ""},
		{"renewed with a new key", certtest.PEM(otherOld, current) + otherPEM + keyPEM, current, []string{"took the certificate that lasts until 2027-01-01; another one, with a key of its own, is valid from 2020-01-01 to 2021-01-01"}, ""},
		{"two keys whose certificates ended", certtest.PEM(otherOld, old) + otherPEM + keyPEM, old, nil, ""},
		{"two keys", certtest.PEM(current, other) + keyPEM + otherPEM, nil, nil, "several private keys in the file, each with its certificate (they end on 2027-01-01, 2027-01-01)"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := certtest.Folder(t, map[string]string{"a.pem": tt.text})
			cert, err := load(filepath.Join(dir, "a.pem"), "", secret.Value{})
			if tt.want == nil {
				if err == nil || !strings.Contains(err.Error(), tt.says) {
					t.Fatalf("got %v", err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if !cert.Chain[0].Equal(tt.want) {
				t.Errorf("got %s to %s", cert.NotBefore(), cert.NotAfter())
			}
			if tt.notes != nil {
				if diff := cmp.Diff(tt.notes, append([]string{}, notes(cert)...)); diff != "" {
					t.Errorf("-want +got\n%s", diff)
				}
			}
		})
	}
}
