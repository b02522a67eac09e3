package sandbox

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
)

const graphAPI = "https://" + GraphHost + "/v1.0/"

// administrator sends requests as a signed-in user.
type administrator struct {
	testing.TB
	server *Server
	client *http.Client
	name   string
}

func signIn(t testing.TB, s *Server, name string) *administrator {
	t.Helper()
	return &administrator{TB: t, server: s, client: client(t, s), name: name}
}

// send sends a request with a body, which may be nil, and the token of its host.
func (a *administrator) send(method, address string, body any, header ...string) reply {
	a.Helper()
	resource := "https://" + strings.Split(address, "/")[2]
	if resource == "https://"+AdminAPIHost {
		resource = "https://" + powerAppsService + "/"
	}
	token, err := a.server.AdministratorToken(a.name, resource)
	if err != nil {
		a.Fatal(err)
	}
	h := http.Header{}
	token.Use(func(plain string) { h.Set("Authorization", "Bearer "+plain) })
	text := ""
	if body != nil {
		raw, err := json.Marshal(body)
		if err != nil {
			a.Fatal(err)
		}
		text = string(raw)
		h.Set("Content-Type", "application/json")
	}
	for i := 0; i+1 < len(header); i += 2 {
		h.Set(header[i], header[i+1])
	}
	return send(a, a.client, method, strings.ReplaceAll(address, " ", "%20"), text, h)
}

// made sends a request that creates an object, and returns its members.
func (a *administrator) made(method, address string, body any) map[string]any {
	a.Helper()
	r := a.send(method, address, body)
	if r.Status >= 300 {
		a.Fatalf("%s %s: %d %s", method, address, r.Status, r.Body)
	}
	if id := r.Header.Get("OData-EntityId"); id != "" {
		return map[string]any{"id": strings.TrimSuffix(id[strings.LastIndexByte(id, '(')+1:], ")")}
	}
	if r.Body == "" {
		return nil
	}
	return r.fields(a)
}

type members = map[string]any

// TestSetUpByHand registers an application, adds a secret, a user and a role, and calls
// WhoAmI as that user: the new objects work.
func TestSetUpByHand(t *testing.T) {
	s := start(t, func(t *Tenant) { t.Application.Missing, t.User.Missing = true, true })
	a := signIn(t, s, Administrator)
	app := a.made("POST", graphAPI+"applications", members{"displayName": "Orders", "signInAudience": "AzureADMyOrg"})
	appID := app["appId"].(string)
	password := a.made("POST", graphAPI+"applications/"+app["id"].(string)+"/addPassword", members{"passwordCredential": members{"displayName": "first"}})
	secret := password["secretText"].(string)
	diff(t, any(secret[:3]), password["hint"])
	request := func() reply {
		return post(t, a.client, tokenURL, credentials(s, "client_id", appID, "client_secret", secret))
	}
	if r := request(); !strings.Contains(r.Body, "AADSTS7000229") {
		t.Errorf("without a service principal: %s", r.Body)
	}
	a.made("POST", graphAPI+"servicePrincipals", members{"appId": appID})
	token, _ := request().fields(t)["access_token"].(string)
	header := http.Header{"Authorization": {"Bearer " + token}}
	whoAmI := func() reply { return send(t, a.client, "GET", webAPI+"WhoAmI", "", header) }
	diff(t, refusalOf{403, "0x80072560"}, readRefusal(t, whoAmI()))

	units := a.made("GET", webAPI+"businessunits?$select=businessunitid&$filter=parentbusinessunitid eq null", nil)
	unit := units["value"].([]any)[0].(members)["businessunitid"].(string)
	user := a.made("POST", webAPI+"systemusers", members{
		"applicationid": appID, "accessmode": 4, "isdisabled": false, "businessunitid@odata.bind": "/businessunits(" + unit + ")",
	})
	diff(t, refusalOf{403, "0x80042f09"}, readRefusal(t, whoAmI()))

	role := a.made("POST", webAPI+"roles", members{"name": "Orders", "businessunitid@odata.bind": "/businessunits(" + unit + ")"})
	definition := a.made("GET", webAPI+"EntityDefinitions(LogicalName='account')?$select=Privileges", nil)
	var read string
	for _, p := range definition["Privileges"].([]any) {
		if p.(members)["PrivilegeType"] == "Read" {
			read = p.(members)["PrivilegeId"].(string)
		}
	}
	a.made("POST", webAPI+"roles("+role["id"].(string)+")/Microsoft.Dynamics.CRM.AddPrivilegesRole", members{
		"Privileges": []members{{"PrivilegeId": read, "Depth": "Global", "BusinessUnitId": unit}},
	})
	a.made("POST", webAPI+"systemusers("+user["id"].(string)+")/systemuserroles_association/$ref", members{"@odata.id": webAPI + "roles(" + role["id"].(string) + ")"})
	diff(t, user["id"], whoAmI().fields(t)["UserId"])
	diff(t, 200, send(t, a.client, "GET", webAPI+"accounts?$select=name", "", header).Status)
	for _, refused := range []reply{
		send(t, a.client, "GET", webAPI+"contacts", "", header),
		send(t, a.client, "POST", webAPI+"accounts", `{"name":"x"}`, http.Header{"Authorization": header["Authorization"], "Content-Type": {"application/json"}}),
	} {
		diff(t, refusalOf{403, "0x80040220"}, readRefusal(t, refused))
	}
}

// TestRightsOfAdministrators guards the rights of each account in both halves.
func TestRightsOfAdministrators(t *testing.T) {
	const user = "systemusers(" + UserID + ")"
	for name, want := range map[string]struct{ Register, AddPassword, Grant, License, Create, Assign int }{
		Administrator:          {201, 200, 409, 400, 400, 412},
		EntraAdministrator:     {201, 200, 409, 403, 403, 403},
		DataverseAdministrator: {201, 403, 403, 403, 400, 412},
		Maker:                  {201, 403, 403, 403, 403, 403},
	} {
		t.Run(name, func(t *testing.T) {
			a := signIn(t, start(t, nil), name)
			diff(t, want, struct{ Register, AddPassword, Grant, License, Create, Assign int }{
				a.send("POST", graphAPI+"applications", members{"displayName": "x"}).Status,
				a.send("POST", graphAPI+"applications/"+RegistrationObjectID+"/addPassword", members{}).Status,
				a.send("POST", graphAPI+"oauth2PermissionGrants", members{"clientId": ServicePrincipalID, "consentType": "AllPrincipals", "resourceId": dataversePrincipalID, "scope": "user_impersonation"}).Status,
				a.send("POST", graphAPI+"users/"+employeeAccount.SignIn+"/assignLicense", members{"addLicenses": []any{}, "removeLicenses": []string{ClientID}}).Status,
				a.send("POST", webAPI+"systemusers", members{"applicationid": ClientID}).Status,
				a.send("POST", webAPI+user+"/systemuserroles_association/$ref", members{"@odata.id": webAPI + "roles(" + customRoleID + ")"}).Status,
			})
		})
	}
	a := signIn(t, start(t, func(t *Tenant) { t.Directory.AdminsRegisterOnly = true }), Maker)
	diff(t, 403, a.send("POST", graphAPI+"applications", members{"displayName": "x"}).Status)
}

func TestRefreshTokenOfAdministrator(t *testing.T) {
	s := start(t, nil)
	c := client(t, s)
	token, err := s.RefreshToken(Administrator)
	if err != nil {
		t.Fatal(err)
	}
	token.Use(func(plain string) {
		r := post(t, c, tokenURL, map[string][]string{
			"grant_type": {"refresh_token"}, "client_id": {azureCLI}, "refresh_token": {plain}, "scope": {Environment + "/.default"},
		})
		header := http.Header{"Authorization": {"Bearer " + r.fields(t)["access_token"].(string)}}
		diff(t, any(personID), send(t, c, "GET", webAPI+"WhoAmI", "", header).fields(t)["UserId"])
	})
	if _, err := s.RefreshToken("nobody@contoso.example"); err == nil {
		t.Error("an account that does not exist")
	}
}
