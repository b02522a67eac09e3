// Package entra asks Microsoft Entra ID: whether a tenant exists, for a token,
// and who gave consent.
//
// It gathers and does not judge: every function returns what was seen. Tokens
// come through MSAL, over the transport's client for the one pinned login host;
// no error of MSAL's leaves this package, because their details hold the secret.
package entra

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
	"github.com/s2sdoctor/s2sdoctor/core/transport"
)

// Metadata is the content of a tenant's OpenID Connect document.
type Metadata struct {
	// TenantID is the GUID in the issuer, lower-case, or "".
	TenantID string
	// Login is the host of the token endpoint: the public login host also answers
	// for US Government tenants and names their own host here.
	Login string
	// Region and SubRegion are "EU" or "USGov", and "GCC", "DODCON" or "DOD".
	Region, SubRegion string
	// Endpoint is the token endpoint as it is written.
	Endpoint string
	// Coherent reports that the token endpoint is the one that follows from Login
	// and TenantID, so that issuer and endpoint describe the same tenant.
	Coherent bool
}

// TenantFacts is what asking for a tenant brought.
type TenantFacts struct {
	// Asked is the GUID or domain that was asked for.
	Asked string
	// URL is the document's address, without query.
	URL      string
	Response transport.Response
	Err      *transport.Error
	// Metadata is empty unless the answer was such a document.
	Metadata Metadata
	// Derived is set when the environment itself named the tenant: then there is
	// no document, and Answer is the login host's about no tenant in particular.
	Derived bool
}

// Prewarm asks the login host for the document that fits every tenant: it shows
// that the host can be reached and what time it has there, and leaves a
// connection open on which the token comes one round trip sooner.
func Prewarm(ctx context.Context, c *transport.Client, login string) TenantFacts {
	return FindTenant(ctx, c, login, "organizations")
}

// FromEnvironment returns the facts of a tenant that the environment's challenge names.
// It sends no request: the addresses of a tenant follow from its ID.
//
// Source: learn.microsoft.com/entra/identity-platform/v2-protocols (endpoints).
func FromEnvironment(greeting TenantFacts, login, tenant string) TenantFacts {
	base := "https://" + login + "/" + tenant
	greeting.Asked, greeting.Derived = tenant, true
	greeting.URL = base + "/v2.0/.well-known/openid-configuration"
	greeting.Metadata = Metadata{TenantID: tenant, Login: login, Endpoint: tokenEndpoint(login, tenant), Coherent: true}
	return greeting
}

// document is the tenant's metadata for MSAL. It is made here and not passed on:
// where a credential goes follows from the pinned login host and the tenant's ID,
// never from a remote document.
func (f TenantFacts) document(login string) []byte {
	base := "https://" + login + "/" + f.Metadata.TenantID
	doc, _ := json.Marshal(map[string]string{
		"issuer":                 base + "/v2.0",
		"authorization_endpoint": base + "/oauth2/v2.0/authorize",
		"token_endpoint":         tokenEndpoint(login, f.Metadata.TenantID),
	})
	return doc
}

var guid = lazyregexp.New(`(?i)[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`)

// FindTenant reads the OpenID Connect document of a tenant (OpenID Connect
// Discovery 1.0 section 4); no credential is sent.
func FindTenant(ctx context.Context, c *transport.Client, login, tenant string) TenantFacts {
	facts := TenantFacts{
		Asked: tenant,
		URL:   "https://" + login + "/" + url.PathEscape(tenant) + "/v2.0/.well-known/openid-configuration",
	}
	answer, err := c.Do(ctx, transport.Request{
		Method: http.MethodGet, URL: facts.URL,
		Header: http.Header{"Accept": {"application/json"}}, Small: true,
	})
	if err != nil {
		facts.Err = transport.AsError(err)
		return facts
	}
	facts.Response = answer
	if answer.Status == http.StatusOK {
		facts.Metadata = readMetadata(answer.Body)
	}
	return facts
}

func readMetadata(body []byte) Metadata {
	var doc struct {
		Issuer        string `json:"issuer"`
		TokenEndpoint string `json:"token_endpoint"`
		Region        string `json:"tenant_region_scope"`
		SubRegion     string `json:"tenant_region_sub_scope"`
	}
	if json.Unmarshal(body, &doc) != nil {
		return Metadata{}
	}
	m := Metadata{Region: doc.Region, SubRegion: doc.SubRegion, Endpoint: doc.TokenEndpoint}
	m.TenantID = strings.ToLower(guid.FindString(doc.Issuer))
	u, err := url.Parse(doc.TokenEndpoint)
	if err != nil {
		return m
	}
	m.Login = strings.ToLower(u.Host)
	if m.TenantID == "" {
		m.TenantID = strings.ToLower(guid.FindString(u.Path))
	}
	v2 := tokenEndpoint(m.Login, m.TenantID)
	v1 := strings.Replace(v2, "/v2.0/", "/", 1)
	m.Coherent = strings.EqualFold(doc.TokenEndpoint, v2) || strings.EqualFold(doc.TokenEndpoint, v1)
	return m
}

// tokenEndpoint is the v2.0 token endpoint of a tenant.
//
// Source: learn.microsoft.com/entra/identity-platform/v2-protocols (endpoints).
func tokenEndpoint(login, tenant string) string {
	return "https://" + login + "/" + tenant + "/oauth2/v2.0/token"
}
