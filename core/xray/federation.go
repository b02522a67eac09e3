package xray

import (
	"slices"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/federation"
	"github.com/s2sdoctor/s2sdoctor/core/plan"
)

// compared are the causes that a comparison of the token with the credentials decides.
var compared = []catalog.Cause{
	catalog.FederationIssuer, catalog.FederationSubject, catalog.FederationAudience, catalog.FederationNotConfigured,
}

// federation returns the check of a refused token with the federated credential that it
// is closest to. The cause becomes the part that differs, which older codes of Entra do
// not name. If a credential fits by now, the cause stays: Entra refused the token before.
func (p Picture) federation(c exam.Result, t plan.Target) exam.Result {
	if !slices.Contains(compared, c.Cause) || p.Registration == nil || p.Registration.Federated == nil {
		return c
	}
	known := p.Registration.Federated
	if slices.ContainsFunc(known, func(f Federated) bool { return f.Flexible }) {
		return c
	}
	presented, facts := federation.PresentedIn(c.Evidence.Facts)
	if presented.Issuer == "" || presented.Subject == "" || presented.Audience == "" {
		return c
	}
	found := Compare(Federated{Issuer: presented.Issuer, Subject: presented.Subject, Audiences: []string{presented.Audience}}, known)
	if found.Cause == "" {
		c.Evidence.Facts = append(facts, catalog.NewFact("federated credential that fits", found.Closest.Name))
		return c
	}
	refusal := federation.Refusal{
		Cause: found.Cause, ClientID: t.ClientID, Audience: t.Cloud.TokenExchange(), Presented: presented,
		Expected: federation.Claims{Issuer: found.Closest.Issuer, Subject: found.Closest.Subject},
	}
	if len(found.Closest.Audiences) > 0 {
		refusal.Expected.Audience = found.Closest.Audiences[0]
	}
	if found.Closest.Name != "" {
		facts = append(facts, catalog.NewFact("closest federated credential", found.Closest.Name))
	}
	settled := exam.ResultOf(c.ID, found.Cause, catalog.Vars{"clientId": t.ClientID, "environment": t.Environment})
	settled.Summary, settled.Title = settled.Title, c.Title
	settled.Evidence = c.Evidence
	settled.Evidence.Facts = append(facts, refusal.Facts()...)
	settled.Fix = append(settled.Fix, refusal.Fix()...)
	return settled
}
