package plan

import (
	"slices"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

type newPrincipal struct {
	AppID string `json:"appId"`
}

type accountEnabled struct {
	Enabled bool `json:"accountEnabled"`
}

func planPrincipal(t Target, s State, step *Step) {
	principal, known := s.Principals.one()
	at := t.graph("servicePrincipals/" + ServicePrincipalID.or(principal.ObjectID))
	switch {
	case s.Principals.Denied:
		step.block(catalog.AdminNoRights, text.F("The signed-in administrator may not read enterprise applications."))
	case known && principal.Disabled:
		step.do(text.F("Enables the service principal (the enterprise application) again: sign-ins of the application work from then on."),
			patch(at, accountEnabled{true}).back(patch(at, accountEnabled{false})))
		step.found(ServicePrincipalID, principal.ObjectID)
	case known:
		step.done(text.F("The tenant has its service principal, and it is enabled."))
		step.found(ServicePrincipalID, principal.ObjectID)
	case !s.Principals.Read && step.made(s, ServicePrincipalID):
	default:
		step.do(text.F("Creates the service principal (the enterprise application), by which the tenant and Dataverse know the application."),
			post(t.graph("servicePrincipals"), newPrincipal{ApplicationAppID.or(t.ClientID)}).makes(Made{ServicePrincipalID, "id"}).back(remove(at)))
	}
}

type newGrant struct {
	ClientID   string `json:"clientId"` // an object ID, whatever its name
	Type       string `json:"consentType"`
	ResourceID string `json:"resourceId"`
	Scope      string `json:"scope"`
}

type scope struct {
	Scope string `json:"scope"`
}

const impersonation = "user_impersonation"

func planConsent(t Target, s State, step *Step) {
	if !t.Classic {
		step.skip(text.F("An application of the environment's own tenant needs no consent for server-to-server calls."))
		return
	}
	if !s.Grants.Read && step.made(s, ConsentID) {
		return
	}
	if t.ConsentPage {
		planConsentPage(s, step)
		return
	}
	if s.Principals.Denied || s.Dataverse.Denied || s.Grants.Denied {
		step.block(catalog.AdminNoRights, text.F("The signed-in administrator may not read enterprise applications."))
		return
	}
	principal, _ := s.Principals.one()
	dataverse, _ := s.Dataverse.one()
	change := text.F("Grants the application the delegated permission user_impersonation on Dataverse, once for the whole organisation.")
	for _, g := range s.Grants.Rows {
		switch scopes := strings.Fields(g.Scope); {
		case !g.Everybody:
		case slices.Contains(scopes, impersonation):
			step.done(text.F("The permission user_impersonation is granted for the whole organisation."))
			step.found(ConsentID, g.ID)
			return
		default:
			at := t.graph("oauth2PermissionGrants/" + g.ID)
			step.do(change, patch(at, scope{strings.Join(append(scopes, impersonation), " ")}).back(patch(at, scope{g.Scope})))
			step.found(ConsentID, g.ID)
			return
		}
	}
	step.do(change, post(t.graph("oauth2PermissionGrants"), newGrant{
		ServicePrincipalID.or(principal.ObjectID), "AllPrincipals", DataverseID.or(dataverse.ObjectID), impersonation,
	}).makes(Made{ConsentID, "id"}).back(remove(t.graph("oauth2PermissionGrants/"+ConsentID.String()))))
}

// planConsentPage plans the consent of the application user, which no request of an
// administrator gives.
func planConsentPage(s State, step *Step) {
	step.Who = catalog.OwnerWhoeverFillsInTheForm
	for _, g := range s.Grants.Rows {
		switch {
		case !slices.Contains(strings.Fields(g.Scope), impersonation):
		case g.Everybody:
			step.done(text.F("The permission user_impersonation is granted for the whole organisation."))
			step.found(ConsentID, g.ID)
			return
		case s.LicensedUser == "" || strings.EqualFold(g.Principal, s.LicensedUser):
			step.done(text.F("The permission user_impersonation is granted by a user, on the consent page."))
			step.found(ConsentID, g.ID)
			return
		}
	}
	step.ask(text.F("The application user signs in on Microsoft's consent page, once the other steps are done."))
}
