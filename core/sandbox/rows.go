package sandbox

import (
	"fmt"
	"strings"
)

// The templates of Microsoft's roles.
//
// Source: learn.microsoft.com/power-apps/developer/data-platform/security-roles.
const (
	systemAdministratorTemplate = "627090ff-40a3-4053-8790-584edc5be201"
	basicUserTemplate           = "236750cd-45ae-4939-ab12-b24b920ced93"
)

// The roles and teams of every environment.
const (
	administratorRoleID = "4f7a2c18-d2a4-ee11-be37-000d3a4b1c2d"
	customRoleID        = "6b9c4e3a-d8a4-ee11-be37-000d3a4b1c2d"
	basicRoleID         = "7cad5f4b-d8a4-ee11-be37-000d3a4b1c2d"
	administratorTeamID = "8dbe605c-d9a4-ee11-be37-000d3a4b1c2d"
	customTeamID        = "afd0827e-d9a4-ee11-be37-000d3a4b1c2d"
	childUnitID         = "b92e4071-d2a4-ee11-be37-000d3a4b1c2d"
	personID            = "16e4a908-d3a4-ee11-be37-000d3a4b1c2d"
	// The rows of Contoso's other administrators.
	dataverseAdministratorID = "27f5ba19-d3a4-ee11-be37-000d3a4b1c2d"
	makerID                  = "3806cb2a-d3a4-ee11-be37-000d3a4b1c2d"
)

// applicationName is the display name of the healthy connection's application.
const applicationName = "S2S Integration"

// customPrivileges are those of the custom role of Contoso's application user.
var customPrivileges = []string{
	"prvReadUser", "prvReadRole", "prvReadTeam", "prvReadBusinessUnit", "prvReadOrganization",
	"prvReadAccount", "prvWriteAccount", "prvCreateAccount",
}

// store returns the rows of an environment before any change.
func (t Tenant) store(o *organization) store {
	s := store{records: map[string][]record{}}
	s.units = []record{{row: row{"businessunitid": o.UnitID, "name": o.UnitName, "isdisabled": o == contosoOrg && t.User.DisabledUnit, "_parentbusinessunitid_value": nil}}}
	s.role(o, administratorRoleID, "System Administrator", systemAdministratorTemplate, inOrganization(privilegeNames()...))
	s.role(o, customRoleID, "S2S Integration", "", t.User.privileges())
	s.team(o, administratorTeamID, "Platform owners", administratorRoleID)
	s.team(o, customTeamID, "Integrations", customRoleID)
	s.person(o, administratorAccount, personID, administratorRoleID)
	if o == contosoOrg {
		if t.Environment.ChildUnit {
			s.child(o)
		}
		t.User.rows(&s, o)
		s.role(o, basicRoleID, "Basic User", basicUserTemplate, inOrganization("prvReadUser", "prvReadRole", "prvReadTeam", "prvReadBusinessUnit", "prvReadOrganization", "prvReadAccount", "prvReadContact"))
		s.person(o, administrators[1], dataverseAdministratorID, administratorRoleID)
		s.person(o, administrators[2], makerID, basicRoleID)
	}
	return s
}

// child adds a business unit below the root, with a copy of each role.
func (s *store) child(o *organization) {
	s.units = append(s.units, record{row: row{"businessunitid": childUnitID, "name": "Sales", "isdisabled": false, "_parentbusinessunitid_value": o.UnitID}})
	for _, r := range s.roles {
		s.roles = append(s.roles, r.with(row{"roleid": copyOf(str(r.row["roleid"])), "_businessunitid_value": childUnitID}))
	}
}

// copyOf returns the ID of a role's copy in the child unit.
func copyOf(roleID string) string { return nameID("copy of " + roleID) }

func (s *store) role(o *organization, id, name, template string, privileges []rolePrivilege) {
	s.roles = append(s.roles, record{privileges: privileges, row: row{
		"roleid": id, "name": name, "_roletemplateid_value": orNil(template), "_businessunitid_value": o.UnitID,
		"_parentrootroleid_value": id, "ismanaged": template != "",
	}})
}

func (s *store) team(o *organization, id, name, roleID string) {
	s.teams = append(s.teams, record{roles: []string{roleID}, row: row{"teamid": id, "name": name, "teamtype": 0, "_businessunitid_value": o.UnitID}})
}

// privileges returns those of the custom role.
func (u User) privileges() []rolePrivilege {
	var names []string
	for _, p := range customPrivileges {
		if u.NoReadUser && p == "prvReadUser" || u.NoReadTeam && p == "prvReadTeam" || u.NoReadOrganization && p == "prvReadOrganization" {
			continue
		}
		names = append(names, p)
	}
	return inOrganization(names...)
}

// inOrganization returns privileges for the whole organisation.
func inOrganization(names ...string) []rolePrivilege {
	var out []rolePrivilege
	for _, name := range names {
		out = append(out, rolePrivilege{name, globalDepth})
	}
	return out
}

// rows adds the rows of the application user: zero, one, or several.
func (u User) rows(s *store, o *organization) {
	if u.Missing {
		return
	}
	app := newUserRow(o, UserID, "# "+applicationName, applicationUserAccount.SignIn)
	app["applicationid"], app["applicationiduri"] = ClientID, ClientID
	app["azureactivedirectoryobjectid"], app["accessmode"] = ServicePrincipalID, 4
	if u.NoApplicationID {
		app["applicationid"], app["applicationiduri"] = nil, nil
	}
	if u.NoApplicationIDURI {
		app["applicationiduri"] = nil
	}
	switch {
	case u.NoObjectID:
		app["azureactivedirectoryobjectid"] = nil
	case u.OtherObjectID:
		app["azureactivedirectoryobjectid"] = RegistrationObjectID
	}
	app["isdisabled"], app["islicensed"], app["azurestate"] = u.Disabled, u.Licensed, u.AzureState
	app["disabledreason"] = disabledReason(u.Disabled)
	if u.Deleted {
		app["deletedstate"] = 1
	}
	r, custom, administrator := record{row: app}, customRoleID, administratorRoleID
	if u.InChildUnit {
		app["_businessunitid_value"], custom, administrator = childUnitID, copyOf(custom), copyOf(administrator)
	}
	if !u.NoRole && !u.RoleByTeam {
		r.roles = append(r.roles, custom)
	}
	if u.Administrator {
		r.roles = append(r.roles, administrator)
	}
	if u.RoleByTeam {
		r.teams = append(r.teams, customTeamID)
	}
	if u.AdministratorByTeam {
		r.teams = append(r.teams, administratorTeamID)
	}
	s.users = append(s.users, r)
	if u.Duplicate {
		s.users = append(s.users, r.with(row{"systemuserid": "02f3a415-daa4-ee11-be37-000d3a4b1c2d", "fullname": "# S2S Integration (old)"}))
	}
	if u.SecondDeleted {
		s.users = append(s.users, r.with(row{"systemuserid": "13a4b526-daa4-ee11-be37-000d3a4b1c2d", "deletedstate": 1}))
	}
}

func (s *store) person(o *organization, a account, id, roleID string) {
	u := newUserRow(o, id, a.Name, a.SignIn)
	u["azureactivedirectoryobjectid"], u["islicensed"], u["accessmode"] = a.ObjectID, true, 0
	s.users = append(s.users, record{row: u, roles: []string{roleID}})
}

// newUserRow returns a user with the values that every new row has.
func newUserRow(o *organization, id, name, signIn string) row {
	return row{
		"systemuserid": id, "fullname": name, "domainname": signIn, "internalemailaddress": signIn,
		"applicationid": nil, "applicationiduri": nil, "azureactivedirectoryobjectid": nil,
		"isdisabled": false, "disabledreason": nil, "islicensed": false, "accessmode": 4,
		"deletedstate": 0, "azurestate": 0, "isallowedbyipfirewall": false, "createdon": "2024-01-06T09:12:44Z",
		"setupuser": false, "isintegrationuser": false, "systemmanagedusertype": 0, "userlicensetype": -1, "caltype": 0,
		"_businessunitid_value": o.UnitID,
	}
}

func equal(a any, b string) bool { return a != nil && strings.EqualFold(str(a), b) }

func str(v any) string { return fmt.Sprint(v) }
