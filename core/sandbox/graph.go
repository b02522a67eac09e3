package sandbox

import (
	"errors"
	"net/http"
	"strings"
	"time"
)

// graph serves the part of Microsoft Graph that shows when a credential ends.
func (s *Server) graph(w http.ResponseWriter, r *http.Request) {
	t := s.now()
	s.graphHeaders(w)
	scheme, token, _ := cutAuthorization(r)
	c, err := s.verify(token)
	host := strings.TrimSuffix(r.Host, ":443")
	switch {
	case !strings.EqualFold(scheme, "Bearer") || token == "":
		s.graphError(w, r, http.StatusUnauthorized, "InvalidAuthenticationToken", "Access token is empty.")
		return
	case errors.Is(err, errExpired):
		s.graphError(w, r, http.StatusUnauthorized, "InvalidAuthenticationToken", "Lifetime validation failed, the token is expired.")
		return
	case err != nil || c.Aud != graphAppID && strings.TrimSuffix(c.Aud, "/") != "https://"+host:
		s.graphError(w, r, http.StatusUnauthorized, "InvalidAuthenticationToken", "Access token validation failure. Invalid audience.")
		return
	case r.Method != http.MethodGet:
		writeUnmodelled(w, http.StatusNotImplemented, r.Method+" "+r.URL.Path)
		return
	case len(c.Roles) == 0 && c.SCP == "":
		s.graphError(w, r, http.StatusForbidden, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.")
		return
	}
	collection, id := keyed(r.URL.Path)
	switch {
	case collection == "applications" && strings.EqualFold(id, ClientID) && !t.Application.Missing && !t.Application.Elsewhere:
		s.graphApplication(w, t)
	case collection == "servicePrincipals" && strings.EqualFold(id, ClientID) && !t.Application.NoServicePrincipal && !t.Application.Missing:
		writeJSON(w, http.StatusOK, object{
			{"@odata.context", "https://" + host + "/v1.0/$metadata#servicePrincipals/$entity"},
			{"id", ServicePrincipalID},
			{"appId", ClientID},
			{"displayName", "S2S Integration"},
			{"accountEnabled", !t.Application.Disabled},
			{"appRoleAssignmentRequired", false},
			{"servicePrincipalType", "Application"},
		})
	case collection == "servicePrincipals" && strings.EqualFold(id, dataverseAppID):
		writeJSON(w, http.StatusOK, object{
			{"@odata.context", "https://" + host + "/v1.0/$metadata#servicePrincipals/$entity"},
			{"id", "e27a5f84-9c1d-4b60-8e3f-05d6b7a1c942"},
			{"appId", dataverseAppID},
			{"displayName", "Dataverse"},
			{"accountEnabled", !t.Directory.Lapsed},
		})
	case r.URL.Path == "/v1.0/organization":
		writeJSON(w, http.StatusOK, object{{"@odata.context", "https://" + host + "/v1.0/$metadata#organization"}, {"value", []object{{
			{"id", contoso.ID},
			{"displayName", contoso.Name},
			{"verifiedDomains", []object{{{"name", contoso.Domain}, {"isDefault", true}}}},
		}}}})
	case collection == "":
		writeUnmodelled(w, http.StatusNotFound, r.URL.Path)
	default:
		s.graphError(w, r, http.StatusNotFound, "Request_ResourceNotFound", "Resource '"+id+"' does not exist or one of its queried reference-property objects are not present.")
	}
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

// keyed splits "/v1.0/applications(appId='…')" into collection and ID.
func keyed(path string) (collection, id string) {
	rest, ok := strings.CutPrefix(path, "/v1.0/")
	collection, id, ok2 := strings.Cut(rest, "(appId='")
	id, ok3 := strings.CutSuffix(id, "')")
	if !ok || !ok2 || !ok3 {
		return "", rest
	}
	return collection, id
}

// graphApplication writes a registration with the ends of its credentials, never the
// credentials.
func (s *Server) graphApplication(w http.ResponseWriter, t Tenant) {
	lasts := t.Application.SecretLasts
	if lasts == 0 {
		lasts = 300 * 24 * time.Hour
	}
	if t.Application.SecretExpired {
		lasts = -72 * time.Hour
	}
	ends := s.time().Add(lasts)
	passwords, keys := []object{}, []object{}
	if t.Certificate.InUse {
		if cert := s.registered(t); cert != nil {
			keys = append(keys, object{
				{"customKeyIdentifier", thumbprintOf(cert)},
				{"displayName", cert.Subject.String()},
				{"startDateTime", cert.NotBefore.UTC().Format(time.RFC3339)},
				{"endDateTime", cert.NotAfter.UTC().Format(time.RFC3339)},
				{"keyId", SecretID},
				{"type", "AsymmetricX509Cert"},
				{"usage", "Verify"},
				{"key", nil},
			})
		}
	} else {
		passwords = append(passwords, object{
			{"customKeyIdentifier", nil},
			{"displayName", "S2S"},
			{"endDateTime", ends.Format(time.RFC3339)},
			{"hint", s.secret[:3]},
			{"keyId", SecretID},
			{"secretText", nil},
			{"startDateTime", ends.AddDate(-1, 0, 0).Format(time.RFC3339)},
		})
	}
	writeJSON(w, http.StatusOK, object{
		{"@odata.context", "https://" + GraphHost + "/v1.0/$metadata#applications/$entity"},
		{"id", RegistrationObjectID},
		{"appId", ClientID},
		{"displayName", "S2S Integration"},
		{"signInAudience", "AzureADMyOrg"},
		{"isFallbackPublicClient", t.Application.Public},
		{"passwordCredentials", passwords},
		{"keyCredentials", keys},
	})
}

// graphError writes an error in Graph's shape.
//
// Source: learn.microsoft.com/graph/errors.
func (s *Server) graphError(w http.ResponseWriter, r *http.Request, status int, code, message string) {
	id := s.ids(r)
	w.Header().Set("client-request-id", id.Correlation)
	if status == http.StatusUnauthorized {
		w.Header().Set("WWW-Authenticate", `Bearer realm="", authorization_uri="https://`+LoginHost+`/common/oauth2/authorize", client_id="`+graphAppID+`"`)
	}
	w.Header().Set("request-id", id.Trace)
	writeJSON(w, status, object{{"error", object{
		{"code", code},
		{"message", message},
		{"innerError", object{{"date", s.time().Format("2006-01-02T15:04:05")}, {"request-id", id.Trace}, {"client-request-id", id.Correlation}}},
	}}})
}
