// Package lifetime judges when credentials end.
//
// It sends nothing: what is known is handed in, and the thresholds are
// data.
package lifetime

import (
	"cmp"
	"slices"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/connection"
)

// Thresholds are the days before an end at which users are warned, in order.
var Thresholds = []int{90, 60, 30, 14, 7}

// Source is where the end of a credential is known from. Its values are part of the
// command's interface.
type Source string

// The sources.
const (
	Unknown Source = ""
	// Certificate is the certificate itself.
	Certificate Source = "certificate"
	// Administrator is the registration, as an administrator who signed in saw it.
	Administrator Source = "administrator"
	// Typed is a date that the user saved with the connection.
	Typed Source = "typed"
	// Endless is a credential that does not end: a managed identity, a federated one.
	Endless Source = "endless"
)

// Lifetime is the end of a connection's credential, as far as it is known.
type Lifetime struct {
	// Name is the connection's, Group its label.
	Name, Group           string
	Environment, ClientID string
	Kind                  connection.Kind
	Source                Source
	// Ends is zero if the end is not known, or the credential does not end.
	Ends time.Time
	// Thumbprint is that of the certificate, "" for another kind.
	Thumbprint string
}

// Of returns the end of a credential of a kind: the certificate's, else the typed one.
// Both may be zero.
func Of(kind connection.Kind, certificate, typed time.Time) (Source, time.Time) {
	switch {
	case kind == connection.ManagedIdentityKind || kind == connection.FederatedKind:
		return Endless, time.Time{}
	case !certificate.IsZero():
		return Certificate, certificate
	case !typed.IsZero():
		return Typed, typed
	}
	return Unknown, time.Time{}
}

// Days returns the whole days until the end, rounded down: -1 for one that ended in the
// last 24 hours. It is meaningless without an end.
func (l Lifetime) Days(now time.Time) int {
	left := l.Ends.Sub(now)
	days := int(left / (24 * time.Hour))
	if left < 0 && left%(24*time.Hour) != 0 {
		days--
	}
	return days
}

// Warning returns the smallest threshold that has been passed, and whether there is one.
// A credential that has ended has passed them all.
func (l Lifetime) Warning(now time.Time) (threshold int, ok bool) {
	if l.Ends.IsZero() {
		return 0, false
	}
	for _, t := range slices.Backward(Thresholds) {
		if l.Days(now) < t {
			return t, true
		}
	}
	return 0, false
}

// Ended reports whether the credential has ended.
func (l Lifetime) Ended(now time.Time) bool { return !l.Ends.IsZero() && !now.Before(l.Ends) }

// Compare orders what ends first before what ends later, then what is not known, then
// what does not end.
func Compare(a, b Lifetime) int {
	return cmp.Or(cmp.Compare(a.rank(), b.rank()), a.Ends.Compare(b.Ends))
}

// Sort orders lifetimes by [Compare], equal ones by their names.
func Sort(list []Lifetime) {
	slices.SortStableFunc(list, func(a, b Lifetime) int {
		return cmp.Or(Compare(a, b), cmp.Compare(a.Name, b.Name))
	})
}

func (l Lifetime) rank() int {
	switch {
	case !l.Ends.IsZero():
		return 0
	case l.Source == Unknown:
		return 1
	}
	return 2
}
