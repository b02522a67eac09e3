package sandbox

import (
	"slices"
	"strings"
)

// Columns and links of the real tables that the sandbox does not have. Asking
// for them is no mistake of the client.
//
// Source: learn.microsoft.com/power-apps/developer/data-platform/reference/entities,
// and rows that were published whole.
var realNames = map[string]string{
	"systemuser": `_calendarid_value _createdby_value _createdonbehalfby_value _defaultmailbox_value
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
		systemuserprofiles_association calendarid mobileofflineprofileid transactioncurrencyid`,
	"role": `_createdby_value _createdonbehalfby_value _modifiedby_value _modifiedonbehalfby_value _parentroleid_value
		canbedeleted componentstate createdon importsequencenumber iscustomizable isinherited modifiedon
		overriddencreatedon overwritetime roleidunique solutionid versionnumber
		businessunitid createdby modifiedby parentroleid parentrootroleid roletemplateid
		roleprivileges_association systemuserroles_association teamroles_association appmoduleroles_association`,
	"team": `_administratorid_value _createdby_value _modifiedby_value _queueid_value _transactioncurrencyid_value
		azureactivedirectoryobjectid createdon description emailaddress isdefault membershiptype modifiedon
		importsequencenumber overriddencreatedon organizationid stageid systemmanaged versionnumber yominame
		administratorid businessunitid createdby modifiedby queueid teammembership_association teamprofiles_association`,
	"businessunit": `_createdby_value _modifiedby_value _transactioncurrencyid_value _organizationid_value
		costcenter createdon creditlimit description disabledreason divisionname emailaddress exchangerate fileasname
		ftpsiteurl inheritancemask modifiedon picture stockexchange tickersymbol utcoffset versionnumber websiteurl
		workflowsuspended address1_* address2_*
		createdby modifiedby organizationid parentbusinessunitid business_unit_system_users business_unit_teams business_unit_parent_business_unit`,
	"organization": `_basecurrencyid_value _createdby_value _modifiedby_value _systemuserid_value
		currencysymbol currencycode dateformatcode dateformatstring fiscalcalendarstart fiscalperiodtype
		isauditenabled isduplicatedetectionenabled localeid maxuploadfilesize modifiedon orgdborgsettings
		plugintracelogsetting schemanameprefix sessiontimeoutenabled timeformatcode timezoneruleversionnumber
		versionnumber weekstartdaycode basecurrencyid createdby modifiedby`,
}

// isReal reports whether the real table has a column or link of this name.
func (e *entity) isReal(name string) bool {
	return slices.ContainsFunc(strings.Fields(realNames[e.Logical]), func(known string) bool {
		prefix, open := strings.CutSuffix(known, "*")
		return known == name || open && strings.HasPrefix(name, prefix)
	})
}

// realFunctions are what $filter knows besides the operators that the sandbox
// has.
//
// Source: learn.microsoft.com/power-apps/developer/data-platform/webapi/query/filter-rows.
var realFunctions = []string{"any", "all", "in", "has", "add", "sub", "mul", "div", "mod"}

// isRealFunction reports whether the real service takes a word of a $filter for
// a function or an operator.
func isRealFunction(word string) bool {
	return strings.HasPrefix(word, "Microsoft.Dynamics.CRM.") || slices.Contains(realFunctions, word)
}

// realOptions are query options of the real service that the sandbox does not
// know. $skip and $search are none.
//
// Source: learn.microsoft.com/power-apps/developer/data-platform/webapi/query/overview.
var realOptions = []string{"$apply", "$deltatoken", "$format", "fetchxml", "savedquery", "userquery", "tag", "partitionid"}
