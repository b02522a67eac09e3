package sandbox

import (
	"fmt"
	"slices"
	"strings"
)

// database is the data of an environment. It is made anew for each request, from the
// current tenant.
type database struct {
	users, roles, teams, units, orgs []row
}

// The template of System Administrator.
//
// Source: learn.microsoft.com/power-apps/developer/data-platform/security-roles.
const systemAdministratorTemplate = "627090ff-40a3-4053-8790-584edc5be201"

// privileges of the custom role of Contoso's application user.
var privileges = []string{
	"prvReadUser", "prvReadRole", "prvReadTeam", "prvReadBusinessUnit", "prvReadOrganization",
	"prvReadAccount", "prvWriteAccount", "prvCreateAccount",
}

func (t Tenant) database(o *organization) *database {
	unit := row{"businessunitid": o.UnitID, "name": o.UnitName, "isdisabled": false, "_parentbusinessunitid_value": nil}
	if o == contosoOrg && t.User.DisabledUnit {
		unit["isdisabled"] = true
	}
	org := row{"organizationid": o.ID, "name": o.Name, "languagecode": 1033, "createdon": "2024-01-06T08:55:02Z"}
	unit["organizationid"] = org
	d := &database{units: []row{unit}, orgs: []row{org}}
	role := func(id, name, template string, custom bool, privileges ...string) row {
		r := row{
			"roleid": id, "name": name, "_roletemplateid_value": orNil(template), "_businessunitid_value": o.UnitID,
			"_parentrootroleid_value": id, "ismanaged": !custom, "privileges": privileges,
		}
		d.roles = append(d.roles, r)
		return r
	}
	admin := role("4f7a2c18-d2a4-ee11-be37-000d3a4b1c2d", "System Administrator", systemAdministratorTemplate, false, append(slices.Clone(privileges), delegate)...)
	custom := role("6b9c4e3a-d8a4-ee11-be37-000d3a4b1c2d", "S2S Integration", "", true, t.User.privileges()...)
	team := func(id, name string, roles ...row) row {
		tm := row{"teamid": id, "name": name, "teamtype": 0, "_businessunitid_value": o.UnitID, "teamroles_association": roles}
		d.teams = append(d.teams, tm)
		return tm
	}
	admins := team("8dbe605c-d9a4-ee11-be37-000d3a4b1c2d", "Platform owners", admin)
	integrations := team("afd0827e-d9a4-ee11-be37-000d3a4b1c2d", "Integrations", custom)

	person := d.person(o, unit, administratorAccount, "16e4a908-d3a4-ee11-be37-000d3a4b1c2d")
	person["systemuserroles_association"] = []row{admin}
	if o == contosoOrg {
		t.User.rows(d, o, unit, admin, custom, admins, integrations)
	}
	d.enrol()
	return d
}

// enrol adds the members to every team.
func (d *database) enrol() {
	for _, u := range d.users {
		for _, team := range u["teammembership_association"].([]row) {
			members, _ := team["teammembership_association"].([]row)
			team["teammembership_association"] = append(members, u)
		}
	}
}

// privileges returns those of the custom role.
func (u User) privileges() []string {
	var out []string
	for _, p := range privileges {
		if u.NoReadUser && p == "prvReadUser" || u.NoReadTeam && p == "prvReadTeam" || u.NoReadOrganization && p == "prvReadOrganization" {
			continue
		}
		out = append(out, p)
	}
	return out
}

// rows adds the rows of the application user: none, one, or several.
func (u User) rows(d *database, o *organization, unit, admin, custom, admins, integrations row) {
	if u.Missing {
		return
	}
	app := d.user(o, unit, UserID, "# S2S Integration", applicationUserAccount.SignIn)
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
	if u.Disabled {
		app["disabledreason"] = "Disabled by an administrator."
	}
	if u.Deleted {
		app["deletedstate"] = 1
	}
	if !u.NoRole && !u.RoleByTeam {
		app["systemuserroles_association"] = []row{custom}
	}
	if u.Administrator {
		app["systemuserroles_association"] = append(app["systemuserroles_association"].([]row), admin)
	}
	teams := []row{}
	if u.RoleByTeam {
		teams = append(teams, integrations)
	}
	if u.AdministratorByTeam {
		teams = append(teams, admins)
	}
	app["teammembership_association"] = teams
	if u.Duplicate {
		twin := d.copy(app, "02f3a415-daa4-ee11-be37-000d3a4b1c2d")
		twin["fullname"] = "# S2S Integration (old)"
	}
	if u.SecondDeleted {
		d.copy(app, "13a4b526-daa4-ee11-be37-000d3a4b1c2d")["deletedstate"] = 1
	}
}

func (d *database) copy(of row, id string) row {
	twin := row{}
	for k, v := range of {
		twin[k] = v
	}
	twin["systemuserid"] = id
	d.users = append(d.users, twin)
	return twin
}

func (d *database) person(o *organization, unit row, a account, id string) row {
	u := d.user(o, unit, id, a.Name, a.SignIn)
	u["azureactivedirectoryobjectid"], u["islicensed"], u["accessmode"] = a.ObjectID, true, 0
	return u
}

// user adds a user with the values that every new row has.
func (d *database) user(o *organization, unit row, id, name, signIn string) row {
	u := row{
		"systemuserid": id, "fullname": name, "domainname": signIn, "internalemailaddress": signIn,
		"applicationid": nil, "applicationiduri": nil, "azureactivedirectoryobjectid": nil,
		"isdisabled": false, "disabledreason": nil, "islicensed": false, "accessmode": 4,
		"deletedstate": 0, "azurestate": 0, "isallowedbyipfirewall": false, "createdon": "2024-01-06T09:12:44Z",
		"setupuser": false, "isintegrationuser": false, "systemmanagedusertype": 0, "userlicensetype": -1, "caltype": 0,
		"_businessunitid_value": o.UnitID, "organizationid": o.ID, "businessunitid": unit,
		"systemuserroles_association": []row{}, "teammembership_association": []row{},
	}
	d.users = append(d.users, u)
	return u
}

// live returns the first user that is not deleted and fits; nil if there is none.
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
	for _, r := range rolesOf(user) {
		if equal(r["_roletemplateid_value"], systemAdministratorTemplate) {
			return true
		}
	}
	return false
}

// may reports whether a role of the user has a privilege.
func may(user row, privilege string) bool {
	for _, r := range rolesOf(user) {
		for _, p := range r["privileges"].([]string) {
			if p == privilege {
				return true
			}
		}
	}
	return false
}

func equal(a any, b string) bool { return a != nil && strings.EqualFold(str(a), b) }

func str(v any) string { return fmt.Sprint(v) }
