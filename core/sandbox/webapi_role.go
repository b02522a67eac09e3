package sandbox

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/guid"
)

// createRole makes a role without privileges. A role of the root has a copy in every
// business unit below.
//
// Source: learn.microsoft.com/power-apps/developer/data-platform/security-roles.
//
// Guess: that a name may repeat.
func (c *call) createRole(b rowBody) (string, *refused) {
	if !c.holds("prvCreateRole") {
		return "", c.lacks(roleTable, "prvCreateRole")
	}
	if f := c.unknown(roleTable, b, "name", "businessunitid@odata.bind"); f != nil {
		return "", f
	}
	var name string
	given, f := c.value(b, "name", &name)
	if f != nil {
		return "", f
	}
	if !given || strings.TrimSpace(name) == "" {
		// Guess: the text.
		return "", c.refuse("0x80040203", "The name of a role is required.")
	}
	unit, f := c.unit(b)
	if f != nil {
		return "", f
	}
	id := newID()
	return id, c.store(func(_ *objects, s *store) *refused {
		s.addRole(id, name, unit)
		return nil
	})
}

// addRole adds a role and its copies below.
func (s *store) addRole(id, name, unit string) {
	role := record{row: row{
		"roleid": id, "name": name, "_roletemplateid_value": nil, "_businessunitid_value": unit, "_parentrootroleid_value": id, "ismanaged": false,
	}}
	s.roles = append(s.roles, role)
	for _, u := range s.units {
		if equal(u.row["_parentbusinessunitid_value"], unit) {
			s.roles = append(s.roles, role.with(row{"roleid": newID(), "_businessunitid_value": u.row["businessunitid"]}))
		}
	}
}

// renameRole serves PATCH of a role.
func (c *call) renameRole(w http.ResponseWriter, b rowBody, id string) *refused {
	if !c.holds("prvWriteRole") {
		return c.lacks(roleTable, "prvWriteRole")
	}
	if f := c.unknown(roleTable, b, "name"); f != nil {
		return f
	}
	var name string
	if _, f := c.value(b, "name", &name); f != nil {
		return f
	}
	f := c.store(func(_ *objects, s *store) *refused {
		if find(s.roles, "roleid", id) < 0 {
			return c.absent("role", id)
		}
		for i, r := range s.roles {
			if equal(r.row["_parentrootroleid_value"], id) {
				s.roles[i] = r.with(row{"name": name})
			}
		}
		return nil
	})
	if f != nil {
		return f
	}
	return c.written(w, roleTable, id, http.StatusOK)
}

// removeRole deletes a role with its copies. Users lose it.
//
// Guess: the code for a managed role.
func (c *call) removeRole(id string) *refused {
	if !c.holds("prvDeleteRole") {
		return c.lacks(roleTable, "prvDeleteRole")
	}
	return c.store(func(_ *objects, s *store) *refused {
		i := find(s.roles, "roleid", id)
		switch {
		case i < 0:
			return c.refuse("0x80040217", "role", id)
		case s.roles[i].row["ismanaged"] == true:
			return c.refuse("0x80040203", "A managed role cannot be deleted.")
		}
		gone := func(r record) bool { return equal(r.row["roleid"], id) || equal(r.row["_parentrootroleid_value"], id) }
		for _, r := range s.roles {
			if gone(r) {
				s.withoutRole(str(r.row["roleid"]))
			}
		}
		s.roles = slices.DeleteFunc(s.roles, gone)
		return nil
	})
}

// withoutRole takes a role away from users and teams.
func (s *store) withoutRole(id string) {
	for _, list := range [][]record{s.users, s.teams} {
		for i := range list {
			list[i].roles = slices.DeleteFunc(slices.Clone(list[i].roles), func(r string) bool { return strings.EqualFold(r, id) })
		}
	}
}

// associate assigns a user a role of the user's business unit.
//
// Source: learn.microsoft.com/power-apps/developer/data-platform/webapi/associate-disassociate-entities-using-web-api;
// web-service-error-codes (UserInWrongBusiness).
//
// Guess: the text, the privilege that is needed, and that a role that the user has
// already is a duplicate.
func (c *call) associate(w http.ResponseWriter, userID string) *refused {
	b, f := c.readRow()
	if f != nil {
		return f
	}
	var path string
	if given, f := c.value(b, "@odata.id", &path); f != nil || !given {
		return c.refuse("0x80048d19", "Error identified in Payload provided by the user: a reference needs '@odata.id'.")
	}
	roleID, f := c.referenced(path)
	if f != nil {
		return f
	}
	if !c.holds("prvAssignRole") {
		return c.lacks(roleTable, "prvAssignRole")
	}
	f = c.store(func(_ *objects, s *store) *refused {
		u, r := find(s.users, "systemuserid", userID), find(s.roles, "roleid", roleID)
		switch {
		case u < 0:
			return c.refuse("0x80040217", "systemuser", userID)
		case r < 0:
			return c.refuse("0x80040217", "role", roleID)
		case !equal(s.users[u].row["_businessunitid_value"], str(s.roles[r].row["_businessunitid_value"])):
			return c.refuse("0x80041409", userID, str(s.users[u].row["_businessunitid_value"]), roleID, str(s.roles[r].row["_businessunitid_value"]))
		case slices.ContainsFunc(s.users[u].roles, func(id string) bool { return strings.EqualFold(id, roleID) }):
			return c.refuse("0x80040237")
		}
		s.users[u].roles = append(slices.Clone(s.users[u].roles), strings.ToLower(roleID))
		return nil
	})
	if f != nil {
		return f
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// referenced returns the role of a reference.
func (c *call) referenced(path string) (string, *refused) {
	m := bindPath.FindStringSubmatch(path)
	if m == nil || m[1] != "roles" {
		// Guess: the text.
		return "", c.refuse("0x80048d19", "Error identified in Payload provided by the user: '"+path+"' is no reference to a role.")
	}
	return m[2], nil
}

// dissociate takes a role away from a user.
//
// Guess: the code for a role that the user does not have.
func (c *call) dissociate(w http.ResponseWriter, userID, path string) *refused {
	roleID, f := c.referenced(path)
	if f != nil {
		return f
	}
	if !c.holds("prvAssignRole") {
		return c.lacks(roleTable, "prvAssignRole")
	}
	f = c.store(func(_ *objects, s *store) *refused {
		u := find(s.users, "systemuserid", userID)
		if u < 0 {
			return c.refuse("0x80040217", "systemuser", userID)
		}
		left := slices.DeleteFunc(slices.Clone(s.users[u].roles), func(id string) bool { return strings.EqualFold(id, roleID) })
		if len(left) == len(s.users[u].roles) {
			return c.refuse("0x80040217", "systemuserroles", roleID)
		}
		s.users[u].roles = left
		return nil
	})
	if f != nil {
		return f
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// dissociateByPath serves systemusers(id)/systemuserroles_association(roleid)/$ref.
func (c *call) dissociateByPath(w http.ResponseWriter, path string) *refused {
	user, rest, ok := strings.Cut(strings.TrimPrefix(path, "systemusers("), ")/"+rolesLink+"(")
	if role := strings.TrimSuffix(rest, ")"); ok && guid.IsPlain(user) && guid.IsPlain(role) {
		return c.dissociate(w, user, "/roles("+role+")")
	}
	return unmodelled(http.StatusNotImplemented, "DELETE %s", path)
}

// sentPrivilege is an element of Privileges as a request has it.
type sentPrivilege struct {
	ID    string          `json:"PrivilegeId"`
	Name  string          `json:"PrivilegeName"`
	Depth json.RawMessage `json:"Depth"`
	Unit  string          `json:"BusinessUnitId"`
}

// setPrivileges serves AddPrivilegesRole and ReplacePrivilegesRole. A caller cannot
// give a privilege that the caller lacks.
//
// Source: learn.microsoft.com/power-apps/developer/data-platform/webapi/reference/addprivilegesrole
// and …/replaceprivilegesrole.
//
// Guess: the texts.
func (c *call) setPrivileges(w http.ResponseWriter, id string, replace bool) *refused {
	b, f := c.readRow()
	if f != nil {
		return f
	}
	var sent []sentPrivilege
	if given, f := c.value(b, "Privileges", &sent); f != nil || !given {
		return c.refuse("0x80048d19", "Error identified in Payload provided by the user: the parameter 'Privileges' is missing.")
	}
	if !c.holds("prvWriteRole") {
		return c.lacks(roleTable, "prvWriteRole")
	}
	var privileges []rolePrivilege
	for _, p := range sent {
		name, known := privilegeOf(p.ID)
		at := slices.IndexFunc(depthNames, func(d string) bool { return string(p.Depth) == `"`+d+`"` })
		switch {
		case !known:
			return c.refuse("0x80040217", "privilege", p.ID)
		case at < 0:
			return c.refuse("0x80048d19", "Error identified in Payload provided by the user: "+string(p.Depth)+" is no PrivilegeDepth.")
		case !c.holds(name):
			return c.lacks(roleTable, name)
		}
		privileges = append(privileges, rolePrivilege{name, depth(at)})
	}
	f = c.store(func(_ *objects, s *store) *refused {
		i := find(s.roles, "roleid", id)
		switch {
		case i < 0:
			return c.refuse("0x80040217", "role", id)
		case s.roles[i].row["ismanaged"] == true:
			return c.refuse("0x80040203", "A managed role cannot be changed.")
		}
		for n, r := range s.roles {
			if !equal(r.row["_parentrootroleid_value"], str(s.roles[i].row["_parentrootroleid_value"])) {
				continue
			}
			all := privileges
			if !replace {
				all = merge(r.privileges, privileges)
			}
			s.roles[n].privileges = all
		}
		return nil
	})
	if f != nil {
		return f
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// merge returns privileges with others added; the later depth of one counts.
func merge(have, more []rolePrivilege) []rolePrivilege {
	all := slices.Clone(have)
	for _, p := range more {
		if i := slices.IndexFunc(all, func(h rolePrivilege) bool { return h.Name == p.Name }); i >= 0 {
			all[i] = p
			continue
		}
		all = append(all, p)
	}
	return all
}
