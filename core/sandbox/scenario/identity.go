package scenario

import (
	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/sandbox"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// identity are the faults of managed identities.
var identity = []Scenario{
	{
		Name: "identity-no-endpoint", Title: text.F("This computer has no endpoint for managed identities"), Cause: catalog.IdentityNone,
		Credential: byManagedIdentity,
		Set:        func(t *sandbox.Tenant) { t.Identity.NoEndpoint = true },
		Lesson:     text.F("Only resources in Azure and servers with Azure Arc have the endpoint."),
	},
	{
		Name: "identity-unassigned", Title: text.F("The virtual machine has no managed identity"), Cause: catalog.IdentityNone,
		Credential: byManagedIdentity,
		Set:        func(t *sandbox.Tenant) { t.Identity.Unassigned = true },
		Lesson:     text.F("Switch it on in the Azure portal: Identity › System assigned."),
	},
	{
		Name: "identity-several", Title: text.F("Several managed identities, and none is named"), Cause: catalog.IdentityAmbiguous,
		Credential: byManagedIdentity,
		Set:        func(t *sandbox.Tenant) { t.Identity.Several = true },
		Lesson:     text.F("Name the identity by its client ID."),
	},
	{
		Name: "identity-object-id", Title: text.F("The managed identity is named by its Object ID"), Cause: catalog.IdentityNotAssigned,
		Credential: byManagedIdentity,
		Form:       func(f *connection.Form) { f.ClientID = sandbox.ServicePrincipalID },
		Lesson:     text.F("The request names the identity's Client ID, not its Object (principal) ID."),
	},
}
