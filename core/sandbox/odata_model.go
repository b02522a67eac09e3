package sandbox

// kind is the type of a column, as filters see it.
type kind int

const (
	textKind kind = iota
	guidKind
	numberKind
	boolKind
	dateKind
)

// column is one property of an entity. Newer ones are unknown to an [Organization]
// that is Old.
type column struct {
	Name  string
	Kind  kind
	Newer bool
}

// navigation is a property that leads to other rows.
type navigation struct {
	Name   string
	Target *entity
	Many   bool
}

// entity is one table, as far as the sandbox has it.
type entity struct {
	Logical, Set, Key string
	// TypeCode and Privilege are what a refusal to read it names.
	TypeCode, Privilege string
	Columns             []column
	Links               []navigation
	rows                func(*database) []row
}

// Source: learn.microsoft.com/power-apps/developer/data-platform/reference/entities.
var (
	unitEntity = &entity{
		Logical: "businessunit", Set: "businessunits", Key: "businessunitid",
		TypeCode: "10", Privilege: "prvReadBusinessUnit",
		Columns: []column{
			{"businessunitid", guidKind, false},
			{"name", textKind, false},
			{"isdisabled", boolKind, false},
			{"_parentbusinessunitid_value", guidKind, false},
		},
		rows: func(d *database) []row { return d.units },
	}
	roleEntity = &entity{
		Logical: "role", Set: "roles", Key: "roleid",
		TypeCode: "1036", Privilege: "prvReadRole",
		Columns: []column{
			{"roleid", guidKind, false},
			{"name", textKind, false},
			{"ismanaged", boolKind, false},
			{"_roletemplateid_value", guidKind, false},
			{"_parentrootroleid_value", guidKind, false},
			{"_businessunitid_value", guidKind, false},
		},
		rows: func(d *database) []row { return d.roles },
	}
	teamEntity = &entity{
		Logical: "team", Set: "teams", Key: "teamid",
		TypeCode: "9", Privilege: "prvReadTeam",
		Columns: []column{
			{"teamid", guidKind, false},
			{"name", textKind, false},
			{"teamtype", numberKind, false},
			{"_businessunitid_value", guidKind, false},
		},
		Links: []navigation{{"teamroles_association", roleEntity, true}},
		rows:  func(d *database) []row { return d.teams },
	}
	organizationEntity = &entity{
		Logical: "organization", Set: "organizations", Key: "organizationid",
		TypeCode: "1019", Privilege: "prvReadOrganization",
		Columns: []column{
			{"organizationid", guidKind, false},
			{"name", textKind, false},
			{"languagecode", numberKind, false},
			{"createdon", dateKind, false},
		},
		rows: func(d *database) []row { return d.orgs },
	}
	userEntity = &entity{
		Logical: "systemuser", Set: "systemusers", Key: "systemuserid",
		TypeCode: "8", Privilege: "prvReadUser",
		Columns: []column{
			{"systemuserid", guidKind, false},
			{"fullname", textKind, false},
			{"domainname", textKind, false},
			{"internalemailaddress", textKind, false},
			{"applicationid", guidKind, false},
			{"applicationiduri", textKind, false},
			{"azureactivedirectoryobjectid", guidKind, false},
			{"isdisabled", boolKind, false},
			{"disabledreason", textKind, false},
			{"islicensed", boolKind, false},
			{"accessmode", numberKind, false},
			{"caltype", numberKind, false},
			{"userlicensetype", numberKind, false},
			{"setupuser", boolKind, false},
			{"isintegrationuser", boolKind, false},
			{"createdon", dateKind, false},
			{"_businessunitid_value", guidKind, false},
			{"organizationid", guidKind, false},
			{"azurestate", numberKind, true},
			{"deletedstate", numberKind, true},
			{"isallowedbyipfirewall", boolKind, true},
			{"systemmanagedusertype", numberKind, true},
		},
		Links: []navigation{
			{"businessunitid", unitEntity, false},
			{"systemuserroles_association", roleEntity, true},
			{"teammembership_association", teamEntity, true},
		},
		rows: func(d *database) []row { return d.users },
	}

	entities = []*entity{userEntity, roleEntity, teamEntity, unitEntity, organizationEntity}
)

// Links between tables that are declared after one another, or lead to each other.
func init() {
	unitEntity.Links = append(unitEntity.Links, navigation{"organizationid", organizationEntity, false})
	teamEntity.Links = append(teamEntity.Links, navigation{"teammembership_association", userEntity, true})
}

func entitySet(name string) *entity {
	for _, e := range entities {
		if e.Set == name {
			return e
		}
	}
	return nil
}

func (e *entity) column(name string, old bool) (column, bool) {
	for _, c := range e.Columns {
		if c.Name == name && !(old && c.Newer) {
			return c, true
		}
	}
	return column{}, false
}

func (e *entity) link(name string) (navigation, bool) {
	for _, n := range e.Links {
		if n.Name == name {
			return n, true
		}
	}
	return navigation{}, false
}
