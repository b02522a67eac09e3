# Sets up a server-to-server connection to https://contoso.crm4.dynamics.com.
terraform {
  required_providers {
    azuread       = { source = "hashicorp/azuread" }
    powerplatform = { source = "microsoft/power-platform" }
  }
}

provider "azuread" {
  tenant_id = "7c0ffee1-5b2a-4c3d-9e8f-0a1b2c3d4e5f"
}

provider "powerplatform" {
  use_cli = true
}

# Register the application (Entra application owner)
resource "azuread_application" "s2s" {
  display_name     = "S2S contoso"
  sign_in_audience = "AzureADMyOrg"

  required_resource_access {
    resource_app_id = "00000007-0000-0000-c000-000000000000"
    resource_access {
      id   = "78ce3f0f-a1ce-49c2-8cde-64b5c0896db4"
      type = "Scope"
    }
  }

  web {
    redirect_uris = ["http://localhost"]
  }
}

# Give it a credential (Entra application owner)
# Make the certificate first; its private key stays out of the state file:
# openssl req -x509 -newkey rsa:2048 -sha256 -nodes -days 365 -subj '/CN=s2s' -keyout s2s-key.pem -out s2s-certificate.pem
resource "azuread_application_certificate" "s2s" {
  application_id = azuread_application.s2s.id
  type           = "AsymmetricX509Cert"
  encoding       = "pem"
  value          = file("s2s-certificate.pem")
}

# Create its service principal (Entra application owner)
resource "azuread_service_principal" "s2s" {
  client_id    = azuread_application.s2s.client_id
  use_existing = true
}

# Grant consent (Entra administrator)
data "azuread_service_principal" "dataverse" {
  client_id = "00000007-0000-0000-c000-000000000000"
}

resource "azuread_service_principal_delegated_permission_grant" "s2s" {
  service_principal_object_id          = azuread_service_principal.s2s.object_id
  resource_service_principal_object_id = data.azuread_service_principal.dataverse.object_id
  claim_values                         = ["user_impersonation"]
}

# Create the application user (Dataverse administrator)
data "powerplatform_environments" "all" {}

locals {
  environment_id = one([
    for e in data.powerplatform_environments.all.environments : e.id
    if try(trimsuffix(e.dataverse.url, "/"), "") == "https://contoso.crm4.dynamics.com"
  ])
}

# An application user that is there already is adopted, and deleted by destroy.
resource "powerplatform_application_user" "s2s" {
  environment_id = local.environment_id
  application_id = azuread_application.s2s.client_id
}

# Give it a security role (Dataverse administrator)
# Neither provider makes a security role: make "S2S contoso role" with the other scripts first.
resource "powerplatform_security_role_assignment" "s2s" {
  environment_id     = local.environment_id
  system_user_id     = powerplatform_application_user.s2s.system_user_id
  security_role_name = "S2S contoso role"
}

# What was made, to be sent back and pasted: IDs, no secrets. Print it with terraform output -raw s2sdoctor.
output "s2sdoctor" {
  value = join("", [
    "{\"s2sdoctor\":1,\"environment\":\"https://contoso.crm4.dynamics.com\",\"tenantId\":\"7c0ffee1-5b2a-4c3d-9e8f-0a1b2c3d4e5f\",\"clientId\":\"",
    azuread_application.s2s.client_id,
    "\",\"result\":{\"application-user.id\":\"",
    powerplatform_application_user.s2s.system_user_id,
    "\",\"application.appId\":\"",
    azuread_application.s2s.client_id,
    "\",\"application.id\":\"",
    azuread_application.s2s.object_id,
    "\",\"service-principal.id\":\"",
    azuread_service_principal.s2s.object_id,
    "\"}}",
  ])
}
