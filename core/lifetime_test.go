package core_test

import (
	"encoding/base64"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/certificate"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
)

// TestLifetime guards how long credentials last; an unknown time is zero.
func TestLifetime(t *testing.T) {
	folder := t.TempDir()
	made, err := certificate.Make("app", time.Now(), 24*time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	pem := filepath.Join(folder, "app.pem")
	if err := made.Write(pem); err != nil {
		t.Fatal(err)
	}
	loaded, err := certificate.Load(t.Context(), certificate.Source{File: pem}, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	write := func(name, content string) string {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	payload := base64.RawURLEncoding.EncodeToString([]byte(`{"sub":"system:serviceaccount:a:b\u202e","exp":1800000000,"nbf":1799990000}`))
	token := write("token", "e30."+payload+".x\n")
	file := func(path string) connection.Form {
		return connection.Form{Kind: connection.FederatedKind, Federation: connection.Federation{Issuer: connection.TokenFile, File: path}}
	}
	ofToken := core.Lifetime{Begins: time.Unix(1799990000, 0), Ends: time.Unix(1800000000, 0), Subject: "system:serviceaccount:a:b"}
	for _, test := range []struct {
		name  string
		form  connection.Form
		want  core.Lifetime
		fault string
	}{
		{"certificate", connection.Form{CertificateFile: pem}, core.Lifetime{Begins: loaded.NotBefore(), Ends: loaded.NotAfter()}, ""},
		{"no certificate", connection.Form{CertificateFile: token}, core.Lifetime{}, ""},
		{"token file", file(token), ofToken, ""},
		{"token file of the environment", file(""), ofToken, ""},
		{"no token", file(pem), core.Lifetime{}, "holds no token"},
		{"no file", file(filepath.Join(folder, "none")), core.Lifetime{}, "is not there"},
		{"pipeline", connection.Form{Kind: connection.FederatedKind, Federation: connection.Federation{Issuer: connection.GitHub}}, core.Lifetime{}, ""},
		{"managed identity", connection.Form{Kind: connection.ManagedIdentityKind}, core.Lifetime{}, ""},
		{"secret", connection.Form{Secret: secret.New("0123456789")}, core.Lifetime{}, ""},
		{"store", connection.Form{Kind: connection.CertificateStoreKind, Thumbprint: strings.Repeat("AB", 20)}, core.Lifetime{}, ""},
	} {
		getenv := func(name string) string { return map[string]string{"AZURE_FEDERATED_TOKEN_FILE": token}[name] }
		got := core.Doctor{Getenv: getenv}.Lifetime(t.Context(), test.form)
		if !got.Begins.Equal(test.want.Begins) || !got.Ends.Equal(test.want.Ends) || got.Subject != test.want.Subject {
			t.Errorf("%s: %v to %v for %q", test.name, got.Begins, got.Ends, got.Subject)
		}
		if fault := got.Fault.String(); (fault == "") != (test.fault == "") || !strings.Contains(fault, test.fault) {
			t.Errorf("%s: fault %q", test.name, fault)
		}
	}
	if got := (core.Doctor{}).Lifetime(t.Context(), file("")); !got.Ends.IsZero() || !got.Fault.Empty() {
		t.Errorf("without an environment: %+v", got)
	}
}
