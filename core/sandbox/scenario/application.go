package scenario

import (
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/sandbox"
)

var application = []Scenario{
	{
		Name: "application-object-id", Title: "The Object ID instead of the Application (client) ID", Cause: "application.not-found",
		Form:   func(f *connection.Form) { f.ClientID = sandbox.RegistrationObjectID },
		Lesson: "AADSTS700016: Entra knows applications by their client ID alone.",
	},
	{
		Name: "application-service-principal-id", Title: "The enterprise application's Object ID as client ID", Cause: "application.not-found",
		Form:   func(f *connection.Form) { f.ClientID = sandbox.ServicePrincipalID },
		Lesson: "The enterprise application has an Object ID of its own, and it is no client ID either.",
	},
	{
		Name: "application-secret-id-as-client-id", Title: "The Secret ID as client ID", Cause: "application.not-found",
		Form:   func(f *connection.Form) { f.ClientID = strings.ToUpper(sandbox.SecretID) },
		Lesson: "Every GUID looks like every other one.",
	},
	{
		Name: "application-deleted", Title: "The registration was deleted", Cause: "application.not-found",
		Set:    func(t *sandbox.Tenant) { t.Application.Missing = true },
		Lesson: "A deleted registration can be restored for 30 days.",
	},
	{
		Name: "application-elsewhere", Title: "The application is registered in another directory", Cause: "application.not-found",
		Set:    func(t *sandbox.Tenant) { t.Application.Elsewhere = true },
		Lesson: "The environment's own directory has to know the application.",
	},
	{
		Name: "application-single-tenant", Title: "A single-tenant application outside its tenant", Cause: "application.single-tenant", Consent: "application.single-tenant",
		Set:    func(t *sandbox.Tenant) { t.Login.Refuse, t.Login.RefusePage = 50194, 50194 },
		Lesson: "AADSTS50194: who uses it elsewhere has to make it multitenant first.",
	},
	{
		Name: "application-no-service-principal", Title: "Registered, and without an enterprise application", Cause: "application.no-service-principal",
		Set:    func(t *sandbox.Tenant) { t.Application.NoServicePrincipal, t.Application.NotConsented = true, true },
		Lesson: "AADSTS7000229: consenting once creates what is missing.",
	},
	{
		Name: "application-disabled", Title: "Signing in with the application is switched off", Cause: "application.disabled",
		Set:    func(t *sandbox.Tenant) { t.Application.Disabled = true },
		Lesson: "AADSTS7000112: the switch is in Enterprise apps › the application › Properties.",
	},
	{
		Name: "application-public", Title: "Registered as a public client", Cause: "application.is-public-client",
		Set:    func(t *sandbox.Tenant) { t.Application.Public = true },
		Lesson: "AADSTS700025: a public client may have no secret, as the article's Native type once could.",
	},
	{
		Name: "application-unassigned", Title: "The resource demands an assignment", Cause: "consent.needs-admin",
		Set:    func(t *sandbox.Tenant) { t.Application.Unassigned = true },
		Lesson: "AADSTS501051: an administrator assigns the application, or drops the demand.",
	},
}
