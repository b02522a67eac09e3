package sandbox

import (
	"net/http"
	"strings"
	"testing"
)

// TestNotModelled guards that functions of the real services which the sandbox lacks are
// marked, and that requests which they refuse are not.
func TestNotModelled(t *testing.T) {
	const id = "(" + UserID + ")"
	for name, test := range map[string]struct {
		method, path, prefer, accept string
		want                         int
		marked                       bool
	}{
		"create":                 {method: "POST", path: "tasks", want: 501, marked: true},
		"update":                 {method: "PATCH", path: "businessunits" + id, want: 501, marked: true},
		"delete":                 {method: "DELETE", path: "accounts" + id, want: 501, marked: true},
		"batch":                  {method: "POST", path: "$batch", want: 501, marked: true},
		"metadata":               {path: "$metadata", want: 404, marked: true},
		"table":                  {path: "tasks", want: 404, marked: true},
		"function":               {path: "RetrieveTotalRecordCount(EntityNames=@p1)", want: 404, marked: true},
		"bound function":         {path: "systemusers" + id + "/Microsoft.Dynamics.CRM.RetrieveAadUserRoles()", want: 404, marked: true},
		"real column":            {path: "systemusers?$select=firstname", want: 501, marked: true},
		"real column of a group": {path: "systemusers?$select=address1_city", want: 501, marked: true},
		"real link":              {path: "roles?$expand=roleprivileges_association", want: 501, marked: true},
		"path in filter":         {path: "systemusers?$filter=businessunitid/name eq 'x'", want: 501, marked: true},
		"path in order":          {path: "systemusers?$orderby=businessunitid/name", want: 501, marked: true},
		"function in filter":     {path: "systemusers?$filter=Microsoft.Dynamics.CRM.EqualUserId(PropertyName='systemuserid')", want: 501, marked: true},
		"two columns":            {path: "systemusers?$filter=applicationid eq azureactivedirectoryobjectid", want: 501, marked: true},
		"fetch":                  {path: "systemusers?fetchXml=x", want: 501, marked: true},
		"apply":                  {path: "systemusers?$apply=aggregate($count as n)", want: 501, marked: true},
		"alternate key":          {path: "systemusers(azureactivedirectoryobjectid=" + ServicePrincipalID + ")", want: 501, marked: true},
		"change tracking":        {path: "systemusers", prefer: "odata.track-changes", want: 501, marked: true},
		"full metadata":          {path: "systemusers", accept: "application/json; odata.metadata=full", want: 501, marked: true},

		"misspelt column":         {path: "systemusers?$select=fulname", want: 400},
		"misspelt link":           {path: "systemusers?$expand=role", want: 400},
		"misspelt option":         {path: "systemusers?$selct=fullname", want: 400},
		"skip":                    {path: "systemusers?$skip=1", want: 400},
		"unknown function":        {path: "systemusers?$filter=like(fullname,'x')", want: 400},
		"unknown row":             {path: "systemusers(" + ClientID + ")", want: 404},
		"filter of a single link": {path: "systemusers?$expand=businessunitid($filter=name eq 'x')", want: 400},
		"table option of a row":   {path: "systemusers" + id + "?$top=1", want: 400},
		"unknown preference":      {path: "systemusers?$select=fullname", prefer: "odata.nonsense, wait=3", want: 200},
		"unneeded preference":     {path: "systemusers?$select=fullname", prefer: "return=representation", want: 200},
		"minimal metadata":        {path: "systemusers?$select=fullname", accept: "application/json; odata.metadata=minimal", want: 200},
	} {
		t.Run(name, func(t *testing.T) {
			s := start(t, nil)
			c := client(t, s)
			header := bearer(t, s, c)
			if test.prefer != "" {
				header.Set("Prefer", test.prefer)
			}
			if test.accept != "" {
				header.Set("Accept", test.accept)
			}
			if test.method == "" {
				test.method = http.MethodGet
			}
			r := send(t, c, test.method, webAPI+strings.ReplaceAll(test.path, " ", "%20"), "", header)
			diff(t, test.want, r.Status)
			if marked := r.Header.Get("x-sandbox") == "not-modelled"; marked != test.marked {
				t.Errorf("marked: %v, want %v: %s", marked, test.marked, r.Body)
			}
			if test.marked && strings.Contains(r.Body, "is missing") {
				t.Errorf("no privilege is missing: %s", r.Body)
			}
		})
	}
}

func TestNotModelledElsewhere(t *testing.T) {
	s := start(t, func(t *Tenant) { t.Graph.Readable = true })
	c := client(t, s)
	token := post(t, c, tokenURL, credentials(s, "scope", "https://"+GraphHost+"/.default")).fields(t)["access_token"].(string)
	graph := http.Header{"Authorization": {"Bearer " + token}}
	const login = "https://" + LoginHost + "/" + TenantID
	for name, r := range map[string]reply{
		"WSDL":            get(t, c, Environment+"/XRMServices/2011/Organization.svc?wsdl"),
		"OData v2":        get(t, c, Environment+"/XRMServices/2011/OrganizationData.svc/"),
		"older version":   get(t, c, Environment+"/api/data/v8.2/WhoAmI"),
		"logout":          get(t, c, login+"/oauth2/v2.0/logout"),
		"user realm":      get(t, c, "https://"+LoginHost+"/common/userrealm/x@contoso.example?api-version=1.0"),
		"refresh token":   post(t, c, tokenURL, credentials(s, "grant_type", "refresh_token")),
		"password":        post(t, c, tokenURL, credentials(s, "grant_type", "password")),
		"on behalf of":    post(t, c, tokenURL, credentials(s, "grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer")),
		"groups of Graph": send(t, c, http.MethodGet, "https://"+GraphHost+"/v1.0/groups", "", graph),
		"batch of Graph":  send(t, c, http.MethodPost, "https://"+GraphHost+"/v1.0/$batch", "{}", http.Header{"Authorization": graph["Authorization"], "Content-Type": {"application/json"}}),
		"beta of Graph":   send(t, c, http.MethodGet, "https://"+GraphHost+"/beta/organization", "", graph),
	} {
		t.Run(name, func(t *testing.T) {
			if r.Status != http.StatusNotFound && r.Status != http.StatusNotImplemented || r.Header.Get("x-sandbox") != "not-modelled" {
				t.Errorf("%d %v %s", r.Status, r.Header, r.Body)
			}
		})
	}
	refused := post(t, c, tokenURL, credentials(s, "grant_type", "no_such_grant"))
	diff(t, any([]any{70003.0}), refused.fields(t)["error_codes"])
	diff(t, "", refused.Header.Get("x-sandbox"))
}
