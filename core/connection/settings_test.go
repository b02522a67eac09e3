package connection_test

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/s2sdoctor/s2sdoctor/core/certificate"
	"github.com/s2sdoctor/s2sdoctor/core/cloud"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/paste"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
	"github.com/s2sdoctor/s2sdoctor/internal/certtest"
)

func TestSettings(t *testing.T) {
	dir := certtest.Folder(t, map[string]string{"app.pem": certtest.PEM(leaf) + certtest.KeyPEM(key), "it's mine.pem": certtest.PEM(leaf) + certtest.KeyPEM(key), "apart.pem": certtest.PEM(leaf), "apart.key": certtest.KeyPEM(key)})
	thumbprint := certtest.Must(certificate.Load(t.Context(), certificate.Source{File: filepath.Join(dir, "app.pem")}, time.Now())).Thumbprint()
	t.Chdir(dir) // a path on Windows contains characters that need quotes
	full := connection.Form{Environment: contoso + "/main.aspx?appid=1", Tenant: strings.ToUpper(tenantID), ClientID: "{" + clientID + "}", Secret: secret.New(value), RedirectURI: "http://localhost"}
	with := func(change func(*connection.Form)) connection.Form {
		form := full
		change(&form)
		return form
	}
	byFile := func(name string) connection.Form {
		return with(func(f *connection.Form) { f.CertificateFile = name })
	}
	const start = "DATAVERSE_URL=" + contoso + "\nAZURE_TENANT_ID=" + tenantID + "\nAZURE_CLIENT_ID=" + clientID + "\n"
	for _, tt := range []struct {
		name                  string
		form                  connection.Form
		connectionString, env string // or a part of the refusal
	}{
		{"secret", full, "AuthType=ClientSecret;Url=" + contoso + ";ClientId=" + clientID + ";ClientSecret=<client secret (Value)>", start + "AZURE_CLIENT_SECRET='<client secret (Value)>'\n"},
		{"no secret yet", with(func(f *connection.Form) { f.Secret = secret.Value{} }), "AuthType=ClientSecret;Url=" + contoso + ";ClientId=" + clientID + ";ClientSecret=<client secret (Value)>", start + "AZURE_CLIENT_SECRET='<client secret (Value)>'\n"},
		{"discovered tenant", with(func(f *connection.Form) { f.Tenant = "" }), "AuthType=ClientSecret;Url=" + contoso + ";ClientId=" + clientID + ";ClientSecret=<client secret (Value)>", "DATAVERSE_URL=" + contoso + "\nAZURE_TENANT_ID=discovered.example\nAZURE_CLIENT_ID=" + clientID + "\nAZURE_CLIENT_SECRET='<client secret (Value)>'\n"},
		{"another cloud", with(func(f *connection.Form) { f.Environment = "https://contoso.crm.microsoftdynamics.us" }), "AuthType=ClientSecret;Url=https://contoso.crm.microsoftdynamics.us;ClientId=" + clientID + ";ClientSecret=<client secret (Value)>", strings.Replace(start, contoso, "https://contoso.crm.microsoftdynamics.us", 1) + "AZURE_CLIENT_SECRET='<client secret (Value)>'\nAZURE_AUTHORITY_HOST=https://login.microsoftonline.us\n"},
		{"certificate", byFile("app.pem"), "AuthType=Certificate;Url=" + contoso + ";ClientId=" + clientID + ";Thumbprint=" + thumbprint, start + "AZURE_CLIENT_CERTIFICATE_PATH=app.pem\n"},
		{"certificate with a password", with(func(f *connection.Form) {
			f.CertificateFile, f.CertificatePassword = "it's mine.pem", secret.New(password)
		}), "AuthType=Certificate;Url=" + contoso + ";ClientId=" + clientID + ";Thumbprint=" + thumbprint, start + "AZURE_CLIENT_CERTIFICATE_PATH=\"it's mine.pem\"\nAZURE_CLIENT_CERTIFICATE_PASSWORD='<password of the certificate file>'\n"},
		{"key apart", byFile("apart.pem"), "AuthType=Certificate;Url=" + contoso + ";ClientId=" + clientID + ";Thumbprint=" + thumbprint, "The certificate and its private key are two files, and a .env can name one only. Put both into one PEM or PFX file."},
		{"managed identity, system-assigned", with(func(f *connection.Form) { f.Kind, f.ClientID = connection.ManagedIdentityKind, "" }), "A connection string has no place", strings.Replace(start, "AZURE_CLIENT_ID="+clientID+"\n", "", 1)},
		{"token file", with(func(f *connection.Form) {
			f.Kind, f.Federation = connection.FederatedKind, connection.Federation{Issuer: connection.TokenFile, File: "/var/token"}
		}), "A connection string has no place", start + "AZURE_FEDERATED_TOKEN_FILE=/var/token\n"},
		{"pipeline", with(func(f *connection.Form) {
			f.Kind, f.Federation = connection.FederatedKind, connection.Federation{Issuer: connection.GitHub}
		}), "A connection string has no place", "The pipeline sets these variables"},
		{"no certificate there", byFile("none.pem"), "The certificate file is not there. Check the path.", "The certificate file is not there. Check the path."},
		{"no application", with(func(f *connection.Form) { f.ClientID = "s2s" }), "The Application (client) ID must be a GUID", "The Application (client) ID must be a GUID"},
		{"a tenant that is none", with(func(f *connection.Form) { f.Tenant = "common" }), "AuthType=ClientSecret;Url=" + contoso + ";ClientId=" + clientID + ";ClientSecret=<client secret (Value)>", "An application needs one tenant"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := orRefusal(tt.form.ConnectionString(cloud.Table)); !strings.HasPrefix(got, tt.connectionString) || strings.HasPrefix(got, "AuthType") && got != tt.connectionString {
				t.Errorf("the connection string (-want +got):\n%s", cmp.Diff(tt.connectionString, got))
			}
			if got := orRefusal(tt.form.DotEnv(cloud.Table, "discovered.example")); !strings.HasPrefix(got, tt.env) || strings.HasPrefix(got, "DATAVERSE") && got != tt.env {
				t.Errorf("the .env (-want +got):\n%s", cmp.Diff(tt.env, got))
			}
		})
	}
	if got := orRefusal(with(func(f *connection.Form) { f.Tenant = "" }).DotEnv(cloud.Table, "")); !strings.Contains(got, "AZURE_TENANT_ID='<Directory (tenant) ID>'\n") {
		t.Errorf("an unknown tenant is written as\n%s", got)
	}
}

func orRefusal(text string, err error) string {
	if err != nil {
		return err.Error()
	}
	return text
}

// TestSettingsComeBack guards that copied settings can be pasted, here and so in other
// programs: the form is the same, except for the secret and for values that the format
// cannot hold.
func TestSettingsComeBack(t *testing.T) {
	for _, name := range []string{"app.pem", "s2s app #2.pem", "it's ours & yours.pem"} {
		settingsComeBack(t, name)
	}
}

// settingsComeBack checks this with the name of a certificate file.
func settingsComeBack(t *testing.T, name string) {
	t.Helper()
	file := filepath.Join(certtest.Folder(t, map[string]string{name: certtest.PEM(leaf) + certtest.KeyPEM(key)}), name)
	for _, environment := range []string{contoso, "https://contoso.crm.microsoftdynamics.us", "https://contoso.crm.dynamics.cn"} {
		bySecret := connection.Form{Environment: environment, Tenant: tenantID, ClientID: clientID, Secret: secret.New(value)}
		byFile := connection.Form{Environment: environment, Tenant: tenantID, ClientID: clientID, CertificateFile: file, CertificatePassword: secret.New(password)}
		for _, form := range []connection.Form{bySecret, byFile} {
			for _, text := range []string{certtest.Must(form.ConnectionString(cloud.Table)), certtest.Must(form.DotEnv(cloud.Table, ""))} {
				if strings.Contains(text, value) || strings.Contains(text, password) {
					t.Fatalf("it holds the secret:\n%s", text)
				}
				want := got{Environment: environment, ClientID: clientID}
				if strings.HasPrefix(text, "DATAVERSE") {
					want.Tenant, want.CertificateFile = tenantID, form.CertificateFile
				}
				result := paste.Read(text)
				if diff := cmp.Diff(want, open(result.Form)); diff != "" {
					t.Errorf("%s\n-want +got\n%s\n%v", text, diff, result.Notes)
				}
			}
		}
	}
}
