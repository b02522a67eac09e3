package profile

import "strings"

// Find returns those of a list that have every word of a query in their name,
// address, IDs or certificate, regardless of the case, in the list's order. An empty
// query finds all.
func Find(list []Profile, query string) []Profile {
	wanted := strings.Fields(strings.ToLower(query))
	var found []Profile
	for _, p := range list {
		if p.has(wanted) {
			found = append(found, p)
		}
	}
	return found
}

// has reports whether each of the words, in small letters, is in one of the
// fields that people know a connection by.
func (p Profile) has(words []string) bool {
	known := strings.ToLower(strings.Join([]string{p.Name, p.Environment, p.Tenant, p.ClientID, p.CertificateFile, p.Thumbprint, p.TokenFile}, "\n"))
	for _, word := range words {
		if !strings.Contains(known, word) {
			return false
		}
	}
	return true
}
