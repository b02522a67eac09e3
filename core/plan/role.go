package plan

import (
	"slices"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

type reference struct {
	ID string `json:"@odata.id"`
}

type newRole struct {
	Name         string `json:"name"`
	BusinessUnit string `json:"businessunitid@odata.bind"`
}

type rolePrivileges struct {
	// Privileges is a list of rolePrivilege, or [SourcePrivileges].
	Privileges any `json:"Privileges"`
}

type rolePrivilege struct {
	ID           string `json:"PrivilegeId"`
	Depth        string `json:"Depth"`
	BusinessUnit string `json:"BusinessUnitId"`
}

func planRole(t Target, s State, step *Step) {
	user, name := s.user(), t.RoleName()
	has := func(r SecurityRole) bool { return strings.EqualFold(r.Name, name) }
	role, one := s.Roles.one()
	switch {
	case !s.Users.Read && step.made(s, RoleID):
	case name == "" && len(user.Roles)+len(user.TeamRoles) > 0:
		step.done(text.F("The application user has the security role %s.", names(slices.Concat(user.Roles, user.TeamRoles))))
	case name == "":
		step.ask(text.F("The application user needs a security role. Choose one that the environment has, or make one of the privileges that the integration needs."))
	case slices.ContainsFunc(user.Roles, has):
		step.done(text.F("The application user has the security role “%s”.", name))
		step.found(RoleID, user.Roles[slices.IndexFunc(user.Roles, has)].ID)
	case s.Roles.Denied:
		step.block(catalog.AdminNoRights, text.F("The signed-in administrator may not read security roles."))
	case t.Role == Minimal && len(s.Unknown) > 0:
		step.block(catalog.RoleNotFound, text.F("The environment has no such privilege: %s. Check the tables' logical names.", wanted(s.Unknown)))
	case t.makesRole() && s.Sources.Denied:
		step.block(catalog.AdminNoRights, text.F("The signed-in administrator may not read the definitions of tables."))
	case t.makesRole() && len(s.Roles.Rows) > 0 && (!one || role.ID != s.Made[RoleID]):
		step.block(catalog.RoleAmbiguous, text.F("The environment already has a role “%s”, which this set-up did not make. Choose another name.", name))
	case t.makesRole():
		step.make(t, s)
	case len(s.Roles.Rows) > 1:
		step.block(catalog.RoleAmbiguous, text.F("%d roles of the business unit are named “%s”. Rename all but one.", len(s.Roles.Rows), name))
	case s.Roles.Read && !one:
		step.block(catalog.RoleNotFound, text.F("The user's business unit has no role “%s”. Check the name: it is shown under Security roles in the Power Platform admin center.", name))
	default:
		step.assign(t, user, role)
	}
}

// makesRole reports whether the role is a new one.
func (t Target) makesRole() bool { return t.Role == Minimal || t.Role == "" && t.Classic }

// assign plans to give the user an existing role.
func (s *Step) assign(t Target, user User, role SecurityRole) {
	at := t.dataverse("systemusers(" + ApplicationUserID.or(user.ID) + ")/systemuserroles_association/$ref")
	target := t.dataverse("roles(" + RoleID.or(role.ID) + ")")
	s.do(text.F("Gives the application user the security role “%s”: it may then do what the role allows.", t.RoleName()),
		post(at, reference{target}).back(remove(at+"?$id="+target)))
	s.found(RoleID, role.ID)
}

// make plans a new role and its assignment.
func (s *Step) make(t Target, state State) {
	user, unit := state.user(), BusinessUnitID.or(state.Unit())
	role := t.dataverse("roles(" + RoleID.String() + ")")
	ours := state.Made[RoleID]
	if ours == "" {
		s.do(text.Text{}, post(t.dataverse("roles"), newRole{t.RoleName(), "/businessunits(" + unit + ")"}).makes(Made{RoleID, "roleid"}).back(remove(role)))
	} else {
		role = t.dataverse("roles(" + ours + ")")
	}
	s.do(text.Text{}, post(role+"/Microsoft.Dynamics.CRM.AddPrivilegesRole", rolePrivileges{t.privileges(state, unit)}))
	s.assign(t, user, SecurityRole{ID: ours})
	if t.Role == Minimal {
		s.Change = text.F("Makes the security role “%s” with exactly these privileges, and gives it to the application user: %s.", t.RoleName(), wanted(t.Privileges))
		return
	}
	s.Change = text.F("Copies System Administrator to the security role “%s”, and gives that to the application user. It may then do everything in the environment.", t.RoleName())
}

// privileges are those of a new role: what was read of the metadata, or else values
// that name what is to be read.
func (t Target) privileges(state State, unit string) any {
	if !state.Sources.Read && t.Role != Minimal {
		return SourcePrivileges.String()
	}
	list := []rolePrivilege{}
	if state.Sources.Read {
		for _, p := range state.Sources.Rows {
			list = append(list, rolePrivilege{p.ID, p.Depth, unit})
		}
		return list
	}
	for _, p := range t.Privileges {
		list = append(list, rolePrivilege{Value("privilege." + p.Table + "." + p.Verb).String(), p.WebDepth(), unit})
	}
	return list
}

func names(roles []SecurityRole) string {
	var list []string
	for _, r := range roles {
		list = append(list, "“"+r.Name+"”")
	}
	return strings.Join(list, ", ")
}

func wanted(privileges []Privilege) string {
	var list []string
	for _, p := range privileges {
		list = append(list, p.String())
	}
	return strings.Join(list, ", ")
}
