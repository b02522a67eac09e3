package dataverse

import (
	"context"
	"encoding/json"

	"github.com/s2sdoctor/s2sdoctor/core/guid"
	"github.com/s2sdoctor/s2sdoctor/core/plain"
	"github.com/s2sdoctor/s2sdoctor/core/transport"
)

// Privilege is a privilege of a user with the depth that it reaches.
type Privilege struct {
	Name string
	// Depth is Basic, Local, Deep or Global.
	Depth string
}

// AccessFacts is what a user may do, and the version of the server.
type AccessFacts struct {
	Privileges []Privilege
	// PrivilegesKnown is true where they could be read.
	PrivilegesKnown bool
	// Version is the server's, such as "9.2.24113.184"; "" where it could not be read.
	Version string
}

// Access reads what a user may do, from all roles and teams together, and the version of
// the server.
//
// Source: learn.microsoft.com/power-apps/developer/data-platform/webapi/reference/retrieveuserprivileges
// and …/retrieveversion; read 2026-11.
func Access(ctx context.Context, c *transport.Client, e Environment, userID string) AccessFacts {
	var facts AccessFacts
	if r := e.list(ctx, c, "systemusers("+userID+")/Microsoft.Dynamics.CRM.RetrieveUserPrivileges"); r.OK() {
		var body struct{ RolePrivileges *[]rolePrivilege }
		if json.Unmarshal(r.Response.Body, &body) == nil && body.RolePrivileges != nil {
			facts.PrivilegesKnown = true
			facts.Privileges = privileges(*body.RolePrivileges)
		}
	}
	if r := e.get(ctx, c, "RetrieveVersion()"); r.OK() {
		var body struct{ Version string }
		if json.Unmarshal(r.Response.Body, &body) == nil {
			facts.Version = plain.LineTo(body.Version, 40)
		}
	}
	return facts
}

type rolePrivilege struct {
	Depth         string
	PrivilegeID   string `json:"PrivilegeId"`
	PrivilegeName string
}

// depths are from the smallest to the largest.
var depths = map[string]int{"Basic": 1, "Local": 2, "Deep": 3, "Global": 4}

// privileges returns each privilege once, with its largest depth. An older server names
// them by their IDs alone.
func privileges(list []rolePrivilege) []Privilege {
	var all []Privilege
	at := map[string]int{}
	for _, p := range list {
		name := plain.Name(p.PrivilegeName)
		if name == "" {
			name = guid.Of(p.PrivilegeID)
		}
		if depths[p.Depth] == 0 || name == "" {
			continue
		}
		i, known := at[name]
		switch {
		case !known:
			at[name] = len(all)
			all = append(all, Privilege{name, p.Depth})
		case depths[p.Depth] > depths[all[i].Depth]:
			all[i].Depth = p.Depth
		}
	}
	return all
}
