package connection

import (
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/cloud"
	"github.com/s2sdoctor/s2sdoctor/core/guid"
	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
	"github.com/s2sdoctor/s2sdoctor/core/placeholder"
	"github.com/s2sdoctor/s2sdoctor/core/plain"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

var domainShape = lazyregexp.New(`^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*\.[a-z][a-z0-9-]*[a-z0-9]$`)

// personal is the tenant of personal Microsoft accounts, "consumers" by its GUID.
//
// Source: learn.microsoft.com/entra/identity-platform/access-token-claims-reference.
const personal = "9188040d-6c67-4c5b-b112-36a304b66dad"

// cleanTenant finds the tenant in an ID, a domain or a login address. env is the
// environment's cloud, without a name when that is unknown.
func (f Form) cleanTenant(clouds []cloud.Cloud, env cloud.Cloud, r *remarks) string {
	shown := plain.Unwrap(f.Tenant)
	if shown == "" {
		return ""
	}
	if strings.Contains(shown, "://") || strings.Contains(shown, "/") {
		found, why := tenantOfAuthority(clouds, shown)
		if !why.Empty() {
			r.refuse(FieldTenant, catalog.InputTenantID, why)
			return ""
		}
		if issuers := cloud.OfLogin(clouds, found.login); env.Name != "" && !env.Issues(found.login) {
			r.refuse(FieldTenant, catalog.TenantWrongCloud, text.F("The login address is of another cloud (%s) than the environment (%s).", issuers[len(issuers)-1].Title, env.Title))
			return ""
		}
		shown = found.tenant
		if _, why := tenant(clouds, shown); why.Empty() {
			r.note(FieldTenant, text.F("took the Directory (tenant) ID from an address on %s", found.login))
		}
	}
	id, why := tenant(clouds, shown)
	if !why.Empty() {
		r.refuse(FieldTenant, catalog.InputTenantID, why)
		return ""
	}
	return id
}

var orEmpty = text.F("Leave Directory (tenant) ID empty to have it discovered.")

// tenant reads a GUID or a domain, or returns the problem why it is neither.
func tenant(clouds []cloud.Cloud, shown string) (id string, why text.Text) {
	if id, ok := guid.Parse(shown); ok {
		switch {
		case guid.OnlyZeros(id):
			return "", text.Join(" ", text.F("The Directory (tenant) ID holds zeros only: it was never filled in."), orEmpty)
		case id == personal:
			return "", text.Join(" ", text.F("This Directory (tenant) ID is the one of personal Microsoft accounts, which have no environments."), orEmpty)
		}
		return id, text.Text{}
	}
	domain := strings.ToLower(shown)
	_, isEnvironment := cloud.OfEnvironment(clouds, domain)
	switch {
	case placeholder.Is(shown):
		return "", text.Join(" ", text.F("The Directory (tenant) ID is a placeholder that was never filled in."), orEmpty)
	case domain == "common", domain == "organizations", domain == "consumers":
		return "", text.Join(" ", text.F("An application needs one tenant: %s means many.", domain), orEmpty)
	case strings.Contains(shown, "@"):
		return "", text.Join(" ", text.F("The Directory (tenant) ID is a sign-in name. It must be a GUID or a domain such as contoso.onmicrosoft.com."), orEmpty)
	case isEnvironment:
		return "", text.Join(" ", text.F("The Directory (tenant) ID is the address of an environment, which belongs in Environment URL."), orEmpty)
	case len(cloud.OfLogin(clouds, domain)) > 0:
		return "", text.Join(" ", text.F("The Directory (tenant) ID is a login host, which names no tenant."), orEmpty)
	case len(domain) > 253 || !domainShape.MatchString(domain):
		return "", text.Join(" ", text.F("The Directory (tenant) ID must be a GUID or a domain such as contoso.onmicrosoft.com."), orEmpty)
	}
	return domain, text.Text{}
}

// authority is where a tenant gets its tokens.
type authority struct{ login, tenant string }

// tenantOfAuthority takes an address such as
// https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token apart.
func tenantOfAuthority(clouds []cloud.Cloud, shown string) (authority, text.Text) {
	other := text.Join(" ", text.F("The Directory (tenant) ID is an address, and not one on a login host of Microsoft's."), orEmpty)
	a, why := splitAddress(shown)
	if !why.Empty() || !a.unusable().Empty() || a.scheme != "https" || len(cloud.OfLogin(clouds, a.host)) == 0 {
		return authority{}, other
	}
	path, _, _ := strings.Cut(strings.TrimPrefix(a.path, "/"), "/")
	path, _, _ = strings.Cut(path, "?")
	path, _, _ = strings.Cut(path, "#")
	if path == "" {
		return authority{}, text.Join(" ", text.F("The login address names no tenant."), orEmpty)
	}
	return authority{a.host, path}, text.Text{}
}

// cleanClientID reads the application's GUID. What was typed is not repeated in
// the summary: it may be a secret in the wrong place.
func (f Form) cleanClientID(tenant string, r *remarks) string {
	from := text.F("Copy Application (client) ID from the application's Overview in the Microsoft Entra admin center.")
	shown := plain.Unwrap(f.ClientID)
	id, ok := guid.Parse(shown)
	var why text.Text
	switch {
	case shown == "" && f.Kind == ManagedIdentityKind:
		return "" // the system-assigned one: its token names it
	case shown == "":
		why = text.Join(" ", text.F("The Application (client) ID is empty."), from)
	case !ok && placeholder.Is(shown):
		why = text.Join(" ", text.F("The Application (client) ID is a placeholder that was never filled in."), from)
	case !ok && strings.Contains(shown, "@"):
		why = text.Join(" ", text.F("The Application (client) ID is a sign-in name, not a GUID."), from)
	case !ok && (strings.Contains(shown, "://") || strings.Contains(shown, "/")):
		why = text.Join(" ", text.F("The Application (client) ID is an address, not a GUID."), from)
	case !ok:
		why = text.Join(" ", text.F("The Application (client) ID must be a GUID such as 2015d711-8a4f-4d3c-9b2e-0f1a2b3c4d5e."), from)
	case guid.OnlyZeros(id):
		why = text.Join(" ", text.F("The Application (client) ID holds zeros only: it was never filled in."), from)
	case id == tenant:
		why = text.Join(" ", text.F("The Application (client) ID and the Directory (tenant) ID are the same: one of them was pasted twice."), from)
	}
	if !why.Empty() {
		r.refuse(FieldClientID, catalog.InputClientID, why)
		return ""
	}
	return id
}
