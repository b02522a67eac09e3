package sandbox

import (
	"net/http"
	"strings"
	"testing"
)

const (
	adminAPI   = "https://" + AdminAPIHost + adminAPIProvider
	adminWrite = "?api-version=2020-10-01"
)

// asManager returns a function that registers the application as a management application
// and sends a request with its token.
func asManager(method, address string) func(*asking) reply {
	return func(a *asking) reply {
		signIn(a, a.server, Administrator).send(http.MethodPut, adminAPI+"adminApplications/"+ClientID+adminWrite, nil)
		return asApplication(method, address)(a)
	}
}

// asApplication returns a function that sends a request with the application's token for
// the admin API.
func asApplication(method, address string) func(*asking) reply {
	return func(a *asking) reply {
		r := post(a, a.client, tokenURL, credentials(a.server, "scope", "https://"+powerAppsService+"/.default"))
		return send(a, a.client, method, address, "", http.Header{"Authorization": {"Bearer " + r.fields(a)["access_token"].(string)}})
	}
}

// addAppUser adds an application to Contoso's environment.
func addAppUser(admin *administrator, id string) reply {
	return admin.send(http.MethodPost, adminAPI+"scopes/admin/environments/"+environmentIDs[contosoOrg]+"/addAppUser"+adminWrite, members{"servicePrincipalAppId": id})
}

// TestAddAppUser guards the application user of the admin API: it has System
// Administrator, is created only after the service principal's replication, and only
// once.
func TestAddAppUser(t *testing.T) {
	s := start(t, func(t *Tenant) { t.User.Missing = true })
	admin := signIn(t, s, Administrator)
	for range 2 {
		if r := addAppUser(admin, ClientID); r.Status != http.StatusOK || r.fields(t)["servicePrincipalAppId"] != ClientID {
			t.Fatalf("%d: %s", r.Status, r.Body)
		}
	}
	state := s.State()
	if n := strings.Count(state, `"applicationid":"`+ClientID+`"`); n != 1 {
		t.Errorf("there are %d users of the application:\n%s", n, state)
	}
	r := admin.send(http.MethodGet, webAPI+"systemusers?$select=fullname&$filter=applicationid eq "+ClientID+"&$expand=systemuserroles_association($select=name)", nil)
	if !strings.Contains(string(r.Body), `"name":"System Administrator"`) {
		t.Errorf("roles: %s", r.Body)
	}
	if r := addAppUser(admin, SecretID); r.Status != http.StatusOK || s.State() != state {
		t.Errorf("an application that is not there: %d %s", r.Status, r.Body)
	}
	if r := addAppUser(admin, "nobody"); r.Status != http.StatusBadRequest {
		t.Errorf("no application ID: %d %s", r.Status, r.Body)
	}
}

// TestAddAppUserReplication guards the delay until the service principal of a new
// registration is known.
func TestAddAppUserReplication(t *testing.T) {
	s := start(t, func(t *Tenant) {
		t.Application.Missing, t.User.Missing, t.Replication.User = true, true, 2
	})
	admin := signIn(t, s, Administrator)
	app := admin.made(http.MethodPost, graphAPI+"applications", members{"displayName": "S2S"})["appId"].(string)
	admin.made(http.MethodPost, graphAPI+"servicePrincipals", members{"appId": app})
	var got []int
	for range 3 {
		got = append(got, addAppUser(admin, app).Status)
	}
	if got[0] != 500 || got[1] != 500 || got[2] != 200 {
		t.Errorf("statuses %v, want 500, 500, 200", got)
	}
}

// TestAdminAPIRights guards that users need the role, and applications the registration,
// which they cannot make themselves.
func TestAdminAPIRights(t *testing.T) {
	s := start(t, nil)
	admin := signIn(t, s, Administrator)
	a := &asking{TB: t, server: s, client: client(t, s)}
	const list = adminAPI + "scopes/admin/environments" + adminWrite
	status := func(want int, what string, r reply) {
		t.Helper()
		if r.Status != want {
			t.Errorf("%s: status %d, want %d: %s", what, r.Status, want, r.Body)
		}
	}
	status(401, "without a token", send(t, a.client, http.MethodGet, list, "", nil))
	status(401, "a token for Graph", send(t, a.client, http.MethodGet, list, "", graphToken(t, s, a.client)))
	for _, name := range []string{EntraAdministrator, DataverseAdministrator, Maker} {
		status(403, name, signIn(t, s, name).send(http.MethodGet, list, nil))
	}
	status(403, "an application", asApplication(http.MethodGet, list)(a))
	status(403, "an application registers itself", asApplication(http.MethodPut, adminAPI+"adminApplications/"+ClientID+adminWrite)(a))
	status(404, "not registered", admin.send(http.MethodGet, adminAPI+"adminApplications/"+ClientID+adminWrite, nil))
	before := s.State()
	status(200, "registered", admin.send(http.MethodPut, adminAPI+"adminApplications/"+ClientID+adminWrite, nil))
	status(200, "a management application", asApplication(http.MethodGet, list)(a))
	status(403, "it registers another", asApplication(http.MethodPut, adminAPI+"adminApplications/"+SecretID+adminWrite)(a))
	status(204, "taken off", admin.send(http.MethodDelete, adminAPI+"adminApplications/"+ClientID+adminWrite, nil))
	status(403, "an application again", asApplication(http.MethodGet, list)(a))
	if s.State() != before {
		t.Error("the list is not as it was")
	}
	status(200, "one environment", admin.send(http.MethodGet, adminAPI+"scopes/admin/environments/"+environmentIDs[devOrg]+adminWrite, nil))
	status(404, "another's environment", admin.send(http.MethodGet, adminAPI+"scopes/admin/environments/"+SecretID+adminWrite, nil))
	if r := admin.send(http.MethodGet, adminAPI+"apps"+adminWrite, nil); r.Status != 501 || r.Header.Get(modelHeader) != notModelled {
		t.Errorf("another path: %d %v", r.Status, r.Header)
	}
}
