package federation

import (
	"encoding/json"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// Entry is a federated credential of an application, as it has to be.
type Entry struct {
	// ClientID is the application's; it may be a gap, as may the others.
	ClientID                  string
	Issuer, Subject, Audience string
}

// Name returns a name that Entra takes: 3 to 120 letters, digits and hyphens.
//
// Source: learn.microsoft.com/graph/api/resources/federatedidentitycredential.
func (e Entry) Name() string {
	const longest = 120
	var b strings.Builder
	s := parseSubject(e.Subject)
	source := e.Subject
	if s.onGitHub() {
		source = "github " + s.owner + " " + s.repository + " " + string(s.kind) + " " + s.name
	}
	for _, r := range source {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9':
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	name := strings.Trim(b.String(), "-")
	name = strings.TrimRight(name[:min(len(name), longest)], "-")
	if len(name) < 3 {
		return "federated-credential"
	}
	return name
}

// Portal returns the fields of the portal's page.
func (e Entry) Portal() text.Text {
	return text.F("Certificates & secrets › Federated credentials › Add credential › Other issuer. Issuer: %s · Subject identifier: %s · Name: %s · Audience: %s",
		e.Issuer, e.Subject, e.Name(), e.Audience)
}

// AzureCLI returns the command line that makes the entry, for a POSIX shell.
//
// Source: learn.microsoft.com/cli/azure/ad/app/federated-credential.
func (e Entry) AzureCLI() string {
	parameters := strings.Join([]string{
		`{"name":` + quoteJSON(e.Name()), `"issuer":` + quoteJSON(e.Issuer),
		`"subject":` + quoteJSON(e.Subject), `"audiences":[` + quoteJSON(e.Audience) + `]}`,
	}, ",")
	return "az ad app federated-credential create --id " + quoteShell(e.ClientID) + " --parameters " + quoteShell(parameters)
}

// Terraform returns the blocks that make the entry.
//
// Source: registry.terraform.io/providers/hashicorp/azuread, application_federated_identity_credential.
func (e Entry) Terraform() string {
	return strings.Join([]string{
		`data "azuread_application" "app" {`,
		`  client_id = ` + quoteHCL(e.ClientID),
		`}`,
		``,
		`resource "azuread_application_federated_identity_credential" "app" {`,
		`  application_id = data.azuread_application.app.id`,
		`  display_name   = ` + quoteHCL(e.Name()),
		`  issuer         = ` + quoteHCL(e.Issuer),
		`  subject        = ` + quoteHCL(e.Subject),
		`  audiences      = [` + quoteHCL(e.Audience) + `]`,
		`}`,
	}, "\n")
}

func quoteJSON(s string) string {
	var b strings.Builder
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	_ = encoder.Encode(s) // a text always encodes
	return strings.TrimSpace(b.String())
}

// bareInShell are the characters that no shell sees anything in.
const bareInShell = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_./"

func quoteShell(s string) string {
	if s != "" && strings.Trim(s, bareInShell) == "" {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}

func quoteHCL(s string) string {
	return strings.NewReplacer("${", "$${", "%{", "%%{").Replace(quoteJSON(s))
}
