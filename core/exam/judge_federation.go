package exam

import (
	"slices"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/federation"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// federated reports whether the connection exchanges a token of another identity
// provider.
func federated(f Facts) bool { return f.Connection.Credential.Kind == connection.FederatedKind }

// judgeAssertion judges why there is nothing to exchange; false if there is an
// assertion, or no need for it.
func judgeAssertion(f Facts) (Finding, bool) {
	a := f.Federation
	if !federated(f) || !a.Assertion.Empty() {
		return Finding{}, false
	}
	e := catalog.Evidence{HTTPStatus: a.Response.Status, Facts: sourceFacts(a)}
	switch {
	case a.Err != nil:
		finding := lost(text.Raw(a.Host), a.Err)
		finding.Evidence.Facts = append(finding.Evidence.Facts, sourceFacts(a)...)
		return finding, true
	case !a.Missing.Empty():
		return broken(catalog.FederationNoToken, e, a.Missing), true
	case redirect(a.Response):
		return broken(catalog.FederationNoToken, e, text.F("%s redirected the request for a token, which issues none.", a.Host)), true
	}
	e.Message = text.Raw(catalog.Clean(string(a.Response.Body)))
	return broken(catalog.FederationNoToken, e, text.F("%s answered the request for a token with HTTP %d.", a.Host, a.Response.Status)), true
}

func sourceFacts(a federation.Facts) []catalog.Fact {
	facts := []catalog.Fact{catalog.NewFact("token asked from", string(a.Issuer))}
	if a.Host != "" {
		facts = append(facts, catalog.NewFact("host", a.Host))
	}
	return facts
}

// assertionFacts are what the assertion claims; nil without an assertion.
func assertionFacts(f Facts) []catalog.Fact {
	if f.Federation.Assertion.Empty() {
		return nil
	}
	return federation.Of(f.Federation.Claims).Facts()
}

// explainAssertion adds to Entra's refusal what the assertion claims, how that differs
// from what was expected, and the entry that fixes it.
func explainAssertion(f Facts, finding Finding) Finding {
	if !federated(f) {
		return finding
	}
	if finding.Evidence.Code == "AADSTS700024" {
		finding = outOfTime(f, finding)
	}
	refusal := federation.Refusal{
		Cause: finding.Cause, Message: finding.Evidence.Message.String(), ClientID: f.Connection.ClientID,
		Audience: f.Connection.Cloud.TokenExchange(), Presented: federation.Of(f.Federation.Claims),
	}
	finding.Evidence.Facts = slices.Concat(finding.Evidence.Facts, assertionFacts(f), refusal.Facts())
	finding.Fix = append(finding.Fix, refusal.Fix()...)
	return finding
}

// outOfTime names the cause of a refusal for the assertion's times: this computer's
// clock where it is known to be wrong, and otherwise the assertion, whose times are of
// another party's clock.
func outOfTime(f Facts, finding Finding) Finding {
	finding.Cause, finding.Alternatives = catalog.FederationExpired, []catalog.Cause{catalog.ClockSkew}
	if f.Clock.wrong() {
		finding.Cause, finding.Alternatives = catalog.ClockSkew, []catalog.Cause{catalog.FederationExpired}
	}
	entry, _ := catalog.Lookup(finding.Cause)
	finding.Summary = text.F("%s says %s: %s.", text.Raw("Entra"), spoken(finding.Evidence.HTTPStatus, finding.Evidence), insideTitle(entry.Title))
	return finding
}
