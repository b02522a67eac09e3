package dataverse

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"

	"github.com/s2sdoctor/s2sdoctor/core/transport"
)

// UserFacts is what asking for the application user brought.
type UserFacts struct {
	Reading
	// Users are the rows with the application's ID, soft-deleted ones included;
	// more than one that lives is a fault.
	Users []ApplicationUser
	// Partial is true where this server has only the oldest columns: then a missing
	// value shows nothing.
	Partial bool
	// RolesKnown is true where the direct roles could be read, TeamsKnown where the
	// teams and their roles could.
	RolesKnown, TeamsKnown bool
}

// Organization is the environment's own name, safe to show; "" where it could not
// be read with a user.
func (f UserFacts) Organization() string {
	for _, u := range f.Users {
		if u.BusinessUnit.Organization != "" {
			return u.BusinessUnit.Organization
		}
	}
	return ""
}

// Live are the rows that are not soft-deleted.
func (f UserFacts) Live() []ApplicationUser {
	var live []ApplicationUser
	for _, u := range f.Users {
		if !u.Deleted {
			live = append(live, u)
		}
	}
	return live
}

// With returns the facts with the teams of their users.
func (f UserFacts) With(t TeamFacts) UserFacts {
	f.TeamsKnown = t.Known
	users := append([]ApplicationUser(nil), f.Users...)
	for i := range users {
		users[i].Teams = t.Teams
	}
	f.Users = users
	return f
}

const (
	shortColumns = "systemuserid,fullname,applicationid,applicationiduri,azureactivedirectoryobjectid,isdisabled"
	longColumns  = shortColumns + ",disabledreason,islicensed,deletedstate,azurestate"

	roleColumns = "roleid,name,_roletemplateid_value"
	roleExpand  = "systemuserroles_association($select=" + roleColumns + ")"
	unitExpand  = "businessunitid($select=name,isdisabled)"
	// Single-valued properties may be nested; the organisation's name costs no
	// request of its own.
	//
	// Source: learn.microsoft.com/power-apps/developer/data-platform/webapi/query/join-tables
	// and …/webapi/reference/businessunit.
	organizationExpand = "businessunitid($select=name,isdisabled;$expand=organizationid($select=name))"
)

// shapes are the ways to ask for a user, most telling first. Older servers refuse
// an unknown column with 400; a role that may not read organisations, roles or
// business units is refused with 403, though it may read users.
var shapes = []struct {
	columns, expand string
	partial, roles  bool
}{
	{longColumns, roleExpand + "," + organizationExpand, false, true},
	{longColumns, roleExpand + "," + unitExpand, false, true},
	{longColumns, "", false, false},
	{shortColumns, roleExpand, true, true},
	{shortColumns, "", true, false},
}

// FindUser reads the rows that carry the application's ID, with their direct
// roles. Teams are asked for apart, see [FindTeams].
func FindUser(ctx context.Context, c *transport.Client, e Environment, clientID string) UserFacts {
	return readUsers(ctx, c, e, "systemusers?", "&$filter=applicationid%20eq%20"+clientID)
}

// GetUser reads one row by its ID: the user that WhoAmI named, when no row
// carries the application's ID.
func GetUser(ctx context.Context, c *transport.Client, e Environment, userID string) UserFacts {
	return readUsers(ctx, c, e, "systemusers("+userID+")?", "")
}

func readUsers(ctx context.Context, c *transport.Client, e Environment, path, filter string) UserFacts {
	var facts UserFacts
	for i, shape := range shapes {
		// A column that is unknown is not made known by leaving out what is expanded.
		if facts.Response.Status == http.StatusBadRequest && i > 1 && !shape.partial {
			continue
		}
		query := path + "$select=" + shape.columns
		if shape.expand != "" {
			query += "&$expand=" + url.QueryEscape(shape.expand)
		}
		next := UserFacts{Reading: e.list(ctx, c, query+filter), Partial: shape.partial, RolesKnown: shape.roles}
		if facts.Tried && !next.OK() {
			continue // the first refusal is the one that explains
		}
		if facts = next; facts.OK() {
			facts.Users = readRows(facts.Response.Body)
			return facts
		}
		if !narrower(facts.Reading) {
			break
		}
	}
	facts.RolesKnown = false
	return facts
}

// narrower reports whether a refusal may be due to a part of the question.
func narrower(r Reading) bool {
	return r.Err == nil && (r.Response.Status == http.StatusBadRequest || r.Response.Status == http.StatusForbidden)
}

// readRows reads a list of users or a single one; a row without an ID is ignored.
func readRows(body []byte) []ApplicationUser {
	var list struct {
		Value rows[userRow] `json:"value"`
	}
	var one userRow
	switch {
	case json.Unmarshal(body, &list) == nil && list.Value != nil:
	case json.Unmarshal(body, &one) == nil:
		list.Value = rows[userRow]{one}
	}
	var users []ApplicationUser
	for _, row := range list.Value {
		if u := row.user(); u.ID != "" {
			users = append(users, u)
		}
	}
	return users
}
