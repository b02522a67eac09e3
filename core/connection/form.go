package connection

import (
	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// Form is what a user typed or pasted, as it is: nothing is trimmed,
// nothing is lost. [Form.Clean] makes a [Connection] of it.
type Form struct {
	Environment string
	Tenant      string // may be empty: it is discovered
	ClientID    string
	Secret      secret.Value
	// CertificateFile is the path of a PEM or PFX file; it wins over Secret when set.
	CertificateFile string
	// KeyFile is the PEM file of the private key where CertificateFile holds the
	// certificate alone; "" looks for one next to it, see [certificate.Source].
	KeyFile             string
	CertificatePassword secret.Value
	RedirectURI         string
	// Kind is the chosen kind of credential; the fields of the other kinds then do not
	// count. "" takes the certificate if CertificateFile is set, and the secret otherwise.
	Kind Kind
	// Thumbprint names a certificate of the Windows store, for [CertificateStoreKind].
	Thumbprint string
	// Federation is where the assertion comes from, for [FederatedKind].
	Federation Federation
}

// Field names a field of the form, for the place where an error is shown.
type Field string

// The fields.
const (
	FieldEnvironment Field = "environment"
	FieldTenant      Field = "tenant"
	FieldClientID    Field = "clientId"
	FieldSecret      Field = "secret"
	FieldCertificate Field = "certificate"
	FieldThumbprint  Field = "thumbprint"
	FieldTokenFile   Field = "tokenFile"
	FieldRedirectURI Field = "redirectUri"
)

// Fields are all of them, in the order of the form.
var Fields = []Field{FieldEnvironment, FieldTenant, FieldClientID, FieldSecret, FieldCertificate, FieldThumbprint, FieldTokenFile, FieldRedirectURI}

// Problem is one thing in the form that cannot be used.
type Problem struct {
	Field Field
	// Cause is the contract's: "input.client-id".
	Cause catalog.Cause
	// Summary is a sentence with what is there and what belongs there.
	Summary text.Text
}

// Note is something that was taken from the input without being asked for:
// "took https://contoso.crm4.dynamics.com from a main.aspx address".
type Note struct {
	Field Field
	Text  text.Text
}
