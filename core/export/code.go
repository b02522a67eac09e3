package export

import (
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/quote"
)

// passwordVariable is the environment variable of a certificate file's password, as the
// Azure SDKs name it.
const passwordVariable = "AZURE_CLIENT_CERTIFICATE_PASSWORD"

// taken returns the comment that names the variable from which a program takes what is
// secret; "" where there is nothing secret.
func (s *subject) taken(mark string) string {
	switch {
	case s.kind == connection.SecretKind:
		return mark + " The client secret (Value) is taken from " + secretVariable + ".\n"
	case s.kind == connection.CertificateKind && s.password:
		return mark + " The password of the certificate file is taken from " + passwordVariable + ".\n"
	}
	return ""
}

// hasCredential reports whether the Azure SDKs have a credential for the kind: they have
// no credential for the jobs of GitHub.
func (s *subject) hasCredential() bool {
	return s.kind != connection.FederatedKind || s.federation.Issuer == connection.TokenFile || s.federation.Issuer == connection.AzureDevOps
}

// csharp writes a program with Azure.Identity and the Dataverse client.
//
// Source: learn.microsoft.com/dotnet/api/microsoft.powerplatform.dataverse.client.serviceclient.
func csharp(s *subject) (string, error) {
	if !s.hasCredential() {
		return refusePipeline()
	}
	using, before, credential, arguments := "", "", "ClientSecretCredential", "{{tenant}}, {{client}}, secret"
	switch s.kind {
	case connection.CertificateKind:
		credential, arguments = "ClientCertificateCredential", "{{tenant}}, {{client}}, {{certificate}}"
		if s.password {
			using = "using System.Security.Cryptography.X509Certificates;\n"
			before = "var certificate = new X509Certificate2({{certificate}}, Environment.GetEnvironmentVariable(\"" + passwordVariable + "\"));\n"
			arguments = "{{tenant}}, {{client}}, certificate"
		}
	case connection.CertificateStoreKind:
		using = "using System.Security.Cryptography.X509Certificates;\n"
		before = `using var store = new X509Store(StoreName.My, StoreLocation.CurrentUser);
store.Open(OpenFlags.ReadOnly);
var certificate = store.Certificates.Find(X509FindType.FindByThumbprint, {{thumbprint}}, false)[0];
`
		credential, arguments = "ClientCertificateCredential", "{{tenant}}, {{client}}, certificate"
	case connection.FederatedKind:
		if s.federation.Issuer == connection.AzureDevOps {
			credential = "AzurePipelinesCredential"
			arguments = "{{tenant}}, {{client}},\n    Environment.GetEnvironmentVariable(\"AZURESUBSCRIPTION_SERVICE_CONNECTION_ID\"), Environment.GetEnvironmentVariable(\"SYSTEM_ACCESSTOKEN\")"
			break
		}
		credential, arguments = "WorkloadIdentityCredential", ""
	case connection.ManagedIdentityKind:
		credential, arguments = "ManagedIdentityCredential", "ManagedIdentityId.SystemAssigned"
		if s.client != "" {
			arguments = "ManagedIdentityId.FromUserAssignedClientId({{client}})"
		}
	default:
		before = "var secret = Environment.GetEnvironmentVariable(\"" + secretVariable + "\");\n"
	}
	var options string
	if s.national() && s.kind != connection.ManagedIdentityKind {
		options = "AuthorityHost = new Uri({{authority}})"
	}
	if credential == "WorkloadIdentityCredential" {
		if options != "" {
			options += ", "
		}
		options += "TenantId = {{tenant}}, ClientId = {{client}}, TokenFilePath = {{file}}"
	}
	if options != "" {
		if arguments != "" {
			arguments += ", "
		}
		arguments += "new " + credential + "Options { " + options + " }"
	}
	return s.fill(quote.CSharp, `// dotnet add package Azure.Identity
// dotnet add package Microsoft.PowerPlatform.Dataverse.Client
`+s.taken("//")+`using System;
`+using+`using Azure.Core;
using Azure.Identity;
using Microsoft.Crm.Sdk.Messages;
using Microsoft.PowerPlatform.Dataverse.Client;

`+before+`var credential = new `+credential+`(`+arguments+`);
var scope = new TokenRequestContext(new[] { {{scope}} });
using var service = new ServiceClient(new Uri({{environment}}),
    async _ => (await credential.GetTokenAsync(scope, default)).Token);
var me = (WhoAmIResponse)service.Execute(new WhoAmIRequest());
Console.WriteLine(me.UserId);
`), nil
}

// python writes a program with azure-identity and requests.
func python(s *subject) (string, error) {
	if !s.hasCredential() {
		return refusePipeline()
	}
	imports, credential, arguments := "", "ClientSecretCredential", `{{tenant}}, {{client}}, os.environ["`+secretVariable+`"]`
	switch s.kind {
	case connection.CertificateKind:
		credential, arguments = "CertificateCredential", "{{tenant}}, {{client}}, certificate_path={{certificate}}"
		if s.password {
			imports, arguments = "import os\n\n", arguments+`, password=os.environ["`+passwordVariable+`"]`
		}
	case connection.CertificateStoreKind:
		return refuseStore()
	case connection.FederatedKind:
		credential, arguments = "WorkloadIdentityCredential", "tenant_id={{tenant}}, client_id={{client}}, token_file_path={{file}}"
		if s.federation.Issuer == connection.AzureDevOps {
			imports, credential = "import os\n\n", "AzurePipelinesCredential"
			arguments = `tenant_id={{tenant}}, client_id={{client}}, service_connection_id=os.environ["AZURESUBSCRIPTION_SERVICE_CONNECTION_ID"], system_access_token=os.environ["SYSTEM_ACCESSTOKEN"]`
		}
	case connection.ManagedIdentityKind:
		credential, arguments = "ManagedIdentityCredential", ""
		if s.client != "" {
			arguments = "client_id={{client}}"
		}
	default:
		imports = "import os\n\n"
	}
	if s.national() && s.kind != connection.ManagedIdentityKind {
		arguments += ", authority={{login}}"
	}
	return s.fill(quote.JSON, `# pip install azure-identity requests
`+s.taken("#")+imports+`import requests
from azure.identity import `+credential+`

credential = `+credential+`(`+arguments+`)
token = credential.get_token({{scope}}).token
response = requests.get(
    {{whoami}},
    headers={"Authorization": "Bearer " + token, "Accept": "application/json"},
    timeout=30,
)
response.raise_for_status()
print(response.text)
`), nil
}

// javaScript writes a program with @azure/identity, for Node.
func javaScript(s *subject) (string, error) {
	if !s.hasCredential() {
		return refusePipeline()
	}
	credential, arguments, options := "ClientSecretCredential", "{{tenant}}, {{client}}, process.env."+secretVariable, ""
	switch s.kind {
	case connection.CertificateKind:
		if s.pfx() {
			return refusePFX()
		}
		credential, arguments = "ClientCertificateCredential", "{{tenant}}, {{client}}, {{certificate}}"
		if s.password {
			arguments = "{{tenant}}, {{client}}, { certificatePath: {{certificate}}, certificatePassword: process.env." + passwordVariable + " }"
		}
	case connection.CertificateStoreKind:
		return refuseStore()
	case connection.FederatedKind:
		credential, arguments, options = "WorkloadIdentityCredential", "", "tenantId: {{tenant}}, clientId: {{client}}, tokenFilePath: {{file}}"
		if s.federation.Issuer == connection.AzureDevOps {
			credential, options = "AzurePipelinesCredential", ""
			arguments = "{{tenant}}, {{client}}, process.env.AZURESUBSCRIPTION_SERVICE_CONNECTION_ID, process.env.SYSTEM_ACCESSTOKEN"
		}
	case connection.ManagedIdentityKind:
		credential, arguments = "ManagedIdentityCredential", ""
		if s.client != "" {
			options = "clientId: {{client}}"
		}
	}
	if s.national() && s.kind != connection.ManagedIdentityKind {
		if options != "" {
			options += ", "
		}
		options += "authorityHost: {{authority}}"
	}
	if options != "" {
		if arguments != "" {
			arguments += ", "
		}
		arguments += "{ " + options + " }"
	}
	return s.fill(quote.JSON, `// npm install @azure/identity
`+s.taken("//")+`import { `+credential+` } from "@azure/identity";

const credential = new `+credential+`(`+arguments+`);
const { token } = await credential.getToken({{scope}});
const response = await fetch({{whoami}}, {
  headers: { Authorization: "Bearer " + token, Accept: "application/json" },
});
if (!response.ok) throw new Error(response.status + " " + await response.text());
console.log(await response.text());
`), nil
}
