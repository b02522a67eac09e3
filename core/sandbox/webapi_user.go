package sandbox

import (
	"net/http"
	"slices"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/guid"
)

// createUser makes an application user. Its name and its object ID are those of the
// service principal.
//
// Source: learn.microsoft.com/power-platform/admin/manage-application-users;
// learn.microsoft.com/power-apps/developer/data-platform/reference/web-service-error-codes
// (DuplicateApplicationUser, UserDirectoryObjectIdNotFoundInAAD).
//
// Guess: that a soft-deleted row is in the way with the same code, and the form of
// domainname.
func (c *call) createUser(b rowBody) (string, *refused) {
	if !c.holds("prvCreateUser") {
		return "", c.lacks(userTable, "prvCreateUser")
	}
	if f := c.unknown(userTable, b, "applicationid", "accessmode", "isdisabled", "businessunitid@odata.bind"); f != nil {
		return "", f
	}
	var appID string
	mode, disabled := 4, false
	for name, to := range map[string]any{"applicationid": &appID, "accessmode": &mode, "isdisabled": &disabled} {
		if _, f := c.value(b, name, to); f != nil {
			return "", f
		}
	}
	if !guid.IsPlain(appID) {
		return "", unmodelled(http.StatusNotImplemented, "users without applicationid")
	}
	unit, f := c.unit(b)
	if f != nil {
		return "", f
	}
	id := newID()
	return id, c.store(func(o *objects, s *store) *refused {
		sp := o.principal(appID)
		if sp == nil || sp.Fresh && c.org == contosoOrg && spendLocked(&c.server.tenant.Replication.User) {
			return c.refuse("0x80041d28", appID)
		}
		if slices.ContainsFunc(s.users, func(u record) bool { return equal(u.row["applicationid"], appID) }) {
			return c.refuse("0x8004f511", appID)
		}
		u := c.server.newApplicationUser(c.org, *sp)
		u["systemuserid"], u["accessmode"], u["isdisabled"], u["_businessunitid_value"] = id, mode, disabled, unit
		s.users = append(s.users, record{row: u})
		return nil
	})
}

// newApplicationUser returns the row of a service principal's new user, in the root
// business unit.
func (s *Server) newApplicationUser(org *organization, sp principal) row {
	appID := strings.ToLower(sp.AppID)
	u := newUserRow(org, newID(), "# "+sp.Name, appID+"@"+contoso.Domain)
	u["applicationid"], u["applicationiduri"], u["azureactivedirectoryobjectid"] = appID, appID, sp.ObjectID
	u["accessmode"], u["isdisabled"] = 4, false
	u["createdon"] = s.clock().Format("2006-01-02T15:04:05Z")
	return u
}

// update serves PATCH of a user: it is switched on or off. PATCH of a row that is not
// there would make it.
//
// Source: terraform-provider-power-platform, which sends applicationid along.
func (c *call) update(w http.ResponseWriter, set, id string) *refused {
	b, f := c.readRow()
	switch {
	case f != nil:
		return f
	case set == "roles":
		return c.renameRole(w, b, id)
	case !c.holds("prvWriteUser"):
		return c.lacks(userTable, "prvWriteUser")
	}
	if f := c.unknown(userTable, b, "isdisabled", "applicationid"); f != nil {
		return f
	}
	var appID string
	disabled := false
	given, f := c.value(b, "isdisabled", &disabled)
	if f != nil {
		return f
	}
	if _, f := c.value(b, "applicationid", &appID); f != nil {
		return f
	}
	f = c.store(func(_ *objects, s *store) *refused {
		i := find(s.users, "systemuserid", id)
		switch {
		case i < 0:
			return c.absent("systemuser", id)
		case appID != "" && !equal(s.users[i].row["applicationid"], appID):
			// Guess: the text.
			return c.refuse("0x80041d48", "An application user cannot be updated.")
		case given:
			s.users[i] = s.users[i].with(row{"isdisabled": disabled, "disabledreason": disabledReason(disabled)})
		}
		return nil
	})
	if f != nil {
		return f
	}
	return c.written(w, userTable, id, http.StatusOK)
}

// absent answers PATCH of a row that is not there: it would make it, unless the request
// asks for one that is there.
//
// Source: learn.microsoft.com/power-apps/developer/data-platform/webapi/update-delete-entities-using-web-api#prevent-create-in-upsert.
func (c *call) absent(table, id string) *refused {
	if c.Header.Get("If-Match") == "*" {
		return c.refuse("0x80040217", table, id)
	}
	return unmodelled(http.StatusNotImplemented, "PATCH of a row that is not there")
}

// disabledReason returns the reason that a user shows.
//
// Guess: the text.
func disabledReason(disabled bool) any {
	if disabled {
		return "Disabled by an administrator."
	}
	return nil
}

// remove serves DELETE. The first one of a user marks it as deleted, and the second
// one purges it.
//
// Source: terraform-provider-power-platform, which sends both.
//
// Guess: the code for a user that is not disabled, which the admin center does not
// let delete; that a deleted user keeps its row as it is, and loses its roles.
func (c *call) remove(w http.ResponseWriter, set, id string) *refused {
	var f *refused
	switch {
	case set == "roles":
		f = c.removeRole(id)
	case !c.holds("prvDeleteUser"):
		f = c.lacks(userTable, "prvDeleteUser")
	default:
		f = c.store(func(_ *objects, s *store) *refused {
			i := find(s.users, "systemuserid", id)
			switch {
			case i < 0:
				return c.refuse("0x80040217", "systemuser", id)
			case s.users[i].row["applicationid"] == nil:
				return unmodelled(http.StatusNotImplemented, "DELETE of a user who is no application user")
			case s.users[i].row["deletedstate"] != 0:
				s.users = slices.Delete(s.users, i, i+1)
			case s.users[i].row["isdisabled"] != true:
				return c.refuse("0x80040203", "Only a disabled application user can be deleted.")
			default:
				s.users[i] = s.users[i].with(row{"deletedstate": 1})
				s.users[i].roles, s.users[i].teams = nil, nil
			}
			return nil
		})
	}
	if f != nil {
		return f
	}
	w.Header().Del("Content-Type")
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// spendLocked lowers a number of requests, and reports whether any was left; the
// caller holds the lock.
func spendLocked(left *int) bool {
	if *left <= 0 {
		return false
	}
	if *left != Always {
		*left--
	}
	return true
}
