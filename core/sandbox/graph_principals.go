package sandbox

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/guid"
)

// servicePrincipals serves /servicePrincipals.
func (c *graphCall) servicePrincipals(to graphPath) (graphAnswer, *graphProblem) {
	if c.Method == http.MethodGet && !c.holds(readsApplications) {
		return graphAnswer{}, denied()
	}
	if to.key == "" {
		switch c.Method {
		case http.MethodGet:
			var all []object
			for _, sp := range c.tenant.world().principals {
				if !c.stale(sp.Fresh) {
					all = append(all, showPrincipal(sp))
				}
			}
			return c.list(principalEntity, all)
		case http.MethodPost:
			return c.createPrincipal()
		}
		return c.unmodelled()
	}
	if p := to.badKey(); p != nil {
		return graphAnswer{}, p
	}
	sp := c.tenant.world().principalByID(to.key)
	if to.byAppID {
		sp = c.tenant.world().principal(to.key)
	}
	if sp == nil || c.Method == http.MethodGet && c.stale(sp.Fresh) {
		return graphAnswer{}, notThere(to.key)
	}
	below := strings.Join(to.rest, "/")
	if below == "appRoleAssignments" || below == "appRoleAssignedTo" {
		return c.roleAssignments(*sp, below)
	}
	if c.Method != http.MethodGet && !c.mayWrite(c.ownersOf(sp.AppID)) {
		return graphAnswer{}, denied()
	}
	switch {
	case below == "" && c.Method == http.MethodGet:
		return c.one(principalEntity, showPrincipal(*sp), http.StatusOK)
	case below == "" && c.Method == http.MethodPatch:
		return c.patchPrincipal(sp.ObjectID)
	case below == "" && c.Method == http.MethodDelete:
		id := sp.ObjectID
		change(c.server, func(o *objects) *graphProblem {
			o.removePrincipal(func(p principal) bool { return p.ObjectID == id })
			return nil
		})
		return graphAnswer{Status: http.StatusNoContent}, nil
	case below == "oauth2PermissionGrants" && c.Method == http.MethodGet:
		var all []object
		for _, g := range c.tenant.world().grants {
			if g.ClientID == sp.ObjectID {
				all = append(all, showGrant(g))
			}
		}
		return c.list(grantEntity, all)
	}
	return c.unmodelled()
}

// ownersOf returns the owners of an application of this directory.
func (c *graphCall) ownersOf(appID string) []string {
	if app := c.tenant.world().app(appID); app != nil && app.Home == contoso.ID {
		return app.Owners
	}
	return nil
}

// showPrincipal returns a service principal.
//
// Source: the recorded message graph-201-serviceprincipal.
func showPrincipal(sp principal) object {
	return object{
		{"id", sp.ObjectID},
		{"deletedDateTime", nil},
		{"accountEnabled", sp.Enabled},
		{"appDisplayName", sp.Name},
		{"appId", sp.AppID},
		{"appOwnerOrganizationId", sp.Owner},
		{"appRoleAssignmentRequired", sp.Assigned},
		{"displayName", sp.Name},
		{"servicePrincipalNames", list(sp.Names)},
		{"servicePrincipalType", "Application"},
		{"tags", list(sp.Tags)},
		{"appRoles", []object{}},
		{"oauth2PermissionScopes", sp.scopes()},
	}
}

// scopes are the delegated permissions of a resource: Dataverse has one.
func (sp principal) scopes() []object {
	if sp.AppID != dataverseAppID {
		return []object{}
	}
	return []object{{{"id", userImpersonationID}, {"isEnabled", true}, {"type", "User"}, {"value", "user_impersonation"}}}
}

// createPrincipal makes the service principal of an application.
//
// Source: learn.microsoft.com/graph/api/serviceprincipal-post-serviceprincipals; the
// recorded message graph-400-nobackingapp.
//
// Guess: the text for one that is there already.
func (c *graphCall) createPrincipal() (graphAnswer, *graphProblem) {
	var appID string
	var tags []string
	if p := c.body.unknown("appId", "tags"); p != nil {
		return graphAnswer{}, p
	}
	if given, p := c.body.read("appId", &appID); p != nil || !given || !guid.IsPlain(appID) {
		return graphAnswer{}, badGraph("A value is required for property 'appId' of resource 'ServicePrincipal'.")
	}
	if _, p := c.body.read("tags", &tags); p != nil {
		return graphAnswer{}, p
	}
	if !c.mayWrite(c.ownersOf(appID)) {
		return graphAnswer{}, denied()
	}
	app := c.tenant.world().app(appID)
	if app == nil || app.Home != contoso.ID && !app.manyTenants() ||
		app.Fresh && c.server.spend(func(t *Tenant) *int { return &t.Replication.Principal }) {
		message := "The appId '" + appID + "' of the service principal does not reference a valid application object."
		p := badGraph(message)
		p.Details = []object{{{"code", "NoBackingApplicationObject"}, {"message", message}, {"target", "appId"}}}
		return graphAnswer{}, p
	}
	sp := newPrincipal(*app)
	sp.Tags = tags
	if p := change(c.server, func(o *objects) *graphProblem {
		if o.principal(appID) != nil {
			message := "The service principal cannot be created, updated, or restored because the service principal name " + appID + " is already in use."
			return &graphProblem{
				Status: http.StatusConflict, Code: "Request_MultipleObjectsWithSameKeyValue", Message: message,
				Details: []object{{{"code", "ObjectConflict"}, {"message", message}, {"target", "servicePrincipalNames"}}},
			}
		}
		o.principals = append(o.principals, sp)
		return nil
	}); p != nil {
		return graphAnswer{}, p
	}
	answer, p := c.one(principalEntity, showPrincipal(sp), http.StatusCreated)
	answer.Location = c.directoryLocation(sp.ObjectID, "ServicePrincipal")
	return answer, p
}

// manyTenants reports whether other directories can have the application.
func (r registration) manyTenants() bool {
	return r.Audience == "AzureADMultipleOrgs" || r.Audience == "AzureADandPersonalMicrosoftAccount"
}

// patchPrincipal changes a service principal.
//
// Source: learn.microsoft.com/graph/api/serviceprincipal-update.
func (c *graphCall) patchPrincipal(id string) (graphAnswer, *graphProblem) {
	if p := c.body.unknown("accountEnabled", "appRoleAssignmentRequired", "tags"); p != nil {
		return graphAnswer{}, p
	}
	sp := *c.tenant.world().principalByID(id)
	for name, to := range map[string]any{"accountEnabled": &sp.Enabled, "appRoleAssignmentRequired": &sp.Assigned, "tags": &sp.Tags} {
		if _, p := c.body.read(name, to); p != nil {
			return graphAnswer{}, p
		}
	}
	p := change(c.server, func(o *objects) *graphProblem {
		now := o.principalByID(id)
		if now == nil {
			return notThere(id)
		}
		*now = sp
		return nil
	})
	return graphAnswer{Status: http.StatusNoContent}, p
}

// roleAssignments serves the app roles of a service principal.
//
// Source: learn.microsoft.com/graph/api/serviceprincipal-post-approleassignments.
//
// Guess: the texts.
func (c *graphCall) roleAssignments(sp principal, below string) (graphAnswer, *graphProblem) {
	context := c.context("servicePrincipals('" + sp.ObjectID + "')/" + below)
	switch c.Method {
	case http.MethodGet:
		all := []object{}
		for _, a := range c.tenant.world().assignments {
			if below == "appRoleAssignments" && a.PrincipalID == sp.ObjectID || below == "appRoleAssignedTo" && a.ResourceID == sp.ObjectID {
				all = append(all, c.showAssignment(a))
			}
		}
		return graphAnswer{Status: http.StatusOK, Body: object{{"@odata.context", context}, {"value", all}}}, nil
	case http.MethodPost:
	default:
		return c.unmodelled()
	}
	if !c.mayGrant(writesAssignments) {
		return graphAnswer{}, denied()
	}
	made := roleAssignment{ID: newGrantID(), Created: c.server.time()}
	for name, to := range map[string]*string{"principalId": &made.PrincipalID, "resourceId": &made.ResourceID, "appRoleId": &made.RoleID} {
		if given, p := c.body.read(name, to); p != nil || !given || !guid.IsPlain(*to) {
			return graphAnswer{}, badGraph("A value is required for property '" + name + "' of resource 'AppRoleAssignment'.")
		}
	}
	p := change(c.server, func(o *objects) *graphProblem {
		switch {
		case o.principalByID(made.PrincipalID) == nil:
			return notThere(made.PrincipalID)
		case o.principalByID(made.ResourceID) == nil:
			return notThere(made.ResourceID)
		case made.ResourceID != graphPrincipalID || appRoles[made.RoleID] == "":
			return badGraph("Permission being assigned was not found on application '" + made.ResourceID + "'.")
		case slices.ContainsFunc(o.assignments, func(a roleAssignment) bool {
			return a.PrincipalID == made.PrincipalID && a.ResourceID == made.ResourceID && a.RoleID == made.RoleID
		}):
			return badGraph("Permission being assigned already exists on the object")
		}
		o.assignments = append(o.assignments, made)
		return nil
	})
	return graphAnswer{Status: http.StatusCreated, Body: append(object{{"@odata.context", context + "/$entity"}}, c.showAssignment(made)...)}, p
}

func (c *graphCall) showAssignment(a roleAssignment) object {
	name := func(id string) any {
		if sp := c.tenant.world().principalByID(id); sp != nil {
			return sp.Name
		}
		return nil
	}
	return object{
		{"id", a.ID},
		{"deletedDateTime", nil},
		{"appRoleId", a.RoleID},
		{"createdDateTime", a.Created.UTC().Format(time.RFC3339)},
		{"principalDisplayName", name(a.PrincipalID)},
		{"principalId", a.PrincipalID},
		{"principalType", "ServicePrincipal"},
		{"resourceDisplayName", name(a.ResourceID)},
		{"resourceId", a.ResourceID},
	}
}
