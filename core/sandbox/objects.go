package sandbox

import (
	"crypto/sha256"
	"crypto/x509"
	"maps"
	"slices"
	"strings"
	"time"
)

// objects are what administrators change: the objects of Contoso's directory and the
// rows of the environments. A published value never changes: [Server.change] replaces
// it by a changed copy. Slices inside of an element are replaced, never written to.
type objects struct {
	apps        []registration
	principals  []principal
	grants      []permissionGrant
	assignments []roleAssignment
	people      []person
	// managers are the management applications, by their application IDs.
	managers []string
	// stores are the rows of the environments, by [organization.ID].
	stores map[string]store
}

// registration is an application registration.
type registration struct {
	ObjectID, AppID, Name string
	// Home is the ID of the directory that it is registered in.
	Home     string
	Audience string
	// Public is isFallbackPublicClient; nil is null.
	Public *bool
	// Web, Native and SPA are the redirect URIs by platform.
	Web, Native, SPA []string
	Access           []requiredAccess
	Tags, URIs       []string
	Passwords        []password
	Keys             []keyCredential
	// KeysReplaced is true once Keys are all that there are: before, the certificate of
	// [Certificate] is one of them.
	KeysReplaced bool
	Federated    []federatedIdentity
	Created      time.Time
	Owners       []string
	// Fresh is true for a registration that a request made: it takes a while until
	// every part of the service knows it.
	Fresh bool
}

// requiredAccess is one resource of requiredResourceAccess.
type requiredAccess struct {
	Resource string           `json:"resourceAppId"`
	Access   []resourceAccess `json:"resourceAccess"`
}

type resourceAccess struct {
	ID   string `json:"id"`
	Type string `json:"type"`
}

// password is a client secret: its beginning and its digest, not its value.
type password struct {
	KeyID, Name, Hint string
	Sum               [sha256.Size]byte
	Start, End        time.Time
}

// keyCredential is the certificate of a registration.
type keyCredential struct {
	KeyID, Name string
	Cert        *x509.Certificate
}

// federatedIdentity is a federated identity credential with its name.
type federatedIdentity struct {
	FederatedCredential
	ID, Name, Description string
}

// principal is a service principal of Contoso's directory.
type principal struct {
	ObjectID, AppID, Name string
	// Owner is the directory that the application is registered in.
	Owner             string
	Enabled, Assigned bool
	Names, Tags       []string
	Fresh             bool
}

// permissionGrant is an oauth2PermissionGrant.
type permissionGrant struct {
	ID, ClientID, Type, PrincipalID, ResourceID, Scope string
}

// roleAssignment is an appRoleAssignment.
type roleAssignment struct {
	ID, PrincipalID, ResourceID, RoleID string
	Created                             time.Time
}

// person is a user in Contoso's directory with the licences.
type person struct {
	account
	Licences []string
}

// clone returns a copy whose top-level lists can be changed.
func (o *objects) clone() *objects {
	c := *o
	c.apps, c.principals = slices.Clone(o.apps), slices.Clone(o.principals)
	c.grants, c.assignments = slices.Clone(o.grants), slices.Clone(o.assignments)
	c.people = slices.Clone(o.people)
	c.stores = maps.Clone(o.stores)
	for id, s := range c.stores {
		c.stores[id] = s.clone()
	}
	return &c
}

// change publishes a changed copy of the objects, unless f fails. The error is f's.
func change[E any](s *Server, f func(*objects) *E) *E {
	s.mu.Lock()
	defer s.mu.Unlock()
	next := s.objects.clone()
	if err := f(next); err != nil {
		return err
	}
	s.objects = next
	next.reflect(&s.tenant)
	return nil
}

// world returns the objects as they are now. They must not be changed.
func (t Tenant) world() *objects {
	if t.objects == nil {
		return seed(t, time.Now())
	}
	return t.objects
}

// seed returns the objects of a tenant before any change.
func seed(t Tenant, now time.Time) *objects {
	now = now.UTC().Truncate(time.Second)
	o := &objects{stores: map[string]store{}}
	o.principals = append(o.principals,
		principal{ObjectID: dataversePrincipalID, AppID: dataverseAppID, Name: "Dataverse", Owner: microsoftTenantID, Enabled: !t.Directory.Lapsed, Names: dataverseNames()},
		principal{ObjectID: graphPrincipalID, AppID: graphAppID, Name: "Microsoft Graph", Owner: microsoftTenantID, Enabled: true, Names: []string{graphAppID, "https://" + GraphHost}})
	if !t.Application.Missing {
		o.addApplication(t, now)
	}
	for _, a := range slices.Concat(accounts, administrators) {
		if a.Home != contoso {
			continue
		}
		if a.Key == applicationUserAccount.Key && t.User.Licensed {
			a.Licences = []string{customerService}
		}
		o.people = append(o.people, person{account: a, Licences: a.Licences})
	}
	for _, org := range organizations {
		o.stores[org.ID] = t.store(org)
	}
	return o
}

// dataverseNames are the service principal names of Dataverse in Contoso: its own and
// those of the environments.
func dataverseNames() []string {
	names := []string{dataverseAppID}
	for _, o := range organizations {
		if o.Dir == contoso {
			names = append(names, "https://"+o.Host+"/")
		}
	}
	return names
}

// addApplication adds the registration of the healthy connection with the faults of
// the tenant, and what belongs to it.
func (o *objects) addApplication(t Tenant, now time.Time) {
	app := registration{
		ObjectID: RegistrationObjectID, AppID: ClientID, Name: applicationName, Home: contoso.ID, Audience: "AzureADMyOrg",
		Web: t.Application.redirectURIs(), Created: now.AddDate(0, -2, 0), Owners: []string{administratorAccount.ObjectID},
	}
	if t.Application.Public {
		app.Public = &t.Application.Public
	}
	if t.Application.Elsewhere {
		app.Home = fabrikam.ID
	}
	if !t.Application.NoPermissions {
		app.Access = []requiredAccess{{dataverseAppID, []resourceAccess{{userImpersonationID, "Scope"}}}}
	}
	if !t.Certificate.InUse {
		lasts := t.Application.SecretLasts
		if lasts == 0 {
			lasts = 300 * 24 * time.Hour
		}
		if t.Application.SecretExpired {
			lasts = -72 * time.Hour
		}
		end, secret := now.Add(lasts), SecretOf(ClientID)
		app.Passwords = []password{{SecretID, "S2S", secret[:3], sha256.Sum256([]byte(secret)), end.AddDate(-1, 0, 0), end}}
	}
	for i, c := range t.Federation.credentials() {
		app.Federated = append(app.Federated, federatedIdentity{FederatedCredential: c, ID: nameID("federated " + c.Issuer), Name: "credential-" + string(rune('1'+i))})
	}
	o.apps = append(o.apps, app)
	if t.Application.NoServicePrincipal {
		return
	}
	o.principals = append(o.principals, principal{
		ObjectID: ServicePrincipalID, AppID: ClientID, Name: applicationName, Owner: app.Home, Enabled: !t.Application.Disabled, Names: []string{ClientID},
	})
	if !t.Application.NotConsented {
		o.grants = append(o.grants, permissionGrant{
			ID: nameID("grant"), ClientID: ServicePrincipalID, Type: "AllPrincipals", ResourceID: dataversePrincipalID, Scope: "user_impersonation",
		})
	}
}

// reflect sets the faults of a tenant that the objects decide, for the parts of the
// sandbox that know the healthy connection's application alone.
func (o *objects) reflect(t *Tenant) {
	app, sp := o.app(ClientID), o.principal(ClientID)
	t.Application.Missing = app == nil
	t.Application.NoServicePrincipal = sp == nil
	t.Application.Disabled = sp != nil && !sp.Enabled
	t.Application.NotConsented = sp == nil || !slices.ContainsFunc(o.grants, func(g permissionGrant) bool {
		return g.ClientID == sp.ObjectID && g.ResourceID == dataversePrincipalID && g.Type == "AllPrincipals" && slices.Contains(strings.Fields(g.Scope), "user_impersonation")
	})
	for _, u := range o.stores[contosoOrg.ID].users {
		if equal(u.row["systemuserid"], UserID) {
			t.User.NoApplicationIDURI, t.User.Licensed = u.row["applicationiduri"] == nil, u.row["islicensed"] == true
		}
	}
}

// consent makes what consent to an application makes. Consent of the application user,
// or of an administrator for all users, fills the Application ID URI as well. A user
// without Application ID or with a licence stays as it is: the article describes both.
func (o *objects) consent(appID string, a account, everybody bool) {
	app, sp := o.app(appID), o.principal(appID)
	if app == nil {
		return
	}
	if sp == nil {
		o.principals = append(o.principals, newPrincipal(*app))
		sp = o.principal(appID)
	}
	g := permissionGrant{ID: newGrantID(), ClientID: sp.ObjectID, Type: "AllPrincipals", ResourceID: dataversePrincipalID, Scope: "user_impersonation"}
	if !everybody {
		g.Type, g.PrincipalID = "Principal", a.ObjectID
	}
	if !slices.ContainsFunc(o.grants, g.sameAs) {
		o.grants = append(o.grants, g)
	}
	for _, users := range o.stores {
		for i, u := range users.users {
			if equal(u.row["applicationid"], appID) && u.row["islicensed"] != true && (everybody || equal(u.row["domainname"], a.SignIn)) {
				users.users[i] = u.with(row{"applicationiduri": app.AppID})
			}
		}
	}
}

// newPrincipal returns the service principal of a registration. That of the healthy
// connection has an ID that users know.
func newPrincipal(app registration) principal {
	sp := principal{ObjectID: newID(), AppID: app.AppID, Name: app.Name, Owner: app.Home, Enabled: true, Names: []string{app.AppID}, Fresh: true}
	if app.AppID == ClientID {
		sp.ObjectID, sp.Fresh = ServicePrincipalID, false
	}
	return sp
}

// sameAs reports whether a grant is for the same client, resource and users.
func (g permissionGrant) sameAs(other permissionGrant) bool {
	return g.ClientID == other.ClientID && g.ResourceID == other.ResourceID && g.Type == other.Type && g.PrincipalID == other.PrincipalID
}

// app returns the registration of a client ID, or nil.
func (o *objects) app(appID string) *registration {
	for i := range o.apps {
		if strings.EqualFold(o.apps[i].AppID, appID) {
			return &o.apps[i]
		}
	}
	return nil
}

// appByID returns the registration of an object ID, or nil.
func (o *objects) appByID(id string) *registration {
	for i := range o.apps {
		if strings.EqualFold(o.apps[i].ObjectID, id) {
			return &o.apps[i]
		}
	}
	return nil
}

// principal returns the service principal of a client ID, or nil.
func (o *objects) principal(appID string) *principal {
	for i := range o.principals {
		if strings.EqualFold(o.principals[i].AppID, appID) {
			return &o.principals[i]
		}
	}
	return nil
}

// principalByID returns the service principal of an object ID, or nil.
func (o *objects) principalByID(id string) *principal {
	for i := range o.principals {
		if strings.EqualFold(o.principals[i].ObjectID, id) {
			return &o.principals[i]
		}
	}
	return nil
}

// personOf returns the user of an object ID or a sign-in name, or nil.
func (o *objects) personOf(name string) *person {
	for i := range o.people {
		if strings.EqualFold(o.people[i].ObjectID, name) || strings.EqualFold(o.people[i].SignIn, name) {
			return &o.people[i]
		}
	}
	return nil
}
