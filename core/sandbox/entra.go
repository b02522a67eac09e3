package sandbox

import (
	"net/http"
	"slices"
	"strings"
)

// entra serves the login host.
func (s *Server) entra(w http.ResponseWriter, r *http.Request) {
	tenant, rest, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	switch rest {
	case "v2.0/.well-known/openid-configuration":
		s.metadata(w, r, tenant, "v2.0")
	case ".well-known/openid-configuration":
		s.metadata(w, r, tenant, "")
	case "discovery/v2.0/keys", "discovery/keys":
		s.keys(w, r)
	case "oauth2/v2.0/token":
		s.token(w, r, tenant, 2)
	case "oauth2/v2.0/devicecode":
		s.deviceCode(w, r, tenant)
	case "oauth2/token":
		s.token(w, r, tenant, 1)
	case "discovery/instance":
		s.instance(w, r)
	default:
		if !isPage(rest) && r.URL.Path != devicePath {
			writeUnmodelled(w, http.StatusNotFound, "this address")
			return
		}
		s.pages(w, r)
	}
}

// metadata is a tenant's OpenID Connect document (OpenID Connect Discovery 1.0
// section 4.2) with Entra's own members. It advertises what is served, and so lacks
// Entra's log-out, userinfo and implicit grant.
func (s *Server) metadata(w http.ResponseWriter, r *http.Request, tenant, version string) {
	d, f := s.now().findDirectory(r.Host, tenant)
	if slices.Contains(anyTenant, strings.ToLower(tenant)) {
		d, f = directory{ID: "{tenantid}", Login: r.Host}, nil
	}
	switch {
	case f != nil && f.Code == 90002:
		s.refuseDocument(w, r, f.as("invalid_tenant"))
		return
	case f != nil:
		s.refuseDocument(w, r, f)
		return
	}
	base, issuer := "https://"+d.Login+"/"+d.ID, "https://"+d.Login+"/"+d.ID+"/v2.0"
	if d.ID == "{tenantid}" {
		base = "https://" + d.Login + "/" + strings.ToLower(tenant)
	}
	endpoint, keys := base+"/oauth2/", base+"/discovery/v2.0/keys"
	if version == "" {
		keys = "https://" + d.Login + "/common/discovery/keys"
		issuer = "https://sts.windows.net/" + d.ID + "/"
	} else {
		endpoint += version + "/"
	}
	graph := GraphHost
	if d.Login == GovLoginHost {
		graph = govGraphHost
	}
	doc := object{
		{"token_endpoint", endpoint + "token"},
		{"token_endpoint_auth_methods_supported", []string{"client_secret_post", "private_key_jwt", "client_secret_basic"}},
		{"jwks_uri", keys},
		{"response_modes_supported", []string{"query", "fragment", "form_post"}},
		{"subject_types_supported", []string{"pairwise"}},
		{"id_token_signing_alg_values_supported", []string{"RS256"}},
		{"response_types_supported", []string{"code"}},
		{"scopes_supported", []string{"openid", "profile", "email", "offline_access"}},
		{"issuer", issuer},
		{"request_uri_parameter_supported", false},
		{"authorization_endpoint", endpoint + "authorize"},
		{"tenant_region_scope", orNil(d.Region)},
	}
	if version != "" {
		doc = append(doc, member{"device_authorization_endpoint", endpoint + "devicecode"})
	}
	if d.SubRegion != "" {
		doc = append(doc, member{"tenant_region_sub_scope", d.SubRegion})
	}
	doc = append(doc, member{"cloud_instance_name", strings.TrimPrefix(d.Login, "login.")},
		member{"cloud_graph_host_name", graph}, member{"msgraph_host", graph})
	documentHeaders(w, r, newID())
	writeJSON(w, http.StatusOK, doc)
}

// keys are the public keys that tokens are signed with (RFC 7517 section 5).
func (s *Server) keys(w http.ResponseWriter, r *http.Request) {
	documentHeaders(w, r, newID())
	writeJSON(w, http.StatusOK, object{{"keys", []object{signingKey().jwk()}}})
}

// instance is instance discovery: which hosts are Entra at all.
func (s *Server) instance(w http.ResponseWriter, r *http.Request) {
	asked := r.URL.Query().Get("authorization_endpoint")
	host, _, _ := strings.Cut(strings.TrimPrefix(asked, "https://"), "/")
	if host != LoginHost && host != GovLoginHost {
		s.refuseDocument(w, r, fail(50049))
		return
	}
	alias := func(host string) object {
		return object{{"preferred_network", host}, {"preferred_cache", host}, {"aliases", []string{host}}}
	}
	documentHeaders(w, r, newID())
	tenant, _, _ := strings.Cut(strings.TrimPrefix(asked, "https://"+host+"/"), "/")
	writeJSON(w, http.StatusOK, object{
		{"tenant_discovery_endpoint", "https://" + host + "/" + tenant + "/v2.0/.well-known/openid-configuration"},
		{"api-version", "1.1"},
		{"metadata", []object{alias(LoginHost), alias(GovLoginHost)}},
	})
}

func orNil(s string) any {
	if s == "" {
		return nil
	}
	return s
}
