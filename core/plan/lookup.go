package plan

import (
	"net/url"
	"strings"
)

// Source is a read that brings one value.
type Source struct {
	Value Value
	URL   string
	// Field is the property of the response that holds it. With Listed the response
	// has a list of objects under "value", and the only one of them counts.
	Field  string
	Listed bool
}

// Source returns the read that brings a value, false for a value that only a change
// brings. Its address may hold values that are not known yet.
func (t Target) Source(v Value) (Source, bool) {
	appID := ApplicationAppID.or(t.ClientID)
	switch v {
	case ApplicationID:
		return Source{v, t.graph("applications(appId='" + appID + "')?$select=id"), "id", false}, true
	case ServicePrincipalID:
		return Source{v, t.graph("servicePrincipals(appId='" + appID + "')?$select=id"), "id", false}, true
	case DataverseID:
		return Source{v, t.graph("servicePrincipals(appId='" + DataverseAppID + "')?$select=id"), "id", false}, true
	case BusinessUnitID:
		return Source{v, t.dataverse("businessunits?$select=businessunitid&$filter=" + query("parentbusinessunitid eq null")), "businessunitid", true}, true
	case ApplicationUserID:
		return Source{v, t.dataverse("systemusers?$select=systemuserid&$filter=" + query("applicationid eq "+appID+" and deletedstate eq 0")), "systemuserid", true}, true
	case RoleID:
		return Source{v, t.dataverse("roles?$select=roleid&$filter=" +
			query("name eq '"+strings.ReplaceAll(t.RoleName(), "'", "''")+"' and _businessunitid_value eq "+BusinessUnitID.String())), "roleid", true}, true
	case SourceRoleID:
		return Source{v, t.dataverse("roles?$select=roleid&$filter=" +
			query("_roletemplateid_value eq "+SystemAdministrator+" and _businessunitid_value eq "+BusinessUnitID.String())), "roleid", true}, true
	}
	return Source{}, false
}

// SystemAdministrator is the template of Microsoft's role, the same everywhere.
//
// Source: learn.microsoft.com/power-apps/developer/data-platform/security-roles.
const SystemAdministrator = "627090ff-40a3-4053-8790-584edc5be201"

// query escapes a filter for an address, and leaves values as they are.
func query(filter string) string {
	escaped := strings.ReplaceAll(url.QueryEscape(filter), "+", "%20")
	return strings.NewReplacer("%7B", "{", "%7D", "}", "%27", "'", "%28", "(", "%29", ")").Replace(escaped)
}

// privilegeTypes are the verbs as the metadata writes them.
//
// Source: learn.microsoft.com/power-apps/developer/data-platform/webapi/reference/privilegetype.
var privilegeTypes = map[string]string{
	"create": "Create", "read": "Read", "write": "Write", "delete": "Delete",
	"append": "Append", "appendto": "AppendTo", "assign": "Assign", "share": "Share",
}

// privilegeSource returns the address of the metadata that names a privilege, and the
// privilege's type there.
func (t Target) privilegeSource(v Value) (url, kind string) {
	name := strings.TrimPrefix(string(v), privilegePrefix)
	dot := strings.LastIndex(name, ".")
	return t.dataverse("EntityDefinitions(LogicalName='" + name[:dot] + "')?$select=Privileges"), privilegeTypes[name[dot+1:]]
}
