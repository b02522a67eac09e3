package scenario

import (
	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/sandbox"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

var tenant = []Scenario{
	{
		Name: "tenant-unknown", Title: text.F("A tenant ID that does not exist"), Cause: catalog.TenantNotFound,
		Form:   func(f *connection.Form) { f.Tenant = sandbox.UnknownTenantID },
		Lesson: text.F("AADSTS90002: the ID is mistyped, or it is in another cloud."),
	},
	{
		Name: "tenant-deleted", Title: text.F("The directory is gone"), Cause: catalog.TenantNotFound,
		Set:    func(t *sandbox.Tenant) { t.Directory.Missing = true },
		Lesson: text.F("The environment still names a directory that Entra does not know any more."),
	},
	{
		Name: "tenant-client-id", Title: text.F("The client ID in the tenant's place"), Cause: catalog.InputClientID,
		Form:   func(f *connection.Form) { f.Tenant = sandbox.ClientID },
		Lesson: text.F("The two GUIDs are one above the other on the application's overview."),
	},
	{
		Name: "tenant-of-somebody-else", Title: text.F("A tenant that does not own the environment"), Cause: catalog.EnvironmentWrongTenant,
		Form:   func(f *connection.Form) { f.Tenant = sandbox.ForeignTenantID },
		Lesson: text.F("The environment's challenge names its tenant, before any secret is sent."),
	},
	{
		Name: "tenant-other-cloud", Title: text.F("A tenant in another cloud"), Cause: catalog.TenantWrongCloud,
		Form:   func(f *connection.Form) { f.Tenant = sandbox.GovTenantID },
		Lesson: text.F("Directories, registrations and secrets do not cross clouds."),
	},
	{
		Name: "tenant-moved-cloud", Title: text.F("The directory was moved to another cloud"), Cause: catalog.TenantWrongCloud,
		Set:    func(t *sandbox.Tenant) { t.Directory.OtherCloud = true },
		Lesson: text.F("The tenant's own document names the login host that is right for it."),
	},
	{
		Name: "tenant-restricted", Title: text.F("A proxy that allows other tenants only"), Cause: catalog.TenantRestricted,
		Set:    func(t *sandbox.Tenant) { t.Directory.Restricted = true },
		Lesson: text.F("AADSTS500021 comes from the network's own rule, not from the tenant."),
	},
	{
		Name: "policy-conditional-access", Title: text.F("Conditional Access blocks the application"), Cause: catalog.PolicyConditionalAccess,
		Set:    func(t *sandbox.Tenant) { t.Directory.ConditionalAccess = true },
		Lesson: text.F("AADSTS53003: a policy for workload identities; no new secret will help."),
	},
	{
		Name: "policy-mfa", Title: text.F("Multifactor authentication is demanded"), Cause: catalog.PolicyMfa,
		Set:    func(t *sandbox.Tenant) { t.Login.Refuse = 50076 },
		Lesson: text.F("An application has no second factor; a user's account is being used."),
	},
}
