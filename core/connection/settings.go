package connection

import (
	"slices"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/certificate"
	"github.com/s2sdoctor/s2sdoctor/core/cloud"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// The gaps that replace values that are not written. [Paste] takes
// each for the placeholder that it is.
const (
	SecretGap   = "<client secret (Value)>"
	PasswordGap = "<password of the certificate file>"
	TenantGap   = "<Directory (tenant) ID>"
)

// ConnectionString writes the form as the Dataverse client reads it, with
// [SecretGap] in the place of the secret: never the secret itself. A certificate is
// named by its thumbprint, which is all that the client takes: it looks for it in
// the user's store on Windows. The tenant and the redirect have no place in it.
//
// The error is a sentence that names the field which cannot be used.
//
// Source: learn.microsoft.com/power-apps/developer/data-platform/xrm-tooling/use-connection-strings-xrm-tooling-connect.
func (f Form) ConnectionString(clouds []cloud.Cloud) (string, error) {
	c, err := f.Usable(clouds, FieldEnvironment, FieldClientID, FieldCertificate)
	if err != nil {
		return "", err
	}
	// An address without a path, a GUID, a thumbprint and the gap hold no ; = or
	// quote, so that they need no quotes.
	base := "Url=" + c.Environment + ";ClientId=" + c.ClientID + ";"
	switch c.Credential.Kind {
	case CertificateKind, CertificateStoreKind:
		return "AuthType=Certificate;" + base + "Thumbprint=" + c.Credential.Certificate.Thumbprint(), nil
	case FederatedKind, ManagedIdentityKind:
		return "", text.Error(text.F("A connection string has no place for this kind of credential. Give the Dataverse client a function that returns tokens."))
	}
	return "AuthType=ClientSecret;" + base + "ClientSecret=" + SecretGap, nil
}

// DotEnv writes the form as a .env in the names that EnvironmentCredential of the
// Azure SDKs reads, and DATAVERSE_URL. Gaps replace secrets and
// what is not known. tenant is the environment's own, for a form without one;
// it may be "".
//
// The error is a sentence that names the field which cannot be used.
//
// Source: learn.microsoft.com/dotnet/api/azure.identity.environmentcredential.
func (f Form) DotEnv(clouds []cloud.Cloud, tenant string) (string, error) {
	c, err := f.Usable(clouds, FieldEnvironment, FieldTenant, FieldClientID, FieldCertificate)
	if err != nil {
		return "", err
	}
	if c.Tenant == "" {
		c.Tenant = tenant
	}
	if c.Tenant == "" {
		c.Tenant = TenantGap
	}
	var b strings.Builder
	line := func(name, value string) { b.WriteString(name + "=" + quoteEnv(value) + "\n") }
	line("DATAVERSE_URL", c.Environment)
	line("AZURE_TENANT_ID", c.Tenant)
	if c.ClientID != "" {
		line("AZURE_CLIENT_ID", c.ClientID)
	}
	if why := f.credentialLines(c.Credential, line); !why.Empty() {
		return "", text.Error(why)
	}
	switch c.Cloud.Name {
	case "public", "gcc": // the login host that the SDKs know by themselves
	default:
		line("AZURE_AUTHORITY_HOST", "https://"+c.Cloud.Login)
	}
	return b.String(), nil
}

// credentialLines writes the credential, or explains why a .env cannot name it.
func (f Form) credentialLines(c Credential, line func(name, value string)) (why text.Text) {
	switch c.Kind {
	case ManagedIdentityKind: // the SDKs find it by themselves
	case FederatedKind:
		if c.Federation.Issuer != TokenFile {
			return text.F("The pipeline sets these variables for its own jobs: there is nothing to copy.")
		}
		if c.Federation.File != "" { // else it is set already
			line("AZURE_FEDERATED_TOKEN_FILE", certificate.Path(c.Federation.File))
		}
	case CertificateStoreKind:
		return text.F("A .env cannot name a certificate of the Windows store. Export it to a PFX file, or use a connection string.")
	case CertificateKind:
		if c.Certificate.SeparateKey() {
			return text.F("The certificate and its private key are two files, and a .env can name one only. Put both into one PEM or PFX file.")
		}
		line("AZURE_CLIENT_CERTIFICATE_PATH", certificate.Path(f.CertificateFile))
		if !f.CertificatePassword.Empty() {
			line("AZURE_CLIENT_CERTIFICATE_PASSWORD", PasswordGap)
		}
	default:
		line("AZURE_CLIENT_SECRET", SecretGap)
	}
	return text.Text{}
}

// Usable returns the connection if the fields that are needed can be used. The error
// is a sentence about the first one that cannot.
func (f Form) Usable(clouds []cloud.Cloud, needed ...Field) (Connection, error) {
	c, _, problems := f.Clean(clouds)
	for _, p := range problems {
		if slices.Contains(needed, p.Field) {
			return Connection{}, text.Error(p.Summary)
		}
	}
	return c, nil
}

// bareInEnv are the characters that no shell and no reader of a .env sees anything
// in.
const bareInEnv = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_./:"

// quoteEnv puts single quotes around a value that needs some: within them nothing
// is special, also not Windows' backslash. Only an apostrophe takes double ones.
func quoteEnv(value string) string {
	switch {
	case strings.Trim(value, bareInEnv) == "":
		return value
	case !strings.Contains(value, "'"):
		return "'" + value + "'"
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(value) + `"`
}
