// Package export writes a connection as other programs take it: settings, commands,
// pipelines and short programs that call WhoAmI.
//
// It promises that no secret is in what it writes, that each value is quoted for the
// language that reads it, and that a kind of credential which a format cannot hold is
// refused with a sentence.
package export

import (
	"slices"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/certificate"
	"github.com/s2sdoctor/s2sdoctor/core/cloud"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/plain"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// Format is a form of [Write]. Its values are part of the command's interface.
type Format string

// The formats.
const (
	ConnectionString Format = "connection-string"
	AppSettings      Format = "appsettings"
	DotEnv           Format = "env"
	PAC              Format = "pac"
	GitHub           Format = "github"
	AzureDevOps      Format = "azuredevops"
	Terraform        Format = "terraform"
	Postman          Format = "postman"
	Curl             Format = "curl"
	CSharp           Format = "csharp"
	Python           Format = "python"
	JavaScript       Format = "javascript"
	Go               Format = "go"
	PowerShell       Format = "powershell"
)

// Info describes a format.
type Info struct {
	Format Format
	// Title is the name of the format, or of the product that takes it.
	Title text.Text
	// File is the usual name of a file in this format.
	File string

	write func(s *subject) (string, error)
}

// Formats returns all formats, in the order of a menu.
func Formats() []Info { return slices.Clone(formats) }

var formats = []Info{
	{ConnectionString, text.F("Connection string (ServiceClient)"), "connection.txt", connectionString},
	{AppSettings, named("appsettings.json"), "appsettings.json", appSettings},
	{DotEnv, named(".env"), ".env", dotEnv},
	{PAC, named("Power Platform CLI (pac)"), "connect.sh", pac},
	{GitHub, text.F("GitHub Actions, without a secret"), "dataverse.yml", github},
	{AzureDevOps, named("Azure DevOps"), "azure-pipelines.yml", azureDevOps},
	{Terraform, named("Terraform"), "provider.tf", terraform},
	{Postman, text.F("Postman environment"), "dataverse.postman_environment.json", postman},
	{Curl, named("curl"), "whoami.sh", curl},
	{CSharp, named("C#"), "Program.cs", csharp},
	{Python, named("Python"), "whoami.py", python},
	{JavaScript, named("JavaScript"), "whoami.mjs", javaScript},
	{Go, named("Go"), "main.go", golang},
	{PowerShell, named("PowerShell"), "whoami.ps1", powerShell},
}

// named returns the name of a product, which is the same in every language.
func named(product string) text.Text { return text.Raw(product) }

// Names returns the names of all formats.
func Names() []string {
	names := make([]string, len(formats))
	for i, f := range formats {
		names[i] = string(f.Format)
	}
	return names
}

// Options is what the form does not hold.
type Options struct {
	// Clouds are those in which the environment is looked for.
	Clouds []cloud.Cloud
	// TenantID is the discovered tenant, for a form without one; may be "".
	TenantID string
	// Name is the name of the connection; may be "".
	Name string
}

// The gaps that replace values that are not written.
const (
	secretGap = connection.SecretGap
	tenantGap = connection.TenantGap
)

// secretVariable is the environment variable from which programs take the secret, as the
// Azure SDKs name it.
const secretVariable = "AZURE_CLIENT_SECRET"

// Write writes a form. The error is a sentence for the user: which field cannot be
// used, or why the format has no place for the kind of credential.
func Write(format Format, form connection.Form, o Options) (string, error) {
	at := slices.IndexFunc(formats, func(f Info) bool { return f.Format == format })
	if at < 0 {
		return "", text.Error(text.F("There is no such format."))
	}
	s, err := newSubject(form, o)
	if err != nil {
		return "", err
	}
	return formats[at].write(s)
}

// subject is a connection whose fields are usable.
type subject struct {
	form    connection.Form
	options Options

	environment, tenant, client, name string
	cloud                             cloud.Cloud
	kind                              connection.Kind
	// certificate is the path of the file, thumbprint that of a certificate of the store.
	certificate, thumbprint string
	// password is true if the file has one.
	password   bool
	federation connection.Federation
}

func newSubject(form connection.Form, o Options) (*subject, error) {
	kind := form.CredentialKind()
	known := form
	if kind != connection.CertificateKind {
		// Nothing but a certificate's file needs to be opened.
		known = connection.Form{Environment: form.Environment, Tenant: form.Tenant, ClientID: form.ClientID, Kind: kind, Federation: form.Federation}
	}
	needed := []connection.Field{connection.FieldEnvironment, connection.FieldTenant, connection.FieldCertificate}
	if kind == connection.CertificateStoreKind {
		needed = needed[:2]
	}
	if kind != connection.ManagedIdentityKind || form.ClientID != "" {
		needed = append(needed, connection.FieldClientID)
	}
	c, err := known.Usable(o.Clouds, needed...)
	if err != nil {
		return nil, err
	}
	s := &subject{
		form: form, options: o, environment: c.Environment, tenant: c.Tenant, client: c.ClientID, name: plain.Name(o.Name),
		cloud: c.Cloud, kind: kind, thumbprint: strings.ToUpper(strings.Join(strings.FieldsFunc(form.Thumbprint, notHex), "")),
		password: !form.CertificatePassword.Empty(), federation: form.Federation,
	}
	if s.tenant == "" {
		s.tenant = o.TenantID
	}
	if s.tenant == "" {
		s.tenant = tenantGap
	}
	if kind == connection.CertificateKind {
		s.certificate = certificate.Path(form.CertificateFile)
		if c.Credential.Certificate.SeparateKey() {
			return nil, text.Error(text.F("The certificate and its private key are two files, and other programs take one only. Put both into one PEM or PFX file."))
		}
	}
	return s, nil
}

func notHex(r rune) bool { return !strings.ContainsRune("0123456789abcdefABCDEF", r) }

// pfx reports whether the certificate is a PKCS #12 file by its name.
func (s *subject) pfx() bool {
	name := strings.ToLower(s.certificate)
	return strings.HasSuffix(name, ".pfx") || strings.HasSuffix(name, ".p12")
}

// national reports whether the cloud has a login host of its own, which the libraries
// have to be given.
func (s *subject) national() bool { return s.cloud.Login != "login.microsoftonline.com" }

// called returns the name of the connection, or the host of its environment.
func (s *subject) called() string {
	if s.name != "" {
		return s.name
	}
	return strings.TrimPrefix(s.environment, "https://")
}

// fill puts the values, each quoted, in the place of their names in braces.
func (s *subject) fill(quote func(string) string, template string, more ...string) string {
	pairs := []string{
		"{{environment}}", quote(s.environment), "{{scope}}", quote(s.environment + "/.default"), "{{whoami}}", quote(s.environment + "/api/data/v9.2/WhoAmI"),
		"{{tenant}}", quote(s.tenant), "{{client}}", quote(s.client), "{{certificate}}", quote(s.certificate),
		"{{thumbprint}}", quote(s.thumbprint), "{{login}}", quote(s.cloud.Login), "{{authority}}", quote("https://" + s.cloud.Login),
		"{{name}}", quote(s.called()), "{{file}}", quote(s.federation.File),
	}
	return strings.NewReplacer(append(more, pairs...)...).Replace(template)
}

// The refusals that several formats share.
func refuse(why text.Text) (string, error) { return "", text.Error(why) }

func refuseStore() (string, error) {
	return refuse(text.F("This format cannot name a certificate of the Windows store. Choose the connection string, C# or PowerShell."))
}

func refusePEM() (string, error) {
	return refuse(text.F("This program takes a PFX file only, and the certificate is a PEM file. Make one: openssl pkcs12 -export -in certificate.pem -out certificate.pfx"))
}

func refusePFX() (string, error) {
	return refuse(text.F("This program takes a PEM file only, and the certificate is a PFX file. Make one: openssl pkcs12 -in certificate.pfx -out certificate.pem -nodes"))
}

func refusePipeline() (string, error) {
	return refuse(text.F("The token comes from a pipeline, and this program does not run in one. Choose GitHub Actions or Azure DevOps."))
}

func refuseMachine() (string, error) {
	return refuse(text.F("A managed identity works on its own machine only, and this program runs elsewhere."))
}
