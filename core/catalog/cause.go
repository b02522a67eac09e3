package catalog

import "strings"

// Cause is the contract's name of what is wrong: "secret.wrong". Its zero value is
// no cause.
type Cause string

// Family is the part of a cause before the dot: "secret".
type Family string

// Family returns the family that the cause belongs to.
func (c Cause) Family() Family {
	family, _, _ := strings.Cut(string(c), ".")
	return Family(family)
}

// Unreachable reports whether the cause is that the network is not there: the connection
// itself was not examined.
func (c Cause) Unreachable() bool {
	return c == NetworkDNS || c == NetworkRefused || c == NetworkTimeout
}

// Names returns the causes as strings.
func Names(causes []Cause) []string {
	names := make([]string, len(causes))
	for i, c := range causes {
		names[i] = string(c)
	}
	return names
}
