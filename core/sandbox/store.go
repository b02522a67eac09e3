package sandbox

import (
	"maps"
	"slices"
	"strings"
)

// store is the rows of an environment, flat: a row refers to others by their IDs.
// [Tenant.database] links them for a request.
type store struct {
	units, roles, teams, users []record
	// records are the rows of the tables of [businessTables], by entity set.
	records map[string][]record
}

// record is a row of a store.
type record struct {
	row row
	// roles and teams are the IDs that a user's or a team's links lead to.
	roles, teams []string
	// privileges are those of a role.
	privileges []rolePrivilege
}

// rolePrivilege is a privilege with its depth.
type rolePrivilege struct {
	Name  string
	Depth depth
}

// depth is how far a privilege reaches, as a number of the Web API's enumeration.
//
// Source: learn.microsoft.com/power-apps/developer/data-platform/webapi/reference/privilegedepth.
type depth int

const (
	basicDepth depth = iota
	localDepth
	deepDepth
	globalDepth
)

var depthNames = []string{"Basic", "Local", "Deep", "Global"}

// String returns the depth as the Web API writes it.
func (d depth) String() string { return depthNames[d] }

// clone returns a copy whose records can be replaced.
func (s store) clone() store {
	c := store{
		units: slices.Clone(s.units), roles: slices.Clone(s.roles), teams: slices.Clone(s.teams), users: slices.Clone(s.users),
		records: maps.Clone(s.records),
	}
	for set, list := range c.records {
		c.records[set] = slices.Clone(list)
	}
	return c
}

// with returns the record with changed columns.
func (r record) with(changes row) record {
	r.row = maps.Clone(r.row)
	maps.Copy(r.row, changes)
	return r
}

// find returns the index of a row by its key, or -1.
func find(list []record, key, id string) int {
	return slices.IndexFunc(list, func(r record) bool { return equal(r.row[key], id) })
}

// database is the data of an environment, linked: a link is the row that it leads to.
type database struct {
	users, roles, teams, units, orgs []row
	records                          map[string][]row
}

// database links the rows of an environment as they are now.
func (t Tenant) database(o *organization) *database {
	s := t.world().stores[o.ID]
	org := row{"organizationid": o.ID, "name": o.Name, "languagecode": 1033, "createdon": "2024-01-06T08:55:02Z"}
	d := &database{orgs: []row{org}, records: map[string][]row{}}
	units, roles, teams := map[string]row{}, map[string]row{}, map[string]row{}
	for _, r := range s.units {
		u := maps.Clone(r.row)
		u["organizationid"] = org
		units[key(u["businessunitid"])] = u
		d.units = append(d.units, u)
	}
	for _, r := range s.roles {
		role := maps.Clone(r.row)
		role["privileges"] = r.privileges
		role["businessunitid"] = units[key(role["_businessunitid_value"])]
		roles[key(role["roleid"])] = role
		d.roles = append(d.roles, role)
	}
	for _, r := range s.teams {
		team := maps.Clone(r.row)
		team["teamroles_association"], team["teammembership_association"] = linked(roles, r.roles), []row{}
		teams[key(team["teamid"])] = team
		d.teams = append(d.teams, team)
	}
	for _, r := range s.users {
		u := maps.Clone(r.row)
		u["businessunitid"], u["organizationid"] = units[key(u["_businessunitid_value"])], o.ID
		u["systemuserroles_association"], u["teammembership_association"] = linked(roles, r.roles), linked(teams, r.teams)
		for _, team := range u["teammembership_association"].([]row) {
			team["teammembership_association"] = append(team["teammembership_association"].([]row), u)
		}
		d.users = append(d.users, u)
	}
	for set, list := range s.records {
		for _, r := range list {
			d.records[set] = append(d.records[set], maps.Clone(r.row))
		}
	}
	return d
}

func key(id any) string { return strings.ToLower(str(id)) }

func linked(rows map[string]row, ids []string) []row {
	list := []row{}
	for _, id := range ids {
		if r, ok := rows[key(id)]; ok {
			list = append(list, r)
		}
	}
	return list
}

// live returns the first user that is not deleted and fits, or nil.
func (d *database) live(fits func(row) bool) row {
	for _, u := range d.users {
		if u["deletedstate"] == 0 && fits(u) {
			return u
		}
	}
	return nil
}

// rolesOf returns a user's roles, direct and through teams.
func rolesOf(user row) []row {
	roles := append([]row(nil), user["systemuserroles_association"].([]row)...)
	for _, team := range user["teammembership_association"].([]row) {
		roles = append(roles, team["teamroles_association"].([]row)...)
	}
	return roles
}

func isAdministrator(user row) bool {
	return slices.ContainsFunc(rolesOf(user), func(r row) bool { return equal(r["_roletemplateid_value"], systemAdministratorTemplate) })
}

// depthOf returns the greatest depth at which a user's roles have a privilege, false
// if no role has it.
func depthOf(user row, privilege string) (depth, bool) {
	most, found := basicDepth, false
	for _, r := range rolesOf(user) {
		for _, p := range r["privileges"].([]rolePrivilege) {
			if p.Name == privilege {
				most, found = max(most, p.Depth), true
			}
		}
	}
	return most, found
}

// may reports whether a role of the user has a privilege.
func may(user row, privilege string) bool {
	_, ok := depthOf(user, privilege)
	return ok
}
