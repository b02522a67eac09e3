package sandbox

import (
	"encoding/base64"
	"net/http"
	"slices"
)

// newGrantID returns the ID of a permission grant, which is no GUID.
func newGrantID() string { return base64.RawURLEncoding.EncodeToString(random(32)) }

// permissionGrants serves /oauth2PermissionGrants.
//
// Source: learn.microsoft.com/graph/api/resources/oauth2permissiongrant.
func (c *graphCall) permissionGrants(to graphPath) (graphAnswer, *graphProblem) {
	switch {
	case c.Method == http.MethodGet && !c.holds(readsGrants):
		return graphAnswer{}, denied()
	case c.Method != http.MethodGet && !c.mayGrant(writesGrants):
		return graphAnswer{}, denied()
	case to.key == "" && c.Method == http.MethodGet:
		var all []object
		for _, g := range c.tenant.world().grants {
			all = append(all, showGrant(g))
		}
		return c.list(grantEntity, all)
	case to.key == "" && c.Method == http.MethodPost:
		return c.createGrant()
	case to.key == "" || len(to.rest) > 0:
		return c.unmodelled()
	}
	i := slices.IndexFunc(c.tenant.world().grants, func(g permissionGrant) bool { return g.ID == to.key })
	if i < 0 {
		return graphAnswer{}, notThere(to.key)
	}
	switch c.Method {
	case http.MethodGet:
		return c.one(grantEntity, showGrant(c.tenant.world().grants[i]), http.StatusOK)
	case http.MethodPatch:
		var scope string
		if p := c.body.unknown("scope"); p != nil {
			return graphAnswer{}, p
		}
		if _, p := c.body.read("scope", &scope); p != nil {
			return graphAnswer{}, p
		}
		return c.changeGrant(to.key, func(o *objects, i int) { o.grants[i].Scope = scope })
	case http.MethodDelete:
		return c.changeGrant(to.key, func(o *objects, i int) { o.grants = slices.Delete(o.grants, i, i+1) })
	}
	return c.unmodelled()
}

func (c *graphCall) changeGrant(id string, f func(*objects, int)) (graphAnswer, *graphProblem) {
	p := change(c.server, func(o *objects) *graphProblem {
		i := slices.IndexFunc(o.grants, func(g permissionGrant) bool { return g.ID == id })
		if i < 0 {
			return notThere(id)
		}
		f(o, i)
		return nil
	})
	return graphAnswer{Status: http.StatusNoContent}, p
}

func showGrant(g permissionGrant) object {
	return object{
		{"clientId", g.ClientID}, {"consentType", g.Type}, {"id", g.ID}, {"principalId", orNil(g.PrincipalID)}, {"resourceId", g.ResourceID}, {"scope", g.Scope},
	}
}

// createGrant grants delegated permissions.
//
// Source: learn.microsoft.com/graph/api/oauth2permissiongrant-post.
//
// Guess: the texts, but for "Permission entry already exists", which public logs have.
func (c *graphCall) createGrant() (graphAnswer, *graphProblem) {
	made := permissionGrant{ID: newGrantID()}
	if p := c.body.unknown("clientId", "consentType", "principalId", "resourceId", "scope", "startTime", "expiryTime"); p != nil {
		return graphAnswer{}, p
	}
	for name, to := range map[string]*string{
		"clientId": &made.ClientID, "consentType": &made.Type, "principalId": &made.PrincipalID, "resourceId": &made.ResourceID, "scope": &made.Scope,
	} {
		if given, p := c.body.read(name, to); p != nil || !given && name != "principalId" {
			return graphAnswer{}, badGraph("A value is required for property '" + name + "' of resource 'DelegatedPermissionGrant'.")
		}
	}
	p := change(c.server, func(o *objects) *graphProblem {
		switch {
		case o.principalByID(made.ClientID) == nil:
			return notThere(made.ClientID)
		case o.principalByID(made.ResourceID) == nil:
			return notThere(made.ResourceID)
		case made.Type != "AllPrincipals" && made.Type != "Principal", (made.Type == "Principal") != (made.PrincipalID != ""):
			return badGraph("Invalid value specified for property 'consentType' of resource 'DelegatedPermissionGrant'.")
		case slices.ContainsFunc(o.grants, made.sameAs):
			return &graphProblem{Status: http.StatusConflict, Code: "Request_MultipleObjectsWithSameKeyValue", Message: "Permission entry already exists."}
		}
		o.grants = append(o.grants, made)
		return nil
	})
	return graphAnswer{Status: http.StatusCreated, Body: append(object{{"@odata.context", c.context("oauth2PermissionGrants/$entity")}}, showGrant(made)...)}, p
}
