package export

import (
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/quote"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// pacClouds are pac's names of the clouds other than its default.
//
// Source: learn.microsoft.com/power-platform/developer/cli/reference/auth.
var pacClouds = map[string]string{"gcc": "UsGov", "gcchigh": "UsGovHigh", "dod": "UsGovDod", "china": "China"}

// pacNameLimit is the longest name of a profile of pac, in characters.
const pacNameLimit = 30

// pac writes the command that makes a profile, for a POSIX shell.
func pac(s *subject) (string, error) {
	name := []rune(s.called())
	command := "pac auth create --name " + quote.Shell(string(name[:min(len(name), pacNameLimit)])) + " --environment {{environment}}"
	application := " \\\n  --tenant {{tenant}} --applicationId {{client}}"
	comment := ""
	switch s.kind {
	case connection.CertificateKind:
		if !s.pfx() {
			return refusePEM()
		}
		command += application + " --certificateDiskPath {{certificate}}"
		if s.password {
			command += ` --certificatePassword "$CERTIFICATE_PASSWORD"`
			comment = "Put the password of the certificate file into CERTIFICATE_PASSWORD first, so that it gets into no history."
		}
	case connection.CertificateStoreKind:
		return refuse(text.F("pac cannot name a certificate of the Windows store. Export it to a PFX file."))
	case connection.FederatedKind:
		switch s.federation.Issuer {
		case connection.GitHub:
			command += application + " --githubFederated"
		case connection.AzureDevOps:
			command += application + " --azureDevOpsFederated"
			comment = "Map PAC_ADO_ID_TOKEN_REQUEST_URL and PAC_ADO_ID_TOKEN_REQUEST_TOKEN in the step: $(System.OidcRequestUri) and $(System.AccessToken)."
		default:
			return refuse(text.F("pac takes the tokens of GitHub and Azure DevOps, and no token from a file."))
		}
	case connection.ManagedIdentityKind:
		command += " --managedIdentity"
		comment = "pac takes the default identity of the machine: it has no flag to choose another one."
	default:
		command += application + ` --clientSecret "$` + secretVariable + `"`
		comment = "Put the client secret (Value) into " + secretVariable + " first, so that it gets into no history."
	}
	if cloud := pacClouds[s.cloud.Name]; cloud != "" {
		command += " \\\n  --cloud " + cloud
	}
	return quote.Comment("#", comment) + s.fill(quote.Shell, command) + "\n", nil
}

const curlHead = `#!/bin/sh
set -eu
`

// curl writes a script that fetches a token and calls WhoAmI. The secret and the token
// go through standard input: arguments are visible to every process.
func curl(s *subject) (string, error) {
	var token string
	grant := `  --data-urlencode grant_type=client_credentials \
  --data-urlencode client_id={{client}} \
  --data-urlencode scope={{scope}} \
`
	assertion := "  --data-urlencode client_assertion_type=urn:ietf:params:oauth:client-assertion-type:jwt-bearer \\\n"
	post := "token=$(%s curl -sS --fail-with-body https://{{login}}/{{tenant}}/oauth2/v2.0/token \\\n" + grant
	switch s.kind {
	case connection.CertificateKind, connection.CertificateStoreKind:
		return refuse(text.F("curl cannot sign the assertion that a certificate is for. Choose one of the programs."))
	case connection.FederatedKind:
		if s.federation.Issuer != connection.TokenFile {
			return refusePipeline()
		}
		token = strings.Replace(post, "%s ", "", 1) + assertion + "  --data-urlencode client_assertion@{{file}})\n"
	case connection.ManagedIdentityKind:
		token = "token=$(curl -sS --fail-with-body --noproxy '*' -G http://169.254.169.254/metadata/identity/oauth2/token -H Metadata:true \\\n" +
			"  --data-urlencode api-version=2018-02-01 --data-urlencode resource={{environment}}"
		if s.client != "" {
			token += " --data-urlencode client_id={{client}}"
		}
		token += ")\n"
	default:
		token = s.taken("#") + strings.Replace(post, "%s", `printf %s "$`+secretVariable+`" |`, 1) + "  --data-urlencode client_secret@-)\n"
	}
	script := curlHead + token + `token=$(printf '%s' "$token" | sed -n 's/.*"access_token" *: *"\([^"]*\)".*/\1/p')
printf 'header = "Authorization: Bearer %s"\n' "$token" |
  curl -sS --fail-with-body -K - -H 'Accept: application/json' {{whoami}}
echo
`
	return s.fill(quote.Shell, script), nil
}

// azClouds are the Azure CLI's and Az.Accounts' names of the clouds, where they need to
// be told.
//
// Source: learn.microsoft.com/cli/azure/manage-clouds-azure-cli.
var azClouds = map[string]string{"gcchigh": "AzureUSGovernment", "dod": "AzureUSGovernment", "china": "AzureChinaCloud"}

// powerShell writes a script for PowerShell 7 with Az.Accounts.
//
// Source: learn.microsoft.com/powershell/module/az.accounts/connect-azaccount.
func powerShell(s *subject) (string, error) {
	connect := "Connect-AzAccount -ServicePrincipal -Tenant {{tenant}} -ApplicationId {{client}}"
	before := ""
	switch s.kind {
	case connection.CertificateKind:
		if !s.pfx() {
			return refusePEM()
		}
		connect += " -CertificatePath {{certificate}}"
		if s.password {
			connect += " -CertificatePassword (Read-Host -AsSecureString 'Password of the certificate file')"
		}
	case connection.CertificateStoreKind:
		connect += " -CertificateThumbprint {{thumbprint}}"
	case connection.FederatedKind:
		if s.federation.Issuer != connection.TokenFile {
			return refusePipeline()
		}
		connect += " -FederatedToken (Get-Content -Raw {{file}}).Trim()"
	case connection.ManagedIdentityKind:
		connect = "Connect-AzAccount -Identity"
		if s.client != "" {
			connect += " -AccountId {{client}}"
		}
	default:
		before = "# The client secret (Value) is taken from $env:" + secretVariable + ", or asked for.\n" +
			"$secret = if ($env:" + secretVariable + ") { ConvertTo-SecureString $env:" + secretVariable + " -AsPlainText -Force } else { Read-Host -AsSecureString 'Client secret (Value)' }\n"
		connect = "Connect-AzAccount -ServicePrincipal -Tenant {{tenant}} -Credential ([pscredential]::new({{client}}, $secret))"
	}
	if cloud := azClouds[s.cloud.Name]; cloud != "" {
		connect += " -Environment " + cloud
	}
	return s.fill(quote.PowerShell, `#Requires -Version 7.0
#Requires -Modules Az.Accounts
$ErrorActionPreference = 'Stop'
`+before+connect+` -SkipContextPopulation | Out-Null
$token = (Get-AzAccessToken -ResourceUrl {{environment}} -AsSecureString).Token
Invoke-RestMethod -Uri {{whoami}} -Authentication Bearer -Token $token
`), nil
}
