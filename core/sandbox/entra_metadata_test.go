package sandbox

import (
	"net/url"
	"strings"
	"testing"
)

func TestMetadata(t *testing.T) {
	for name, test := range map[string]struct {
		host, tenant, path string
		set                func(*Tenant)
		want               map[string]any
		refused            verdict
	}{
		"v2 by GUID": {LoginHost, TenantID, "/v2.0", nil, map[string]any{
			"issuer":         "https://" + LoginHost + "/" + TenantID + "/v2.0",
			"token_endpoint": tokenURL, "tenant_region_scope": "EU", "cloud_instance_name": suffix, "msgraph_host": GraphHost,
		}, verdict{}},
		"v1 by domain": {LoginHost, TenantDomain, "", nil, map[string]any{
			"issuer":         "https://sts.windows.net/" + TenantID + "/",
			"token_endpoint": "https://" + LoginHost + "/" + TenantID + "/oauth2/token",
		}, verdict{}},
		"common": {LoginHost, "common", "/v2.0", nil, map[string]any{"issuer": "https://" + LoginHost + "/{tenantid}/v2.0"}, verdict{}},
		"another cloud's, asked here": {LoginHost, GovTenantID, "/v2.0", nil, map[string]any{
			"token_endpoint":          "https://" + GovLoginHost + "/" + GovTenantID + "/oauth2/v2.0/token",
			"tenant_region_sub_scope": "DODCON", "tenant_region_scope": "USGov",
		}, verdict{}},
		"moved":           {LoginHost, TenantID, "/v2.0", func(t *Tenant) { t.Directory.OtherCloud = true }, map[string]any{"issuer": "https://" + GovLoginHost + "/" + TenantID + "/v2.0"}, verdict{}},
		"unknown":         {LoginHost, UnknownTenantID, "/v2.0", nil, nil, verdict{400, "invalid_tenant", 90002}},
		"gone":            {LoginHost, TenantID, "/v2.0", func(t *Tenant) { t.Directory.Missing = true }, nil, verdict{400, "invalid_tenant", 90002}},
		"malformed":       {LoginHost, "Contoso%20Ltd", "/v2.0", nil, nil, verdict{400, "invalid_request", 900023}},
		"at the other":    {GovLoginHost, TenantID, "/v2.0", nil, nil, verdict{400, "invalid_tenant", 90002}},
		"own at other":    {GovLoginHost, GovTenantID, "/v2.0", nil, map[string]any{"issuer": "https://" + GovLoginHost + "/" + GovTenantID + "/v2.0"}, verdict{}},
		"domain in caps":  {LoginHost, strings.ToUpper(TenantDomain), "/v2.0", nil, map[string]any{"token_endpoint": tokenURL}, verdict{}},
		"unverified name": {LoginHost, "contoso.example", "/v2.0", nil, nil, verdict{400, "invalid_tenant", 90002}},
	} {
		t.Run(name, func(t *testing.T) {
			s := start(t, test.set)
			r := get(t, client(t, s), "https://"+test.host+"/"+test.tenant+test.path+"/.well-known/openid-configuration")
			if test.want == nil {
				diff(t, test.refused, verdictOf(t, r))
				return
			}
			body := r.fields(t)
			for name, value := range test.want {
				diff(t, value, body[name])
			}
		})
	}
}

func TestInstanceDiscovery(t *testing.T) {
	s := start(t, nil)
	for host, status := range map[string]int{LoginHost: 200, GovLoginHost: 200, "login.evil.example": 400} {
		r := get(t, client(t, s), "https://"+LoginHost+"/common/discovery/instance?api-version=1.1&authorization_endpoint="+
			url.QueryEscape("https://"+host+"/"+TenantID+"/oauth2/v2.0/authorize"))
		diff(t, status, r.Status)
	}
}
