package sandbox

import (
	"net/http"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/sandbox/odata"
)

const dataverseVersion = "9.2.26064.00163"

// whoAmI is WhoAmI().
func (c *call) whoAmI(w http.ResponseWriter) *refused {
	c.write(w, object{
		{"@odata.context", c.context("Microsoft.Dynamics.CRM.WhoAmIResponse")},
		{"BusinessUnitId", c.user["_businessunitid_value"]},
		{"UserId", c.user["systemuserid"]},
		{"OrganizationId", c.org.ID},
	})
	return nil
}

// serviceDocument lists the tables (OData 4.0 part 1, section 11.1.1).
func (c *call) serviceDocument(w http.ResponseWriter) *refused {
	list := []object{}
	for _, e := range tables {
		list = append(list, object{{"name", e.Set}, {"kind", "EntitySet"}, {"url", e.Set}})
	}
	c.write(w, object{{"@odata.context", strings.TrimSuffix(c.context(""), "#")}, {"value", list}})
	return nil
}

// currentOrganization is RetrieveCurrentOrganization(AccessType=@p1).
func (c *call) currentOrganization(w http.ResponseWriter, path string) *refused {
	options, err := odata.Options(c.URL.RawQuery)
	if err != nil || !strings.HasSuffix(path, "(AccessType=@p1)") || options["@p1"] != "Microsoft.Dynamics.CRM.EndpointAccessType'Default'" {
		return c.refuse("0x80060888", "Bad Request - Error in query syntax.")
	}
	if f := c.may(organizationTable); f != nil {
		return f
	}
	org := c.org
	c.write(w, object{
		{"@odata.context", c.context("Microsoft.Dynamics.CRM.RetrieveCurrentOrganizationResponse")},
		{"Detail", object{
			{"OrganizationId", org.ID},
			{"FriendlyName", org.Name},
			{"OrganizationVersion", dataverseVersion},
			{"EnvironmentId", "8c1de9f4-5b0a-4e7d-b3c2-6a9f0e1d7b58"},
			{"DatacenterId", "00000000-0000-0000-0000-000000000000"},
			{"Geo", org.Region},
			{"TenantId", c.tenant.directoryOf(org)},
			{"UrlName", strings.SplitN(org.Host, ".", 2)[0]},
			{"UniqueName", org.Unique},
			{"State", "Enabled"},
			{"Endpoints", object{
				{"Count", 3},
				{"IsReadOnly", false},
				{"Keys", []string{"WebApplication", "OrganizationService", "OrganizationDataService"}},
				{"Values", []string{"https://" + org.Host + "/", "https://" + org.apiHost() + "/XRMServices/2011/Organization.svc", "https://" + org.apiHost() + "/XRMServices/2011/OrganizationData.svc"}},
			}},
		}},
	})
	return nil
}

// userPrivileges is RetrieveUserPrivileges(), for callers who may read users.
func (c *call) userPrivileges(w http.ResponseWriter, user row) *refused {
	list := []object{}
	seen := map[string]bool{}
	for _, r := range rolesOf(user) {
		for _, p := range r["privileges"].([]rolePrivilege) {
			if !seen[p.Name] {
				list = append(list, showPrivilege(user, p.Name))
			}
			seen[p.Name] = true
		}
	}
	c.write(w, object{{"@odata.context", c.context("Microsoft.Dynamics.CRM.RetrieveUserPrivilegesResponse")}, {"RolePrivileges", list}})
	return nil
}

// showPrivilege returns a privilege of a user, at the greatest depth of its roles.
func showPrivilege(user row, name string) object {
	most, _ := depthOf(user, name)
	return object{
		{"Depth", most.String()},
		{"PrivilegeId", privilegeID(name)},
		{"BusinessUnitId", user["_businessunitid_value"]},
		{"PrivilegeName", name},
		{"RecordFilterId", "00000000-0000-0000-0000-000000000000"},
		{"RecordFilterUniqueName", ""},
	}
}
