package exam

import (
	"net/http"
	"strings"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// judgeToken reads Entra's answer, never MSAL's error.
func judgeToken(f Facts) Finding {
	t := f.Token
	a := t.Response
	r := response{service: catalog.Entra, who: text.Raw(f.Connection.Cloud.Login), answer: a, failure: t.Err}
	signs, e := r.read()
	if managed(f) && !t.Token.Empty() && f.Connection.ClientID == "" {
		return broken(catalog.Unknown, catalog.Evidence{Facts: identityFacts(f)},
			text.F("The token of the managed identity names no application, so that no application user can be found for it."))
	}
	if !t.Token.Empty() {
		finding := pass(text.F("Entra issued a token for %s; it is valid until %s UTC.", f.environment(), endOf(f.Now, t.Expires)))
		finding.Evidence = catalog.Evidence{HTTPStatus: a.Status, RequestID: e.RequestID, Facts: append(assertionFacts(f), identityFacts(f)...)}
		return finding
	}
	if managed(f) {
		return judgeIdentity(f)
	}
	if finding, none := judgeAssertion(f); none {
		return finding
	}
	if finding, invalid := judgeValidity(f); invalid && a.Status == 0 && t.Err == nil {
		finding.Summary = text.Join(" ", finding.Summary, text.F("So it was not sent."))
		return finding
	}
	if finding, ok := r.stranger(); ok {
		return finding
	}
	switch {
	case a.Status == 0:
		return unusable(f)
	case a.Status == http.StatusOK && len(signs.AADSTS) == 0:
		return broken(catalog.NetworkIntercepted, catalog.Evidence{HTTPStatus: a.Status},
			text.F("%s answered, but not with a token.", f.Connection.Cloud.Login))
	}
	finding := errorFinding(catalog.Entra, text.Raw("Entra"), a)
	if t.Tries > 1 {
		finding.Evidence.Facts = append(finding.Evidence.Facts, catalog.NewTextFact("asked", text.F("%d times", t.Tries)))
	}
	return explainRefusal(f, finding)
}

// unusable is for a credential with which no request could be made at all.
func unusable(f Facts) Finding {
	if f.Connection.Credential.Signs() {
		if !f.Token.Fault.Empty() {
			return broken(catalog.InputCertificate, catalog.Evidence{}, f.Token.Fault)
		}
		return broken(catalog.InputCertificate, catalog.Evidence{}, text.F("The certificate could not be used to ask for a token."))
	}
	return broken(catalog.InputSecretMissing, catalog.Evidence{}, text.F("The secret could not be used to ask for a token."))
}

// explainRefusal adds what this examination knows and Entra does not report.
func explainRefusal(f Facts, finding Finding) Finding {
	add := func(facts ...catalog.Fact) { finding.Evidence.Facts = append(finding.Evidence.Facts, facts...) }
	right := catalog.NewTextFact("the tenant is right", text.F("the environment itself names it"))
	switch finding.Cause {
	case catalog.ApplicationNotFound, catalog.ApplicationNoServicePrincipal:
		add(catalog.NewFact("application asked for", f.Connection.ClientID), catalog.NewFact("tenant asked for the token", f.Tenant.Metadata.TenantID))
		if f.Environment.TenantID == f.Tenant.Metadata.TenantID && f.Environment.TenantID != "" {
			add(right)
		}
	case catalog.SecretWrong:
		finding.Summary = text.Join(" ", finding.Summary, text.F("If it was created moments ago, Entra may need a minute to know it: then test again."))
		add(catalog.NewTextFact("secret sent", text.F("%d characters, as typed", f.Connection.Credential.Secret.Len())))
	case catalog.TokenResourceNotFound:
		add(catalog.NewFact("resource asked for", f.Connection.Environment))
		if f.Environment.TenantID == f.Tenant.Metadata.TenantID && f.Environment.TenantID != "" {
			add(right)
		}
	}
	return explainAssertion(f, finding)
}

// judgeClaims compares the token with the form. A token without roles is normal
// for Dataverse, which looks at the application user's.
func judgeClaims(f Facts) Finding {
	c := f.Token.Claims
	if !f.Token.IsJWT {
		return skip(text.F("The token is not readable here, which is Entra's right: only Dataverse has to read it."))
	}
	e := catalog.Evidence{Facts: claimFacts(f)}
	switch {
	case c.Scopes != "":
		return broken(catalog.TokenIsUserToken, e, text.F("The token belongs to a user (%s), not to the application itself.", catalog.Clean(c.User)))
	case plainHost(hostOf(c.Audience)) != plainHost(f.Connection.Host):
		return broken(catalog.TokenAudience, e, text.F("The token is for %s, not for %s.", orNothing(catalog.Clean(c.Audience)), f.environment()))
	case f.Environment.TenantID != "" && c.TenantID != f.Environment.TenantID:
		return broken(catalog.EnvironmentWrongTenant, e, text.F("The token comes from tenant %s; the environment belongs to %s.", orNothing(catalog.Clean(c.TenantID)), f.Environment.TenantID))
	case c.AppID != "" && c.AppID != f.Connection.ClientID && managed(f):
		return broken(catalog.IdentityNotAssigned, e, text.F("The token is for application %s, not for %s.", catalog.Clean(c.AppID), f.Connection.ClientID))
	case c.AppID != "" && c.AppID != f.Connection.ClientID:
		return broken(catalog.ApplicationNotFound, e, text.F("The token is for application %s, not for %s.", catalog.Clean(c.AppID), f.Connection.ClientID))
	case expired(f):
		return broken(catalog.TokenExpired, e, text.F("The token had already ended at %s UTC when it came.", endOf(f.Now, c.Expires)))
	}
	finding := pass(text.F("It is for %s, application %s.", f.environment(), f.Connection.ClientID))
	finding.Evidence = e
	if want := appidacr[f.Connection.Credential.Kind]; c.Credential != "" && want != "" && c.Credential != want {
		finding.Evidence.Facts = append(finding.Evidence.Facts, catalog.NewTextFact("beware",
			text.F("Entra accepted another kind of credential than the form has (appidacr %s)", catalog.Clean(c.Credential))))
	}
	return finding
}

// appidacr is the claim with how an application authenticated: "1" by a secret,
// "2" by an assertion.
//
// Source: learn.microsoft.com/entra/identity-platform/access-token-claims-reference.
var appidacr = map[connection.Kind]string{
	connection.SecretKind: "1", connection.CertificateKind: "2", connection.CertificateStoreKind: "2", connection.FederatedKind: "2",
}

// expired goes by Entra's own clock where it is known: this computer's may be
// wrong.
func expired(f Facts) bool {
	end := f.Token.Claims.Expires
	if end.IsZero() {
		return false
	}
	now := f.Now
	if at, err := http.ParseTime(f.Token.Response.Header.Get("Date")); err == nil {
		now = at
	}
	return now.After(end)
}

// endOf writes the end of a token, with its date where that is another day than
// now: tokens may last 24 hours and more.
//
// Source: learn.microsoft.com/entra/identity-platform/configurable-token-lifetimes.
func endOf(now, end time.Time) string {
	end = end.UTC()
	if now.UTC().Format(time.DateOnly) == end.Format(time.DateOnly) {
		return end.Format("15:04")
	}
	return end.Format("2006-01-02 15:04")
}

func claimFacts(f Facts) []catalog.Fact {
	c := f.Token.Claims
	facts := []catalog.Fact{
		catalog.NewFact("audience (aud)", catalog.Clean(c.Audience)), catalog.NewFact("tenant (tid)", catalog.Clean(c.TenantID)),
		catalog.NewFact("application (appid)", catalog.Clean(c.AppID)), catalog.NewFact("service principal (oid)", catalog.Clean(c.ObjectID)),
	}
	if !c.Expires.IsZero() {
		facts = append(facts, catalog.NewFact("ends (exp)", c.Expires.Format(time.RFC3339)))
	}
	if len(c.Roles) > 0 {
		facts = append(facts, catalog.NewFact("roles", catalog.Clean(strings.Join(c.Roles, ", "))))
	}
	return facts
}

func orNothing(s string) text.Text {
	if s == "" {
		return text.F("nobody in particular")
	}
	return text.Raw(s)
}
