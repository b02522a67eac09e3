package paste_test

import (
	"testing"

	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/paste"
)

// TestPasteKinds reads texts that name a credential other than a secret or a certificate
// file.
func TestPasteKinds(t *testing.T) {
	const (
		digits = "3DE4BE035C462B1C4F35D40643AB1DF66339425C"
		pod    = "/var/run/secrets/azure/tokens/azure-identity-token"
		ids    = "AZURE_CLIENT_ID=" + clientID + "\nDATAVERSE_URL=" + contoso + "\n"
	)
	for _, test := range []struct {
		name, text       string
		kind             connection.Kind
		issuer           connection.Issuer
		thumbprint, file string
	}{
		{"connection string", "AuthType=Certificate;Url=" + contoso + ";ClientId=" + clientID + ";Thumbprint=" + digits, connection.CertificateStoreKind, "", digits, ""},
		{"thumbprint with blanks", ids + "Thumbprint: 3d e4 be 03 5c 46 2b 1c 4f 35 d4 06 43 ab 1d f6 63 39 42 5c", connection.CertificateStoreKind, "", digits, ""},
		{"no thumbprint", ids + "Thumbprint=unknown", "", "", "", ""},
		{"pod", ids + "AZURE_FEDERATED_TOKEN_FILE=" + pod, connection.FederatedKind, connection.TokenFile, "", pod},
		{"Terraform, file", ids + "ARM_OIDC_TOKEN_FILE_PATH=" + pod, connection.FederatedKind, connection.TokenFile, "", pod},
		{"Windows path", ids + `AZURE_FEDERATED_TOKEN_FILE=C:\tokens\azure`, connection.FederatedKind, connection.TokenFile, "", `C:\tokens\azure`},
		{"a token for its file", ids + "AZURE_FEDERATED_TOKEN_FILE=eyJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJhcGkifQ.c2lnbmF0dXJl", "", "", "", ""},
		{"a secret for the file", ids + "AZURE_FEDERATED_TOKEN_FILE=/Zx98Q~eRtY7uIoP6aSdF5gHjK4lQmN3bVcX2z1a", "", "", "", ""},
		{"Terraform, identity", ids + "ARM_USE_MSI=true", connection.ManagedIdentityKind, "", "", ""},
		{"identity off", ids + "ARM_USE_MSI=false", "", "", "", ""},
		{"JSON, identity", `{"environmentUrl":"` + contoso + `","useManagedIdentity":true}`, connection.ManagedIdentityKind, "", "", ""},
		{"Terraform, federated", ids + "ARM_USE_OIDC=true", connection.FederatedKind, connection.AnyIssuer, "", ""},
		{"a secret wins", ids + "ARM_USE_MSI=true\nAZURE_CLIENT_SECRET=Zx98Q~eRtY7uIoP6aSdF5gHjK4lQmN3bVcX2z1a", "", "", "", ""},
		{"a certificate wins", ids + "AZURE_CLIENT_CERTIFICATE_PATH=/certs/s2s.pfx\nThumbprint=" + digits, "", "", "", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			form := paste.Read(test.text).Form
			if form.Kind != test.kind || form.Federation.Issuer != test.issuer || form.Thumbprint != test.thumbprint || form.Federation.File != test.file {
				t.Errorf("kind %q, issuer %q, thumbprint %q, file %q", form.Kind, form.Federation.Issuer, form.Thumbprint, form.Federation.File)
			}
			if form.Environment != contoso {
				t.Errorf("environment %q", form.Environment)
			}
		})
	}
}
