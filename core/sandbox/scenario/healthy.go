package scenario

import (
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/sandbox"
	"github.com/s2sdoctor/s2sdoctor/core/sandbox/odata"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

var healthy = []Scenario{
	{
		Name: "healthy", Title: text.F("Everything is as it should be"),
		Lesson: text.F("This is what a working connection looks like: WhoAmI answers, through the Web API and through the Organization Service."),
	},
	{
		Name: "healthy-pasted-address", Title: text.F("The address is copied from the browser, with everything behind it"),
		Form: func(f *connection.Form) {
			f.Environment = "  " + sandbox.Environment + "/main.aspx?appid=6c2f7b1e-9a34-4d0c-8e5f-1b7d2a90c3e4&pagetype=dashboard \n"
		},
		Lesson: text.F("A pasted address is trimmed to the environment; nothing else of it counts."),
	},
	{
		Name: "healthy-api-address", Title: text.F("The Web API's own address was typed"),
		Form:   func(f *connection.Form) { f.Environment = "https://contoso.api.crm4.sandbox.localhost/api/data/v9.2/" },
		Lesson: text.F("Both addresses of an environment lead to it."),
	},
	{
		Name: "healthy-tenant-domain", Title: text.F("The tenant is given by its domain"),
		Form:   func(f *connection.Form) { f.Tenant = sandbox.TenantDomain },
		Lesson: text.F("A verified domain names a tenant as well as its ID does."),
	},
	{
		Name: "healthy-team-role", Title: text.F("The role comes through a team"),
		Set:    func(t *sandbox.Tenant) { t.User.RoleByTeam = true },
		Lesson: text.F("Roles through teams count; looking at direct roles alone would call this user one without a role."),
	},
	{
		Name: "healthy-team-role-nested", Title: text.F("The role comes through a team, and teams cannot be searched"),
		Set: func(t *sandbox.Tenant) {
			t.User.RoleByTeam, t.Environment.NoLambda, t.Environment.NestedExpand = true, true, odata.NestedServed
		},
		Lesson: text.F("Where teams cannot be queried, they are read with the user."),
	},
	{
		Name: "healthy-team-role-empty", Title: text.F("The role comes through a team, and the list of its roles comes back empty"),
		Set: func(t *sandbox.Tenant) {
			t.User.RoleByTeam, t.Environment.NoLambda, t.Environment.NestedExpand = true, true, odata.NestedEmpty
		},
		Lesson: text.F("An empty list that proves nothing is not reported as a missing role: the team itself is queried."),
	},
	{
		Name: "healthy-team-role-refused", Title: text.F("The role comes through a team, and nested queries are refused"),
		Set: func(t *sandbox.Tenant) {
			t.User.RoleByTeam, t.Environment.NoLambda, t.Environment.NestedExpand = true, true, odata.NestedRefused
		},
		Lesson: text.F("Each team of the user is queried for its roles separately."),
	},
	{
		Name: "healthy-no-read-team", Title: text.F("Its role may not read teams"),
		Set:    func(t *sandbox.Tenant) { t.User.NoReadTeam = true },
		Lesson: text.F("A role that is assigned directly can still be read."),
	},
	{
		Name: "healthy-object-id-later", Title: text.F("The Entra object ID is not filled in yet"),
		Set:    func(t *sandbox.Tenant) { t.User.NoObjectID = true },
		Lesson: text.F("Dataverse fills it in after the user is created; until then it is empty."),
	},
	{
		Name: "healthy-certificate", Title: text.F("A certificate instead of a secret"),
		Set:    func(t *sandbox.Tenant) { t.Certificate.InUse = true },
		Lesson: text.F("A certificate proves the application without a secret that can be copied."),
	},
	{
		Name: "healthy-certificate-pfx", Title: text.F("A certificate from a PFX file"),
		Set:    func(t *sandbox.Tenant) { t.Certificate = sandbox.Certificate{InUse: true, PFX: true} },
		Lesson: text.F("A PFX file with its password is the same proof in another wrapping."),
	},
	{
		Name: "healthy-github", Title: text.F("A token of GitHub Actions instead of a secret"),
		Credential: byGitHub,
		Lesson:     text.F("The job requests a token, and Entra exchanges it: there is no secret to keep."),
	},
	{
		Name: "healthy-azure-devops", Title: text.F("A token of Azure Pipelines instead of a secret"),
		Credential: byAzureDevOps,
		Lesson:     text.F("The service connection is of the kind workload identity federation."),
	},
	{
		Name: "healthy-token-file", Title: text.F("A token file of Kubernetes instead of a secret"),
		Credential: byTokenFile,
		Lesson:     text.F("The cluster renews the file; its token proves the service account."),
	},
	{
		Name: "healthy-managed-identity", Title: text.F("The managed identity of this computer instead of a secret"),
		Credential: byManagedIdentity,
		Lesson:     text.F("Azure issues the token; the application user has the client ID of the identity."),
	},
	{
		Name: "healthy-reads-nothing", Title: text.F("It works, and may not read about itself"),
		Set:    func(t *sandbox.Tenant) { t.User.NoReadUser, t.User.NoReadOrganization = true, true },
		Lesson: text.F("WhoAmI needs no privilege; what cannot be read is said to be unread, not to be wrong."),
	},
	{
		Name: "healthy-old-server", Title: text.F("An environment that knows fewer columns"),
		Set:    func(t *sandbox.Tenant) { t.Environment.Old = true },
		Lesson: text.F("Where a column is unknown, the short list is requested."),
	},
	{
		Name: "healthy-throttled-once", Title: text.F("Busy for a moment"),
		Set:    func(t *sandbox.Tenant) { t.Environment.Throttled, t.Environment.RetryAfter = 1, time.Second },
		Lesson: text.F("429 with Retry-After is waited out; it is no fault of the connection."),
	},
	{
		Name: "healthy-unavailable-twice", Title: text.F("Unavailable twice, then well"),
		Set:    func(t *sandbox.Tenant) { t.Environment.Unavailable = 2 },
		Lesson: text.F("503 is asked again a little later."),
	},
}
