package exam

import (
	"net/http"

	"s2sdoctor/core/catalog"
	"s2sdoctor/core/cloud"
)

// judgeTenant decides before any secret is sent: the tenant is there, it is in
// the environment's cloud, and it is the environment's own.
func judgeTenant(f Facts) Finding {
	t := f.Tenant
	if t.Asked == "" {
		return skip("Waits for: %s. The tenant is discovered from it; type the Directory (tenant) ID to try without.", f.Results["environment"].Title)
	}
	a := t.Answer
	login := f.Connection.Cloud.Login
	_, e := catalog.Read(catalog.Entra, a.Status, a.Header, a.Body)
	switch {
	case t.Failure != nil:
		return lost(login, t.Failure)
	case redirect(a):
		e.Facts = append(e.Facts, catalog.Fact{Name: "redirected to", Value: hostOf(a.Header.Get("Location"))})
		return broken("network.intercepted", e,
			"%s redirected the request, which it never does: a portal or a filter stands in between.", login)
	case html(a):
		return broken("network.intercepted", e,
			"A web page (HTTP %d) came where %s answers with data: something in between spoke.", a.Status, login)
	case t.Derived:
		finding := pass("Tenant %s owns the environment, which says so itself.", t.Metadata.TenantID)
		finding.Evidence.Facts = []catalog.Fact{{Name: "environment belongs to tenant", Value: t.Metadata.TenantID}}
		return finding
	case a.Status != http.StatusOK:
		finding := heard(catalog.Entra, "Entra", a)
		finding.Evidence.Facts = append(finding.Evidence.Facts, catalog.Fact{Name: "tenant asked for", Value: t.Asked})
		return finding
	case t.Metadata.TenantID == "":
		return broken("network.intercepted", e, "%s answered, but not with a tenant's description.", login)
	}
	return judgeOwnership(f, e)
}

func judgeOwnership(f Facts, e catalog.Evidence) Finding {
	found, owner := f.Tenant.Metadata, f.Environment.TenantID
	e.Facts = append(e.Facts, catalog.Fact{Name: "tenant", Value: found.TenantID})
	if owner != "" {
		e.Facts = append(e.Facts, catalog.Fact{Name: "environment belongs to tenant", Value: owner})
	}
	switch {
	case !f.Connection.Cloud.Issues(found.Login):
		where := found.Login
		if clouds := cloud.OfLogin(f.Clouds, found.Login); len(clouds) > 0 {
			where = clouds[0].Title
		}
		return broken("tenant.wrong-cloud", e,
			"Tenant %s is in another cloud (%s) than the environment (%s). Nothing secret was sent.", found.TenantID, catalog.Clean(where), f.Connection.Cloud.Title)
	case owner != "" && owner != found.TenantID:
		return broken("environment.wrong-tenant", e,
			"The environment belongs to tenant %s, not to the one in the form (%s). Nothing secret was sent.", owner, found.TenantID)
	case owner == "":
		finding := pass("Tenant %s exists. Whether the environment is its own could not be seen.", found.TenantID)
		finding.Evidence = e
		return finding
	}
	finding := pass("Tenant %s exists and owns the environment.", found.TenantID)
	finding.Evidence = e
	return finding
}
