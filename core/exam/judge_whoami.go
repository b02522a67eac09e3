package exam

import (
	"net/http"
	"slices"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/dataverse"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// judgeWhoAmI is the examination's goal. 401 means that the token was not
// accepted, 403 that it was and the application was refused.
func judgeWhoAmI(f Facts) Finding {
	w := f.WhoAmI
	if w.Answered() {
		finding := pass(text.F("Dataverse takes the application for user %s.", w.UserID))
		_, finding.Evidence = catalog.Read(catalog.Dataverse, w.Response.Status, w.Response.Header, nil)
		return finding
	}
	r := dataverseResponse(w.Reading)
	if finding, ok := r.stranger(); ok {
		return finding
	}
	if w.OK() {
		return notWhoAmI(f, w, "Web API")
	}
	finding := r.refused()
	if w.Response.Status == http.StatusUnauthorized {
		return judgeUnaccepted(f, finding)
	}
	return explainAbsence(f, finding)
}

// notWhoAmI is for a response of success that does not name a user.
func notWhoAmI(f Facts, facts dataverse.IdentityFacts, through string) Finding {
	_, e := dataverseResponse(facts.Reading).read()
	if facts.Shaped {
		return broken(catalog.Unknown, e,
			text.F("%s answered WhoAmI through the %s without naming a user: its IDs are empty or zero.", f.environment(), through))
	}
	return broken(catalog.NetworkIntercepted, e, text.F("%s answered, but not with WhoAmI.", f.environment()))
}

// undecided are the causes of a 401 that what we know about the token may refine.
var undecided = []catalog.Cause{catalog.Unknown, catalog.TokenExpired, catalog.TokenAudience}

// judgeUnaccepted asks the next question about a 401 for a token that Entra has
// just issued: audience, user, tenant, time, in that order. Where a code decides,
// the code is believed.
func judgeUnaccepted(f Facts, finding Finding) Finding {
	c, e := f.Token.Claims, finding.Evidence
	e.Facts = append(e.Facts, claimFacts(f)...)
	switch {
	case !slices.Contains(undecided, finding.Cause):
		return finding
	case !f.Token.IsJWT:
	case c.Scopes != "":
		return broken(catalog.TokenIsUserToken, e, text.F("Dataverse does not accept the token: it belongs to a user, not to the application."))
	case plainHost(hostOf(c.Audience)) != plainHost(f.Connection.Host):
		return broken(catalog.TokenAudience, e, text.F("Dataverse does not accept the token: it is for %s.", orNothing(catalog.Clean(c.Audience))))
	case f.Environment.TenantID != "" && c.TenantID != f.Environment.TenantID:
		return broken(catalog.EnvironmentWrongTenant, e, text.F("Dataverse does not accept the token: it comes from tenant %s.", catalog.Clean(c.TenantID)))
	case f.Clock.wrong():
		return broken(catalog.ClockSkew, e, text.F("Dataverse does not accept the token, and this computer's clock is %s.", offset(f.Clock.Ahead)))
	case expired(f) || finding.Cause == catalog.TokenExpired:
		return broken(catalog.TokenExpired, e, text.F("Dataverse does not accept the token: its time is over."))
	}
	if e.Code != "" && finding.Cause != catalog.TokenExpired {
		return finding
	}
	unknown := broken(catalog.Unknown, e,
		text.F("Dataverse does not accept the token (HTTP 401), though its audience, tenant and time are right. On older servers this is also how a missing application user looks."))
	unknown.Alternatives = []catalog.Cause{catalog.AppUserMissing}
	return unknown
}

// explainAbsence adds what this examination knows about an application that
// Dataverse does not know.
func explainAbsence(f Facts, finding Finding) Finding {
	if finding.Cause == catalog.AppUserMissing {
		finding.Evidence.Facts = append(finding.Evidence.Facts,
			catalog.NewFact("application asked for", f.Connection.ClientID),
			catalog.NewFact("environment", f.environment()),
			catalog.NewFact("service principal (oid)", catalog.Clean(f.Token.Claims.ObjectID)))
		if managed(f) {
			finding.Fix = append(finding.Fix, text.F("This application is the managed identity: choose + New app user › Add an app, and search for its Application (client) ID %s.", f.Connection.ClientID))
		}
	}
	return finding
}

// judgeSOAP expects the same three GUIDs. When the Web API has answered, a silent
// Organization Service is a warning: the connection works.
func judgeSOAP(f Facts) Finding {
	s, w := f.SOAP, f.WhoAmI
	_, e := catalog.Read(catalog.Dataverse, s.Response.Status, s.Response.Header, s.Response.Body)
	switch {
	case s.Answered() && (!w.Answered() || s.Identity == w.Identity):
		finding := pass(text.F("SOAP and Web API agree."))
		if !w.Answered() {
			finding.Summary = text.F("SOAP answers WhoAmI, though the Web API does not.")
		}
		finding.Evidence = catalog.Evidence{HTTPStatus: e.HTTPStatus, RequestID: e.RequestID}
		return finding
	case s.Answered():
		e.Facts = append(e.Facts, catalog.NewFact("user by Web API", w.UserID), catalog.NewFact("user by SOAP", s.UserID))
		return broken(catalog.Unknown, e, text.F("The two services disagree about who the application is: something is in between, or the environment is being moved."))
	}
	r := dataverseResponse(s.Reading)
	finding, foreign := r.stranger()
	switch {
	case foreign:
	case s.OK():
		finding = notWhoAmI(f, s, "Organization Service")
	default:
		if finding = r.refused(); s.Response.Status == http.StatusUnauthorized {
			finding = judgeUnaccepted(f, finding)
		}
	}
	if w.Answered() && e.Code == "" {
		finding.Status = Warn
		finding.Summary = text.Join(" ", text.F("WhoAmI works through the Web API; through SOAP it does not."), finding.Summary)
	}
	return finding
}
