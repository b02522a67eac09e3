package fleet

import (
	"path/filepath"
	"slices"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
)

// ByCause returns the indexes of the broken connections by root cause, the cause with
// the most connections first.
func ByCause(reports []exam.Report) []Cause {
	var causes []Cause
	for i, r := range reports {
		if r.RootCause == "" {
			continue
		}
		at := slices.IndexFunc(causes, func(c Cause) bool { return c.Cause == r.RootCause })
		if at < 0 {
			at = len(causes)
			causes = append(causes, Cause{Cause: r.RootCause})
		}
		causes[at].Members = append(causes[at].Members, i)
	}
	slices.SortStableFunc(causes, func(a, b Cause) int { return len(b.Members) - len(a.Members) })
	return causes
}

// Cause is a root cause and the indexes of the connections that have it.
type Cause struct {
	Cause   catalog.Cause
	Members []int
}

// ByCredential returns the indexes of the connections that share a credential with
// others: the same secret, or the same certificate.
func ByCredential(members []Member) [][]int {
	var groups [][]int
	for i, m := range members {
		at := slices.IndexFunc(groups, func(g []int) bool { return sameCredential(members[g[0]].Form, m.Form) })
		if at < 0 {
			at = len(groups)
			groups = append(groups, nil)
		}
		groups[at] = append(groups[at], i)
	}
	groups = slices.DeleteFunc(groups, func(g []int) bool { return len(g) < 2 })
	slices.SortStableFunc(groups, func(a, b []int) int { return len(b) - len(a) })
	return groups
}

func sameCredential(a, b connection.Form) bool {
	if a.CredentialKind() != b.CredentialKind() {
		return false
	}
	switch a.CredentialKind() {
	case connection.SecretKind:
		return !a.Secret.Empty() && a.Secret.Equal(b.Secret)
	case connection.CertificateKind:
		return a.CertificateFile != "" && filepath.Clean(a.CertificateFile) == filepath.Clean(b.CertificateFile)
	case connection.CertificateStoreKind:
		return a.Thumbprint != "" && a.Thumbprint == b.Thumbprint
	}
	return false // an identity holds no credential that could be shared or end
}
