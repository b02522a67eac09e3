package export

import (
	"path/filepath"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/quote"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// loginClouds are the names of clouds of the action azure/login.
//
// Source: github.com/Azure/login, action.yml.
var loginClouds = map[string]string{"gcchigh": "azureusgovernment", "dod": "azureusgovernment", "china": "azurechinacloud"}

// exchangeAudience returns the audience of a federated credential in the cloud.
func (s *subject) exchangeAudience() string {
	switch azClouds[s.cloud.Name] {
	case "AzureUSGovernment":
		return "api://AzureADTokenExchangeUSGov"
	case "AzureChinaCloud":
		return "api://AzureADTokenExchangeChina"
	}
	return "api://AzureADTokenExchange"
}

const callWhoAmI = `token=$(az account get-access-token --resource "$DATAVERSE_URL" --query accessToken --output tsv)
printf 'header = "Authorization: Bearer %s"\n' "$token" |
  curl -sS --fail-with-body -K - -H 'Accept: application/json' "$DATAVERSE_URL/api/data/v9.2/WhoAmI"
`

// github writes a workflow that signs in with the job's own token: the application
// needs a federated credential, and the repository no secret.
func github(s *subject) (string, error) {
	if s.kind == connection.ManagedIdentityKind && s.client == "" {
		return refuseMachine()
	}
	comment := "The application needs a federated credential: Entra › App registrations › Certificates & secrets › Federated credentials,\n" +
		"or: az ad app federated-credential create --id " + s.client + " --parameters credential.json, with\n" +
		`{"name":"github","issuer":"https://token.actions.githubusercontent.com","subject":"repo:OWNER/REPOSITORY:ref:refs/heads/main","audiences":["` + s.exchangeAudience() + `"]}` + "\n" +
		"Repositories made since July 2026 have their IDs in the subject: take it from the token, s2scheck --federated github shows it."
	cloud := ""
	if name := loginClouds[s.cloud.Name]; name != "" {
		cloud = "          environment: " + name + "\n          audience: " + s.exchangeAudience() + "\n"
	}
	return quote.Comment("#", comment) + s.fill(quote.JSON, `name: Dataverse
on: workflow_dispatch
permissions:
  id-token: write
  contents: read
jobs:
  whoami:
    runs-on: ubuntu-latest
    env:
      DATAVERSE_URL: {{environment}}
    steps:
      - uses: azure/login@v2
        with:
          client-id: {{client}}
          tenant-id: {{tenant}}
          allow-no-subscriptions: true
`+cloud+`      - name: WhoAmI
        run: |
`+indent(callWhoAmI, 10)), nil
}

// azureDevOps writes a pipeline: with a service connection for a federated credential,
// with a secret variable or a secure file otherwise.
func azureDevOps(s *subject) (string, error) {
	const head = `trigger: none
pool:
  vmImage: ubuntu-latest
variables:
  DATAVERSE_URL: {{environment}}
steps:
`
	const tenant = `    TENANT_ID: {{tenant}}
    CLIENT_ID: {{client}}
`
	use := ""
	if cloud := azClouds[s.cloud.Name]; cloud != "" {
		use = "az cloud set --name " + cloud + "\n"
	}
	switch s.kind {
	case connection.CertificateStoreKind:
		return refuseStore()
	case connection.ManagedIdentityKind:
		return refuseMachine()
	case connection.FederatedKind:
		comment := "Make a service connection with workload identity federation for the application " + s.client + ", and put its name in the place of dataverse."
		return quote.Comment("#", comment) + s.fill(quote.JSON, head+`- task: AzureCLI@2
  displayName: WhoAmI
  inputs:
    azureSubscription: dataverse
    scriptType: bash
    scriptLocation: inlineScript
    inlineScript: |
`+indent(callWhoAmI, 6)), nil
	case connection.CertificateKind:
		if s.pfx() {
			return refusePFX()
		}
		if s.password {
			return refuse(text.F("The Azure CLI takes a PEM file without a password. Keep such a file as a secure file of the pipeline."))
		}
		comment := "Upload the certificate with its key under Pipelines › Library › Secure files."
		return quote.Comment("#", comment) + s.fill(quote.JSON, head+`- task: DownloadSecureFile@1
  name: certificate
  inputs:
    secureFile: {{base}}
- bash: |
`+indent(use+`az login --service-principal --tenant "$TENANT_ID" --username "$CLIENT_ID" --certificate "$CERTIFICATE" --allow-no-subscriptions --output none
`+callWhoAmI, 4)+`  displayName: WhoAmI
  env:
`+tenant+`    CERTIFICATE: $(certificate.secureFilePath)
`, "{{base}}", quote.JSON(filepath.Base(strings.ReplaceAll(s.certificate, `\`, "/")))), nil
	}
	comment := "Make a secret variable DataverseClientSecret with the client secret (Value)."
	return quote.Comment("#", comment) + s.fill(quote.JSON, head+`- bash: |
`+indent(use+`az login --service-principal --tenant "$TENANT_ID" --username "$CLIENT_ID" --password="$CLIENT_SECRET" --allow-no-subscriptions --output none
`+callWhoAmI, 4)+`  displayName: WhoAmI
  env:
`+tenant+`    CLIENT_SECRET: $(DataverseClientSecret)
`), nil
}

func indent(s string, by int) string {
	var b strings.Builder
	for line := range strings.Lines(s) {
		b.WriteString(strings.Repeat(" ", by) + line)
	}
	return b.String()
}

// terraform writes the provider of Power Platform. The secret is a variable.
//
// Source: registry.terraform.io/providers/microsoft/power-platform/latest/docs.
func terraform(s *subject) (string, error) {
	application := "  tenant_id = {{tenant}}\n  client_id = {{client}}\n"
	var arguments, variables string
	variable := func(name, what string) string {
		return "\nvariable " + quote.HCL(name) + " {\n  description = " + quote.HCL(what) + "\n  type        = string\n  sensitive   = true\n}\n"
	}
	switch s.kind {
	case connection.CertificateKind:
		if !s.pfx() {
			return refusePEM()
		}
		arguments = application + "\n  client_certificate_file_path = {{certificate}}\n"
		if s.password {
			arguments += "  client_certificate_password  = var.certificate_password\n"
			variables = variable("certificate_password", "Password of the certificate file")
		}
	case connection.CertificateStoreKind:
		return refuseStore()
	case connection.FederatedKind:
		arguments = application + "  use_oidc  = true\n"
		switch s.federation.Issuer {
		case connection.TokenFile:
			arguments += "\n  oidc_token_file_path = {{file}}\n"
		case connection.AzureDevOps:
			arguments = "  # Set POWER_PLATFORM_AZDO_SERVICE_CONNECTION_ID and ARM_OIDC_REQUEST_TOKEN in the pipeline.\n" + application
		}
	case connection.ManagedIdentityKind:
		arguments = "  use_msi = true\n"
		if s.client != "" {
			arguments = "  use_msi   = true\n  client_id = {{client}}\n"
		}
	default:
		arguments = application + "\n  client_secret = var.client_secret\n"
		variables = variable("client_secret", "Client secret (Value)")
	}
	if s.cloud.Name != "public" && pacClouds[s.cloud.Name] != "" {
		arguments += "\n  cloud = " + quote.HCL(s.cloud.Name) + "\n"
	}
	return s.fill(quote.HCL, `terraform {
  required_providers {
    powerplatform = {
      source = "microsoft/power-platform"
    }
  }
}
`+variables+`
provider "powerplatform" {
`+arguments+`}

locals {
  dataverse_url = {{environment}}
}
`), nil
}
