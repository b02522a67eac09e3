package plan

import (
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
)

// Lookup is what a read found: Read is false where nothing was asked, and Rows is
// then empty. Denied is true where the administrator may not read it.
type Lookup[T any] struct {
	Read, Denied bool
	Rows         []T
}

// Found returns a lookup with rows.
func Found[T any](rows ...T) Lookup[T] { return Lookup[T]{Read: true, Rows: rows} }

// one returns the only row.
func (l Lookup[T]) one() (row T, ok bool) {
	if len(l.Rows) == 1 {
		return l.Rows[0], true
	}
	return row, false
}

// State is what was read of the tenant and the environment. The zero value is that
// it was not asked.
type State struct {
	// Now is the time of the reading.
	Now time.Time
	// Applications are the registrations of [Target.ClientID] in the tenant.
	Applications Lookup[App]
	// Principals are the service principals of the application.
	Principals Lookup[Principal]
	// Dataverse is the service principal of Dataverse in the tenant.
	Dataverse Lookup[Principal]
	// Grants are the delegated permissions that the application has for Dataverse.
	Grants Lookup[Grant]
	// Users are the rows of the application in the environment, soft-deleted ones
	// included.
	Users Lookup[User]
	// BusinessUnits are the root business units: one, where it was read.
	BusinessUnits Lookup[string]
	// Roles are those of the wanted name in the user's business unit.
	Roles Lookup[SecurityRole]
	// Sources are the privileges of the role that the classic path clones, and those
	// that the tables' metadata names for the role [Minimal].
	Sources Lookup[RolePrivilege]
	// Unknown are the privileges that the tables' metadata does not have.
	Unknown []Privilege
	// Licences are the SKUs of the Entra user that the row's domainname names.
	Licences Lookup[string]
	// LicensedUser is that user's object ID.
	LicensedUser string
	// Made are the values of an earlier, unfinished run, from its journal, or of a script
	// that another user ran, from its result: what was made is taken up. Where nothing
	// was read, it counts as being there.
	Made map[Value]string
	// MayNot are the rights that the administrator lacks, by step.
	MayNot map[ID]string
	// Stranger is true where the environment does not know the administrator as a user:
	// nothing of it was read.
	Stranger bool
	// Roleless is true where the administrator's token lists no administrator role of
	// Entra. Owners of a registration, and users of a tenant where all may register
	// applications, need none; a role of the tenant's own is not listed.
	Roleless bool
	// Proven is the outcome of the examination: Read is false without an examination,
	// the row is "" for WhoAmI and else the cause.
	Proven Lookup[catalog.Cause]
}

// Unit returns the business unit of the application user, or of one that is still to
// be created: the root; "" where it is not known.
func (s State) Unit() string {
	if u := s.user(); u.BusinessUnitID != "" {
		return u.BusinessUnitID
	}
	unit, _ := s.BusinessUnits.one()
	return unit
}

// DomainName returns the user name of the application user, or "".
func (s State) DomainName() string { return s.user().DomainName }

// ForOthers returns the state without what this administrator lacks: what was denied
// counts as not read.
func (s State) ForOthers() State {
	s.MayNot, s.Stranger, s.Roleless = nil, false, false
	s.Applications.Denied, s.Principals.Denied, s.Dataverse.Denied, s.Grants.Denied, s.Users.Denied, s.Roles.Denied, s.Sources.Denied, s.Licences.Denied =
		false, false, false, false, false, false, false, false
	return s
}

// App is an application registration.
type App struct {
	ObjectID, AppID, DisplayName string
	Keys                         []Key
}

// Key is a certificate or a secret of a registration.
type Key struct {
	KeyID, DisplayName string
	Secret             bool
	// Raw is the key credential as Graph returned it, needed to keep it.
	Raw []byte
	End time.Time
	// Given is true for the one that the form holds.
	Given bool
}

// valid reports whether the key can still be used at a time.
func (k Key) valid(now time.Time) bool { return k.End.After(now) }

// Principal is a service principal.
type Principal struct {
	ObjectID string
	Disabled bool
}

// Grant is a delegated permission grant.
type Grant struct {
	ID, Scope string
	// Everybody is true for a grant for the whole organisation. Principal is the object ID
	// of the user who granted it otherwise.
	Everybody bool
	Principal string
}

// User is an application user's row.
type User struct {
	ID, BusinessUnitID, DomainName string
	Disabled, Deleted              bool
	// Roles are its own, and TeamRoles those that come through teams, which count where no
	// role is asked for.
	Roles, TeamRoles []SecurityRole
}

// SecurityRole is a role in one business unit.
type SecurityRole struct {
	ID, Name string
	// SystemAdministrator is true for Microsoft's role, by its template.
	SystemAdministrator bool
}

// RolePrivilege is one privilege of a role.
type RolePrivilege struct {
	ID, Name string
	// Depth is Basic, Local, Deep or Global.
	Depth string
}
