package sandbox

import (
	"net/http"
	"strings"
)

// Azure Resource Manager, as far as the Azure CLI asks it when a user signs in: for the
// tenants of the user, and for their subscriptions, of which the sandbox has none.
// S2S Doctor sends nothing there.
//
// Source: learn.microsoft.com/rest/api/resources/tenants/list;
// learn.microsoft.com/rest/api/resources/subscriptions/list.
const (
	armHost = "management.azure." + suffix
	// armClassic is the name of the service that it replaced; the Azure CLI asks for
	// tokens under it.
	armClassic = "management.core." + suffix
	armAppID   = "797f4846-ba00-4fd7-ba43-dac1f8f63013"
)

// isARM reports whether a host names Azure Resource Manager as a resource.
func isARM(host string) bool { return host == armHost || host == armClassic }

// arm serves Azure Resource Manager.
//
// Source: the recorded message arm-401, for a token that it does not take.
//
// Guess: the same response without a token; that each public client may ask for
// user_impersonation there; the display name and the category of a tenant in the list.
func (s *Server) arm(w http.ResponseWriter, r *http.Request) {
	_, token, _ := cutAuthorization(r)
	c, err := s.verify(token)
	host := strings.TrimSuffix(strings.TrimPrefix(c.Aud, "https://"), "/")
	switch {
	case err != nil, !isARM(host), c.TID != contoso.ID:
		h := w.Header()
		h.Set("WWW-Authenticate", `Bearer authorization_uri="https://login.windows.net/", error="invalid_token", error_description="Could not find identity for access token."`)
		h.Set("x-ms-failure-cause", "gateway")
		h.Set("Cache-Control", "no-cache")
		h.Set("Pragma", "no-cache")
		h.Set("Expires", "-1")
		id := newID()
		h.Set("x-ms-request-id", id)
		h.Set("x-ms-correlation-request-id", id)
		h.Set("x-ms-routing-request-id", "EASTUS2EUAP:"+s.time().UTC().Format("20060102T150405Z")+":"+id)
		h.Set("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
		h.Set("X-Content-Type-Options", "nosniff")
		writeJSON(w, http.StatusUnauthorized, object{{"error", object{{"code", "AuthenticationFailed"}, {"message", "Authentication failed."}}}})
	case r.Method == http.MethodGet && r.URL.Path == "/subscriptions":
		writeJSON(w, http.StatusOK, object{{"value", []object{}}, {"count", object{{"type", "Total"}, {"value", 0}}}})
	case r.Method == http.MethodGet && r.URL.Path == "/tenants":
		home := object{
			{"id", "/tenants/" + contoso.ID},
			{"tenantId", contoso.ID},
			{"countryCode", "DE"},
			{"displayName", contoso.Name},
			{"domains", []string{contoso.Domain}},
			{"tenantCategory", "Home"},
			{"defaultDomain", contoso.Domain},
			{"tenantType", "AAD"},
		}
		writeJSON(w, http.StatusOK, object{{"value", []object{home}}})
	default:
		w.Header().Set(modelHeader, notModelled)
		writeJSON(w, http.StatusNotImplemented, object{{"error", object{{"code", "NotModelled"}, {"message", "The sandbox does not model " + r.Method + " " + r.URL.Path + "."}}}})
	}
}
