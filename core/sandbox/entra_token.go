package sandbox

import (
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/guid"
)

// lifetime is that of an access token.
const lifetime = 3599 * time.Second

// tokenRequest is a request to the token endpoint (RFC 6749 section 3.2).
type tokenRequest struct {
	*http.Request
	tenant  Tenant
	dir     directory
	version int // of the endpoint: 1 or 2
	form    url.Values
	now     time.Time
	// lifetime of the issued token; 0 is that of Entra's own.
	lifetime time.Duration
}

func (s *Server) token(w http.ResponseWriter, r *http.Request, tenant string, version int) {
	t := tokenRequest{Request: r, tenant: s.now(), version: version, now: s.time()}
	if f := t.read(); f != nil {
		s.refuse(w, r, f)
		return
	}
	if rec, ok := w.(*recorder); ok {
		rec.grant(t.form.Get("grant_type"))
	}
	var f *failure
	if t.dir, f = t.findDirectory(tenant); f == nil {
		f = t.refusedAnyway()
	}
	var answer object
	if f == nil {
		switch grant := t.form.Get("grant_type"); grant {
		case "client_credentials":
			answer, f = s.clientCredentials(t)
		case "authorization_code":
			if p := findPublicClient(t.form.Get("client_id")); p != nil {
				answer, f = s.redeemUser(t, p)
			} else {
				answer, f = s.redeem(t)
			}
		case "refresh_token":
			p := findPublicClient(t.form.Get("client_id"))
			if p == nil {
				writeUnmodelled(w, http.StatusNotImplemented, "the grant refresh_token of an application with a secret")
				return
			}
			answer, f = s.refresh(t, p)
		case "device_code", "urn:ietf:params:oauth:grant-type:device_code":
			answer, f = s.redeemDevice(t)
		case "":
			f = fail(900144, "grant_type")
		case "password", "urn:ietf:params:oauth:grant-type:jwt-bearer", "urn:ietf:params:oauth:grant-type:saml1_1-bearer":
			writeUnmodelled(w, http.StatusNotImplemented, "the grant "+grant)
			return
		default:
			f = fail(70003, grant)
		}
	}
	if f != nil {
		s.refuse(w, r, f)
		return
	}
	tokenHeaders(w, r, newID(), 0)
	writeJSON(w, http.StatusOK, answer)
}

// read reads the form of the body; parameters in the URL do not count.
func (t *tokenRequest) read() *failure {
	if t.Method != http.MethodPost {
		return fail(900561, t.Method)
	}
	t.Body = http.MaxBytesReader(nil, t.Body, 64<<10)
	if kind, _, _ := mime.ParseMediaType(t.Header.Get("Content-Type")); kind != "application/x-www-form-urlencoded" {
		return fail(900144, "grant_type")
	}
	if t.ParseForm() != nil {
		return fail(9002313).as("invalid_request")
	}
	t.form = t.PostForm
	for _, values := range t.form {
		if len(values) > 1 { // RFC 6749 section 3.2: not more than once
			return fail(9002313).as("invalid_request")
		}
	}
	return nil
}

func (t *tokenRequest) findDirectory(name string) (directory, *failure) {
	if slices.Contains(anyTenant, strings.ToLower(name)) {
		if t.form.Get("grant_type") == "client_credentials" {
			return directory{}, fail(50059)
		}
		// A code knows its directory.
		return contoso, nil
	}
	d, f := t.tenant.findDirectory(t.Host, name)
	if f == nil && d.Login != t.Host {
		return d, fail(90038, name, strings.TrimPrefix(d.Login, "login."))
	}
	return d, f
}

// refusedAnyway returns the fault that does not depend on the request.
func (t *tokenRequest) refusedAnyway() *failure {
	switch {
	case t.tenant.Directory.Restricted:
		return fail(500021, t.dir.Name)
	case t.tenant.Login.Refuse != 0:
		return fail(t.tenant.Login.Refuse, t.dir.ID)
	}
	return nil
}

// clientCredentials is the grant of RFC 6749 section 4.4.
func (s *Server) clientCredentials(t tokenRequest) (object, *failure) {
	id, acr, f := s.authenticate(t)
	if f != nil {
		return nil, f
	}
	name, f := t.requestedResource()
	if f != nil {
		return nil, f
	}
	res, f := t.tenant.findResource(t.dir, name)
	if f != nil {
		return nil, f
	}
	switch {
	case t.tenant.Application.Unassigned:
		return nil, fail(501051, id, res.ID)
	case t.tenant.Directory.ConditionalAccess:
		return nil, fail(53003)
	}
	return t.answer(res.Name, s.appToken(t, res, id, acr)), nil
}

// requestedResource returns the resource that the token is for. There may be one
// only.
func (t *tokenRequest) requestedResource() (string, *failure) {
	if t.version == 1 {
		if !t.form.Has("resource") {
			return "", fail(900144, "resource")
		}
		return t.form.Get("resource"), nil
	}
	if t.form.Has("resource") {
		return "", fail(901002)
	}
	if t.form.Get("scope") == "" {
		return "", fail(900144, "scope")
	}
	var name string
	for _, scope := range strings.Fields(t.form.Get("scope")) {
		if slices.Contains(openIDScopes, scope) {
			continue // MSAL adds them; Entra passes over them
		}
		resource, isDefault := strings.CutSuffix(scope, "/.default")
		switch {
		case !isURIOrGUID(scope):
			return "", fail(70011, scope)
		case !isDefault:
			return "", fail(1002012, scope)
		case name != "":
			return "", fail(70011, t.form.Get("scope"))
		}
		name = resource
	}
	if name == "" {
		return "", fail(1002012, t.form.Get("scope"))
	}
	return name, nil
}

var openIDScopes = []string{"openid", "profile", "email", "offline_access"}

func isURIOrGUID(scope string) bool {
	first, _, _ := strings.Cut(scope, "/")
	if guid.IsPlain(first) {
		return true
	}
	u, err := url.Parse(scope)
	return err == nil && (u.Scheme == "https" || u.Scheme == "api") && u.Host != ""
}

// answer returns a token response (RFC 6749 section 5.1); the v1 endpoint writes its
// numbers as text.
func (t *tokenRequest) answer(resource, token string) object {
	if t.version == 2 {
		return object{
			{"token_type", "Bearer"}, {"expires_in", 3599}, {"ext_expires_in", 3599}, {"access_token", token},
		}
	}
	return object{
		{"token_type", "Bearer"},
		{"expires_in", "3599"},
		{"ext_expires_in", "3599"},
		{"expires_on", unixText(t.now.Add(lifetime))},
		{"not_before", unixText(t.now.Add(-slack))},
		{"resource", resource},
		{"access_token", token},
	}
}
