package sandbox

import (
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/sandbox/odata"
)

// row is a record of a table.
type row = odata.Row

// table is a table of Dataverse, as far as the sandbox has it. A request for what is
// Unmodelled is no mistake of the client.
type table struct {
	*odata.Entity
	// TypeCode and Privilege are those that a refusal to read it names; Create is the
	// privilege to make a row, and Primary the column of its name, of a business table.
	TypeCode, Privilege, Create, Primary string
	rows                                 func(*database) []row
}

// Source: learn.microsoft.com/power-apps/developer/data-platform/reference/entities,
// and rows that were published whole.
var (
	unitTable = &table{
		Entity: &odata.Entity{
			Logical: "businessunit", Set: "businessunits", Key: "businessunitid",
			Columns: []odata.Column{
				{Name: "businessunitid", Kind: odata.GUID},
				{Name: "name", Kind: odata.Text},
				{Name: "isdisabled", Kind: odata.Bool},
				{Name: "_parentbusinessunitid_value", Kind: odata.GUID},
			},
			// terraform-provider-power-platform filters by the link itself.
			Alias: map[string]string{"parentbusinessunitid": "_parentbusinessunitid_value"},
			Unmodelled: strings.Fields(`_createdby_value _modifiedby_value _transactioncurrencyid_value _organizationid_value
		costcenter createdon creditlimit description disabledreason divisionname emailaddress exchangerate fileasname
		ftpsiteurl inheritancemask modifiedon picture stockexchange tickersymbol utcoffset versionnumber websiteurl
		workflowsuspended address1_* address2_*
		createdby modifiedby organizationid parentbusinessunitid business_unit_system_users business_unit_teams business_unit_parent_business_unit`),
		},
		TypeCode: "10", Privilege: "prvReadBusinessUnit",
		rows: func(d *database) []row { return d.units },
	}
	roleTable = &table{
		Entity: &odata.Entity{
			Logical: "role", Set: "roles", Key: "roleid",
			Columns: []odata.Column{
				{Name: "roleid", Kind: odata.GUID},
				{Name: "name", Kind: odata.Text},
				{Name: "ismanaged", Kind: odata.Bool},
				{Name: "_roletemplateid_value", Kind: odata.GUID},
				{Name: "_parentrootroleid_value", Kind: odata.GUID},
				{Name: "_businessunitid_value", Kind: odata.GUID},
			},
			Unmodelled: strings.Fields(`_createdby_value _createdonbehalfby_value _modifiedby_value _modifiedonbehalfby_value _parentroleid_value
		canbedeleted componentstate createdon importsequencenumber iscustomizable isinherited modifiedon
		overriddencreatedon overwritetime roleidunique solutionid versionnumber
		businessunitid createdby modifiedby parentroleid parentrootroleid roletemplateid
		roleprivileges_association systemuserroles_association teamroles_association appmoduleroles_association`),
		},
		TypeCode: "1036", Privilege: "prvReadRole",
		rows: func(d *database) []row { return d.roles },
	}
	teamTable = &table{
		Entity: &odata.Entity{
			Logical: "team", Set: "teams", Key: "teamid",
			Columns: []odata.Column{
				{Name: "teamid", Kind: odata.GUID},
				{Name: "name", Kind: odata.Text},
				{Name: "teamtype", Kind: odata.Number},
				{Name: "_businessunitid_value", Kind: odata.GUID},
			},
			Links: []odata.Navigation{{Name: "teamroles_association", Target: roleTable.Entity, Many: true}},
			Unmodelled: strings.Fields(`_administratorid_value _createdby_value _modifiedby_value _queueid_value _transactioncurrencyid_value
		azureactivedirectoryobjectid createdon description emailaddress isdefault membershiptype modifiedon
		importsequencenumber overriddencreatedon organizationid stageid systemmanaged versionnumber yominame
		administratorid businessunitid createdby modifiedby queueid teammembership_association teamprofiles_association`),
		},
		TypeCode: "9", Privilege: "prvReadTeam",
		rows: func(d *database) []row { return d.teams },
	}
	organizationTable = &table{
		Entity: &odata.Entity{
			Logical: "organization", Set: "organizations", Key: "organizationid",
			Columns: []odata.Column{
				{Name: "organizationid", Kind: odata.GUID},
				{Name: "name", Kind: odata.Text},
				{Name: "languagecode", Kind: odata.Number},
				{Name: "createdon", Kind: odata.Date},
			},
			Unmodelled: strings.Fields(`_basecurrencyid_value _createdby_value _modifiedby_value _systemuserid_value
		currencysymbol currencycode dateformatcode dateformatstring fiscalcalendarstart fiscalperiodtype
		isauditenabled isduplicatedetectionenabled localeid maxuploadfilesize modifiedon orgdborgsettings
		plugintracelogsetting schemanameprefix sessiontimeoutenabled timeformatcode timezoneruleversionnumber
		versionnumber weekstartdaycode basecurrencyid createdby modifiedby`),
		},
		TypeCode: "1019", Privilege: "prvReadOrganization",
		rows: func(d *database) []row { return d.orgs },
	}
	userTable = &table{
		Entity: &odata.Entity{
			Logical: "systemuser", Set: "systemusers", Key: "systemuserid",
			Columns: []odata.Column{
				{Name: "systemuserid", Kind: odata.GUID},
				{Name: "fullname", Kind: odata.Text},
				{Name: "domainname", Kind: odata.Text},
				{Name: "internalemailaddress", Kind: odata.Text},
				{Name: "applicationid", Kind: odata.GUID},
				{Name: "applicationiduri", Kind: odata.Text},
				{Name: "azureactivedirectoryobjectid", Kind: odata.GUID},
				{Name: "isdisabled", Kind: odata.Bool},
				{Name: "disabledreason", Kind: odata.Text},
				{Name: "islicensed", Kind: odata.Bool},
				{Name: "accessmode", Kind: odata.Number},
				{Name: "caltype", Kind: odata.Number},
				{Name: "userlicensetype", Kind: odata.Number},
				{Name: "setupuser", Kind: odata.Bool},
				{Name: "isintegrationuser", Kind: odata.Bool},
				{Name: "createdon", Kind: odata.Date},
				{Name: "_businessunitid_value", Kind: odata.GUID},
				{Name: "organizationid", Kind: odata.GUID},
				{Name: "azurestate", Kind: odata.Number, Newer: true},
				{Name: "deletedstate", Kind: odata.Number, Newer: true},
				{Name: "isallowedbyipfirewall", Kind: odata.Bool, Newer: true},
				{Name: "systemmanagedusertype", Kind: odata.Number, Newer: true},
			},
			Links: []odata.Navigation{
				{Name: "businessunitid", Target: unitTable.Entity},
				{Name: "systemuserroles_association", Target: roleTable.Entity, Many: true},
				{Name: "teammembership_association", Target: teamTable.Entity, Many: true},
			},
			Unmodelled: strings.Fields(`_calendarid_value _createdby_value _createdonbehalfby_value _defaultmailbox_value
		_mobileofflineprofileid_value _modifiedby_value _modifiedonbehalfby_value _parentsystemuserid_value
		_positionid_value _queueid_value _territoryid_value _transactioncurrencyid_value
		azuredeletedon defaultfilterspopulated defaultodbfoldername displayinserviceviews emailrouteraccessapproval
		employeeid entityimage entityimage_timestamp entityimage_url entityimageid exchangerate firstname governmentid
		homephone identityid importsequencenumber incomingemaildeliverymethod invitestatuscode
		isemailaddressapprovedbyo365admin issyncwithdirectory jobtitle lastname middlename mobilealertemail mobilephone
		modifiedon nickname outgoingemaildeliverymethod overriddencreatedon ownerid passporthi passportlo
		personalemailaddress photourl preferredaddresscode preferredemailcode preferredphonecode processid salutation
		sharepointemailaddress skills stageid timezoneruleversionnumber title traversedpath userpuid
		utcconversiontimezonecode versionnumber windowsliveid yammeremailaddress yammeruserid yomifirstname yomifullname
		yomilastname yomimiddlename
		address1_* address2_*
		createdby modifiedby parentsystemuserid positionid queueid territoryid defaultmailbox
		systemuserprofiles_association calendarid mobileofflineprofileid transactioncurrencyid`),
		},
		TypeCode: "8", Privilege: "prvReadUser",
		rows: func(d *database) []row { return d.users },
	}

	tables = []*table{userTable, roleTable, teamTable, unitTable, organizationTable, accountTable, contactTable}
)

// Links between tables that are declared after one another, or lead to each other.
func init() {
	unitTable.Links = append(unitTable.Links, odata.Navigation{Name: "organizationid", Target: organizationTable.Entity})
	teamTable.Links = append(teamTable.Links, odata.Navigation{Name: "teammembership_association", Target: userTable.Entity, Many: true})
}

// tableOf returns the table of an entity, or nil.
func tableOf(e *odata.Entity) *table {
	for _, t := range tables {
		if t.Entity == e {
			return t
		}
	}
	return nil
}

// entitySet returns the table behind a segment of a path, or nil.
func entitySet(name string) *table {
	for _, t := range tables {
		if t.Set == name {
			return t
		}
	}
	return nil
}
