package xray

import (
	"slices"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
)

// Mismatch is the first part of a token that no federated credential fits.
type Mismatch struct {
	// Cause is federation.issuer, federation.subject, federation.audience or
	// federation.not-configured; "" where a credential fits.
	Cause catalog.Cause
	// Closest is the credential that fits best, or the zero value.
	Closest Federated
	// At is the first byte in which the part differs from that of Closest, or 0 without
	// one.
	At int
}

// Compare compares a token with the federated credentials of a registration, letter by
// letter, as Entra does; flexible ones are left out.
//
// Source: learn.microsoft.com/entra/workload-id/workload-identity-federation.
func Compare(token Federated, credentials []Federated) Mismatch {
	credentials = only(credentials, func(f Federated) bool { return !f.Flexible })
	if len(credentials) == 0 {
		return Mismatch{Cause: catalog.FederationNotConfigured}
	}
	sameIssuer := only(credentials, func(f Federated) bool { return f.Issuer == token.Issuer })
	if len(sameIssuer) == 0 {
		return nearest(catalog.FederationIssuer, token.Issuer, credentials, func(f Federated) string { return f.Issuer })
	}
	sameSubject := only(sameIssuer, func(f Federated) bool { return f.Subject == token.Subject })
	if len(sameSubject) == 0 {
		return nearest(catalog.FederationSubject, token.Subject, sameIssuer, func(f Federated) string { return f.Subject })
	}
	for _, f := range sameSubject {
		if slices.ContainsFunc(token.Audiences, func(a string) bool { return slices.Contains(f.Audiences, a) }) {
			return Mismatch{Closest: f}
		}
	}
	return Mismatch{Cause: catalog.FederationAudience, Closest: sameSubject[0]}
}

func only(list []Federated, fits func(Federated) bool) []Federated {
	return slices.DeleteFunc(slices.Clone(list), func(f Federated) bool { return !fits(f) })
}

// nearest finds the credential with the longest common beginning.
func nearest(cause catalog.Cause, want string, list []Federated, part func(Federated) string) Mismatch {
	best := Mismatch{Cause: cause, At: -1}
	for _, f := range list {
		if at := common(want, part(f)); at > best.At {
			best.Closest, best.At = f, at
		}
	}
	return best
}

// common returns the length of the common beginning of two texts, in bytes.
func common(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}
