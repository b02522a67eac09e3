package plan

import (
	"fmt"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/handoff"
	"github.com/s2sdoctor/s2sdoctor/core/quote"
)

// Terraform returns the steps that are to be done as a configuration for the
// providers azuread and power-platform. What neither of them can do is a
// comment. A secret would be kept in the state: a certificate's key is not.
//
// Source: registry.terraform.io/providers/hashicorp/azuread and
// registry.terraform.io/providers/microsoft/power-platform; read 2026-11.
func Terraform(t Target, p Plan) string {
	var b strings.Builder
	b.WriteString(comment("Sets up a server-to-server connection to " + t.Environment + "."))
	b.WriteString(`terraform {
  required_providers {
    azuread       = { source = "hashicorp/azuread" }
    powerplatform = { source = "microsoft/power-platform" }
  }
}

provider "azuread" {`)
	if t.TenantID != "" {
		b.WriteString("\n  tenant_id = " + quote.HCL(t.TenantID) + "\n")
	}
	b.WriteString("}\n\nprovider \"powerplatform\" {\n  use_cli = true\n}\n")
	for _, s := range p.Steps {
		if block := terraformStep(t, p, s); block != "" {
			b.WriteString("\n")
			b.WriteString(comment(s.Title.String() + " (" + string(s.Who) + ")"))
			b.WriteString(block)
		}
	}
	if p.Step(Application).Status == Todo || p.Step(ApplicationUser).Status == Todo {
		b.WriteString("\n")
		b.WriteString(comment("What was made, to be sent back and pasted: IDs, no secrets. Print it with terraform output -raw s2sdoctor."))
		b.WriteString("output \"s2sdoctor\" {\n  value = join(\"\", [\n" + terraformResult(t, p) + "  ])\n}\n")
	}
	return b.String()
}

// terraformResult returns the parts of the result, a line each.
func terraformResult(t Target, p Plan) string {
	references := map[Value]string{}
	if p.Step(Application).Status == Todo {
		references[ApplicationAppID] = "azuread_application.s2s.client_id"
		references[ApplicationID] = "azuread_application.s2s.object_id"
	}
	if p.Step(ServicePrincipal).Status == Todo {
		references[ServicePrincipalID] = "azuread_service_principal.s2s.object_id"
	}
	if p.Step(ApplicationUser).Status == Todo {
		references[ApplicationUserID] = "powerplatform_application_user.s2s.system_user_id"
	}
	var made []Value
	for _, name := range handoff.Names {
		if references[Value(name)] != "" {
			made = append(made, Value(name))
		}
	}
	var b strings.Builder
	for i, piece := range pieces(t.result(made)) {
		if i%2 == 0 {
			piece = quote.HCL(piece)
		} else {
			piece = references[Value(piece)]
		}
		b.WriteString("    " + piece + ",\n")
	}
	return b.String()
}

// terraformStep returns the resources of a step, or the data that later steps need.
func terraformStep(t Target, p Plan, s Step) string {
	todo := s.Status == Todo && len(s.Requests) > 0
	switch {
	case s.ID == Application && todo:
		return terraformApplication(t)
	case s.ID == Application && p.Step(Credential).Status == Todo:
		return "data \"azuread_application\" \"s2s\" {\n  client_id = " + quote.HCL(t.ClientID) + "\n}\n"
	case s.ID == Credential && todo && t.Credential == NewSecret:
		return "# The secret stands in the state file: keep that where secrets are kept.\n" +
			"resource \"azuread_application_password\" \"s2s\" {\n  application_id = " + applicationRef(p) + ".id\n  display_name   = " + quote.HCL(t.DisplayName()) +
			"\n  end_date       = timeadd(plantimestamp(), \"4320h\") # 180 days\n\n  lifecycle {\n    ignore_changes = [end_date]\n  }\n}\n"
	case s.ID == Credential && todo:
		return "# Make the certificate first; its private key stays out of the state file:\n" +
			"# openssl req -x509 -newkey rsa:2048 -sha256 -nodes -days 365 -subj '/CN=s2s' -keyout s2s-key.pem -out s2s-certificate.pem\n" +
			"resource \"azuread_application_certificate\" \"s2s\" {\n  application_id = " + applicationRef(p) + ".id\n  type           = \"AsymmetricX509Cert\"\n  encoding       = \"pem\"\n  value          = file(\"s2s-certificate.pem\")\n}\n"
	case s.ID == ServicePrincipal && todo:
		return "resource \"azuread_service_principal\" \"s2s\" {\n  client_id    = " + clientRef(t, p) + "\n  use_existing = true\n}\n"
	case s.ID == Consent && todo:
		return fmt.Sprintf(`data "azuread_service_principal" "dataverse" {
  client_id = %s
}

resource "azuread_service_principal_delegated_permission_grant" "s2s" {
  service_principal_object_id          = azuread_service_principal.s2s.object_id
  resource_service_principal_object_id = data.azuread_service_principal.dataverse.object_id
  claim_values                         = [%s]
}
`, quote.HCL(DataverseAppID), quote.HCL(impersonation))
	case s.ID == ApplicationUser && (todo || p.Step(Role).Status == Todo):
		return terraformUser(t, p)
	case s.ID == Role && todo && t.makesRole():
		return "# Neither provider makes a security role: make " + quote.HCL(t.RoleName()) + " with the other scripts first.\n" + terraformRole(t)
	case s.ID == Role && todo:
		return terraformRole(t)
	case s.ID == Licence && todo:
		return "# Not done by Terraform: take the licences away in the Microsoft 365 admin center.\n"
	}
	return ""
}

func terraformApplication(t Target) string {
	var b strings.Builder
	fmt.Fprintf(&b, "resource \"azuread_application\" \"s2s\" {\n  display_name     = %s\n  sign_in_audience = %s\n", quote.HCL(t.DisplayName()), quote.HCL(singleTenant))
	if t.Classic {
		fmt.Fprintf(&b, "\n  required_resource_access {\n    resource_app_id = %s\n    resource_access {\n      id   = %s\n      type = \"Scope\"\n    }\n  }\n",
			quote.HCL(DataverseAppID), quote.HCL(userImpersonation))
		if t.RedirectURI != "" {
			fmt.Fprintf(&b, "\n  web {\n    redirect_uris = [%s]\n  }\n", quote.HCL(t.RedirectURI))
		}
	}
	b.WriteString("}\n")
	return b.String()
}

func terraformUser(t Target, p Plan) string {
	// The provider names an environment by its ID, which is not part of its address.
	return fmt.Sprintf(`data "powerplatform_environments" "all" {}

locals {
  environment_id = one([
    for e in data.powerplatform_environments.all.environments : e.id
    if try(trimsuffix(e.dataverse.url, "/"), "") == %s
  ])
}

# An application user that is there already is adopted, and deleted by destroy.
resource "powerplatform_application_user" "s2s" {
  environment_id = local.environment_id
  application_id = %s
}
`, quote.HCL(t.Environment), clientRef(t, p))
}

func terraformRole(t Target) string {
	return fmt.Sprintf(`resource "powerplatform_security_role_assignment" "s2s" {
  environment_id     = local.environment_id
  system_user_id     = powerplatform_application_user.s2s.system_user_id
  security_role_name = %s
}
`, quote.HCL(t.RoleName()))
}

// applicationRef is the address of the registration.
func applicationRef(p Plan) string {
	if p.Step(Application).Status == Todo {
		return "azuread_application.s2s"
	}
	return "data.azuread_application.s2s"
}

// clientRef is the Application (client) ID: a reference to a new registration, or the
// ID itself.
func clientRef(t Target, p Plan) string {
	if p.Step(Application).Status == Todo {
		return "azuread_application.s2s.client_id"
	}
	return quote.HCL(t.ClientID)
}
