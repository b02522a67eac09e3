package sandbox

import (
	"encoding/base64"
	"net/http"
	"slices"
	"strings"
	"time"
)

// applications serves /applications.
func (c *graphCall) applications(to graphPath) (graphAnswer, *graphProblem) {
	if c.Method == http.MethodGet && !c.holds(readsApplications) {
		return graphAnswer{}, denied()
	}
	if to.key == "" {
		switch c.Method {
		case http.MethodGet:
			var all []object
			for _, a := range c.tenant.world().apps {
				if a.Home == contoso.ID && !c.stale(a.Fresh) {
					all = append(all, c.showApplication(a, false))
				}
			}
			return c.list(applicationEntity, all)
		case http.MethodPost:
			return c.createApplication()
		}
		return c.unmodelled()
	}
	if p := to.badKey(); p != nil {
		return graphAnswer{}, p
	}
	app := c.findApplication(to)
	if app == nil || c.Method == http.MethodGet && c.stale(app.Fresh) {
		return graphAnswer{}, notThere(to.key)
	}
	if c.Method != http.MethodGet && !c.mayWrite(app.Owners) {
		return graphAnswer{}, denied()
	}
	switch below := strings.Join(to.rest, "/"); {
	case below == "" && c.Method == http.MethodGet:
		return c.one(applicationEntity, c.showApplication(*app, c.selects("keyCredentials")), http.StatusOK)
	case below == "" && c.Method == http.MethodPatch:
		return c.patchApplication(app.ObjectID)
	case below == "" && c.Method == http.MethodDelete:
		return c.deleteApplication(app.ObjectID)
	case below == "addPassword" && c.Method == http.MethodPost:
		return c.addPassword(app.ObjectID)
	case below == "removePassword" && c.Method == http.MethodPost:
		return c.removePassword(app.ObjectID)
	case len(to.rest) > 0 && to.rest[0] == "federatedIdentityCredentials":
		return c.federatedCredentials(*app, to.rest[1:])
	}
	return c.unmodelled()
}

// stale reports whether the asked replica does not know an object that was made a
// moment ago.
func (c *graphCall) stale(fresh bool) bool {
	return fresh && c.server.spend(func(t *Tenant) *int { return &t.Replication.Read })
}

func (c *graphCall) findApplication(to graphPath) *registration {
	app := c.tenant.world().appByID(to.key)
	if to.byAppID {
		app = c.tenant.world().app(to.key)
	}
	if app == nil || app.Home != contoso.ID {
		return nil
	}
	return app
}

// showApplication returns a registration. withKeys shows the certificates themselves,
// which a read of one object with $select does.
//
// Source: the recorded message graph-201-application;
// learn.microsoft.com/graph/api/resources/keycredential.
func (c *graphCall) showApplication(a registration, withKeys bool) object {
	keys := []object{}
	for _, k := range c.server.keysOf(c.tenant, a) {
		var raw any
		if withKeys {
			raw = base64.StdEncoding.EncodeToString(k.Cert.Raw)
		}
		keys = append(keys, object{
			{"customKeyIdentifier", thumbprintOf(k.Cert)},
			{"displayName", k.Name},
			{"endDateTime", k.Cert.NotAfter.UTC().Format(time.RFC3339)},
			{"key", raw},
			{"keyId", k.KeyID},
			{"startDateTime", k.Cert.NotBefore.UTC().Format(time.RFC3339)},
			{"type", "AsymmetricX509Cert"},
			{"usage", "Verify"},
		})
	}
	passwords := []object{}
	for _, p := range a.Passwords {
		passwords = append(passwords, showPassword(p, nil))
	}
	return object{
		{"id", a.ObjectID},
		{"deletedDateTime", nil},
		{"appId", a.AppID},
		{"createdDateTime", a.Created.UTC().Format("2006-01-02T15:04:05.0000000Z")},
		{"displayName", a.Name},
		{"identifierUris", list(a.URIs)},
		{"isFallbackPublicClient", a.Public},
		{"publisherDomain", contoso.Domain},
		{"signInAudience", a.Audience},
		{"tags", list(a.Tags)},
		{"keyCredentials", keys},
		{"passwordCredentials", passwords},
		{"requiredResourceAccess", list(a.Access)},
		{"web", object{{"redirectUris", list(a.Web)}}},
		{"publicClient", object{{"redirectUris", list(a.Native)}}},
		{"spa", object{{"redirectUris", list(a.SPA)}}},
	}
}

// list returns a list that is written as [] where it is empty.
func list[T any](all []T) []T {
	if all == nil {
		return []T{}
	}
	return all
}

func showPassword(p password, text any) object {
	return object{
		{"customKeyIdentifier", nil},
		{"displayName", p.Name},
		{"endDateTime", p.End.UTC().Format(time.RFC3339)},
		{"hint", p.Hint},
		{"keyId", p.KeyID},
		{"secretText", text},
		{"startDateTime", p.Start.UTC().Format(time.RFC3339)},
	}
}

// createApplication registers an application.
//
// Source: learn.microsoft.com/graph/api/application-post-applications; the default
// audience is that of the recorded message graph-201-application.
func (c *graphCall) createApplication() (graphAnswer, *graphProblem) {
	if !c.mayCreate() {
		return graphAnswer{}, denied()
	}
	app := registration{
		ObjectID: newID(), AppID: newID(), Home: contoso.ID, Audience: "AzureADandPersonalMicrosoftAccount",
		Created: c.server.time(), KeysReplaced: true, Fresh: true,
	}
	if c.isUser() {
		app.Owners = []string{c.account.ObjectID}
	}
	if _, given := c.body["passwordCredentials"]; given {
		// Guess: the documentation has it that secrets cannot be set here, without the text.
		return graphAnswer{}, badGraph("Property passwordCredentials cannot be set on create.")
	}
	if p := c.fillApplication(&app); p != nil {
		return graphAnswer{}, p
	}
	if app.Name == "" {
		// Guess: the text.
		return graphAnswer{}, badGraph("A value is required for property 'displayName' of resource 'Application'.")
	}
	change(c.server, func(o *objects) *graphProblem { o.apps = append(o.apps, app); return nil })
	answer, p := c.one(applicationEntity, c.showApplication(app, false), http.StatusCreated)
	answer.Location = c.directoryLocation(app.ObjectID, "Application")
	return answer, p
}

// audiences are the values of signInAudience.
//
// Source: learn.microsoft.com/graph/api/resources/application.
var signInAudiences = []string{"AzureADMyOrg", "AzureADMultipleOrgs", "AzureADandPersonalMicrosoftAccount", "PersonalMicrosoftAccount"}

// fillApplication sets the properties that the body has.
func (c *graphCall) fillApplication(app *registration) *graphProblem {
	b := c.body
	if p := b.unknown("displayName", "signInAudience", "tags", "identifierUris", "isFallbackPublicClient", "keyCredentials", "requiredResourceAccess", "web", "publicClient", "spa"); p != nil {
		return p
	}
	var platforms [3]struct {
		RedirectURIs []string `json:"redirectUris"`
	}
	var keys []sentKey
	for _, property := range []struct {
		name string
		to   any
		set  func() *graphProblem
	}{
		{"displayName", &app.Name, func() *graphProblem {
			if app.Name == "" || len([]rune(app.Name)) > 256 {
				return badGraph("Invalid value specified for property 'displayName' of resource 'Application'.")
			}
			return nil
		}},
		{"signInAudience", &app.Audience, func() *graphProblem {
			if !slices.Contains(signInAudiences, app.Audience) {
				return badGraph("Invalid value specified for property 'signInAudience' of resource 'Application'.")
			}
			return nil
		}},
		{"tags", &app.Tags, nil},
		{"identifierUris", &app.URIs, nil},
		{"isFallbackPublicClient", &app.Public, nil},
		{"requiredResourceAccess", &app.Access, nil},
		{"web", &platforms[0], func() *graphProblem { app.Web = platforms[0].RedirectURIs; return nil }},
		{"publicClient", &platforms[1], func() *graphProblem { app.Native = platforms[1].RedirectURIs; return nil }},
		{"spa", &platforms[2], func() *graphProblem { app.SPA = platforms[2].RedirectURIs; return nil }},
		{"keyCredentials", &keys, func() *graphProblem { return c.replaceKeys(app, keys) }},
	} {
		given, p := b.read(property.name, property.to)
		if p == nil && given && property.set != nil {
			p = property.set()
		}
		if p != nil {
			return p
		}
	}
	return nil
}

// patchApplication changes a registration. Lists are replaced whole.
//
// Source: learn.microsoft.com/graph/api/application-update.
func (c *graphCall) patchApplication(id string) (graphAnswer, *graphProblem) {
	app := *c.tenant.world().appByID(id)
	if p := c.fillApplication(&app); p != nil {
		return graphAnswer{}, p
	}
	p := change(c.server, func(o *objects) *graphProblem {
		now := o.appByID(id)
		if now == nil {
			return notThere(id)
		}
		*now = app
		return nil
	})
	return graphAnswer{Status: http.StatusNoContent}, p
}

// deleteApplication deletes a registration and its service principal. The rows of
// application users learn of it.
//
// Guess: that the rows learn of it at once.
func (c *graphCall) deleteApplication(id string) (graphAnswer, *graphProblem) {
	p := change(c.server, func(o *objects) *graphProblem {
		app := o.appByID(id)
		if app == nil {
			return notThere(id)
		}
		appID := app.AppID
		o.apps = slices.DeleteFunc(o.apps, func(a registration) bool { return a.ObjectID == id })
		o.removePrincipal(func(sp principal) bool { return strings.EqualFold(sp.AppID, appID) })
		return nil
	})
	return graphAnswer{Status: http.StatusNoContent}, p
}

// removePrincipal deletes the service principals that fit, with their grants.
func (o *objects) removePrincipal(fits func(principal) bool) {
	for _, sp := range slices.Clone(o.principals) {
		if !fits(sp) {
			continue
		}
		o.principals = slices.DeleteFunc(o.principals, func(p principal) bool { return p.ObjectID == sp.ObjectID })
		o.grants = slices.DeleteFunc(o.grants, func(g permissionGrant) bool { return g.ClientID == sp.ObjectID })
		o.assignments = slices.DeleteFunc(o.assignments, func(a roleAssignment) bool { return a.PrincipalID == sp.ObjectID })
		for _, s := range o.stores {
			for i, u := range s.users {
				if equal(u.row["azureactivedirectoryobjectid"], sp.ObjectID) {
					s.users[i] = u.with(row{"azurestate": 1})
				}
			}
		}
	}
}
