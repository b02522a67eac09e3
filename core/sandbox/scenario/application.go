package scenario

import (
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/sandbox"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

var application = []Scenario{
	{
		Name: "application-object-id", Title: text.F("The Object ID instead of the Application (client) ID"), Cause: catalog.ApplicationNotFound,
		Form:   func(f *connection.Form) { f.ClientID = sandbox.RegistrationObjectID },
		Lesson: text.F("AADSTS700016: Entra knows applications by their client ID alone."),
	},
	{
		Name: "application-service-principal-id", Title: text.F("The enterprise application's Object ID as client ID"), Cause: catalog.ApplicationNotFound,
		Form:   func(f *connection.Form) { f.ClientID = sandbox.ServicePrincipalID },
		Lesson: text.F("The enterprise application has an Object ID of its own, and it is no client ID either."),
	},
	{
		Name: "application-secret-id-as-client-id", Title: text.F("The Secret ID as client ID"), Cause: catalog.ApplicationNotFound,
		Form:   func(f *connection.Form) { f.ClientID = strings.ToUpper(sandbox.SecretID) },
		Lesson: text.F("Every GUID looks like every other one."),
	},
	{
		Name: "application-deleted", Title: text.F("The registration was deleted"), Cause: catalog.ApplicationNotFound,
		Set:    func(t *sandbox.Tenant) { t.Application.Missing = true },
		Lesson: text.F("A deleted registration can be restored for 30 days."),
	},
	{
		Name: "application-elsewhere", Title: text.F("The application is registered in another directory"), Cause: catalog.ApplicationNotFound,
		Set:    func(t *sandbox.Tenant) { t.Application.Elsewhere = true },
		Lesson: text.F("The environment's own directory has to know the application."),
	},
	{
		Name: "application-single-tenant", Title: text.F("A single-tenant application outside its tenant"), Cause: catalog.ApplicationSingleTenant, Consent: catalog.ApplicationSingleTenant,
		Set:    func(t *sandbox.Tenant) { t.Login.Refuse, t.Login.RefusePage = 50194, 50194 },
		Lesson: text.F("AADSTS50194: who uses it elsewhere has to make it multitenant first."),
	},
	{
		Name: "application-no-service-principal", Title: text.F("Registered, and without an enterprise application"), Cause: catalog.ApplicationNoServicePrincipal,
		Set:    func(t *sandbox.Tenant) { t.Application.NoServicePrincipal, t.Application.NotConsented = true, true },
		Lesson: text.F("AADSTS7000229: consenting once creates what is missing."),
	},
	{
		Name: "application-disabled", Title: text.F("Signing in with the application is switched off"), Cause: catalog.ApplicationDisabled,
		Set:    func(t *sandbox.Tenant) { t.Application.Disabled = true },
		Lesson: text.F("AADSTS7000112: the switch is in Enterprise apps › the application › Properties."),
	},
	{
		Name: "application-public", Title: text.F("Registered as a public client"), Cause: catalog.ApplicationIsPublicClient,
		Set:    func(t *sandbox.Tenant) { t.Application.Public = true },
		Lesson: text.F("AADSTS700025: a public client may have no secret, as the article's Native type once could."),
	},
	{
		Name: "application-unassigned", Title: text.F("The resource demands an assignment"), Cause: catalog.ConsentNeedsAdmin,
		Set:    func(t *sandbox.Tenant) { t.Application.Unassigned = true },
		Lesson: text.F("AADSTS501051: an administrator assigns the application, or drops the demand."),
	},
}
