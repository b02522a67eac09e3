package connection

import (
	"strings"

	"s2sdoctor/core/cloud"
	"s2sdoctor/core/guid"
	"s2sdoctor/core/pattern"
	"s2sdoctor/core/placeholder"
	"s2sdoctor/core/plain"
	"s2sdoctor/core/prose"
)

const (
	causeTenant   = "input.tenant-id"
	causeClientID = "input.client-id"
)

var domainShape = pattern.New(`^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*\.[a-z][a-z0-9-]*[a-z0-9]$`)

// personal is the tenant of personal Microsoft accounts, "consumers" by its GUID.
//
// Source: learn.microsoft.com/entra/identity-platform/access-token-claims-reference.
const personal = "9188040d-6c67-4c5b-b112-36a304b66dad"

// cleanTenant finds the tenant in an ID, a domain or a login address. env is the
// environment's cloud, without a name when that is unknown.
func (f Form) cleanTenant(clouds []cloud.Cloud, env cloud.Cloud, r *remarks) string {
	text := plain.Unwrap(f.Tenant)
	if text == "" {
		return ""
	}
	if strings.Contains(text, "://") || strings.Contains(text, "/") {
		found, why := tenantOfAuthority(clouds, text)
		if !why.Empty() {
			r.refuse(FieldTenant, causeTenant, why)
			return ""
		}
		if issuers := cloud.OfLogin(clouds, found.login); env.Name != "" && !env.Issues(found.login) {
			r.refuse(FieldTenant, "tenant.wrong-cloud", prose.F("The login address is of another cloud (%s) than the environment (%s).", prose.Of(issuers[len(issuers)-1].Title), prose.Of(env.Title)))
			return ""
		}
		text = found.tenant
		if _, why := tenant(clouds, text); why.Empty() {
			r.note(FieldTenant, prose.F("took the Directory (tenant) ID from an address on %s", found.login))
		}
	}
	id, why := tenant(clouds, text)
	if !why.Empty() {
		r.refuse(FieldTenant, causeTenant, why)
		return ""
	}
	return id
}

var orEmpty = prose.F("Leave Directory (tenant) ID empty to have it discovered.")

// tenant reads a GUID or a domain, or says why it is neither.
func tenant(clouds []cloud.Cloud, text string) (id string, why prose.Text) {
	if id, ok := guid.Parse(text); ok {
		switch {
		case guid.OnlyZeros(id):
			return "", prose.Join(" ", prose.F("The Directory (tenant) ID holds zeros only: it was never filled in."), orEmpty)
		case id == personal:
			return "", prose.Join(" ", prose.F("This Directory (tenant) ID is the one of personal Microsoft accounts, which have no environments."), orEmpty)
		}
		return id, prose.Text{}
	}
	domain := strings.ToLower(text)
	_, isEnvironment := cloud.OfEnvironment(clouds, domain)
	switch {
	case placeholder.Is(text):
		return "", prose.Join(" ", prose.F("The Directory (tenant) ID is a placeholder that was never filled in."), orEmpty)
	case domain == "common", domain == "organizations", domain == "consumers":
		return "", prose.Join(" ", prose.F("An application needs one tenant: %s means many.", domain), orEmpty)
	case strings.Contains(text, "@"):
		return "", prose.Join(" ", prose.F("The Directory (tenant) ID is a sign-in name. It must be a GUID or a domain such as contoso.onmicrosoft.com."), orEmpty)
	case isEnvironment:
		return "", prose.Join(" ", prose.F("The Directory (tenant) ID is the address of an environment, which belongs in Environment URL."), orEmpty)
	case len(cloud.OfLogin(clouds, domain)) > 0:
		return "", prose.Join(" ", prose.F("The Directory (tenant) ID is a login host, which names no tenant."), orEmpty)
	case len(domain) > 253 || !domainShape.MatchString(domain):
		return "", prose.Join(" ", prose.F("The Directory (tenant) ID must be a GUID or a domain such as contoso.onmicrosoft.com."), orEmpty)
	}
	return domain, prose.Text{}
}

// authority is where a tenant gets its tokens.
type authority struct{ login, tenant string }

// tenantOfAuthority takes an address such as
// https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token apart.
func tenantOfAuthority(clouds []cloud.Cloud, text string) (authority, prose.Text) {
	other := prose.Join(" ", prose.F("The Directory (tenant) ID is an address, and not one on a login host of Microsoft's."), orEmpty)
	a, why := splitAddress(text)
	if !why.Empty() || !a.unusable().Empty() || a.scheme != "https" || len(cloud.OfLogin(clouds, a.host)) == 0 {
		return authority{}, other
	}
	path, _, _ := strings.Cut(strings.TrimPrefix(a.path, "/"), "/")
	path, _, _ = strings.Cut(path, "?")
	path, _, _ = strings.Cut(path, "#")
	if path == "" {
		return authority{}, prose.Join(" ", prose.F("The login address names no tenant."), orEmpty)
	}
	return authority{a.host, path}, prose.Text{}
}

// cleanClientID reads the application's GUID. What was typed is not repeated in
// the summary: it may be a secret in the wrong place.
func (f Form) cleanClientID(tenant string, r *remarks) string {
	from := prose.F("Copy Application (client) ID from the application's Overview in the Microsoft Entra admin center.")
	text := plain.Unwrap(f.ClientID)
	id, ok := guid.Parse(text)
	var why prose.Text
	switch {
	case text == "":
		why = prose.Join(" ", prose.F("The Application (client) ID is empty."), from)
	case !ok && placeholder.Is(text):
		why = prose.Join(" ", prose.F("The Application (client) ID is a placeholder that was never filled in."), from)
	case !ok && strings.Contains(text, "@"):
		why = prose.Join(" ", prose.F("The Application (client) ID is a sign-in name, not a GUID."), from)
	case !ok && (strings.Contains(text, "://") || strings.Contains(text, "/")):
		why = prose.Join(" ", prose.F("The Application (client) ID is an address, not a GUID."), from)
	case !ok:
		why = prose.Join(" ", prose.F("The Application (client) ID must be a GUID such as 2015d711-8a4f-4d3c-9b2e-0f1a2b3c4d5e."), from)
	case guid.OnlyZeros(id):
		why = prose.Join(" ", prose.F("The Application (client) ID holds zeros only: it was never filled in."), from)
	case id == tenant:
		why = prose.Join(" ", prose.F("The Application (client) ID and the Directory (tenant) ID are the same: one of them was pasted twice."), from)
	}
	if !why.Empty() {
		r.refuse(FieldClientID, causeClientID, why)
		return ""
	}
	return id
}
