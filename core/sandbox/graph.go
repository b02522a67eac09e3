package sandbox

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/guid"
)

// graphCall is a request to Microsoft Graph with its caller.
type graphCall struct {
	*http.Request
	server *Server
	tenant Tenant
	host   string
	claims claims
	// account is the signed-in user; zero for an application.
	account account
	body    graphBody
}

// graphBody is the body of a request, member by member, or nil.
type graphBody map[string]json.RawMessage

// graphProblem is a refusal of Graph.
type graphProblem struct {
	Status        int
	Code, Message string
	// Details is the list of the same name, or nil.
	Details []object
	// NotModelled is true if the real service would answer otherwise, or might.
	NotModelled bool
}

// graphAnswer is a response of Graph. A nil Body is an empty one.
type graphAnswer struct {
	Status   int
	Body     object
	Location string
}

// graph serves the part of Microsoft Graph that an application's set-up needs.
func (s *Server) graph(w http.ResponseWriter, r *http.Request) {
	s.graphHeaders(w)
	c := &graphCall{Request: r, server: s, tenant: s.now(), host: strings.TrimSuffix(r.Host, ":443")}
	answer, problem := c.serve()
	if problem != nil {
		s.graphError(w, r, problem)
		return
	}
	if answer.Location != "" {
		w.Header().Set("Location", answer.Location)
	}
	if answer.Body == nil {
		w.Header().Del("Content-Type")
		w.WriteHeader(answer.Status)
		return
	}
	writeJSON(w, answer.Status, answer.Body)
}

func (c *graphCall) serve() (graphAnswer, *graphProblem) {
	if p := c.admit(); p != nil {
		return graphAnswer{}, p
	}
	path, ok := strings.CutPrefix(c.URL.Path, "/v1.0/")
	if !ok {
		return graphAnswer{}, unmodelledGraph(http.StatusNotFound, c.URL.Path)
	}
	if p := c.readBody(); p != nil {
		return graphAnswer{}, p
	}
	to := splitGraphPath(path)
	for _, collection := range graphCollections {
		if collection.name == to.collection {
			return collection.serve(c, to)
		}
	}
	return graphAnswer{}, unmodelledGraph(http.StatusNotFound, c.URL.Path)
}

// graphCollections are what is served below /v1.0/.
var graphCollections = []struct {
	name  string
	serve func(*graphCall, graphPath) (graphAnswer, *graphProblem)
}{
	{"applications", (*graphCall).applications},
	{"servicePrincipals", (*graphCall).servicePrincipals},
	{"oauth2PermissionGrants", (*graphCall).permissionGrants},
	{"users", (*graphCall).users},
	{"me", (*graphCall).users},
	{"subscribedSkus", (*graphCall).products},
	{"organization", (*graphCall).organization},
}

// admit refuses a caller without a good token for Graph.
func (c *graphCall) admit() *graphProblem {
	scheme, token, _ := cutAuthorization(c.Request)
	if !strings.EqualFold(scheme, "Bearer") || token == "" {
		return &graphProblem{Status: http.StatusUnauthorized, Code: "InvalidAuthenticationToken", Message: "Access token is empty."}
	}
	var err error
	c.claims, err = c.server.verify(token)
	switch {
	case errors.Is(err, errExpired):
		return &graphProblem{Status: http.StatusUnauthorized, Code: "InvalidAuthenticationToken", Message: "Lifetime validation failed, the token is expired."}
	case err != nil || c.claims.Aud != graphAppID && strings.TrimSuffix(c.claims.Aud, "/") != "https://"+c.host, c.claims.TID != contoso.ID:
		return &graphProblem{Status: http.StatusUnauthorized, Code: "InvalidAuthenticationToken", Message: "Access token validation failure. Invalid audience."}
	case len(c.claims.Roles) == 0 && c.claims.SCP == "":
		return denied()
	}
	if c.claims.SCP != "" {
		c.account, _ = accountOf(c.claims.OID)
	}
	return nil
}

// denied is the refusal because a permission or a role is missing.
//
// Source: the recorded message graph-403-denied-2026.
func denied() *graphProblem {
	return &graphProblem{Status: http.StatusForbidden, Code: "Authorization_RequestDenied", Message: "Insufficient privileges to complete the operation."}
}

func badGraph(message string) *graphProblem {
	return &graphProblem{Status: http.StatusBadRequest, Code: "Request_BadRequest", Message: message}
}

// notThere is the refusal for an object that does not exist.
//
// Source: learn.microsoft.com/graph/errors.
func notThere(id string) *graphProblem {
	return &graphProblem{
		Status: http.StatusNotFound, Code: "Request_ResourceNotFound",
		Message: "Resource '" + id + "' does not exist or one of its queried reference-property objects are not present.",
	}
}

func unmodelledGraph(status int, what string) *graphProblem {
	return &graphProblem{Status: status, Code: "not_modelled", Message: "The sandbox does not model " + what + ".", NotModelled: true}
}

func (c *graphCall) unmodelled() (graphAnswer, *graphProblem) {
	status := http.StatusNotImplemented
	if c.Method == http.MethodGet {
		status = http.StatusNotFound
	}
	return graphAnswer{}, unmodelledGraph(status, c.Method+" "+c.URL.Path)
}

// readBody reads the JSON object of a request that has one.
//
// Guess: the texts.
func (c *graphCall) readBody() *graphProblem {
	if c.Method == http.MethodGet || c.Method == http.MethodDelete {
		return nil
	}
	raw, err := io.ReadAll(io.LimitReader(c.Request.Body, 1<<20))
	if kind, _, _ := strings.Cut(c.Header.Get("Content-Type"), ";"); err != nil || strings.TrimSpace(kind) != "application/json" {
		return badGraph("Write requests (excluding DELETE) must contain the Content-Type header declaration.")
	}
	if len(raw) == 0 {
		return badGraph("Empty Payload. JSON content expected.")
	}
	if json.Unmarshal(raw, &c.body) != nil || c.body == nil {
		return badGraph("Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.")
	}
	return nil
}

// unknown returns the refusal for a member of the body that no property has.
//
// Guess: the text.
func (b graphBody) unknown(known ...string) *graphProblem {
	for name := range b {
		if !slices.Contains(known, name) && !strings.HasPrefix(name, "@odata.") {
			return badGraph("Invalid property '" + name + "'.")
		}
	}
	return nil
}

// read reads a member of the body into v, and reports whether it is there and no
// null. A value of another type is the refusal.
//
// Guess: the text.
func (b graphBody) read(name string, v any) (bool, *graphProblem) {
	raw, ok := b[name]
	if !ok || string(raw) == "null" {
		return false, nil
	}
	if json.Unmarshal(raw, v) != nil {
		return false, badGraph("Invalid value specified for property '" + name + "'.")
	}
	return true, nil
}

// graphPath is what follows /v1.0/: a collection, the key of an object, and
// what follows.
type graphPath struct {
	collection, key string
	// byAppID is true if the key is an Application ID.
	byAppID bool
	rest    []string
}

// splitGraphPath reads "applications/id/addPassword" and "applications(appId='…')".
func splitGraphPath(path string) graphPath {
	parts := strings.Split(path, "/")
	to := graphPath{collection: parts[0], rest: parts[1:]}
	if collection, key, ok := strings.Cut(parts[0], "(appId='"); ok {
		to.collection, to.key, to.byAppID = collection, strings.TrimSuffix(key, "')"), true
		return to
	}
	if len(to.rest) > 0 {
		to.key, _ = url.PathUnescape(to.rest[0])
		to.rest = to.rest[1:]
	}
	return to
}

// badKey returns the refusal for a key that is no GUID.
//
// Source: learn.microsoft.com/graph/resolve-auth-errors and public logs of
// "Invalid object identifier".
func (to graphPath) badKey() *graphProblem {
	if guid.IsPlain(to.key) {
		return nil
	}
	return badGraph("Invalid object identifier '" + to.key + "'.")
}

// graphHeaders sets the headers of every response of Graph.
func (s *Server) graphHeaders(w http.ResponseWriter) {
	h := w.Header()
	h.Set("Cache-Control", "no-cache")
	h.Set("Content-Type", "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8")
	h.Set("odata-version", "4.0")
	h.Set("request-id", newID())
	h.Set("Strict-Transport-Security", "max-age=31536000")
	h.Set("Vary", "Accept-Encoding")
	h.Set("x-ms-ags-diagnostic", `{"ServerInfo":{"DataCenter":"Sandbox","Slice":"E","Ring":"5","ScaleUnit":"000","RoleInstance":"SANDBOX"}}`)
	h.Set("x-ms-resource-unit", "1")
}

// organization serves the directory itself.
func (c *graphCall) organization(graphPath) (graphAnswer, *graphProblem) {
	if c.Method != http.MethodGet {
		return c.unmodelled()
	}
	return graphAnswer{Status: http.StatusOK, Body: object{{"@odata.context", c.context("organization")}, {"value", []object{{
		{"id", contoso.ID},
		{"displayName", contoso.Name},
		{"verifiedDomains", []object{{{"name", contoso.Domain}, {"isDefault", true}}}},
	}}}}}, nil
}

func (c *graphCall) context(of string) string { return "https://" + c.host + "/v1.0/$metadata#" + of }

// directoryLocation is the address that Graph names for a new object of the directory.
//
// Source: the recorded message graph-201-application.
func (c *graphCall) directoryLocation(id, kind string) string {
	return "https://" + c.host + "/v2/" + contoso.ID + "/directoryObjects/" + id + "/Microsoft.DirectoryServices." + kind
}

// graphError writes a refusal in Graph's shape.
//
// Source: learn.microsoft.com/graph/errors.
func (s *Server) graphError(w http.ResponseWriter, r *http.Request, p *graphProblem) {
	if p.NotModelled {
		w.Header().Set(modelHeader, notModelled)
	}
	id := s.ids(r)
	w.Header().Set("client-request-id", id.Correlation)
	if p.Status == http.StatusUnauthorized {
		w.Header().Set("WWW-Authenticate", `Bearer realm="", authorization_uri="https://`+LoginHost+`/common/oauth2/authorize", client_id="`+graphAppID+`"`)
	}
	w.Header().Set("request-id", id.Trace)
	body := object{{"code", p.Code}, {"message", p.Message}}
	if p.Details != nil {
		body = append(body, member{"details", p.Details})
	}
	body = append(body, member{"innerError", object{{"date", s.time().Format("2006-01-02T15:04:05")}, {"request-id", id.Trace}, {"client-request-id", id.Correlation}}})
	writeJSON(w, p.Status, object{{"error", body}})
}
