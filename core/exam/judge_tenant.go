package exam

import (
	"net/http"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/cloud"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// judgeTenant decides before any secret is sent: the tenant is there, it is in
// the environment's cloud, and it is the environment's own.
func judgeTenant(f Facts) Finding {
	t := f.Tenant
	if t.Asked == "" {
		return skip(text.F("Waits for: %s. The tenant is discovered from it; type the Directory (tenant) ID to try without.", f.Results[CheckEnvironment].Title))
	}
	login := f.Connection.Cloud.Login
	r := response{service: catalog.Entra, who: text.Raw(login), answer: t.Response, failure: t.Err}
	if finding, ok := r.stranger(); ok {
		return finding
	}
	signs, e := r.read()
	switch {
	case t.Derived:
		finding := pass(text.F("Tenant %s owns the environment, as the environment itself states.", t.Metadata.TenantID))
		finding.Evidence.Facts = []catalog.Fact{catalog.NewFact(catalog.FactEnvironmentTenant, t.Metadata.TenantID)}
		return finding
	case t.Response.Status != http.StatusOK, len(signs.AADSTS) > 0:
		finding := errorFinding(catalog.Entra, text.Raw("Entra"), t.Response)
		finding.Evidence.Facts = append(finding.Evidence.Facts, catalog.NewFact("tenant looked up", t.Asked))
		return finding
	case t.Metadata.TenantID == "":
		return broken(catalog.NetworkIntercepted, e, text.F("%s answered, but not with a tenant's description.", login))
	}
	return judgeOwnership(f, e)
}

func judgeOwnership(f Facts, e catalog.Evidence) Finding {
	found, owner := f.Tenant.Metadata, f.Environment.TenantID
	e.Facts = append(e.Facts, catalog.NewFact("tenant", found.TenantID))
	if owner != "" {
		e.Facts = append(e.Facts, catalog.NewFact(catalog.FactEnvironmentTenant, owner))
	}
	clouds := cloud.OfLogin(f.Clouds, found.Login)
	switch {
	case len(clouds) == 0, !found.Coherent:
		e.Facts = append(e.Facts, catalog.NewFact("token endpoint", catalog.Clean(found.Endpoint)))
		return broken(catalog.NetworkIntercepted, e,
			text.F("The tenant's description names a token endpoint that is not Microsoft's for this tenant. Something in between changed it. Nothing secret was sent."))
	case !f.Connection.Cloud.Issues(found.Login):
		return broken(catalog.TenantWrongCloud, e,
			text.F("Tenant %s is in another cloud (%s) than the environment (%s). Nothing secret was sent.", found.TenantID, clouds[0].Title, f.Connection.Cloud.Title))
	case owner != "" && owner != found.TenantID:
		return broken(catalog.EnvironmentWrongTenant, e,
			text.F("The environment belongs to tenant %s, not to the one in the form (%s). Nothing secret was sent.", owner, found.TenantID))
	case owner == "":
		finding := pass(text.F("Tenant %s exists. Whether the environment is its own could not be seen.", found.TenantID))
		finding.Evidence = e
		return finding
	}
	finding := pass(text.F("Tenant %s exists and owns the environment.", found.TenantID))
	finding.Evidence = e
	return finding
}
