// Package xray judges what an administrator's tokens can read of a connection and the
// application itself cannot: which credential it is and when it ends, how the
// registration is set up, and the application user even where it is disabled.
//
// Every function is pure: reading is for package setup.
package xray

import (
	"github.com/s2sdoctor/s2sdoctor/core/plan"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// Picture is what was read.
type Picture struct {
	State plan.State
	// Registration is nil where it was not read, or is in another tenant.
	Registration *Registration
	// Users are the rows of the application, soft-deleted ones included; nil where they
	// were not read.
	Users []User
	// Rights are the privileges that an administrator of the environment needs, and
	// whether the signed-in one has them; nil where that was not read.
	Rights map[string]bool
	// Refused are the reasons why a half could not be read, such as that the
	// administrator is no user of the environment; nil where both were read.
	Refused []text.Text
}

// Registration is what a registration shows besides its credentials.
type Registration struct {
	// Web, Native and SPA are the redirect URIs by platform.
	Web, Native, SPA []string
	// Audience is signInAudience.
	Audience string
	// Permissions are the delegated permissions and app roles that it asks for, by the
	// Application ID of the resource.
	Permissions map[string][]string
	// Federated are its federated identity credentials; nil where they were not read.
	Federated []Federated
}

// Federated is a federated identity credential, or the token that it has to fit.
type Federated struct {
	Name, Issuer, Subject string
	Audiences             []string
	// Flexible is true where a pattern is in the place of the subject, which is not
	// evaluated here.
	Flexible bool
}

// User is an application user's row.
type User struct {
	ID string
	// ObjectID and IDURI may be empty.
	ObjectID, IDURI             string
	Disabled, Deleted, Licensed bool
	// Gone is true where Entra has deleted the service principal of the row.
	Gone bool
	// Roles are those given directly, TeamRoles those that come through teams.
	Roles, TeamRoles []plan.SecurityRole
}

// active returns the rows that are not soft-deleted.
func (p Picture) active() []User {
	var list []User
	for _, u := range p.Users {
		if !u.Deleted {
			list = append(list, u)
		}
	}
	return list
}

// given returns the credential of the form in the registration, and how many others
// it has of the same kind.
func (p Picture) given(secret bool) (key plan.Key, found bool, others int) {
	if len(p.State.Applications.Rows) != 1 {
		return plan.Key{}, false, 0
	}
	for _, k := range p.State.Applications.Rows[0].Keys {
		switch {
		case k.Secret != secret:
		case k.Given && (!found || k.End.After(key.End)):
			// Two secrets may begin alike: the later end is the one that can work.
			key, found = k, true
		default:
			others++
		}
	}
	return key, found, others
}

// ended reports whether a credential is over.
func (p Picture) ended(k plan.Key) bool { return !k.End.After(p.State.Now) }
