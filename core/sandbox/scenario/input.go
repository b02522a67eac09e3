package scenario

import (
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/sandbox"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// input are faults of the form: nothing is sent anywhere.
var input = []Scenario{
	{
		Name: "input-maker-portal", Title: text.F("The address of the maker portal instead of the environment's"), Cause: catalog.InputEnvironmentURL,
		Form:   func(f *connection.Form) { f.Environment = "https://make.powerapps.com/environments/8c1de9f4/home" },
		Lesson: text.F("make.powerapps.com is where apps are made; the environment has an address of its own."),
	},
	{
		Name: "input-admin-center", Title: text.F("The address of the Power Platform admin center"), Cause: catalog.InputEnvironmentURL,
		Form: func(f *connection.Form) {
			f.Environment = "https://admin.powerplatform.microsoft.com/manage/environments/8c1de9f4-5b0a-4e7d-b3c2-6a9f0e1d7b58/hub"
		},
		Lesson: text.F("The admin center shows the Environment URL; its own address is not it."),
	},
	{
		Name: "input-environment-name", Title: text.F("The environment's name instead of its address"), Cause: catalog.InputEnvironmentURL,
		Form:   func(f *connection.Form) { f.Environment = "Contoso UAT" },
		Lesson: text.F("The Environment URL is on the environment's details page, and begins with https."),
	},
	{
		Name: "input-environment-missing", Title: text.F("No address at all"), Cause: catalog.InputEnvironmentURL,
		Form:   func(f *connection.Form) { f.Environment = "" },
		Lesson: text.F("Without an environment there is nothing to connect to."),
	},
	{
		Name: "input-tenant-name", Title: text.F("The company's name as tenant"), Cause: catalog.InputTenantID,
		Form:   func(f *connection.Form) { f.Tenant = "Contoso Ltd." },
		Lesson: text.F("A tenant is named by its ID or by a domain; left empty it is discovered."),
	},
	{
		Name: "input-client-name", Title: text.F("The application's name instead of its ID"), Cause: catalog.InputClientID,
		Form:   func(f *connection.Form) { f.ClientID = "S2S Integration" },
		Lesson: text.F("The Application (client) ID is a GUID, on the application's overview."),
	},
	{
		Name: "input-client-placeholder", Title: text.F("A placeholder that was not filled in"), Cause: catalog.InputClientID,
		Form:   func(f *connection.Form) { f.ClientID = "{{clientId}}" },
		Lesson: text.F("A variable that was not replaced reaches Entra unchanged."),
	},
	{
		Name: "input-secret-missing", Title: text.F("No secret"), Cause: catalog.InputSecretMissing,
		Form:   func(f *connection.Form) { f.Secret = secret.Value{} },
		Lesson: text.F("Client credentials need a credential."),
	},
	{
		Name: "input-secret-id", Title: text.F("The Secret ID instead of the Value"), Cause: catalog.InputSecretIsID,
		Form:   func(f *connection.Form) { f.Secret = secret.New(sandbox.SecretID) },
		Lesson: text.F("The portal shows two columns; the GUID is the name of the secret, not the secret."),
	},
	{
		Name: "input-secret-placeholder", Title: text.F("A pipeline variable in the secret's place"), Cause: catalog.InputSecretMangled,
		Form:   func(f *connection.Form) { f.Secret = secret.New("$(clientSecret)") },
		Lesson: text.F("The variable has no value where it was used."),
	},
	{
		Name: "input-secret-encoded", Title: text.F("The secret was percent-encoded on its way"), Cause: catalog.InputSecretMangled,
		Form: changeSecret(func(plain string) string {
			return strings.NewReplacer("~", "%7E", ".", "%2E").Replace(plain)
		}),
		Lesson: text.F("Encode once, when the request is built, and not before."),
	},
	{
		Name: "input-secret-blank", Title: text.F("A blank inside the secret"), Cause: catalog.InputSecretMangled,
		Form:   changeSecret(func(plain string) string { return plain[:20] + " " + plain[20:] }),
		Lesson: text.F("A line break or blank from a chat or a mail makes another secret of it."),
	},
	{
		Name: "input-redirect", Title: text.F("A redirect URI that Entra does not accept"), Cause: catalog.InputRedirectURI,
		Form:   func(f *connection.Form) { f.RedirectURI = "http://app.contoso.example/signin" },
		Lesson: text.F("A redirect URI is https, or http on localhost."),
	},
	{
		Name: "input-certificate-password", Title: text.F("The password does not open the PFX"), Cause: catalog.InputCertificate,
		Set: func(t *sandbox.Tenant) {
			t.Certificate = sandbox.Certificate{InUse: true, PFX: true, WrongPassword: true}
		},
		Lesson: text.F("What cannot be opened cannot be sent."),
	},
	{
		Name: "input-certificate-no-key", Title: text.F("The certificate without its private key"), Cause: catalog.InputCertificate,
		Set:    func(t *sandbox.Tenant) { t.Certificate = sandbox.Certificate{InUse: true, NoKey: true} },
		Lesson: text.F("The .cer file is for Entra; the application needs the key."),
	},
	{
		Name: "input-certificate-other-key", Title: text.F("The private key of another certificate"), Cause: catalog.InputCertificate,
		Set:    func(t *sandbox.Tenant) { t.Certificate = sandbox.Certificate{InUse: true, OtherKey: true} },
		Lesson: text.F("Key and certificate have to be a pair; this is seen before anything is sent."),
	},
	{
		Name: "input-certificate-ec", Title: text.F("A certificate with an elliptic-curve key"), Cause: catalog.InputCertificate,
		Set:    func(t *sandbox.Tenant) { t.Certificate = sandbox.Certificate{InUse: true, EllipticCurve: true} },
		Lesson: text.F("Entra takes RSA certificates only."),
	},
}

// changeSecret replaces the right secret by a changed one.
func changeSecret(change func(plain string) string) func(*connection.Form) {
	return func(f *connection.Form) {
		f.Secret.Use(func(plain string) { f.Secret = secret.New(change(plain)) })
	}
}
