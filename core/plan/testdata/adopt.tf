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
data "azuread_application" "s2s" {
  client_id = "3f5d1c2b-7a64-4e0f-8b91-c2d3e4f50617"
}

# Give it a credential (Entra application owner)
# Make the certificate first; its private key stays out of the state file:
# openssl req -x509 -newkey rsa:2048 -sha256 -nodes -days 365 -subj '/CN=s2s' -keyout s2s-key.pem -out s2s-certificate.pem
resource "azuread_application_certificate" "s2s" {
  application_id = data.azuread_application.s2s.id
  type           = "AsymmetricX509Cert"
  encoding       = "pem"
  value          = file("s2s-certificate.pem")
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
  application_id = "3f5d1c2b-7a64-4e0f-8b91-c2d3e4f50617"
}

# Give it a security role (Dataverse administrator)
resource "powerplatform_security_role_assignment" "s2s" {
  environment_id     = local.environment_id
  system_user_id     = powerplatform_application_user.s2s.system_user_id
  security_role_name = "Sales"
}

# What was made, to be sent back and pasted: IDs, no secrets. Print it with terraform output -raw s2sdoctor.
output "s2sdoctor" {
  value = join("", [
    "{\"s2sdoctor\":1,\"environment\":\"https://contoso.crm4.dynamics.com\",\"tenantId\":\"7c0ffee1-5b2a-4c3d-9e8f-0a1b2c3d4e5f\",\"clientId\":\"3f5d1c2b-7a64-4e0f-8b91-c2d3e4f50617\",\"result\":{\"application-user.id\":\"",
    powerplatform_application_user.s2s.system_user_id,
    "\"}}",
  ])
}
