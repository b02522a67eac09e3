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
	Admin bool
}

var (
	applicationUserAccount = account{"application-user", "S2S Integration", "s2s.integration@" + TenantDomain, "0c7e52fa-91b3-4d68-a5f0-7b3d19e8c246", "the application user of the article", contoso, false}
	administratorAccount   = account{"administrator", "Adele Vance", "admin@" + TenantDomain, "4b1d8e90-2c7f-4a53-96be-d80f35a1c729", "an administrator of Contoso", contoso, true}
	employeeAccount        = account{"employee", "Megan Bowen", "megan@" + TenantDomain, "d93f07a5-68ec-4b21-bd4c-15a2f7e03968", "somebody else at Contoso", contoso, false}
	foreignAccount         = account{"foreign", "Nestor Wilke", "admin@" + ForeignTenantDomain, "8a26c4f1-e05d-4937-b18a-c3f96d7be402", "an administrator of another organisation", fabrikam, true}

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
	if odd.OtherApplication {
		appID = "b7c2e915-40d6-4f8a-93e1-6a5d0f27c8b4"
	}
	c := t.times(object{{"aud", aud}, {"iss", "https://sts.windows.net/" + tid + "/"}}, odd.Expired)
	c = append(c, member{"aio", randomText()}, member{"appid", appID}, member{"appidacr", acr},
		member{"idp", "https://sts.windows.net/" + tid + "/"}, member{"oid", ServicePrincipalID}, member{"rh", "1.Sandbox." + b64(random(12))})
	if res.ID == graphAppID && t.tenant.Graph.Readable {
		c = append(c, member{"roles", []string{"Application.Read.All"}})
	}
	c = append(c, member{"sub", ServicePrincipalID}, member{"tid", tid}, member{"uti", b64(random(16))}, member{"ver", "1.0"})
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
	return s.sign(c)
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
