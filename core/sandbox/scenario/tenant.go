package scenario

import (
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/sandbox"
)

var tenant = []Scenario{
	{
		Name: "tenant-unknown", Title: "A tenant ID that does not exist", Cause: "tenant.not-found",
		Form:   func(f *connection.Form) { f.Tenant = sandbox.UnknownTenantID },
		Lesson: "AADSTS90002: the ID is mistyped, or it is in another cloud.",
	},
	{
		Name: "tenant-deleted", Title: "The directory is gone", Cause: "tenant.not-found",
		Set:    func(t *sandbox.Tenant) { t.Directory.Missing = true },
		Lesson: "The environment still names a directory that Entra does not know any more.",
	},
	{
		Name: "tenant-client-id", Title: "The client ID in the tenant's place", Cause: "input.client-id",
		Form:   func(f *connection.Form) { f.Tenant = sandbox.ClientID },
		Lesson: "The two GUIDs are one above the other on the application's overview.",
	},
	{
		Name: "tenant-of-somebody-else", Title: "A tenant that does not own the environment", Cause: "environment.wrong-tenant",
		Form:   func(f *connection.Form) { f.Tenant = sandbox.ForeignTenantID },
		Lesson: "The environment's challenge names its tenant, before any secret is sent.",
	},
	{
		Name: "tenant-other-cloud", Title: "A tenant in another cloud", Cause: "tenant.wrong-cloud",
		Form:   func(f *connection.Form) { f.Tenant = sandbox.GovTenantID },
		Lesson: "Directories, registrations and secrets do not cross clouds.",
	},
	{
		Name: "tenant-moved-cloud", Title: "The directory was moved to another cloud", Cause: "tenant.wrong-cloud",
		Set:    func(t *sandbox.Tenant) { t.Directory.OtherCloud = true },
		Lesson: "The tenant's own document names the login host that is right for it.",
	},
	{
		Name: "tenant-restricted", Title: "A proxy that allows other tenants only", Cause: "tenant.restricted",
		Set:    func(t *sandbox.Tenant) { t.Directory.Restricted = true },
		Lesson: "AADSTS500021 comes from the network's own rule, not from the tenant.",
	},
	{
		Name: "policy-conditional-access", Title: "Conditional Access blocks the application", Cause: "policy.conditional-access",
		Set:    func(t *sandbox.Tenant) { t.Directory.ConditionalAccess = true },
		Lesson: "AADSTS53003: a policy for workload identities; no new secret will help.",
	},
	{
		Name: "policy-mfa", Title: "Multifactor authentication is demanded", Cause: "policy.mfa",
		Set:    func(t *sandbox.Tenant) { t.Login.Refuse = 50076 },
		Lesson: "An application has no second factor; a user's account is being used.",
	},
}
