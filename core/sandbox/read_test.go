package sandbox

import (
	"encoding/json"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/s2sdoctor/s2sdoctor/core/sandbox/odata"
)

// TestReads guards rows and refusals by tenant and query. The tests of package odata
// cover the query options.
func TestReads(t *testing.T) {
	const (
		product = "systemusers?$select=systemuserid,fullname,applicationid,applicationiduri,azureactivedirectoryobjectid,isdisabled,disabledreason,islicensed,deletedstate,azurestate" +
			"&$expand=systemuserroles_association($select=roleid,name,_roletemplateid_value),businessunitid($select=name,isdisabled)" +
			"&$filter=applicationid eq " + ClientID
		itsTeams = "teams?$select=name&$expand=teamroles_association($select=roleid,name,_roletemplateid_value)" +
			"&$filter=teammembership_association/any(m:m/applicationid eq " + ClientID + ")"
	)
	bad := refusalOf{400, "0x80060888"}
	for name, test := range map[string]struct {
		set  func(*Tenant)
		path string
		want any
	}{
		"by application":           {nil, "systemusers?$select=fullname&$filter=applicationid eq " + ClientID, []string{"# S2S Integration"}},
		"all application users":    {nil, "systemusers?$select=fullname&$filter=applicationid ne null", []string{"# S2S Integration"}},
		"everybody":                {nil, "systemusers?$select=fullname", []string{"Adele Vance", "# S2S Integration", "Lidia Holloway", "Grady Archie"}},
		"top":                      {nil, "systemusers?$select=fullname&$top=1", []string{"Adele Vance"}},
		"the product's query":      {nil, product, []string{"# S2S Integration"}},
		"deleted ones too":         {func(t *Tenant) { t.User.SecondDeleted = true }, "systemusers?$select=fullname&$filter=applicationid eq " + ClientID, []string{"# S2S Integration", "# S2S Integration"}},
		"the organisation":         {nil, "organizations?$select=name&$top=1", []string{"Contoso UAT"}},
		"teams of a user":          {func(t *Tenant) { t.User.RoleByTeam = true }, "systemusers(" + UserID + ")/teammembership_association?$select=name", []string{"Integrations"}},
		"teams by a member":        {func(t *Tenant) { t.User.RoleByTeam = true }, itsTeams, []string{"Integrations"}},
		"teams without the member": {nil, itsTeams, []string{}},
		"any where it is refused":  {func(t *Tenant) { t.Environment.NoLambda = true }, itsTeams, bad},
		"roles of a user":          {nil, "systemusers(" + UserID + ")/systemuserroles_association?$select=name", []string{"S2S Integration"}},
		"roles of a team":          {nil, "teams(8dbe605c-d9a4-ee11-be37-000d3a4b1c2d)/teamroles_association?$select=name", []string{"System Administrator"}},
		"unknown column":           {nil, "systemusers?$select=fullnam", bad},
		"unknown option":           {nil, "systemusers?$serach=x", bad},
		"unknown set":              {nil, "systemuser", refusalOf{404, "0x8006088a"}},
		"unknown row":              {nil, "systemusers(" + ClientID + ")", refusalOf{404, "0x80040217"}},
		"not a key":                {nil, "systemusers(me)", bad},
		"no link of a set":         {nil, "systemusers/businessunitid", refusalOf{404, "0x8006088a"}},
		"old: newer column":        {func(t *Tenant) { t.Environment.Old = true }, "systemusers?$select=azurestate", bad},
		"old: nested":              {func(t *Tenant) { t.Environment.Old = true }, product, bad},
		"no privilege":             {func(t *Tenant) { t.User.NoReadUser = true }, "systemusers", refusalOf{403, "0x80040220"}},
		"no privilege, expanded":   {func(t *Tenant) { t.User.NoReadTeam = true }, itsTeams, refusalOf{403, "0x80040220"}},
		"no privilege, one":        {func(t *Tenant) { t.User.NoReadOrganization = true }, "organizations", refusalOf{403, "0x80040220"}},
		"administrator may":        {func(t *Tenant) { t.User.NoReadOrganization, t.User.AdministratorByTeam = true, true }, "organizations?$select=name", []string{"Contoso UAT"}},
		"no role, reads":           {func(t *Tenant) { t.User.NoRole, t.User.NoRoleReads = true, true }, "systemusers", refusalOf{403, "0x80042f09"}},
		"no role, counted":         {func(t *Tenant) { t.User.NoRole, t.User.NoRoleReads, t.User.NoRoleCounted = true, true, true }, "systemusers", refusalOf{403, "0x80040220"}},
		"organisation, no rights":  {func(t *Tenant) { t.User.NoReadOrganization = true }, "RetrieveCurrentOrganization(AccessType=@p1)?@p1=Microsoft.Dynamics.CRM.EndpointAccessType'Default'", refusalOf{403, "0x80040220"}},
		"organisation, no access":  {nil, "RetrieveCurrentOrganization(AccessType=@p1)", bad},
	} {
		t.Run(name, func(t *testing.T) {
			s := start(t, test.set)
			c := client(t, s)
			path, query, _ := strings.Cut(test.path, "?")
			r := send(t, c, http.MethodGet, webAPI+path+"?"+strings.ReplaceAll(query, " ", "%20"), "", bearer(t, s, c))
			if want, refused := test.want.(refusalOf); refused {
				diff(t, want, readRefusal(t, r))
				return
			}
			names := []string{}
			for _, v := range r.fields(t)["value"].([]any) {
				row := v.(map[string]any)
				for _, column := range []string{"fullname", "name"} {
					if name, ok := row[column].(string); ok {
						names = append(names, name)
					}
				}
			}
			diff(t, test.want, any(names))
		})
	}
}

// TestRow guards the content of a row, with all columns that the product requests.
func TestRow(t *testing.T) {
	s := start(t, func(t *Tenant) {
		t.User.RoleByTeam, t.User.Licensed, t.Environment.NestedExpand = true, true, odata.NestedServed
	})
	c := client(t, s)
	expand := url.QueryEscape("systemuserroles_association($select=name),businessunitid($select=name,isdisabled),teammembership_association($select=name;$expand=teamroles_association($select=name))")
	r := send(t, c, http.MethodGet, webAPI+"systemusers("+UserID+")?$select=applicationid,applicationiduri,islicensed,deletedstate&$expand="+expand, "", bearer(t, s, c))
	var got map[string]any
	if err := json.Unmarshal([]byte(r.Body), &got); err != nil {
		t.Fatal(err)
	}
	next := func(of, what, with string) string { return webAPI + of + "/" + what + "?" + with }
	const etag = `W/"1048576"`
	diff(t, map[string]any{
		"@odata.context": webAPI + "$metadata#systemusers(applicationid,applicationiduri,islicensed,deletedstate,systemuserroles_association(name),businessunitid(name,isdisabled),teammembership_association(name,teamroles_association(name)))/$entity",
		"@odata.etag":    etag, "systemuserid": UserID,
		"applicationid": ClientID, "applicationiduri": ClientID, "islicensed": true, "deletedstate": 0.0,
		"businessunitid":                             map[string]any{"@odata.etag": etag, "businessunitid": BusinessUnitID, "name": "contoso-uat", "isdisabled": false},
		"systemuserroles_association":                []any{},
		"systemuserroles_association@odata.nextLink": next("systemusers("+UserID+")", "systemuserroles_association", "$select=name"),
		"teammembership_association": []any{map[string]any{
			"@odata.etag": etag, "teamid": "afd0827e-d9a4-ee11-be37-000d3a4b1c2d", "name": "Integrations",
			"teamroles_association":                []any{map[string]any{"@odata.etag": etag, "roleid": "6b9c4e3a-d8a4-ee11-be37-000d3a4b1c2d", "name": "S2S Integration"}},
			"teamroles_association@odata.nextLink": next("teams(afd0827e-d9a4-ee11-be37-000d3a4b1c2d)", "teamroles_association", "$select=name"),
		}},
		"teammembership_association@odata.nextLink": next("systemusers("+UserID+")", "teammembership_association", "$select=name&$expand=teamroles_association($select=name)"),
	}, got)
}

func TestPrivilegeRefusalNamesThePrivilege(t *testing.T) {
	s := start(t, func(t *Tenant) { t.User.NoReadUser = true })
	c := client(t, s)
	e := send(t, c, http.MethodGet, webAPI+"systemusers", "", bearer(t, s, c)).fields(t)["error"].(map[string]any)
	if !regexp.MustCompile(`^Principal user \(Id=` + UserID + `, type=8, roleCount=1, privilegeCount=\d+, accessMode='4 Non-interactive', AADObjectId='` + ServicePrincipalID + `', MetadataCachePrivilegesCount=\d+, businessUnitId=` + BusinessUnitID + `\), is missing prvReadUser privilege \(Id=[0-9a-f-]{36}\) on OTC=8 for entity 'systemuser'\. context\.Caller=` + UserID + `\.$`).MatchString(e["message"].(string)) {
		t.Error(e["message"])
	}
}

func TestFunctions(t *testing.T) {
	s := start(t, nil)
	c := client(t, s)
	header := bearer(t, s, c)
	for path, want := range map[string]func(map[string]any) any{
		"RetrieveVersion()": func(b map[string]any) any { return b["Version"] == dataverseVersion },
		"":                  func(b map[string]any) any { return len(b["value"].([]any)) == len(tables) },
		"systemusers(" + UserID + ")/Microsoft.Dynamics.CRM.RetrieveUserPrivileges()": func(b map[string]any) any {
			return len(b["RolePrivileges"].([]any)) == len(customPrivileges)
		},
		"RetrieveCurrentOrganization(AccessType=@p1)?@p1=Microsoft.Dynamics.CRM.EndpointAccessType'Default'": func(b map[string]any) any {
			return b["Detail"].(map[string]any)["TenantId"] == TenantID
		},
	} {
		r := send(t, c, http.MethodGet, webAPI+path, "", header)
		if r.Status != 200 || want(r.fields(t)) != true {
			t.Errorf("%s: %s", path, r.Body)
		}
	}
}

func TestODataVersion(t *testing.T) {
	s := start(t, nil)
	c := client(t, s)
	header := bearer(t, s, c)
	header.Set("OData-Version", "3.0")
	diff(t, refusalOf{400, "0x80060888"}, readRefusal(t, send(t, c, http.MethodGet, webAPI+"WhoAmI", "", header)))
}
