package exam

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"s2sdoctor/core/catalog"
	"s2sdoctor/core/connection"
)

// judgeToken reads Entra's answer, never MSAL's error.
func judgeToken(f Facts) Finding {
	t := f.Token
	a := t.Answer
	_, e := catalog.Read(catalog.Entra, a.Status, a.Header, a.Body)
	switch {
	case certificateExpired(f):
		end := certificate(f).Chain[0].NotAfter.UTC().Format(time.DateOnly)
		return broken("certificate.expired", catalog.Evidence{Facts: []catalog.Fact{{Name: "certificate ends", Value: end}}},
			"The certificate ended on %s, so it was not sent.", end)
	case !t.Token.Empty():
		finding := pass("Entra gave a token for %s; it lasts until %s UTC.", f.environment(), t.Expires.UTC().Format("15:04"))
		finding.Evidence = catalog.Evidence{HTTPStatus: a.Status, RequestID: e.RequestID}
		return finding
	case t.Failure != nil:
		return lost(f.Connection.Cloud.Login, t.Failure)
	case redirect(a), html(a):
		return broken("network.intercepted", e,
			"Something else than %s answered the request for a token (HTTP %d).", f.Connection.Cloud.Login, a.Status)
	case a.Status == 0:
		return broken(credentialCause(f), catalog.Evidence{}, "The %s could not be used to ask for a token.", f.Connection.Credential.Kind)
	case a.Status == http.StatusOK:
		return broken("network.intercepted", catalog.Evidence{HTTPStatus: a.Status},
			"%s answered, but not with a token.", f.Connection.Cloud.Login)
	}
	finding := heard(catalog.Entra, "Entra", a)
	if t.Tries > 1 {
		finding.Evidence.Facts = append(finding.Evidence.Facts, catalog.Fact{Name: "asked", Value: fmt.Sprintf("%d times", t.Tries)})
	}
	return explainRefusal(f, finding)
}

func credentialCause(f Facts) string {
	if f.Connection.Credential.Kind == connection.CertificateKind {
		return "input.certificate"
	}
	return "input.secret-missing"
}

// explainRefusal adds what this examination knows and Entra does not say.
func explainRefusal(f Facts, finding Finding) Finding {
	add := func(name, value string) {
		finding.Evidence.Facts = append(finding.Evidence.Facts, catalog.Fact{Name: name, Value: value})
	}
	switch finding.Cause {
	case "application.not-found", "application.no-service-principal":
		add("application asked for", f.Connection.ClientID)
		add("tenant asked", f.Tenant.Metadata.TenantID)
		if f.Environment.TenantID == f.Tenant.Metadata.TenantID && f.Environment.TenantID != "" {
			add("the tenant is right", "the environment itself names it")
		}
	case "secret.wrong":
		add("secret sent", fmt.Sprintf("%d characters, as typed", f.Connection.Credential.Secret.Len()))
	case "token.resource-not-found":
		add("resource asked for", f.Connection.Environment)
		if f.Environment.TenantID == f.Tenant.Metadata.TenantID && f.Environment.TenantID != "" {
			add("the tenant is right", "the environment itself names it")
		}
	}
	return finding
}

// judgeClaims compares the token with the form. A token without roles is normal
// for Dataverse, which looks at the application user's.
func judgeClaims(f Facts) Finding {
	c := f.Token.Claims
	if !f.Token.IsJWT {
		return skip("The token is not readable here, which is Entra's right: only Dataverse has to read it.")
	}
	e := catalog.Evidence{Facts: claimFacts(f)}
	switch {
	case c.Scopes != "":
		return broken("token.is-user-token", e, "The token stands for a user (%s), not for the application itself.", catalog.Clean(c.User))
	case plainHost(hostOf(c.Audience)) != plainHost(f.Connection.Host):
		return broken("token.audience", e, "The token is for %s, not for %s.", orNothing(catalog.Clean(c.Audience)), f.environment())
	case f.Environment.TenantID != "" && c.TenantID != f.Environment.TenantID:
		return broken("environment.wrong-tenant", e, "The token comes from tenant %s; the environment belongs to %s.", orNothing(catalog.Clean(c.TenantID)), f.Environment.TenantID)
	case c.AppID != "" && c.AppID != f.Connection.ClientID:
		return broken("application.not-found", e, "The token is for application %s, not for %s.", catalog.Clean(c.AppID), f.Connection.ClientID)
	case expired(f):
		return broken("token.expired", e, "The token had already ended at %s UTC when it came.", c.Expires.Format("15:04"))
	}
	finding := pass("It is for %s, application %s.", f.environment(), f.Connection.ClientID)
	finding.Evidence = e
	if want := map[connection.Kind]string{connection.SecretKind: "1", connection.CertificateKind: "2"}[f.Connection.Credential.Kind]; c.Credential != "" && c.Credential != want {
		finding.Evidence.Facts = append(finding.Evidence.Facts, catalog.Fact{
			Name: "beware", Value: "Entra took another kind of credential than the form has (appidacr " + catalog.Clean(c.Credential) + ")",
		})
	}
	return finding
}

// expired goes by Entra's own clock where it is known: this computer's may be
// wrong.
func expired(f Facts) bool {
	end := f.Token.Claims.Expires
	if end.IsZero() {
		return false
	}
	now := f.Now
	if at, err := http.ParseTime(f.Token.Answer.Header.Get("Date")); err == nil {
		now = at
	}
	return now.After(end)
}

func claimFacts(f Facts) []catalog.Fact {
	c := f.Token.Claims
	facts := []catalog.Fact{
		{Name: "audience (aud)", Value: catalog.Clean(c.Audience)}, {Name: "tenant (tid)", Value: catalog.Clean(c.TenantID)},
		{Name: "application (appid)", Value: catalog.Clean(c.AppID)}, {Name: "service principal (oid)", Value: catalog.Clean(c.ObjectID)},
	}
	if !c.Expires.IsZero() {
		facts = append(facts, catalog.Fact{Name: "ends (exp)", Value: c.Expires.Format(time.RFC3339)})
	}
	if len(c.Roles) > 0 {
		facts = append(facts, catalog.Fact{Name: "roles", Value: catalog.Clean(strings.Join(c.Roles, ", "))})
	}
	return facts
}

func orNothing(s string) string {
	if s == "" {
		return "nobody in particular"
	}
	return s
}
