package sandbox

import (
	"crypto/sha256"
	"strconv"
	"strings"
	"time"
)

// account is a user account of the sandbox.
type account struct {
	// Key names it in pages: "administrator".
	Key, Name, SignIn, ObjectID string
	// Title describes it on the sign-in page.
	Title string
	Home  directory
	// Admin is true if it may consent for all users.
	Admin bool
	// Roles are its directory roles.
	Roles []directoryRole
	// Licences are the product names of its licences.
	Licences []string
}

var (
	applicationUserAccount = account{
		Key: "application-user", Name: applicationName, SignIn: "s2s.integration@" + TenantDomain, ObjectID: "0c7e52fa-91b3-4d68-a5f0-7b3d19e8c246",
		Title: "the application user of the article", Home: contoso,
	}
	administratorAccount = account{
		Key: "administrator", Name: "Adele Vance", SignIn: "admin@" + TenantDomain, ObjectID: "4b1d8e90-2c7f-4a53-96be-d80f35a1c729",
		Title: "an administrator of Contoso", Home: contoso, Admin: true, Roles: []directoryRole{globalAdministrator}, Licences: []string{customerService},
	}
	employeeAccount = account{
		Key: "employee", Name: "Megan Bowen", SignIn: "megan@" + TenantDomain, ObjectID: "d93f07a5-68ec-4b21-bd4c-15a2f7e03968",
		Title: "somebody else at Contoso", Home: contoso, Licences: []string{customerService},
	}
	foreignAccount = account{
		Key: "foreign", Name: "Nestor Wilke", SignIn: "admin@" + ForeignTenantDomain, ObjectID: "8a26c4f1-e05d-4937-b18a-c3f96d7be402",
		Title: "an administrator of another organisation", Home: fabrikam, Admin: true, Roles: []directoryRole{globalAdministrator},
	}

	accounts = []account{applicationUserAccount, administratorAccount, employeeAccount, foreignAccount}
)

// subject returns the account's pairwise identifier for an application (OpenID
// Connect Core 1.0 section 8.1).
func (a account) subject(appID string) string {
	sum := sha256.Sum256([]byte(strings.ToLower(appID) + " " + a.ObjectID))
	return b64(sum[:])
}

// clientInfo returns the account for MSAL's cache: object ID and home tenant.
func (a account) clientInfo() string {
	return b64([]byte(`{"uid":"` + a.ObjectID + `","utid":"` + a.Home.ID + `"}`))
}

// appToken returns an application's access token. Its version is 1 at both
// endpoints, because the resource decides.
//
// Source: learn.microsoft.com/entra/identity-platform/access-token-claims-reference.
func (s *Server) appToken(t tokenRequest, res resource, appID, acr string, more ...member) string {
	odd := t.tenant.Token
	if res.ID != dataverseAppID {
		odd = Token{}
	}
	if odd.Opaque {
		return "sandbox." + randomText()
	}
	if odd.User {
		return s.userToken(t, res.Name, appID, bySecret, employeeAccount, "user_impersonation")
	}
	aud, tid := res.Name, t.dir.ID
	if odd.Audience != "" {
		aud = odd.Audience
	}
	if odd.Foreign {
		tid = fabrikam.ID
	}
	oid := ServicePrincipalID
	if sp := t.tenant.world().principal(appID); sp != nil {
		oid = sp.ObjectID
	}
	if odd.OtherApplication {
		appID = "b7c2e915-40d6-4f8a-93e1-6a5d0f27c8b4"
	}
	c := t.times(object{{"aud", aud}, {"iss", "https://sts.windows.net/" + tid + "/"}}, odd.Expired)
	c = append(c, member{"aio", randomText()}, member{"appid", appID}, member{"appidacr", acr},
		member{"idp", "https://sts.windows.net/" + tid + "/"}, member{"oid", oid}, member{"rh", "1.Sandbox." + b64(random(12))})
	if roles := t.tenant.graphRoles(oid); res.ID == graphAppID && len(roles) > 0 {
		c = append(c, member{"roles", roles})
	}
	c = append(c, member{"sub", oid}, member{"tid", tid}, member{"uti", b64(random(16))}, member{"ver", "1.0"})
	return s.sign(append(c, more...))
}

// userToken returns a user's access token for a resource.
func (s *Server) userToken(t tokenRequest, aud, appID, acr string, a account, scope string) string {
	c := t.times(object{{"aud", aud}, {"iss", "https://sts.windows.net/" + t.dir.ID + "/"}}, false)
	c = append(c, member{"acr", "1"}, member{"aio", randomText()}, member{"amr", []string{"pwd"}},
		member{"appid", appID}, member{"appidacr", acr}, member{"name", a.Name}, member{"oid", a.ObjectID},
		member{"rh", "1.Sandbox." + b64(random(12))}, member{"scp", scope}, member{"sub", a.subject(dataverseAppID)},
		member{"tid", t.dir.ID}, member{"unique_name", a.SignIn}, member{"upn", a.SignIn},
		member{"uti", b64(random(16))}, member{"ver", "1.0"})
	if wids := a.wids(); strings.Contains(aud, GraphHost) || aud == graphAppID {
		c = append(c, member{"wids", wids})
	}
	return s.sign(c)
}

// wids returns the templates of the account's directory roles, and that of users
// without a role, which every user's token has.
//
// Source: learn.microsoft.com/entra/identity-platform/access-token-claims-reference.
func (a account) wids() []string {
	var all []string
	for _, r := range a.Roles {
		all = append(all, string(r))
	}
	return append(all, "b79fbf4d-3ef9-4689-8143-76b194e85509")
}

// idToken returns the ID token of a signed-in account (OpenID Connect Core 1.0
// section 2).
func (s *Server) idToken(t tokenRequest, appID string, a account, nonce string) string {
	c := t.times(object{{"aud", appID}, {"iss", "https://" + t.dir.Login + "/" + t.dir.ID + "/v2.0"}}, false)
	c = append(c, member{"name", a.Name})
	if nonce != "" {
		c = append(c, member{"nonce", nonce})
	}
	c = append(c, member{"oid", a.ObjectID}, member{"preferred_username", a.SignIn}, member{"rh", "1.Sandbox." + b64(random(12))},
		member{"sub", a.subject(appID)}, member{"tid", t.dir.ID}, member{"uti", b64(random(16))}, member{"ver", "2.0"})
	return s.sign(c)
}

// times adds iat, nbf and exp. Entra dates a token five minutes back, for services
// with slow clocks.
func (t *tokenRequest) times(c object, expired bool) object {
	issued := t.now.Add(-slack)
	if expired {
		issued = issued.Add(-3*time.Hour - t.lifetime)
	}
	lasts := t.lifetime
	if lasts == 0 {
		lasts = lifetime
	}
	return append(c, member{"iat", issued.Unix()}, member{"nbf", issued.Unix()}, member{"exp", issued.Add(slack + lasts).Unix()})
}

func unixText(t time.Time) string { return strconv.FormatInt(t.Unix(), 10) }
