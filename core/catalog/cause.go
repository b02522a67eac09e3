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

// Names returns the causes as strings.
func Names(causes []Cause) []string {
	names := make([]string, len(causes))
	for i, c := range causes {
		names[i] = string(c)
	}
	return names
}
