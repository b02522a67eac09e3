package sandbox

import (
	"slices"

	"github.com/google/uuid"
)

// tableOfPrivileges is a table with its privileges.
type tableOfPrivileges struct {
	logical, name string
	verbs         []string
}

// tablePrivileges are the tables whose privileges the sandbox has: logical name, and
// the name as privileges have it.
//
// Source: learn.microsoft.com/power-apps/developer/data-platform/reference/entities,
// the names of the privileges.
var tablePrivileges = []tableOfPrivileges{
	{"account", "Account", everyVerb},
	{"contact", "Contact", everyVerb},
	{"lead", "Lead", everyVerb},
	{"opportunity", "Opportunity", everyVerb},
	{"task", "Activity", everyVerb},
	{"systemuser", "User", []string{"Create", "Read", "Write", "Delete", "Append", "AppendTo"}},
	{"role", "Role", []string{"Create", "Read", "Write", "Delete", "Assign", "Append", "AppendTo"}},
	{"team", "Team", []string{"Create", "Read", "Write", "Delete", "Assign", "Append", "AppendTo"}},
	{"businessunit", "BusinessUnit", []string{"Create", "Read", "Write", "Delete", "Append", "AppendTo"}},
	{"organization", "Organization", []string{"Read", "Write", "Append", "AppendTo"}},
}

// everyVerb are the types of the privileges of a table whose rows belong to users.
//
// Source: learn.microsoft.com/power-apps/developer/data-platform/webapi/reference/privilegetype.
var everyVerb = []string{"Create", "Read", "Write", "Delete", "Assign", "Share", "Append", "AppendTo"}

// otherPrivileges belong to no table.
var otherPrivileges = []string{delegate, "prvDisableUser"}

// privilegeNames returns the names of all privileges.
func privilegeNames() []string {
	var all []string
	for _, t := range tablePrivileges {
		for _, verb := range t.verbs {
			all = append(all, "prv"+verb+t.name)
		}
	}
	return append(all, otherPrivileges...)
}

// privilegeID returns the ID of a privilege, the same in every sandbox.
func privilegeID(name string) string { return nameID(name) }

// privilegeOf returns the name of the privilege with an ID, or false.
func privilegeOf(id string) (string, bool) {
	names := privilegeNames()
	i := slices.IndexFunc(names, func(name string) bool { return equal(privilegeID(name), id) })
	if i < 0 {
		return "", false
	}
	return names[i], true
}

// nameID returns the ID of something by its name, the same in every sandbox.
func nameID(name string) string { return uuid.NewSHA1(uuid.NameSpaceOID, []byte(name)).String() }
