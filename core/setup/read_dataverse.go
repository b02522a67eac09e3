package setup

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/plan"
)

type rawUser struct {
	ID         string    `json:"systemuserid"`
	Unit       string    `json:"_businessunitid_value"`
	DomainName string    `json:"domainname"`
	Disabled   bool      `json:"isdisabled"`
	Deleted    int       `json:"deletedstate"`
	Roles      []rawRole `json:"systemuserroles_association"`
}

type rawRole struct {
	ID       string `json:"roleid"`
	Name     string `json:"name"`
	Template string `json:"_roletemplateid_value"`
}

type rawUnit struct {
	ID string `json:"businessunitid"`
}

type rawEntity struct {
	Privileges []struct {
		ID   string `json:"PrivilegeId"`
		Name string `json:"Name"`
		Type string `json:"PrivilegeType"`
	} `json:"Privileges"`
}

type rawRolePrivileges struct {
	Privileges []struct {
		ID    string `json:"PrivilegeId"`
		Name  string `json:"PrivilegeName"`
		Depth string `json:"Depth"`
	} `json:"RolePrivileges"`
}

const webAPI = "/api/data/v9.2/"

// readDataverse reads the environment's half of the state.
func (s *Session) readDataverse(ctx context.Context, state *plan.State) (err error) {
	t := s.Target
	api := t.Environment + webAPI
	state.BusinessUnits, err = list(ctx, s, api+"businessunits?$select=businessunitid&$filter="+query("parentbusinessunitid eq null"),
		func(u rawUnit) string { return u.ID })
	if err != nil {
		return err
	}
	if t.ClientID != "" {
		state.Users, err = list(ctx, s, api+"systemusers?$select=systemuserid,domainname,isdisabled,deletedstate,_businessunitid_value"+
			"&$expand=systemuserroles_association($select=roleid,name,_roletemplateid_value)&$filter="+query("applicationid eq "+t.ClientID), user)
		if err != nil {
			return err
		}
		if err := s.readTeamRoles(ctx, state); err != nil {
			return err
		}
	} else {
		state.Users = plan.Found[plan.User]()
	}
	return s.readRoles(ctx, state)
}

// readTeamRoles reads the roles that come through teams if no role is asked for and the
// user has no direct one. It leaves out teams that cannot be read.
func (s *Session) readTeamRoles(ctx context.Context, state *plan.State) error {
	if s.Target.RoleName() != "" || !s.needs(plan.Role) {
		return nil
	}
	for i, u := range state.Users.Rows {
		if u.Deleted || len(u.Roles) > 0 {
			continue
		}
		roles, err := s.teamRoles(ctx, u.ID)
		if err != nil && !errors.As(err, new(*ServiceError)) {
			return err
		}
		state.Users.Rows[i].TeamRoles = roles
	}
	return nil
}

// teamRoles returns the roles that a user has through teams.
func (s *Session) teamRoles(ctx context.Context, user string) ([]plan.SecurityRole, error) {
	teams, err := list(ctx, s, s.Target.Environment+webAPI+"teams?$select=teamid&$expand=teamroles_association($select=roleid,name,_roletemplateid_value)&$filter="+
		query("teammembership_association/any(m:m/systemuserid eq "+user+")"), func(t rawTeam) []rawRole { return t.Roles })
	var roles []plan.SecurityRole
	for _, r := range slices.Concat(teams.Rows...) {
		roles = append(roles, role(r))
	}
	return roles, err
}

// readRoles reads the wanted role in the user's business unit, and what a new role is
// made of.
func (s *Session) readRoles(ctx context.Context, state *plan.State) (err error) {
	api, unit := s.Target.Environment+webAPI, state.Unit()
	name := s.Target.RoleName()
	if name == "" || unit == "" {
		return nil
	}
	inUnit := " and _businessunitid_value eq " + unit
	state.Roles, err = list(ctx, s, api+"roles?$select=roleid,name,_roletemplateid_value&$filter="+
		query("name eq '"+strings.ReplaceAll(name, "'", "''")+"'"+inUnit), role)
	switch {
	case err != nil || state.Roles.Denied:
		return err
	case s.Target.Role == plan.Minimal:
		return s.readPrivileges(ctx, state)
	case s.Target.Role == "" && s.Target.Classic:
		return s.readAdministrator(ctx, state, inUnit)
	}
	return nil
}

// readPrivileges reads the IDs of the wanted privileges from the tables' metadata. A
// table without such a privilege is an obstacle of the role.
func (s *Session) readPrivileges(ctx context.Context, state *plan.State) error {
	tables := map[string]rawEntity{}
	found := plan.Found[plan.RolePrivilege]()
	for _, p := range s.Target.Privileges {
		if _, read := tables[p.Table]; !read {
			var e rawEntity
			status, err := s.get(ctx, s.Target.Environment+webAPI+"EntityDefinitions(LogicalName='"+p.Table+"')?$select=Privileges", &e)
			if err != nil {
				return err
			}
			if status == http.StatusUnauthorized || status == http.StatusForbidden {
				state.Sources = plan.Lookup[plan.RolePrivilege]{Denied: true}
				return nil
			}
			tables[p.Table] = e
		}
		id, name := "", ""
		for _, have := range tables[p.Table].Privileges {
			if strings.EqualFold(have.Type, p.Verb) {
				id, name = have.ID, have.Name
			}
		}
		if id == "" {
			state.Unknown = append(state.Unknown, p)
			continue
		}
		found.Rows = append(found.Rows, plan.RolePrivilege{ID: id, Name: name, Depth: p.WebDepth()})
	}
	state.Sources = found
	return nil
}

// readAdministrator reads the privileges of System Administrator, which the classic
// path copies.
func (s *Session) readAdministrator(ctx context.Context, state *plan.State, inUnit string) error {
	api := s.Target.Environment + webAPI
	source, err := list(ctx, s, api+"roles?$select=roleid,name,_roletemplateid_value&$filter="+
		query("_roletemplateid_value eq "+plan.SystemAdministrator+inUnit), role)
	if err != nil || len(source.Rows) != 1 {
		return err
	}
	var raw rawRolePrivileges
	status, err := s.get(ctx, api+"RetrieveRolePrivilegesRole(RoleId="+source.Rows[0].ID+")", &raw)
	if err != nil || status != http.StatusOK {
		return err
	}
	state.Sources = plan.Found[plan.RolePrivilege]()
	for _, p := range raw.Privileges {
		state.Sources.Rows = append(state.Sources.Rows, plan.RolePrivilege{ID: p.ID, Name: p.Name, Depth: p.Depth})
	}
	return nil
}

func user(u rawUser) plan.User {
	row := plan.User{ID: u.ID, BusinessUnitID: u.Unit, DomainName: u.DomainName, Disabled: u.Disabled, Deleted: u.Deleted != 0}
	for _, r := range u.Roles {
		row.Roles = append(row.Roles, role(r))
	}
	return row
}

func role(r rawRole) plan.SecurityRole {
	return plan.SecurityRole{ID: r.ID, Name: r.Name, SystemAdministrator: strings.EqualFold(r.Template, plan.SystemAdministrator)}
}
