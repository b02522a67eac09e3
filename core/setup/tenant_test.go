package setup_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"
)

// tenant is a mock of Microsoft Graph and of an environment, as far as a set-up needs
// them: objects in memory, with strict checks of requests. Its responses have the shapes
// of reference pages and recorded messages; unknown requests get 501.
type tenant struct {
	mu       sync.Mutex
	next     int
	apps     map[string]map[string]any
	spns     map[string]map[string]any
	grants   map[string]map[string]any
	users    map[string]map[string]any
	roles    map[string]map[string]any
	has      map[string][]string         // roles by user
	can      map[string][]map[string]any // privileges by role
	licences map[string][]string         // by user name
	may      []string                    // the administrator's privileges
	// changes counts the requests other than GET.
	changes int
	// before and after are called around the n-th change, from 1. An error breaks the
	// connection; a number is the HTTP status of the response.
	before, after func(n int) (status int, err error)
	// longest is the lifetime in days to which a policy limits credentials, 0 for no
	// limit.
	longest int
	// lags is how often a new object is reported as unknown.
	lags int
}

func (t *tenant) tooLong(days int) bool { return t.longest > 0 && days > t.longest }

const unitID = "00000000-0000-4000-8000-0000000000b1"

func newTenant() *tenant {
	return &tenant{
		apps: map[string]map[string]any{}, grants: map[string]map[string]any{}, users: map[string]map[string]any{},
		spns: map[string]map[string]any{"spn-dataverse": {"id": "spn-dataverse", "appId": "00000007-0000-0000-c000-000000000000", "accountEnabled": true}},
		roles: map[string]map[string]any{
			"role-admin": {"roleid": "role-admin", "name": "System Administrator", "_roletemplateid_value": "627090ff-40a3-4053-8790-584edc5be201", "_businessunitid_value": unitID},
			// A role of the same name in another business unit, which must never be used.
			"role-other": {"roleid": "role-other", "name": "S2S contoso (minimal)", "_businessunitid_value": "00000000-0000-4000-8000-0000000000b2"},
			"role-sales": {"roleid": "role-sales", "name": "Sales", "_businessunitid_value": unitID},
		},
		has: map[string][]string{}, licences: map[string][]string{},
		can: map[string][]map[string]any{"role-admin": {{"PrivilegeId": "prv-1", "Depth": "Global"}, {"PrivilegeId": "prv-2", "Depth": "Global"}}},
		may: []string{"prvCreateUser", "prvWriteUser", "prvDeleteUser", "prvAssignRole", "prvReadRole", "prvCreateRole", "prvWriteRole"},
	}
}

// snapshot returns the content of the tenant without IDs, times and markers, for
// comparison.
func (t *tenant) snapshot() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	raw, err := json.Marshal([]any{sorted(t.apps), sorted(t.spns), sorted(t.grants), sorted(t.users), sorted(t.roles), t.assignments(), sizes(t.can), t.licences})
	if err != nil {
		return err.Error()
	}
	return regexp.MustCompile(`id-\d+|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\d{4}-\d\d-\d\dT[0-9:]+Z`).ReplaceAllString(string(raw), "…")
}

func (t *tenant) assignments() []string {
	var all []string
	for _, roles := range t.has {
		for _, id := range roles {
			all = append(all, fmt.Sprint(t.roles[id]["name"]))
		}
	}
	slices.Sort(all)
	return all
}

func sizes(can map[string][]map[string]any) []int {
	all := []int{}
	for _, list := range can {
		all = append(all, len(list))
	}
	slices.Sort(all)
	return all
}

func sorted(objects map[string]map[string]any) []map[string]any {
	all := []map[string]any{}
	for _, id := range slices.Sorted(maps.Keys(objects)) {
		all = append(all, objects[id])
	}
	return all
}

var errCut = errors.New("the connection was cut")

// RoundTrip responds to a request.
func (t *tenant) RoundTrip(r *http.Request) (*http.Response, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	var body map[string]any
	if r.Body != nil {
		raw, err := io.ReadAll(r.Body)
		if err != nil {
			return nil, err
		}
		if len(raw) > 0 && json.Unmarshal(raw, &body) != nil {
			return reply(r, 400, nil), nil
		}
	}
	if r.Header.Get("Authorization") == "" {
		return reply(r, 401, nil), nil
	}
	change := r.Method != http.MethodGet
	if change {
		t.changes++
		if t.before != nil {
			if status, err := t.before(t.changes); status != 0 || err != nil {
				return reply(r, status, nil), err
			}
		}
	}
	n := t.changes
	status, answer, header := t.answer(r, body)
	if change && t.after != nil {
		if status, err := t.after(n); status != 0 || err != nil {
			return reply(r, status, nil), err
		}
	}
	resp := reply(r, status, answer)
	if header != "" {
		resp.Header.Set("OData-EntityId", header)
	}
	return resp, nil
}

func reply(r *http.Request, status int, body any) *http.Response {
	raw := []byte{}
	if body != nil {
		raw, _ = json.Marshal(body)
	}
	return &http.Response{
		Status: fmt.Sprint(status), StatusCode: status, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Request: r,
		Header: http.Header{"Content-Type": {"application/json"}}, Body: io.NopCloser(bytes.NewReader(raw)), ContentLength: int64(len(raw)),
	}
}

func (t *tenant) id() string {
	t.next++
	return fmt.Sprintf("00000000-0000-4000-8000-%012d", t.next)
}

func problem(code string) map[string]any {
	return map[string]any{"error": map[string]any{"code": code, "message": "…"}}
}

func rows(list []map[string]any) map[string]any {
	if list == nil {
		list = []map[string]any{}
	}
	return map[string]any{"value": list}
}

var keyed = regexp.MustCompile(`^(\w+)\((?:appId=|LogicalName=|RoleId=)?'?([^')]+)'?\)(.*)$`)

// answer handles a request.
func (t *tenant) answer(r *http.Request, body map[string]any) (status int, answer any, entity string) {
	path, isGraph := strings.CutPrefix(r.URL.Path, "/v1.0/")
	if isGraph {
		return t.graph(r, path, body)
	}
	path, _ = strings.CutPrefix(r.URL.Path, "/api/data/v9.2/")
	return t.dataverse(r, path, body)
}

func (t *tenant) graph(r *http.Request, path string, body map[string]any) (int, any, string) {
	filter := r.URL.Query().Get("$filter")
	parts := strings.Split(path, "/")
	if found := keyed.FindStringSubmatch(path); found != nil {
		for _, o := range map[string]map[string]map[string]any{"applications": t.apps, "servicePrincipals": t.spns}[found[1]] {
			if o["appId"] == found[2] {
				return 200, o, ""
			}
		}
		return 404, problem("Request_ResourceNotFound"), ""
	}
	switch {
	case path == "applications" && r.Method == "POST":
		o := map[string]any{"id": t.id(), "appId": t.id(), "passwordCredentials": []any{}, "keyCredentials": []any{}}
		maps.Copy(o, body)
		t.apps[o["id"].(string)] = o
		return 201, o, ""
	case path == "applications":
		var found []map[string]any
		for _, o := range t.apps {
			for _, tag := range o["tags"].([]any) {
				if filter == "tags/any(t:t eq '"+fmt.Sprint(tag)+"')" {
					found = append(found, o)
				}
			}
		}
		return 200, rows(found), ""
	case parts[0] == "applications" && len(parts) >= 2:
		return t.application(r, parts, body)
	case path == "servicePrincipals" && r.Method == "POST":
		if t.lags > 0 {
			t.lags--
			return 400, map[string]any{"error": map[string]any{"code": "Request_BadRequest", "details": []any{map[string]any{"code": "NoBackingApplicationObject"}}}}, ""
		}
		for _, o := range t.spns {
			if o["appId"] == body["appId"] {
				return 409, problem("Request_MultipleObjectsWithSameKeyValue"), ""
			}
		}
		o := map[string]any{"id": t.id(), "appId": body["appId"], "accountEnabled": true}
		t.spns[o["id"].(string)] = o
		return 201, o, ""
	case path == "servicePrincipals":
		var found []map[string]any
		for _, o := range t.spns {
			if filter == "appId eq '"+fmt.Sprint(o["appId"])+"'" {
				found = append(found, o)
			}
		}
		return 200, rows(found), ""
	case parts[0] == "servicePrincipals":
		return one(t.spns, r, parts[1], body)
	case path == "oauth2PermissionGrants" && r.Method == "POST":
		o := maps.Clone(body)
		o["id"] = t.id()
		t.grants[o["id"].(string)] = o
		return 201, o, ""
	case path == "oauth2PermissionGrants":
		var found []map[string]any
		for _, o := range t.grants {
			if strings.HasPrefix(filter, "clientId eq '"+fmt.Sprint(o["clientId"])+"' and resourceId eq '"+fmt.Sprint(o["resourceId"])+"'") {
				found = append(found, o)
			}
		}
		return 200, rows(found), ""
	case parts[0] == "oauth2PermissionGrants":
		return one(t.grants, r, parts[1], body)
	}
	return 501, nil, ""
}

func one(objects map[string]map[string]any, r *http.Request, id string, body map[string]any) (int, any, string) {
	o, ok := objects[id]
	if !ok {
		return 404, problem("Request_ResourceNotFound"), ""
	}
	switch r.Method {
	case "GET":
		return 200, o, ""
	case "PATCH":
		maps.Copy(o, body)
		return 204, nil, ""
	case "DELETE":
		delete(objects, id)
		return 204, nil, ""
	}
	return 501, nil, ""
}

func (t *tenant) application(r *http.Request, parts []string, body map[string]any) (int, any, string) {
	o, ok := t.apps[parts[1]]
	switch {
	case !ok:
		return 404, problem("Request_ResourceNotFound"), ""
	case len(parts) == 2 && r.Method == "PATCH":
		for _, k := range body["keyCredentials"].([]any) {
			key := k.(map[string]any)
			if key["customKeyIdentifier"] == nil { // the mock's certificate is its own thumbprint
				if raw, err := base64.StdEncoding.DecodeString(key["key"].(string)); err != nil || t.tooLong(int(raw[0])<<8|int(raw[1])) {
					return 400, problem("CredentialInvalidLifetimeAsPerAppPolicy"), ""
				}
				key["customKeyIdentifier"], key["keyId"], key["endDateTime"] = key["key"], t.id(), "2099-01-01T00:00:00Z"
			}
		}
		o["keyCredentials"] = body["keyCredentials"]
		return 204, nil, ""
	case len(parts) == 2:
		return one(t.apps, r, parts[1], body)
	case parts[2] == "addPassword":
		p := body["passwordCredential"].(map[string]any)
		if end, err := time.Parse(time.RFC3339, p["endDateTime"].(string)); err != nil || t.tooLong(int(time.Until(end).Hours()/24+0.5)) {
			return 400, problem("CredentialInvalidLifetimeAsPerAppPolicy"), ""
		}
		added := map[string]any{"keyId": t.id(), "displayName": p["displayName"], "endDateTime": p["endDateTime"], "hint": "Zx9"}
		o["passwordCredentials"] = append(o["passwordCredentials"].([]any), added)
		shown := maps.Clone(added)
		shown["secretText"] = "Zx9~qW8e.RtY7uIoP6aSdF5gHjK3lM2nB1vC"
		return 200, shown, ""
	case parts[2] == "removePassword":
		o["passwordCredentials"] = slices.DeleteFunc(o["passwordCredentials"].([]any), func(p any) bool { return p.(map[string]any)["keyId"] == body["keyId"] })
		return 204, nil, ""
	}
	return 501, nil, ""
}

func (t *tenant) dataverse(r *http.Request, path string, body map[string]any) (int, any, string) {
	filter, base := r.URL.Query().Get("$filter"), "https://"+r.URL.Host+"/api/data/v9.2/"
	found := keyed.FindStringSubmatch(path)
	switch {
	case path == "WhoAmI":
		return 200, map[string]any{"UserId": "user-admin"}, ""
	case strings.Contains(path, "RetrieveUserSetOfPrivilegesByNames"):
		var list []map[string]any
		for _, name := range t.may {
			list = append(list, map[string]any{"PrivilegeName": name})
		}
		return 200, map[string]any{"RolePrivileges": list}, ""
	case path == "businessunits":
		return 200, rows([]map[string]any{{"businessunitid": unitID}}), ""
	case path == "systemusers" && r.Method == "POST":
		for _, u := range t.users {
			if u["applicationid"] == body["applicationid"] {
				return 412, problem("0x80040237"), ""
			}
		}
		u := map[string]any{"systemuserid": t.id(), "isdisabled": body["isdisabled"], "deletedstate": 0, "applicationid": body["applicationid"], "_businessunitid_value": unitID}
		t.users[u["systemuserid"].(string)] = u
		return 204, nil, base + "systemusers(" + u["systemuserid"].(string) + ")"
	case path == "systemusers":
		var list []map[string]any
		for id, u := range t.users {
			if !strings.HasPrefix(filter, "applicationid eq "+fmt.Sprint(u["applicationid"])) {
				continue
			}
			u := maps.Clone(u)
			var roles []map[string]any
			for _, role := range t.has[id] {
				roles = append(roles, t.roles[role])
			}
			u["systemuserroles_association"] = roles
			list = append(list, u)
		}
		return 200, rows(list), ""
	case path == "roles" && r.Method == "POST":
		o := map[string]any{"roleid": t.id(), "name": body["name"], "_businessunitid_value": unitID}
		t.roles[o["roleid"].(string)] = o
		return 204, nil, base + "roles(" + o["roleid"].(string) + ")"
	case path == "roles":
		var list []map[string]any
		for _, o := range t.roles {
			if strings.HasPrefix(filter, "name eq '"+fmt.Sprint(o["name"])+"'") && strings.HasSuffix(filter, "_businessunitid_value eq "+fmt.Sprint(o["_businessunitid_value"])) || o["_roletemplateid_value"] != nil && strings.HasPrefix(filter, "_roletemplateid_value eq "+fmt.Sprint(o["_roletemplateid_value"])) {
				list = append(list, o)
			}
		}
		return 200, rows(list), ""
	case found == nil:
		return 501, nil, ""
	case found[1] == "EntityDefinitions":
		return 200, map[string]any{"Privileges": []map[string]any{
			{"PrivilegeId": "prv-read-" + found[2], "Name": "prvRead" + found[2], "PrivilegeType": "Read"},
			{"PrivilegeId": "prv-write-" + found[2], "Name": "prvWrite" + found[2], "PrivilegeType": "Write"},
		}}, ""
	case found[1] == "RetrieveRolePrivilegesRole":
		return 200, map[string]any{"RolePrivileges": t.can[found[2]]}, ""
	case found[1] == "roles":
		return t.role(r, found[2], found[3], body)
	case found[1] == "systemusers":
		return t.user(r, found[2], found[3], body)
	}
	return 501, nil, ""
}

func (t *tenant) role(r *http.Request, id, rest string, body map[string]any) (int, any, string) {
	if t.roles[id] == nil {
		return 404, problem("0x80040217"), ""
	}
	switch {
	case r.Method == "DELETE":
		delete(t.roles, id)
		delete(t.can, id)
		return 204, nil, ""
	case strings.HasSuffix(rest, "AddPrivilegesRole"):
		t.can[id] = nil // adding the same again changes nothing
		for _, p := range body["Privileges"].([]any) {
			t.can[id] = append(t.can[id], p.(map[string]any))
		}
		return 204, nil, ""
	}
	return 501, nil, ""
}

func (t *tenant) user(r *http.Request, id, rest string, body map[string]any) (int, any, string) {
	u := t.users[id]
	switch {
	case u == nil && r.Method == "PATCH" && r.Header.Get("If-Match") == "": // as Dataverse does
		t.users[id] = map[string]any{"systemuserid": id, "deletedstate": 0}
		return 204, nil, ""
	case u == nil:
		return 404, problem("0x80040217"), ""
	case strings.HasPrefix(rest, "/systemuserroles_association/$ref"):
		reference := fmt.Sprint(body["@odata.id"])
		if r.Method == "DELETE" {
			reference = r.URL.Query().Get("$id")
		}
		parsed, err := url.Parse(reference)
		if err != nil {
			return 400, nil, ""
		}
		found := keyed.FindStringSubmatch(parsed.Path[strings.LastIndex(parsed.Path, "/")+1:])
		if found == nil || t.roles[found[2]] == nil {
			return 404, problem("0x80040217"), ""
		}
		t.has[id] = slices.DeleteFunc(t.has[id], func(role string) bool { return role == found[2] })
		if r.Method == "POST" {
			t.has[id] = append(t.has[id], found[2])
		}
		return 204, nil, ""
	case r.Method == "PATCH":
		maps.Copy(u, body)
		return 204, nil, ""
	case r.Method == "DELETE" && u["deletedstate"] == 0:
		if u["isdisabled"] != true {
			return 400, problem("0x80040216"), ""
		}
		u["deletedstate"] = 1
		delete(t.has, id)
		return 204, nil, ""
	case r.Method == "DELETE":
		delete(t.users, id)
		return 204, nil, ""
	}
	return 501, nil, ""
}
