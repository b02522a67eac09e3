package plan

import (
	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// singleTenant is the sign-in audience of a new registration. Left out, Graph makes
// one that personal accounts can use.
//
// Source: learn.microsoft.com/graph/api/application-post-applications.
const singleTenant = "AzureADMyOrg"

// DataverseAppID is Dataverse's own application, and userImpersonation its delegated
// permission.
//
// Source: learn.microsoft.com/power-apps/developer/data-platform/walkthrough-register-app-azure-active-directory.
const (
	DataverseAppID    = "00000007-0000-0000-c000-000000000000"
	userImpersonation = "78ce3f0f-a1ce-49c2-8cde-64b5c0896db4"
)

type newApplication struct {
	DisplayName string           `json:"displayName"`
	Audience    string           `json:"signInAudience"`
	Tags        []string         `json:"tags"`
	Web         *web             `json:"web,omitempty"`
	Access      []resourceAccess `json:"requiredResourceAccess,omitempty"`
}

type web struct {
	RedirectURIs []string `json:"redirectUris"`
}

type resourceAccess struct {
	Resource string       `json:"resourceAppId"`
	Access   []permission `json:"resourceAccess"`
}

type permission struct {
	ID   string `json:"id"`
	Type string `json:"type"`
}

func planApplication(t Target, s State, step *Step) {
	app, known := s.Applications.one()
	switch {
	case t.ClientID == "":
		step.do(text.F("Registers the application “%s” in the tenant, for this tenant alone and without permissions of its own.", t.DisplayName()),
			post(t.graph("applications"), t.registration()).makes(Made{ApplicationID, "id"}, Made{ApplicationAppID, "appId"}).
				back(remove(t.graph("applications/"+ApplicationID.String()))))
	case s.Applications.Denied:
		step.block(catalog.AdminNoRights, text.F("The signed-in administrator may not read application registrations."))
	case !s.Applications.Read:
		step.done(text.F("The form names it. The tenant was not asked."))
		step.found(ApplicationID, s.Made[ApplicationID])
		step.found(ApplicationAppID, t.ClientID)
	case known:
		step.done(text.F("“%s” is registered in the tenant.", app.DisplayName))
		step.found(ApplicationID, app.ObjectID)
		step.found(ApplicationAppID, app.AppID)
	case len(s.Principals.Rows) == 1:
		step.done(text.F("It is registered in another tenant, and known in this one by its service principal."))
		step.found(ApplicationAppID, t.ClientID)
	default:
		step.block(catalog.ApplicationNotFound, text.F("The tenant has no application of the ID %s. Check the ID, or leave it out to register a new application.", t.ClientID))
	}
}

// registration is the new application. The classic path asks for the delegated
// permission of the article and registers the redirect URI of its consent page.
func (t Target) registration() newApplication {
	app := newApplication{DisplayName: t.DisplayName(), Audience: singleTenant, Tags: []string{Marker.String()}}
	if t.Classic {
		app.Access = []resourceAccess{{DataverseAppID, []permission{{userImpersonation, "Scope"}}}}
		if t.RedirectURI != "" {
			app.Web = &web{[]string{t.RedirectURI}}
		}
	}
	return app
}
