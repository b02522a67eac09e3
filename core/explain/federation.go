package explain

import (
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/cloud"
	"github.com/s2sdoctor/s2sdoctor/core/federation"
	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
)

// The claims of a presented assertion, as Entra's messages name them and as tools print
// them before they sign in.
//
// Sources: AADSTS70021 and 700211 to 700213; github.com/Azure/login prints "subject
// claim - …".
var presented = []struct {
	claim   func(*federation.Claims) *string
	pattern *lazyregexp.Pattern
}{
	{claimIssuer, lazyregexp.New(`(?i)\bassertion issuer:? '([^'\r\n]{1,600})'`)},
	{claimIssuer, lazyregexp.New(`(?im)^[^\n]{0,80}\bissuer\s+-\s+(\S{1,600})`)},
	{claimSubject, lazyregexp.New(`(?i)\bassertion subject:? '([^'\r\n]{1,600})'`)},
	{claimSubject, lazyregexp.New(`(?im)^[^\n]{0,80}\bsubject claim\s+-\s+(\S[^\r\n]{0,600})`)},
	{claimAudience, lazyregexp.New(`(?i)\bassertion audience:? '([^'\r\n]{1,600})'`)},
	{claimAudience, lazyregexp.New(`(?im)^[^\n]{0,80}\baudience\s+-\s+(\S{1,600})`)},
}

func claimIssuer(c *federation.Claims) *string   { return &c.Issuer }
func claimSubject(c *federation.Claims) *string  { return &c.Subject }
func claimAudience(c *federation.Claims) *string { return &c.Audience }

// configured are the members of a federated credential, as the portal, the Azure CLI,
// Bicep and Terraform write them.
var configured = []struct {
	claim   func(*federation.Claims) *string
	pattern *lazyregexp.Pattern
}{
	{claimIssuer, lazyregexp.New(`(?im)(?:^|[\s{,"'])issuer(?: url)?["']?\s*[:=]\s*["']([^"'\r\n]{1,600})["']`)},
	{claimSubject, lazyregexp.New(`(?im)(?:^|[\s{,"'])subject(?: identifier)?["']?\s*[:=]\s*["']([^"'\r\n]{1,600})["']`)},
	{claimAudience, lazyregexp.New(`(?im)(?:^|[\s{,"'])audiences?["']?\s*[:=]\s*\[?\s*["']([^"'\r\n]{1,600})["']`)},
}

// hidden is what a pipeline writes in the place of what it takes for a secret.
const hidden = "***"

// refusal is what the text shows of a refused assertion.
func (r reading) refusal(vars catalog.Vars) federation.Refusal {
	refusal := federation.Refusal{
		Cause: r.verdict.Cause, Message: r.evidence.Message.String(), ClientID: vars["clientId"],
		Audience: wantedAudience(vars),
	}
	for _, p := range presented {
		claim := p.claim(&refusal.Presented)
		if m := p.pattern.FindStringSubmatch(r.text); m != nil && *claim == "" && !strings.Contains(m[1], hidden) {
			*claim = catalog.Clean(strings.TrimSpace(m[1]))
		}
	}
	for _, p := range configured {
		*p.claim(&refusal.Expected) = nearest(p.pattern, r.text, *p.claim(&refusal.Presented))
	}
	return refusal
}

// nearest returns the configured value that is most like the presented one; "" where
// the text names no other.
func nearest(pattern *lazyregexp.Pattern, text, presented string) string {
	best, most := "", -1
	for _, m := range pattern.FindAllStringSubmatch(text, 64) {
		value := catalog.Clean(m[1])
		if value == presented {
			return "" // there is one that matches
		}
		lower, like := strings.ToLower(value), strings.ToLower(presented)
		common := 0
		for common < min(len(lower), len(like)) && lower[common] == like[common] {
			common++
		}
		if lower == like {
			common = len(text) // but for upper and lower case
		}
		if common > most && !strings.Contains(value, hidden) {
			best, most = value, common
		}
	}
	return best
}

// wantedAudience is the audience of the cloud that the text is about: the public one
// where it does not show.
func wantedAudience(vars catalog.Vars) string {
	if clouds := cloud.OfLogin(cloud.Table, vars["login"]); len(clouds) > 0 {
		return clouds[0].TokenExchange()
	}
	return cloud.Cloud{}.TokenExchange()
}

// withRefusal adds to an explanation of a refused assertion what was presented next to
// what was expected, and the entry that fixes it.
func (r reading) withRefusal(e Explanation) Explanation {
	if e.Cause.Family() != catalog.FamilyFederation || e.Cause == catalog.FederationNoToken {
		return e
	}
	refusal := r.refusal(r.vars())
	known := map[catalog.FactName]bool{}
	for _, f := range e.Evidence.Facts {
		known[f.Name] = true
	}
	for _, f := range append(refusal.Presented.Facts(), refusal.Facts()...) {
		if !known[f.Name] {
			e.Evidence.Facts = append(e.Evidence.Facts, f)
		}
	}
	e.Fix = append(e.Fix, refusal.Fix()...)
	return e
}
