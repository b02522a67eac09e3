package sandbox

import (
	"crypto"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
)

// audiences is aud, which is a text or a list (RFC 7519 section 4.1.3).
type audiences []string

// UnmarshalJSON implements [json.Unmarshaler].
func (a *audiences) UnmarshalJSON(raw []byte) error {
	var one string
	if json.Unmarshal(raw, &one) == nil {
		*a = audiences{one}
		return nil
	}
	return json.Unmarshal(raw, (*[]string)(a))
}

// checkFederated checks a token of another issuer against the federated credentials
// of the application. Issuer, subject and audience are compared letter by letter.
//
// Source: learn.microsoft.com/entra/workload-id/workload-identity-federation and
// learn.microsoft.com/entra/identity-platform/reference-breaking-changes (August
// 2024); the texts are those of public logs.
//
// Guess: the order of the comparisons, and the code for a wrong signature.
func (s *Server) checkFederated(t tokenRequest, id string, a assertion) *failure {
	f := t.tenant.Federation
	issuer, audience := s.Renamed(a.claims.Iss), ""
	if len(a.claims.Aud) > 0 {
		audience = a.claims.Aud[0]
	}
	var candidates []FederatedCredential
	for _, c := range t.tenant.world().app(id).Federated {
		candidates = append(candidates, c.FederatedCredential)
	}
	if len(candidates) == 0 {
		return fail(70025, id)
	}
	if failed := matchFederated(candidates, issuer, a.claims.Sub, a.claims.Aud); failed != nil {
		if f.OneCode {
			return fail(70021, issuer, a.claims.Sub, audience)
		}
		return failed
	}
	key := issuerKey()
	sum := sha256.Sum256([]byte(a.signed))
	if a.header.Alg != "RS256" || a.header.Kid != key.id || rsa.VerifyPKCS1v15(&key.key.PublicKey, crypto.SHA256, sum[:], a.signature) != nil {
		return fail(50013)
	}
	return t.inTime(a.claims)
}

// microsoftSubject is the form of subjects that Microsoft's own services have. The
// refusal names the subject that the credential needs.
//
// Source: github.com/microsoft/Agents/issues/202.
var microsoftSubject = lazyregexp.New(`^(/eid1/c/[a-z]+/t/)[^/]+(/a/.+)$`)

// matchFederated returns the failure for the first part that no credential has.
func matchFederated(candidates []FederatedCredential, issuer, subject string, aud []string) *failure {
	candidates = slices.DeleteFunc(candidates, func(c FederatedCredential) bool { return c.Issuer != issuer })
	if len(candidates) == 0 {
		return fail(700211, issuer)
	}
	inAnyCase := slices.ContainsFunc(candidates, func(c FederatedCredential) bool { return strings.EqualFold(c.Subject, subject) })
	candidates = slices.DeleteFunc(candidates, func(c FederatedCredential) bool { return c.Subject != subject })
	switch {
	case len(candidates) > 0:
	case microsoftSubject.MatchString(subject):
		return fail(7002137, subject, microsoftSubject.ReplaceAllString(subject, "${1}{tenantId}${2}"))
	case inAnyCase:
		return fail(7002138, subject)
	default:
		return fail(700213, subject)
	}
	for _, c := range candidates {
		if slices.ContainsFunc(aud, func(a string) bool { return slices.Contains(c.Audiences, a) }) {
			return nil
		}
	}
	return fail(700212, strings.Join(aud, " "))
}

// inTime checks the times of an assertion.
func (t *tokenRequest) inTime(c assertionClaims) *failure {
	const format = "2006-01-02T15:04:05.0000000Z"
	nbf, exp := time.Unix(int64(c.NBF), 0).UTC(), time.Unix(int64(c.Exp), 0).UTC()
	if c.Exp == 0 || t.now.After(exp.Add(slack)) || t.now.Before(nbf.Add(-slack)) {
		return fail(700024, t.now.Format(format), nbf.Format(format), exp.Format(format))
	}
	return nil
}
