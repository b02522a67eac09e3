package connection

import (
	"slices"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/cloud"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// where is where the right address is found.
var where = text.F("Open the Power Platform admin center: Manage › Environments › your environment, and copy its Environment URL.")

// places are hosts of Microsoft's that people paste instead of an environment.
// A name covers itself and all hosts under it.
var places = []struct {
	hosts []string
	why   func(host string) text.Text
}{
	{
		[]string{
			"powerapps.com", "powerapps.us", "powerapps.cn", "apps.appsplatform.us", "powerautomate.com", "flow.microsoft.com",
			"copilotstudio.microsoft.com", "powerpages.microsoft.com",
		},
		func(host string) text.Text {
			return text.Join(" ", text.F("%s is where apps and flows are made and run, not an environment's own address.", host), where)
		},
	},
	{
		[]string{
			"admin.powerplatform.microsoft.com", "admin.powerplatform.microsoft.us", "admin.appsplatform.us", "admin.powerplatform.partner.microsoftonline.cn",
			"admin.powerplatform.cn",
		},
		adminCenter,
	},
	{
		[]string{
			"powerappsportals.com", "powerappsportals.us", "powerappsportals.cn", "dynamics365portals.us", "microsoftcrmportals.com", "microsoftportals.com",
			"powerpagessites.com",
		},
		func(host string) text.Text {
			return text.Join(" ", text.F("%s is a website made with Power Pages, not the environment behind it.", host), where)
		},
	},
	{
		[]string{"operations.dynamics.com", "axcloud.dynamics.com", "cloudax.dynamics.com", "cloud.onebox.dynamics.com"},
		func(host string) text.Text {
			return text.Join(" ", text.F("%s is Dynamics 365 Finance and Operations, another product with its own list of applications.", host), where)
		},
	},
	{
		[]string{"businesscentral.dynamics.com"},
		func(host string) text.Text {
			return text.Join(" ", text.F("%s is Dynamics 365 Business Central, another product with its own list of applications.", host), where)
		},
	},
	{
		[]string{"portal.azure.com", "portal.azure.us", "portal.azure.cn", "entra.microsoft.com", "aad.portal.azure.com", "ms.portal.azure.com"},
		func(host string) text.Text {
			return text.Join(" ", text.F("%s is where applications are registered, not an environment.", host), where)
		},
	},
	{
		[]string{"admin.microsoft.com", "portal.office.com", "office.com", "microsoft365.com", "home.dynamics.com"},
		func(host string) text.Text {
			return text.Join(" ", text.F("%s is Microsoft 365, not an environment.", host), where)
		},
	},
	{
		[]string{"api.bap.microsoft.com", "api.powerplatform.com", "api.powerplatform.us"},
		func(host string) text.Text {
			return text.Join(" ", text.F("%s is an API of the Power Platform admin center, not an environment.", host), where)
		},
	},
	{
		[]string{"microsoftdynamics.de"},
		func(host string) text.Text {
			return text.Join(" ", text.F("%s was in Microsoft Cloud Germany, which closed in 2021.", host), where)
		},
	},
}

func adminCenter(host string) text.Text {
	return text.F("%s is the Power Platform admin center, not an environment. In it, open Manage › Environments › your environment, and copy its Environment URL.", host)
}

// elsewhere explains why a known host is not an environment; empty when it
// may be one. Hosts are lower-case.
func elsewhere(clouds []cloud.Cloud, host string) text.Text {
	for _, p := range places {
		if slices.ContainsFunc(p.hosts, func(h string) bool { return host == h || strings.HasSuffix(host, "."+h) }) {
			return p.why(host)
		}
	}
	switch org, _, _ := strings.Cut(host, "."); org {
	case "globaldisco", "disco":
		return text.Join(" ", text.F("%s is the discovery service, which lists environments and is none.", host), where)
	case "port":
		return text.Join(" ", text.F("%s is the page that chooses among environments, and is none.", host), where)
	}
	for _, c := range clouds {
		switch {
		case c.Issues(host):
			return text.Join(" ", text.F("%s is where tokens are issued, not an environment.", host), where)
		case host == c.Graph:
			return text.Join(" ", text.F("%s is Microsoft Graph, not an environment.", host), where)
		case host == c.Portal:
			return text.Join(" ", text.F("%s is where applications are registered, not an environment.", host), where)
		case host == c.Admin:
			return adminCenter(host)
		}
	}
	return text.Text{}
}
