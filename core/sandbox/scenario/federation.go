package scenario

import (
	"path/filepath"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/sandbox"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// federation are the faults of federated credentials: of the place that issues the
// token, and of the application's entry for it.
var federation = []Scenario{
	{
		Name: "federation-no-permission", Title: text.F("The job has no permission to request a token"), Cause: catalog.FederationNoToken,
		Credential: byGitHub,
		Form: func(f *connection.Form) {
			f.Federation = connection.Federation{
				Issuer: connection.GitHub, Missing: []string{"ACTIONS_ID_TOKEN_REQUEST_URL", "ACTIONS_ID_TOKEN_REQUEST_TOKEN"},
			}
		},
		Lesson: text.F("GitHub sets the two variables only for jobs with permissions: id-token: write."),
	},
	{
		Name: "federation-refused", Title: text.F("The pipeline's endpoint refuses the job"), Cause: catalog.FederationNoToken,
		Credential: byAzureDevOps,
		Set:        func(t *sandbox.Tenant) { t.Federation.Refused = true },
		Lesson:     text.F("Azure DevOps issues a token only to pipelines that may use the service connection."),
	},
	{
		Name: "federation-no-file", Title: text.F("The token file is not there"), Cause: catalog.FederationNoToken,
		Credential: byTokenFile,
		Form: func(f *connection.Form) {
			f.Federation.File = filepath.Join(filepath.Dir(f.Federation.File), "another-token")
		},
		Lesson: text.F("In Kubernetes the label azure.workload.identity/use: \"true\" on the pod creates the file."),
	},
	{
		Name: "federation-issuer", Title: text.F("A slash too many in the credential's issuer"), Cause: catalog.FederationIssuer,
		Credential: byGitHub,
		Set:        entry(func(c *sandbox.FederatedCredential) { c.Issuer += "/" }),
		Lesson:     text.F("AADSTS700211: the issuer is compared to the letter, the last slash included."),
	},
	{
		Name: "federation-branch", Title: text.F("The credential is for a branch, and the job uses an environment"), Cause: catalog.FederationSubject,
		Credential: byGitHub,
		Set:        entry(func(c *sandbox.FederatedCredential) { c.Subject = "repo:contoso/integration:ref:refs/heads/main" }),
		Lesson:     text.F("AADSTS700213: a job with an environment presents the environment, not the branch."),
	},
	{
		Name: "federation-case", Title: text.F("The credential's subject differs in upper and lower case"), Cause: catalog.FederationSubject,
		Credential: byGitHub,
		Set:        entry(func(c *sandbox.FederatedCredential) { c.Subject = "repo:Contoso/Integration:environment:production" }),
		Lesson:     text.F("AADSTS7002138: Entra compares letter by letter since August 2024."),
	},
	{
		Name: "federation-immutable", Title: text.F("The repository presents numeric IDs, and the credential has none"), Cause: catalog.FederationSubject,
		Credential: byGitHub,
		Set: func(t *sandbox.Tenant) {
			t.Federation.Subject = "repo:contoso@65/integration@74:environment:production"
		},
		Lesson: text.F("Repositories that were created, renamed or moved since July 2026 have the IDs in the subject."),
	},
	{
		Name: "federation-renamed", Title: text.F("The service connection was renamed"), Cause: catalog.FederationSubject,
		Credential: byAzureDevOps,
		Set:        func(t *sandbox.Tenant) { t.Federation.Subject = "sc://contoso/Integration/dataverse-production" },
		Lesson:     text.F("The subject has the names of organization, project and service connection: each of them counts."),
	},
	{
		Name: "federation-audience", Title: text.F("The token was requested for another audience"), Cause: catalog.FederationAudience,
		Credential: byGitHub,
		Set:        func(t *sandbox.Tenant) { t.Federation.Audience = "https://github.com/contoso" },
		Lesson:     text.F("AADSTS700212: GitHub takes the owner's address if no audience is requested; Entra expects its own."),
	},
	{
		Name: "federation-expired", Title: text.F("The token in the file has expired"), Cause: catalog.FederationExpired,
		Credential: byTokenFile,
		Set:        func(t *sandbox.Tenant) { t.Federation.Expired = true },
		Lesson:     text.F("AADSTS700024: a program has to read the file each time, because it is renewed in place."),
	},
	{
		Name: "federation-not-configured", Title: text.F("The application has no federated credential"), Cause: catalog.FederationNotConfigured,
		Credential: byGitHub,
		Set:        func(t *sandbox.Tenant) { t.Federation.NoCredentials = true },
		Lesson:     text.F("AADSTS70025: the credential may be an entry of another application, or of a managed identity."),
	},
	{
		Name: "federation-older-wording", Title: text.F("Entra does not name the part that differs"), Cause: catalog.FederationNotConfigured,
		Credential: byGitHub,
		Set: func(t *sandbox.Tenant) {
			t.Federation.OneCode, t.Federation.Subject = true, "repo:contoso/integration:pull_request"
		},
		Lesson: text.F("AADSTS70021 is the older code for every difference: compare all three parts."),
	},
}

// entry changes the application's federated credential for GitHub.
func entry(change func(*sandbox.FederatedCredential)) func(*sandbox.Tenant) {
	return func(t *sandbox.Tenant) {
		c := sandbox.FederatedCredential{Issuer: sandbox.GitHubIssuer, Subject: sandbox.GitHubSubject, Audiences: []string{sandbox.Exchange}}
		change(&c)
		t.Federation.Credentials = []sandbox.FederatedCredential{c}
	}
}
