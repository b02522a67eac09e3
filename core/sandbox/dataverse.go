package sandbox

import (
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
)

// call is a request to an environment, with its caller.
type call struct {
	*http.Request
	server *Server
	tenant Tenant
	org    *organization
	faults Organization
	host   string
	user   row
	// actor is the user who acts on behalf of user; nil if user acts for itself.
	actor row
	data  *database
}

// webAPIPath splits a Web API path into version and rest.
var webAPIPath = lazyregexp.New(`^/api/data/v(\d+\.\d+)/(.*)$`)

const soapPath = "/xrmservices/2011/organization.svc/web"

// dataverse serves the environments' hosts.
func (s *Server) dataverse(w http.ResponseWriter, r *http.Request) {
	host := strings.ToLower(strings.TrimSuffix(r.Host, ":443"))
	c := &call{Request: r, server: s, tenant: s.now(), org: organizationOf(host), host: host}
	if c.org == nil || c.org == contosoOrg && c.tenant.Environment.Gone {
		notFound(w)
		return
	}
	c.faults = c.tenant.faults(c.org)
	if c.faults.NotDataverse {
		otherAPI(w)
		return
	}
	path := webAPIPath.FindStringSubmatch(r.URL.Path)
	soap := strings.EqualFold(r.URL.Path, soapPath)
	switch {
	case soap && c.faults.SOAPDown:
		unavailable(w)
		return
	case !soap && path == nil:
		// A browser at the front door is sent to sign in.
		if r.URL.Path == "/" || strings.HasPrefix(r.URL.Path, "/main.aspx") {
			w.Header().Set("Location", "https://"+LoginHost+"/"+c.tenant.directoryOf(c.org)+"/oauth2/authorize")
			w.WriteHeader(http.StatusFound)
			return
		}
		w.Header().Set(modelHeader, notModelled)
		notFound(w)
		return
	case path != nil && path[1] != "9.0" && path[1] != "9.1" && path[1] != "9.2":
		w.Header().Set(modelHeader, notModelled)
		notFound(w)
		return
	}
	if s.admit(w, c) {
		if soap {
			s.soap(w, c)
		} else {
			s.webAPI(w, c, path[2])
		}
	}
}

// admit reports whether the caller may enter; otherwise it has answered. At this
// stage SOAP callers get the same responses.
//
// Source: the recorded message dv-403-80095ffc-soap.
func (s *Server) admit(w http.ResponseWriter, c *call) bool {
	s.dataverseHeaders(w, c)
	scheme, token, _ := cutAuthorization(c.Request)
	if !strings.EqualFold(scheme, "Bearer") || token == "" {
		c.challenge(w, "")
		return false
	}
	claims, err := s.verify(token)
	switch {
	case errors.Is(err, errExpired):
		c.challenge(w, `, error="invalid_token", error_description="The access token has expired."`)
		return false
	case err != nil, !c.isAudience(claims.Aud), claims.TID != c.tenant.directoryOf(c.org), c.faults.NotAccepting:
		c.challenge(w, "")
		return false
	}
	f := c.environmentRefuses(claims)
	if f == nil && c.org == contosoOrg && s.replicating(c) {
		f = c.refuse("0x80072560")
	}
	if f == nil {
		c.data = c.tenant.database(c.org)
		c.user, f = c.principal(claims)
	}
	if f == nil {
		f = c.impersonate()
	}
	if f != nil {
		f.write(w, c.Request)
		return false
	}
	return true
}

func (c *call) refuse(code string, args ...string) *refused {
	return refuse(c.faults.Language, code, args...)
}

// replicating reports whether the application user has not arrived yet. The first
// request starts the clock, so that concurrent requests get the same response.
func (s *Server) replicating(c *call) bool {
	lasts := c.tenant.Environment.Replicating
	if lasts <= 0 {
		return false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.replicatingFrom.IsZero() {
		s.replicatingFrom = time.Now()
	}
	return time.Since(s.replicatingFrom) < lasts
}

// isAudience reports whether aud is either host of the environment, with or without
// a slash.
func (c *call) isAudience(aud string) bool {
	host, ok := strings.CutPrefix(strings.TrimSuffix(aud, "/"), "https://")
	return ok && (host == c.org.Host || host == c.org.apiHost())
}

// environmentRefuses returns what keeps every application, or this application, out.
func (c *call) environmentRefuses(token claims) *refused {
	switch f := c.faults; {
	case f.Disabled:
		return c.refuse("0x8004a104")
	case f.IPFirewall:
		return c.refuse("0x80095ffe")
	case f.AppAccessControl:
		return c.refuse("0x80095ffc", token.AppID)
	case f.Refuse != "":
		return c.refuse(f.Refuse)
	}
	return nil
}

// principal returns the row of the user that the token represents.
//
// Guess: the order of these refusals.
func (c *call) principal(token claims) (row, *refused) {
	byApplication := func(u row) bool { return equal(u["applicationid"], token.AppID) }
	byObject := func(u row) bool { return equal(u["azureactivedirectoryobjectid"], token.OID) }
	found := c.data.live(byApplication)
	if token.SCP != "" {
		found = c.data.live(byObject)
	} else if found == nil && c.org == contosoOrg && c.tenant.User.MatchedByObject {
		found = c.data.live(byObject)
	}
	switch {
	case found == nil:
		return nil, c.refuse("0x80072560")
	case found["isdisabled"] == true || found["businessunitid"].(row)["isdisabled"] == true:
		return nil, c.refuse("0x80040225")
	case found["azurestate"] != 0:
		return nil, c.refuse("0x80048360")
	case len(rolesOf(found)) == 0 && !c.tenant.User.NoRoleReads:
		return nil, c.refuse("0x80042f09", str(found["systemuserid"]))
	case c.faults.AdminMode && !isAdministrator(found):
		return nil, c.refuse("0x8004a113")
	}
	return found, nil
}

// challenge writes the response to a request without a usable token. Its values are
// not quoted, against RFC 9110 section 11.2.
//
// Source: the recorded message dv-401-webapi-crm11-v92.
func (c *call) challenge(w http.ResponseWriter, more string) {
	if !c.faults.NoChallenge {
		login := c.org.Dir.Login
		if c.faults.Authority != "" {
			login = c.faults.Authority
		}
		w.Header().Set("WWW-Authenticate", fmt.Sprintf("Bearer authorization_uri=https://%s/%s/oauth2/authorize, resource_id=https://%s/%s",
			login, c.tenant.directoryOf(c.org), c.host, more))
	}
	// Guess: no record has the content type; ASP.NET sends this by default.
	w.Header().Set("Content-Type", "text/html")
	w.WriteHeader(http.StatusUnauthorized)
	_, _ = fmt.Fprint(w, "HTTP Error 401 - Unauthorized: Access is denied")
}

// dataverseHeaders sets the headers of every response of an environment. The two
// service request ids differ; the second is REQ_ID.
//
// Source: the recorded message dv-200-whoami-2024.
func (s *Server) dataverseHeaders(w http.ResponseWriter, c *call) {
	h, id := w.Header(), newID()
	h["X-Ms-Service-Request-Id"] = []string{newID(), id}
	h.Set("REQ_ID", id)
	h.Set("AuthActivityId", newID())
	h.Set("CRM.ServiceId", "framework")
	h.Set("x-ms-dop-hint", "48")
	h.Set("x-ms-ratelimit-burst-remaining-xrm-requests", "5999")
	h.Set("x-ms-ratelimit-time-remaining-xrm-requests", "1,200.00")
	h.Set("OData-Version", "4.0")
	h.Set("Allow", "OPTIONS,GET,HEAD,POST")
	h.Set("Public", "OPTIONS,GET,HEAD,POST")
	h.Set("Cache-Control", "no-cache")
	h.Set("Expires", "-1")
	h.Set("Vary", "Accept-Encoding")
	h["X-Source"] = []string{digits(82), digits(82)}
	h.Set("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
	for _, cookie := range []string{
		"ARRAffinity=" + hex.EncodeToString(random(16)), "ReqClientId=" + newID() + "; expires=" + s.time().AddDate(50, 0, 0).Format(http.TimeFormat),
		"orgId=" + c.org.ID + "; expires=" + s.time().AddDate(50, 0, 0).Format(http.TimeFormat),
	} {
		h.Add("Set-Cookie", cookie+"; path=/; secure; HttpOnly")
	}
}

// digits returns n of them at random.
func digits(n int) string {
	b := random(n)
	for i := range b {
		b[i] = '0' + b[i]%10
	}
	return string(b)
}

// notFound is the response where there is no organisation.
//
// Source: the message httpsys-404, put together from the public texts of http.sys.
//
// Guess: no record of a deleted organisation was found.
func notFound(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "text/html; charset=us-ascii")
	w.Header().Set("Server", "Microsoft-HTTPAPI/2.0")
	w.WriteHeader(http.StatusNotFound)
	_, _ = fmt.Fprint(w, "<!DOCTYPE HTML PUBLIC \"-//W3C//DTD HTML 4.01//EN\"\"http://www.w3.org/TR/html4/strict.dtd\">\r\n<HTML><HEAD><TITLE>Not Found</TITLE></HEAD><BODY><h2>Not Found</h2><hr><p>HTTP Error 404. The requested resource is not found.</p></BODY></HTML>")
}

// otherAPI is the response of another product's service.
func otherAPI(w http.ResponseWriter) {
	w.Header().Set("WWW-Authenticate", `Basic realm="Contoso orders (sandbox)"`)
	writeJSON(w, http.StatusUnauthorized, object{{"message", "Sign in to see your orders."}})
}
