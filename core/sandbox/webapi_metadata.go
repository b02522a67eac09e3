package sandbox

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/guid"
	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
	"github.com/s2sdoctor/s2sdoctor/core/sandbox/odata"
)

var (
	definitionPath = lazyregexp.New(`^EntityDefinitions\(LogicalName='([^']*)'\)$`)
	rolePath       = lazyregexp.New(`^RetrieveRolePrivilegesRole\(RoleId=([^()]*)\)$`)
	setPath        = lazyregexp.New(`^systemusers\(([^()]*)\)/Microsoft\.Dynamics\.CRM\.RetrieveUserSetOfPrivilegesByNames\(PrivilegeNames=@([A-Za-z]\w*)\)$`)
)

// functions serves the functions and the metadata that a set-up reads; false for
// another path.
func (c *call) functions(w http.ResponseWriter, path string) (*refused, bool) {
	if m := definitionPath.FindStringSubmatch(path); m != nil {
		return c.definition(w, m[1]), true
	}
	if m := rolePath.FindStringSubmatch(path); m != nil {
		return c.rolePrivileges(w, m[1]), true
	}
	if m := setPath.FindStringSubmatch(path); m != nil {
		return c.setOfPrivileges(w, m[1], "@"+m[2]), true
	}
	return nil, false
}

// definition serves the privileges of a table by its metadata.
//
// Source: learn.microsoft.com/power-apps/developer/data-platform/webapi/query-metadata-web-api
// and …/webapi/reference/securityprivilegemetadata.
//
// Guess: the text for a table that is not there.
func (c *call) definition(w http.ResponseWriter, logical string) *refused {
	options, err := odata.Options(c.URL.RawQuery)
	if err != nil {
		return c.refuse("0x80060888", err.Error())
	}
	if options["$select"] != "Privileges" || len(options) > 1 {
		return unmodelled(http.StatusNotImplemented, "other metadata than Privileges")
	}
	i := slices.IndexFunc(tablePrivileges, func(t tableOfPrivileges) bool { return t.logical == logical })
	if i < 0 {
		return c.refuse("0x80060888", "Could not find an entity with the specified entity key - LogicalName = "+logical+".").as(http.StatusNotFound)
	}
	t, list := tablePrivileges[i], []object{}
	for _, verb := range t.verbs {
		list = append(list, object{
			{"CanBeBasic", true},
			{"CanBeDeep", true},
			{"CanBeGlobal", true},
			{"CanBeLocal", true},
			{"CanBeEntityReference", false},
			{"CanBeParentEntityReference", false},
			{"CanBeRecordFilter", false},
			{"Name", "prv" + verb + t.name},
			{"PrivilegeId", privilegeID("prv" + verb + t.name)},
			{"PrivilegeType", verb},
		})
	}
	c.write(w, object{{"@odata.context", c.context("EntityDefinitions(Privileges)/$entity")}, {"Privileges", list}, {"MetadataId", nameID("table " + logical)}})
	return nil
}

// rolePrivileges is RetrieveRolePrivilegesRole.
//
// Source: learn.microsoft.com/power-apps/developer/data-platform/webapi/reference/retrieveroleprivilegesrole.
func (c *call) rolePrivileges(w http.ResponseWriter, id string) *refused {
	if f := c.may(roleTable); f != nil {
		return f
	}
	role, f := c.find(roleTable, id)
	if f != nil {
		return f
	}
	list := []object{}
	for _, p := range role["privileges"].([]rolePrivilege) {
		list = append(list, object{
			{"Depth", p.Depth.String()},
			{"PrivilegeId", privilegeID(p.Name)},
			{"BusinessUnitId", role["_businessunitid_value"]},
			{"PrivilegeName", p.Name},
			{"RecordFilterId", "00000000-0000-0000-0000-000000000000"},
			{"RecordFilterUniqueName", ""},
		})
	}
	c.write(w, object{{"@odata.context", c.context("Microsoft.Dynamics.CRM.RetrieveRolePrivilegesRoleResponse")}, {"RolePrivileges", list}})
	return nil
}

// setOfPrivileges is RetrieveUserSetOfPrivilegesByNames: those of the named
// privileges that a user has, directly or through teams. A name that no privilege
// has is not among them.
//
// Source: learn.microsoft.com/power-apps/developer/data-platform/webapi/reference/retrieveusersetofprivilegesbynames;
// the shape is that of public logs of a call.
func (c *call) setOfPrivileges(w http.ResponseWriter, id, parameter string) *refused {
	options, err := odata.Options(c.URL.RawQuery)
	var names []string
	if err != nil || !guid.IsPlain(id) || json.Unmarshal([]byte(options[parameter]), &names) != nil {
		return c.refuse("0x80060888", "Bad Request - Error in query syntax.")
	}
	user, f := c.find(userTable, id)
	if f == nil && !equal(c.user["systemuserid"], id) {
		f = c.may(userTable)
	}
	if f != nil {
		return f
	}
	list := []object{}
	for _, name := range names {
		if may(user, name) {
			list = append(list, showPrivilege(user, name))
		}
	}
	c.write(w, object{{"@odata.context", c.context("Microsoft.Dynamics.CRM.RetrieveUserSetOfPrivilegesByNamesResponse")}, {"RolePrivileges", list}})
	return nil
}

// as returns the refusal with another status.
func (f *refused) as(status int) *refused {
	f.Status = status
	return f
}

// businessTables are the tables whose rows belong to users, by entity set.
var businessTables = []*table{accountTable, contactTable}

// businessTable returns the table of an entity set, or nil.
func businessTable(set string) *table {
	i := slices.IndexFunc(businessTables, func(t *table) bool { return t.Set == set })
	if i < 0 {
		return nil
	}
	return businessTables[i]
}

// Source: learn.microsoft.com/power-apps/developer/data-platform/reference/entities/account
// and …/contact.
var (
	accountTable = business("account", "accounts", "1", "Account", "name",
		`accountnumber description emailaddress1 telephone1 websiteurl revenue numberofemployees createdon modifiedon statecode statuscode
		address1_* address2_* _primarycontactid_value _parentaccountid_value _createdby_value _modifiedby_value _owningteam_value
		ownerid owninguser owningteam owningbusinessunit primarycontactid parentaccountid createdby modifiedby contact_customer_accounts`)
	contactTable = business("contact", "contacts", "2", "Contact", "fullname",
		`firstname lastname emailaddress1 telephone1 mobilephone jobtitle createdon modifiedon statecode statuscode
		address1_* address2_* _parentcustomerid_value _createdby_value _modifiedby_value _owningteam_value
		ownerid owninguser owningteam owningbusinessunit parentcustomerid_account createdby modifiedby`)
)

func business(logical, set, code, name, primary, rest string) *table {
	return &table{
		Entity: &odata.Entity{
			Logical: logical, Set: set, Key: logical + "id",
			Columns: []odata.Column{
				{Name: logical + "id", Kind: odata.GUID},
				{Name: primary, Kind: odata.Text},
				{Name: "_ownerid_value", Kind: odata.GUID},
				{Name: "_owninguser_value", Kind: odata.GUID},
				{Name: "_owningbusinessunit_value", Kind: odata.GUID},
			},
			Unmodelled: strings.Fields(rest),
		},
		TypeCode: code, Privilege: "prvRead" + name, Create: "prvCreate" + name, Primary: primary,
		rows: func(d *database) []row { return d.records[set] },
	}
}

// createRecord makes a row that belongs to the caller.
func (c *call) createRecord(t *table, b rowBody) (string, *refused) {
	if !c.holds(t.Create) {
		return "", c.lacks(t, t.Create)
	}
	if f := c.unknown(t, b, t.Primary); f != nil {
		return "", f
	}
	var name string
	if _, f := c.value(b, t.Primary, &name); f != nil {
		return "", f
	}
	id := newID()
	return id, c.store(func(_ *objects, s *store) *refused {
		s.records[t.Set] = append(s.records[t.Set], newRecord(t, id, name, str(c.user["systemuserid"]), str(c.user["_businessunitid_value"])))
		return nil
	})
}

func newRecord(t *table, id, name, owner, unit string) record {
	return record{row: row{t.Key: id, t.Primary: name, "_ownerid_value": owner, "_owninguser_value": owner, "_owningbusinessunit_value": unit}}
}

// within leaves the rows that the depth of the caller's privilege reaches. The rows
// of the other tables belong to the organisation.
func (c *call) within(t *table, rows []row) []row {
	if businessTable(t.Set) == nil {
		return rows
	}
	most, _ := depthOf(c.user, t.Privilege)
	return slices.DeleteFunc(slices.Clone(rows), func(r row) bool {
		switch most {
		case globalDepth:
			return false
		case basicDepth:
			return !equal(r["_ownerid_value"], str(c.user["systemuserid"]))
		}
		return !equal(r["_owningbusinessunit_value"], str(c.user["_businessunitid_value"]))
	})
}
