package connection

import (
	"slices"
	"strings"

	"s2sdoctor/core/cloud"
)

// where tells where the right address is found.
const where = "Open the Power Platform admin center: Manage › Environments › your environment, and copy its Environment URL."

// places are hosts of Microsoft's that people paste instead of an environment.
// A name stands for itself and for all hosts under it.
var places = []struct {
	hosts []string
	why   string
}{
	{
		[]string{
			"powerapps.com", "powerapps.us", "powerapps.cn", "apps.appsplatform.us", "powerautomate.com", "flow.microsoft.com",
			"copilotstudio.microsoft.com", "powerpages.microsoft.com",
		},
		"is where apps and flows are made and run, not an environment's own address. " + where,
	},
	{
		[]string{
			"admin.powerplatform.microsoft.com", "admin.powerplatform.microsoft.us", "admin.appsplatform.us", "admin.powerplatform.partner.microsoftonline.cn",
			"admin.powerplatform.cn",
		},
		"is the Power Platform admin center, not an environment. In it, open Manage › Environments › your environment, and copy its Environment URL.",
	},
	{
		[]string{
			"powerappsportals.com", "powerappsportals.us", "powerappsportals.cn", "dynamics365portals.us", "microsoftcrmportals.com", "microsoftportals.com",
			"powerpagessites.com",
		},
		"is a website made with Power Pages, not the environment behind it. " + where,
	},
	{
		[]string{"operations.dynamics.com", "axcloud.dynamics.com", "cloudax.dynamics.com", "cloud.onebox.dynamics.com"},
		"is Dynamics 365 Finance and Operations, another product with its own list of applications. " + where,
	},
	{
		[]string{"businesscentral.dynamics.com"},
		"is Dynamics 365 Business Central, another product with its own list of applications. " + where,
	},
	{
		[]string{"portal.azure.com", "portal.azure.us", "portal.azure.cn", "entra.microsoft.com", "aad.portal.azure.com", "ms.portal.azure.com"},
		"is where applications are registered, not an environment. " + where,
	},
	{
		[]string{"admin.microsoft.com", "portal.office.com", "office.com", "microsoft365.com", "home.dynamics.com"},
		"is Microsoft 365, not an environment. " + where,
	},
	{
		[]string{"api.bap.microsoft.com", "api.powerplatform.com", "api.powerplatform.us"},
		"is an API of the Power Platform admin center, not an environment. " + where,
	},
	{
		[]string{"microsoftdynamics.de"},
		"was in Microsoft Cloud Germany, which closed in 2021. " + where,
	},
}

// elsewhere says what a host is when it is known and no environment; "" when it
// may be one. Hosts are lower-case.
func elsewhere(clouds []cloud.Cloud, host string) string {
	for _, p := range places {
		if slices.ContainsFunc(p.hosts, func(h string) bool { return host == h || strings.HasSuffix(host, "."+h) }) {
			return host + " " + p.why
		}
	}
	switch org, _, _ := strings.Cut(host, "."); org {
	case "globaldisco", "disco":
		return host + " is the discovery service, which lists environments and is none. " + where
	case "port":
		return host + " is the page that chooses among environments, and is none. " + where
	}
	for _, c := range clouds {
		switch {
		case c.Issues(host):
			return host + " is where tokens are issued, not an environment. " + where
		case host == c.Graph:
			return host + " is Microsoft Graph, not an environment. " + where
		case host == c.Portal:
			return host + " is where applications are registered, not an environment. " + where
		case host == c.Admin:
			return host + " is the Power Platform admin center, not an environment. In it, open Manage › Environments › your environment, and copy its Environment URL."
		}
	}
	return ""
}
