package sandbox

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/guid"
)

// The Power Platform admin API, as far as programs use it that set application users up,
// and the resource that its tokens are for. S2S Doctor sends nothing there.
//
// Source: learn.microsoft.com/power-platform/admin/programmability-authentication.
const (
	AdminAPIHost      = "api.bap." + suffix
	powerAppsService  = "service.powerapps." + suffix
	powerAppsAppID    = "475226c6-020e-4fb2-8a90-7a972cbfc1d4"
	adminAPIProvider  = "/providers/Microsoft.BusinessAppPlatform/"
	adminEnvironments = adminAPIProvider + "scopes/admin/environments"
	adminApplications = adminAPIProvider + "adminApplications"
)

// environmentIDs are the IDs of Contoso's environments, which are not those of their
// organisations.
var environmentIDs = map[*organization]string{
	contosoOrg: "2f8c61d4-7b3e-e90a-95d1-60c4f7a8be13",
	devOrg:     "8a05e7b9-14cd-e6f2-b738-d92e5c1f0a64",
}

// adminCall is a request to the admin API with its caller.
type adminCall struct {
	*http.Request
	server *Server
	tenant Tenant
	claims claims
}

// adminProblem is a refusal of the admin API.
type adminProblem struct {
	Status        int
	Code, Message string
	NotModelled   bool
}

// adminAPI serves the admin API.
//
// Source: learn.microsoft.com/power-platform/admin/create-dataverseapplicationuser;
// learn.microsoft.com/power-platform/admin/powerplatform-api-create-service-principal.
func (s *Server) adminAPI(w http.ResponseWriter, r *http.Request) {
	c := &adminCall{Request: r, server: s, tenant: s.now()}
	status, body, problem := c.serve()
	if problem != nil {
		if problem.NotModelled {
			w.Header().Set(modelHeader, notModelled)
		}
		writeJSON(w, problem.Status, object{{"error", object{{"code", problem.Code}, {"message", problem.Message}, {"detailUrlType", "NotSpecified"}}}})
		return
	}
	if body == nil {
		w.WriteHeader(status)
		return
	}
	writeJSON(w, status, body)
}

func (c *adminCall) serve() (int, object, *adminProblem) {
	if p := c.admit(); p != nil {
		return 0, nil, p
	}
	path := c.URL.Path
	below, isEnvironment := strings.CutPrefix(path, adminEnvironments)
	id, isApplication := strings.CutPrefix(path, adminApplications)
	name, action, _ := strings.Cut(strings.Trim(below, "/"), "/")
	switch {
	case isEnvironment && c.Method == http.MethodGet && action == "":
		return c.environments(name)
	case isEnvironment && c.Method == http.MethodPost && action == "addAppUser":
		return c.addAppUser(name)
	case isApplication:
		return c.applications(strings.Trim(id, "/"))
	}
	return 0, nil, c.unmodelled()
}

func (c *adminCall) unmodelled() *adminProblem {
	return &adminProblem{http.StatusNotImplemented, "NotModelled", "The sandbox does not model " + c.Method + " " + c.URL.Path + ".", true}
}

// admit refuses who is no administrator of Power Platform: users need the role, and
// applications have to be registered as management applications.
//
// Source: the recorded message bap-403-2025.
//
// Guess: the refusals of tokens, and the text for a user.
func (c *adminCall) admit() *adminProblem {
	scheme, token, _ := cutAuthorization(c.Request)
	if !strings.EqualFold(scheme, "Bearer") || token == "" {
		return &adminProblem{Status: http.StatusUnauthorized, Code: "AuthenticationFailed", Message: "Authentication failed. The 'Authorization' header is missing."}
	}
	var err error
	c.claims, err = c.server.verify(token)
	switch {
	case errors.Is(err, errExpired):
		return &adminProblem{Status: http.StatusUnauthorized, Code: "ExpiredAuthenticationToken", Message: "The access token expiry UTC time is earlier than current UTC time."}
	case err != nil, strings.TrimSuffix(c.claims.Aud, "/") != "https://"+powerAppsService, c.claims.TID != contoso.ID:
		return &adminProblem{Status: http.StatusUnauthorized, Code: "InvalidAuthenticationToken", Message: "The received access token is not valid."}
	case c.claims.SCP != "":
		if a, _ := accountOf(c.claims.OID); a.has(powerPlatformAdministrator) {
			return nil
		}
		return &adminProblem{Status: http.StatusForbidden, Code: "Forbidden", Message: "The user with object id '" + c.claims.OID + "' in tenant '" + c.claims.TID + "' does not have permission to access the path '" + c.URL.Path + "'."}
	case slices.Contains(c.tenant.world().managers, c.claims.AppID):
		return nil
	}
	return &adminProblem{Status: http.StatusForbidden, Code: "Forbidden", Message: "The service principal with id '" + c.claims.OID + "' for application " + c.claims.AppID +
		" does not have permission to access the path 'https://10.0.1.32:20029" + c.URL.RequestURI() + "' in tenant " + c.claims.TID + "."}
}

// environments lists the environments, or shows the one of an ID.
//
// Source: the recorded message bap-200-environments.
//
// Guess: the refusal for an ID that no environment has.
func (c *adminCall) environments(id string) (int, object, *adminProblem) {
	all := []object{}
	for _, o := range organizations {
		if environmentIDs[o] == "" || id != "" && !strings.EqualFold(id, environmentIDs[o]) {
			continue
		}
		all = append(all, object{
			{"id", adminEnvironments + "/" + environmentIDs[o]},
			{"type", "Microsoft.BusinessAppPlatform/scopes/environments"},
			{"location", "europe"},
			{"name", environmentIDs[o]},
			{"properties", object{
				{"azureRegion", "westeurope"},
				{"displayName", o.Name},
				{"createdTime", "2023-11-28T09:14:07.2381904Z"},
				{"provisioningState", "Succeeded"},
				{"creationType", "User"},
				{"environmentSku", "Sandbox"},
				{"isDefault", false},
				{"linkedEnvironmentMetadata", object{
					{"resourceId", o.ID},
					{"friendlyName", o.Name},
					{"uniqueName", o.Unique},
					{"instanceUrl", "https://" + o.Host + "/"},
					{"instanceApiUrl", "https://" + o.apiHost()},
					{"instanceState", "Ready"},
				}},
			}},
		})
	}
	if id == "" {
		return http.StatusOK, object{{"value", all}}, nil
	}
	if len(all) == 0 {
		return 0, nil, &adminProblem{Status: http.StatusNotFound, Code: "EnvironmentNotFound", Message: "The environment '" + id + "' could not be found in the tenant '" + contoso.ID + "'."}
	}
	return http.StatusOK, all[0], nil
}

// addAppUser makes an application user, which is a System Administrator always. The
// response is the same whether or not there is an application of the ID; while its
// service principal is being replicated, it is an error.
//
// Source: github.com/microsoft/terraform-provider-power-platform,
// internal/services/application/api_application.go.
//
// Guess: the text of the error, and that a user who is there gets the role as well.
func (c *adminCall) addAppUser(id string) (int, object, *adminProblem) {
	var org *organization
	for o, known := range environmentIDs {
		if strings.EqualFold(known, id) {
			org = o
		}
	}
	if org == nil {
		return c.environments(id)
	}
	var body struct {
		AppID string `json:"servicePrincipalAppId"`
	}
	raw, err := io.ReadAll(io.LimitReader(c.Body, 64<<10))
	if err != nil || json.Unmarshal(raw, &body) != nil || !guid.IsPlain(body.AppID) {
		return 0, nil, &adminProblem{Status: http.StatusBadRequest, Code: "InvalidRequestContent", Message: "The request content was invalid and could not be deserialized."}
	}
	problem := change(c.server, func(o *objects) *adminProblem {
		sp := o.principal(body.AppID)
		if sp == nil {
			return nil
		}
		if sp.Fresh && org == contosoOrg && spendLocked(&c.server.tenant.Replication.User) {
			return &adminProblem{Status: http.StatusInternalServerError, Code: "InternalServerError", Message: "An unexpected error occurred."}
		}
		s := o.stores[org.ID]
		i := slices.IndexFunc(s.users, func(u record) bool { return equal(u.row["applicationid"], body.AppID) })
		if i < 0 {
			s.users = append(s.users, record{row: c.server.newApplicationUser(org, *sp)})
			i = len(s.users) - 1
		}
		if role := s.administratorRole(s.users[i]); role != "" && !slices.Contains(s.users[i].roles, role) {
			s.users[i].roles = append(slices.Clone(s.users[i].roles), role)
		}
		o.stores[org.ID] = s
		return nil
	})
	if problem != nil {
		return 0, nil, problem
	}
	return http.StatusOK, object{{"servicePrincipalAppId", body.AppID}}, nil
}

// administratorRole returns the ID of System Administrator in a user's business unit.
func (s store) administratorRole(user record) string {
	for _, r := range s.roles {
		if equal(r.row["_roletemplateid_value"], systemAdministratorTemplate) && equal(r.row["_businessunitid_value"], str(user.row["_businessunitid_value"])) {
			return r.row["roleid"].(string)
		}
	}
	return ""
}

// applications serves the management applications: one is registered, shown or taken
// off the list by a user, since an application cannot register itself.
//
// Source: the recorded message bap-200-adminapplications.
//
// Guess: the refusals.
func (c *adminCall) applications(id string) (int, object, *adminProblem) {
	if id == "" && c.Method == http.MethodGet {
		all := []object{}
		for _, known := range c.tenant.world().managers {
			all = append(all, object{{"applicationId", known}})
		}
		return http.StatusOK, object{{"value", all}}, nil
	}
	if !guid.IsPlain(id) {
		return 0, nil, c.unmodelled()
	}
	id = strings.ToLower(id)
	switch c.Method {
	case http.MethodGet:
		if !slices.Contains(c.tenant.world().managers, id) {
			return 0, nil, &adminProblem{Status: http.StatusNotFound, Code: "ApplicationNotFound", Message: "The application '" + id + "' is not registered."}
		}
	case http.MethodPut, http.MethodDelete:
		if c.claims.SCP == "" {
			return 0, nil, &adminProblem{Status: http.StatusForbidden, Code: "Forbidden", Message: "A service principal cannot change management applications."}
		}
		_ = change(c.server, func(o *objects) *adminProblem {
			o.managers = slices.DeleteFunc(slices.Clone(o.managers), func(known string) bool { return known == id })
			if c.Method == http.MethodPut {
				o.managers = append(o.managers, id)
			}
			return nil
		})
	default:
		return 0, nil, c.unmodelled()
	}
	if c.Method == http.MethodDelete {
		return http.StatusNoContent, nil, nil
	}
	return http.StatusOK, object{{"applicationId", id}}, nil
}
