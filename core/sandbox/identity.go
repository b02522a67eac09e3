package sandbox

import (
	"crypto/subtle"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

// The managed identity of this computer. Its client ID is [ClientID]: the identity is
// the application of the healthy connection.
const (
	IdentityResource = "/subscriptions/3b0f6c2d-71e8-4a95-8cd4-9e02a5b7f163/resourcegroups/integration/providers/Microsoft.ManagedIdentity/userAssignedIdentities/s2s-integration"

	// metadataAddress is where a virtual machine asks.
	metadataAddress = "169.254.169.254:80"
	metadataPath    = "/metadata/identity/oauth2/token"
	appServicePath  = "/msi/token"
	cloudShellPath  = "/oauth2/token"
)

// identityLife is how long the token of a managed identity is valid.
//
// Source: learn.microsoft.com/entra/identity/managed-identities-azure-resources/managed-identities-faq.
const identityLife = 24 * time.Hour

// Identity is the managed identity of this computer, and the endpoint for its tokens.
type Identity struct {
	// Service is the faults of the endpoint.
	Service
	// NoEndpoint: nothing answers at the endpoint's address. False: the endpoint does.
	NoEndpoint bool
	// Unassigned: the computer has no identity at all. False: a system-assigned one,
	// and a user-assigned one with the same IDs.
	Unassigned bool
	// Several: it has several user-assigned identities, and no system-assigned one.
	// False: see Unassigned.
	Several bool
	// OneOnly: the agent of Azure Arc is an old one, which returns the token of the machine's
	// own identity for any name, and names no identity next to it. False: the
	// identity that is asked for.
	OneOnly bool
	// KeyFolder is the folder in which Azure Arc keeps its keys. Empty: a folder of the
	// sandbox's own.
	KeyFolder string
}

// Place is a kind of computer with a managed identity.
type Place string

// The places, by MSAL's names.
const (
	VirtualMachine Place = "DefaultToIMDS"
	AppService     Place = "AppService"
	AzureArc       Place = "AzureArc"
	CloudShell     Place = "CloudShell"
)

// IdentityVariables returns the environment variables by which a program finds the
// endpoint in a place; nil on a virtual machine, where the endpoint has one address.
func (s *Server) IdentityVariables(place Place) map[string]string {
	base := "http://" + s.identityAddr
	switch place {
	case AppService:
		return map[string]string{"IDENTITY_ENDPOINT": base + appServicePath, "IDENTITY_HEADER": s.identityHeader()}
	case AzureArc:
		return map[string]string{"IDENTITY_ENDPOINT": base + metadataPath, "IMDS_ENDPOINT": base}
	case CloudShell:
		return map[string]string{"MSI_ENDPOINT": base + cloudShellPath}
	}
	return nil
}

// identityHeader is the value by which App Service knows its own programs.
func (s *Server) identityHeader() string { return SecretOf("identity header") }

// identityRequest is a request for a token, in any of the shapes.
type identityRequest struct {
	*http.Request
	tenant Tenant
	values url.Values
	// appService is true for the shape of App Service.
	appService bool
	// unnamed is true for a response that does not name the identity.
	unnamed bool
}

// identityEndpoint serves the tokens of the managed identity, on a listener of its
// own without TLS, as the real ones.
func (s *Server) identityEndpoint(w http.ResponseWriter, r *http.Request) {
	rec := s.record(w, r, r.Host)
	defer rec.done()
	rec.Header().Set("Date", s.time().Format(http.TimeFormat))
	host, _, err := net.SplitHostPort(r.Host)
	if err != nil {
		host = r.Host
	}
	t := s.now()
	if !isLoopback(host) && host+":80" != metadataAddress {
		http.Error(rec, "Misdirected request", http.StatusMisdirectedRequest)
		return
	}
	if t.Identity.NoEndpoint {
		panic(http.ErrAbortHandler)
	}
	q := identityRequest{Request: r, tenant: t, values: r.URL.Query()}
	serve := func(w http.ResponseWriter, _ *http.Request) { writeUnmodelled(w, http.StatusNotFound, r.URL.Path) }
	switch {
	case r.URL.Path == metadataPath && host+":80" == metadataAddress:
		serve = func(w http.ResponseWriter, _ *http.Request) { s.metadataService(w, q) }
	case r.URL.Path == metadataPath:
		serve = func(w http.ResponseWriter, _ *http.Request) { s.arc(w, q) }
	case r.URL.Path == appServicePath:
		serve = func(w http.ResponseWriter, _ *http.Request) { s.appService(w, q) }
	case r.URL.Path == cloudShellPath:
		serve = func(w http.ResponseWriter, _ *http.Request) { s.cloudShell(w, q) }
	}
	s.behind(rec, r, metadataAddress, serve)
}

// metadataService is the Instance Metadata Service of a virtual machine.
//
// Source: learn.microsoft.com/entra/identity/managed-identities-azure-resources/how-to-use-vm-token
// and, for the refusals, github.com/Hexadite/acs-keyvault-agent/pull/43 and
// github.com/Azure/aad-pod-identity/issues/1054.
//
// Guess: the texts for a request without its header, version or resource.
func (s *Server) metadataService(w http.ResponseWriter, q identityRequest) {
	w.Header().Set("Server", "IMDS/150.870.65.512")
	switch {
	case q.Method != http.MethodGet:
		w.Header().Set("Allow", http.MethodGet)
		refuseIdentity(w, q, http.StatusMethodNotAllowed, "bad_request_102", "Method not allowed")
	case !strings.EqualFold(q.Header.Get("Metadata"), "true"):
		refuseIdentity(w, q, http.StatusBadRequest, "bad_request_102", "Required metadata header not specified")
	case q.Header.Get("X-Forwarded-For") != "":
		refuseIdentity(w, q, http.StatusBadRequest, "bad_request_102", "The request was forwarded")
	case q.values.Get("api-version") == "":
		refuseIdentity(w, q, http.StatusBadRequest, "invalid_request", "Required query variable 'api-version' is missing")
	default:
		s.answerIdentity(w, q)
	}
}

// appService is the endpoint of App Service, Functions and Container Apps.
//
// Source: learn.microsoft.com/azure/app-service/overview-managed-identity#rest-endpoint-reference
// and, for the refusals, github.com/Azure/azure-sdk-for-net/issues/43691 and MSAL's
// own tests.
//
// Guess: the text for a request without its header.
func (s *Server) appService(w http.ResponseWriter, q identityRequest) {
	q.appService = true
	header := q.Header.Get("X-IDENTITY-HEADER")
	switch {
	case subtle.ConstantTimeCompare([]byte(header), []byte(s.identityHeader())) != 1:
		refuseIdentity(w, q, http.StatusUnauthorized, "unauthorized", "The header X-IDENTITY-HEADER is missing or wrong.")
	case q.values.Get("api-version") != "2019-08-01":
		writeUnmodelled(w, http.StatusNotImplemented, "another version of the endpoint than 2019-08-01")
	default:
		s.answerIdentity(w, q)
	}
}

// arc is the agent of Azure Arc. A program proves that it may ask by reading a file.
//
// Source: learn.microsoft.com/azure/azure-arc/servers/managed-identity-authentication
// and, for what an old agent does not know, MSAL's verifyAzureArcUserAssignedIdentity.
//
// Guess: that a refused key is answered with 401 and no challenge.
func (s *Server) arc(w http.ResponseWriter, q identityRequest) {
	scheme, key, _ := cutAuthorization(q.Request)
	switch {
	case !strings.EqualFold(q.Header.Get("Metadata"), "true"):
		refuseIdentity(w, q, http.StatusBadRequest, "invalid_request", "Required metadata header not specified")
	case !strings.EqualFold(scheme, "Basic"):
		path, err := s.writeArcKey(q.tenant.Identity.KeyFolder)
		if err != nil {
			http.Error(w, "The key cannot be written.", http.StatusInternalServerError)
			return
		}
		w.Header().Set("WWW-Authenticate", "Basic realm="+path)
		w.WriteHeader(http.StatusUnauthorized)
	case !s.takeArcKey(key):
		w.WriteHeader(http.StatusUnauthorized)
	case q.tenant.Identity.OneOnly:
		q.values = url.Values{"resource": q.values["resource"]}
		q.unnamed = true
		s.answerIdentity(w, q)
	default:
		s.answerIdentity(w, q)
	}
}

// writeArcKey writes a new key into a file for its owner alone.
func (s *Server) writeArcKey(folder string) (path string, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if folder == "" {
		if folder, err = s.privateFolder(); err != nil {
			return "", err
		}
	}
	key := randomText()
	path = filepath.Join(folder, newID()+".key")
	s.arcKeys[key] = path
	return path, os.WriteFile(path, []byte(key), 0o600)
}

// takeArcKey reports whether a key is good; it is good once.
func (s *Server) takeArcKey(key string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	path, ok := s.arcKeys[key]
	if ok {
		delete(s.arcKeys, key)
		_ = os.Remove(path)
	}
	return ok
}

// cloudShell is the endpoint of Cloud Shell: the token is that of the user who is
// signed in.
//
// Source: learn.microsoft.com/azure/cloud-shell/msi-authorization.
func (s *Server) cloudShell(w http.ResponseWriter, q identityRequest) {
	if q.Method != http.MethodPost || !strings.EqualFold(q.Header.Get("Metadata"), "true") || q.ParseForm() != nil {
		refuseIdentity(w, q, http.StatusBadRequest, "invalid_request", "Required metadata header not specified")
		return
	}
	resource := q.PostForm.Get("resource")
	t := tokenRequest{Request: q.Request, tenant: q.tenant, dir: contoso, now: s.time()}
	token := s.userToken(t, s.Renamed(resource), "04b07795-8ddb-461a-bbee-02f9e1bf7b46", bySecret, administratorAccount, "user_impersonation")
	s.writeIdentityToken(w, q, resource, token, lifetime)
}

// answerIdentity finds the identity that is asked for, and its token.
func (s *Server) answerIdentity(w http.ResponseWriter, q identityRequest) {
	i, named, known := q.tenant.Identity, false, false
	for name, id := range map[string]string{"client_id": ClientID, "object_id": ServicePrincipalID, "principal_id": ServicePrincipalID, "msi_res_id": IdentityResource, "mi_res_id": IdentityResource} {
		if q.values.Has(name) {
			named, known = true, strings.EqualFold(q.values.Get(name), id)
		}
	}
	resource := q.values.Get("resource")
	switch {
	case resource == "":
		refuseIdentity(w, q, http.StatusBadRequest, "invalid_request", "Required query variable 'resource' is missing")
	case named && (i.Unassigned || !known) && q.appService:
		refuseIdentity(w, q, http.StatusBadRequest, "", "No User Assigned or Delegated Managed Identity found for specified ClientId/ResourceId/PrincipalId.")
	case !named && (i.Unassigned || i.Several) && q.appService:
		refuseIdentity(w, q, http.StatusBadRequest, "", "Unable to load the proper Managed Identity.")
	case !named && i.Several:
		refuseIdentity(w, q, http.StatusBadRequest, "invalid_request", "Multiple user assigned identities exist, please specify the clientId / resourceId of the identity in the token request")
	case i.Unassigned, named && !known:
		refuseIdentity(w, q, http.StatusBadRequest, "invalid_request", "Identity not found")
	default:
		s.issueIdentity(w, q, resource)
	}
}

// issueIdentity asks Entra for the identity's token, and hands on what Entra refuses.
func (s *Server) issueIdentity(w http.ResponseWriter, q identityRequest, name string) {
	t := tokenRequest{Request: q.Request, tenant: q.tenant, dir: contoso, now: s.time(), lifetime: identityLife}
	res, f := q.tenant.findResource(contoso, s.Renamed(strings.TrimSuffix(name, "/.default")))
	if f != nil {
		refuseIdentity(w, q, http.StatusBadRequest, f.OAuth, s.Renamed(f.description(s.ids(q.Request), false)))
		return
	}
	s.writeIdentityToken(w, q, name, s.appToken(t, res, ClientID, byCertificate, member{"xms_mirid", IdentityResource}), identityLife)
}

// writeIdentityToken writes a token in the shape of the endpoint; every number is text.
func (s *Server) writeIdentityToken(w http.ResponseWriter, q identityRequest, resource, token string, lasts time.Duration) {
	expires := unixText(s.time().Add(lasts))
	if q.appService {
		writeJSON(w, http.StatusOK, object{
			{"access_token", token}, {"expires_on", expires}, {"resource", resource}, {"token_type", "Bearer"}, {"client_id", ClientID},
		})
		return
	}
	seconds := strconv.Itoa(int(lasts / time.Second))
	response := object{
		{"access_token", token},
		{"client_id", ClientID},
		{"expires_in", seconds},
		{"expires_on", expires},
		{"ext_expires_in", seconds},
		{"not_before", unixText(s.time().Add(-slack))},
		{"resource", resource},
		{"token_type", "Bearer"},
	}
	if q.unnamed {
		response = slices.Delete(response, 1, 2)
	}
	writeJSON(w, http.StatusOK, response)
}

// refuseIdentity writes a refusal in the shape of the endpoint.
func refuseIdentity(w http.ResponseWriter, q identityRequest, status int, code, text string) {
	if q.appService {
		id := newID()
		w.Header().Set("X-CORRELATION-ID", id)
		writeJSON(w, status, object{{"statusCode", status}, {"message", text}, {"correlationId", id}})
		return
	}
	writeJSON(w, status, object{{"error", code}, {"error_description", text}})
}
