package explain

import (
	"net/url"
	"strings"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/cloud"
	"github.com/s2sdoctor/s2sdoctor/core/entra"
	"github.com/s2sdoctor/s2sdoctor/core/federation"
	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// loneToken is a text that is a JSON Web Token and nothing else but its name.
var loneToken = lazyregexp.New(`(?i)^(?:["']?(?:authorization|access_?token|token)["']?\s*[:=]\s*)?["']?(?:bearer\s+)?["']?(eyJ[A-Za-z0-9_-]+\.eyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_=-]*)["',;]?$`)

// byToken judges the claims of a pasted token as the examination does. The token
// itself goes no further.
func byToken(text string, now time.Time) (Explanation, bool) {
	m := loneToken.FindStringSubmatch(strings.Join(strings.Fields(text), " "))
	if m == nil {
		return Explanation{}, false
	}
	return explainToken(m[1], now)
}

// anyToken is a token among other words.
var anyToken = lazyregexp.New(`\beyJ[A-Za-z0-9_-]+\.eyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_=-]*`)

// byOnlyToken judges the token of a text that holds one and reports nothing, such
// as a request that was not answered.
func byOnlyToken(text string, now time.Time) (Explanation, bool) {
	if found := anyToken.FindAllString(text, 2); len(found) == 1 {
		return explainToken(found[0], now)
	}
	return Explanation{}, false
}

func explainToken(token string, now time.Time) (Explanation, bool) {
	c, ok := entra.Peek(secret.New(token))
	if !ok || c.Audience == "" {
		return Explanation{}, false
	}
	return explainClaims(c, now), true
}

// byClaims judges the claims of a token that was decoded elsewhere, as jwt.ms shows
// them: the payload, perhaps between header and signature.
func byClaims(text string, now time.Time) (Explanation, bool) {
	for _, object := range objects(text) {
		c, ok := entra.ParseClaims([]byte(object.text))
		if ok && c.Audience != "" && (c.Issuer != "" || c.TenantID != "" && c.AppID != "") {
			return explainClaims(c, now), true
		}
	}
	return Explanation{}, false
}

func explainClaims(c entra.Claims, now time.Time) Explanation {
	vars := catalog.Vars{"clientId": c.AppID, "tenantId": c.TenantID}
	evidence := catalog.Evidence{Facts: claimFacts(c), RecognisedBy: "claims of the token"}
	cause, summary := judgeClaims(c, now)
	if cause == "" {
		evidence.RecognisedBy = ""
		return Explanation{Version: 1, Summary: summary, Fix: []text.Text{}, Links: []catalog.Link{}, Evidence: evidence}
	}
	entry, _ := catalog.Lookup(cause)
	e := explanation(entry, vars, evidence)
	e.Summary = text.Join(". ", entry.Fill(vars).Title, summary)
	return e
}

// dataverseID is the application ID of Dataverse, which may be the audience.
//
// Source: learn.microsoft.com/troubleshoot/entra/entra-id/governance/verify-first-party-apps-sign-in.
const dataverseID = "00000007-0000-0000-c000-000000000000"

func judgeClaims(c entra.Claims, now time.Time) (catalog.Cause, text.Text) {
	audience := catalog.Clean(c.Audience)
	const slack = 5 * time.Minute
	switch {
	case forExchange(c.Audience) && !c.Expires.IsZero() && now.After(c.Expires):
		return catalog.FederationExpired, text.F("The federated token ended at %s UTC.", c.Expires.UTC().Format(time.DateTime))
	case forExchange(c.Audience):
		return "", text.F("All is well as far as the claims show: this is a federated token, which Entra exchanges for one of the application's. Its issuer, subject and audience must be those of a federated credential, letter by letter.")
	case c.Scopes != "" || c.User != "" || strings.EqualFold(c.Kind, "user"):
		return catalog.TokenIsUserToken, text.F("The token belongs to a user, not to the application itself.")
	case !forDataverse(c.Audience):
		return catalog.TokenAudience, text.F("The token is for %s, which is no Dataverse environment.", audience)
	case !c.Expires.IsZero() && now.After(c.Expires):
		return catalog.TokenExpired, text.F("The token ended at %s UTC.", c.Expires.UTC().Format(time.DateTime))
	case !c.NotBefore.IsZero() && now.Add(slack).Before(c.NotBefore):
		return catalog.ClockSkew, text.F("The token begins at %s UTC, which this computer's clock has not reached.", c.NotBefore.UTC().Format(time.DateTime))
	}
	return "", text.F("All is well as far as the claims show: the token is the application's own, for %s. Test the connection to prove it.", audience)
}

// forExchange reports whether an audience is that of a federated token.
func forExchange(audience string) bool {
	return strings.HasPrefix(strings.ToLower(audience), "api://azureadtokenexchange")
}

// forDataverse reports whether an audience is an environment's, or Dataverse's.
func forDataverse(audience string) bool {
	if strings.EqualFold(audience, dataverseID) {
		return true
	}
	u, err := url.Parse(strings.ToLower(audience))
	if err != nil || u.Scheme != "https" || othersIn(u.Host) {
		return false
	}
	_, known := cloud.OfEnvironment(cloud.Table, u.Host)
	return known
}

func claimFacts(c entra.Claims) []catalog.Fact {
	var facts []catalog.Fact
	for _, f := range []struct {
		name  catalog.FactName
		value string
	}{
		{catalog.Named("audience (aud)"), c.Audience},
		{catalog.Named("tenant (tid)"), c.TenantID},
		{catalog.Named("application (appid)"), c.AppID},
		{catalog.Named("service principal (oid)"), c.ObjectID},
		{catalog.Named("scopes (scp)"), c.Scopes},
		{catalog.Named("roles"), strings.Join(c.Roles, ", ")},
	} {
		if f.value != "" {
			facts = append(facts, catalog.NewFact(f.name, catalog.Clean(f.value)))
		}
	}
	if forExchange(c.Audience) {
		return federation.Of(c).Facts()
	}
	if !c.Expires.IsZero() {
		facts = append(facts, catalog.NewFact("ends (exp)", c.Expires.UTC().Format(time.RFC3339)))
	}
	return facts
}
