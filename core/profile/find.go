package profile

import (
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/search"
)

// Find returns those of a list that have every word of a query in their name,
// address, IDs or certificate, regardless of case and accents, in the list's order. An
// empty query finds all.
func Find(list []Profile, query string) []Profile {
	wanted := search.For(query)
	var found []Profile
	for _, p := range list {
		if wanted.In(search.Fold(p.Known())) {
			found = append(found, p)
		}
	}
	return found
}

// Known returns what people know a connection by, a line each: its name, address, IDs and
// certificate.
func (p Profile) Known() string {
	return strings.Join([]string{p.Name, p.Environment, p.Tenant, p.ClientID, p.CertificateFile, p.Thumbprint, p.TokenFile}, "\n")
}
