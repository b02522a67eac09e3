// Package cloud is the table of Microsoft's clouds: which login host issues
// tokens for which Dataverse host.
//
// It is the only place that names those hosts. A secret goes to a Login host
// of this table and nowhere else; a token goes to a host under a Suffix of the
// same row and nowhere else.
package cloud

import (
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// Cloud is one row: a separate world of tenants, registrations and secrets.
type Cloud struct {
	// Name is what the contract's JSON calls it.
	Name string
	// Title is what a user reads.
	Title text.Text
	// Login is the host that issues tokens; Aliases name the same service.
	Login   string
	Aliases []string
	// Graph is the host of Microsoft Graph.
	Graph string
	// Suffixes are what Dataverse host names end with, after "<org>.crm4".
	Suffixes []string
	// Region, where set, must match the "crm4" part: GCC shares its suffix with
	// the public cloud and differs in this label only.
	Region string
	// Portal and Admin are the hosts of the Entra and Power Platform admin
	// centres, for deep links.
	Portal, Admin string
}

// Table is every cloud we know.
//
// Sources: learn.microsoft.com/entra/identity-platform/authentication-national-cloud,
// learn.microsoft.com/power-platform/admin/microsoft-dynamics-365-government and
// learn.microsoft.com/power-apps/developer/data-platform/discovery-service; read 2026-11.
var Table = []Cloud{
	{
		Name: "gcc", Title: text.F("US Government (GCC)"),
		Login:   "login.microsoftonline.com",
		Aliases: []string{"login.windows.net", "login.microsoft.com", "sts.windows.net"},
		Graph:   "graph.microsoft.com", Suffixes: []string{"dynamics.com"}, Region: "crm9",
		Portal: "entra.microsoft.com", Admin: "gcc.admin.powerplatform.microsoft.us",
	},
	{
		Name: "public", Title: text.F("public cloud"),
		Login:   "login.microsoftonline.com",
		Aliases: []string{"login.windows.net", "login.microsoft.com", "sts.windows.net"},
		Graph:   "graph.microsoft.com", Suffixes: []string{"dynamics.com"},
		Portal: "entra.microsoft.com", Admin: "admin.powerplatform.microsoft.com",
	},
	{
		Name: "gcchigh", Title: text.F("US Government (GCC High)"),
		Login: "login.microsoftonline.us", Aliases: []string{"login.usgovcloudapi.net"},
		Graph: "graph.microsoft.us", Suffixes: []string{"microsoftdynamics.us"},
		Portal: "entra.microsoft.us", Admin: "high.admin.powerplatform.microsoft.us",
	},
	{
		Name: "dod", Title: text.F("US Government (DoD)"),
		Login: "login.microsoftonline.us", Aliases: []string{"login.usgovcloudapi.net"},
		Graph: "dod-graph.microsoft.us", Suffixes: []string{"appsplatform.us"},
		Portal: "entra.microsoft.us", Admin: "admin.appsplatform.us",
	},
	{
		Name: "china", Title: text.F("China (21Vianet)"),
		Login: "login.partner.microsoftonline.cn", Aliases: []string{"login.chinacloudapi.cn"},
		Graph: "microsoftgraph.chinacloudapi.cn", Suffixes: []string{"dynamics.cn"},
		Portal: "entra.microsoftonline.cn", Admin: "admin.powerplatform.partner.microsoftonline.cn",
	},
}

// regions are the "crm4" labels of the public cloud. New ones keep coming, so
// an unknown number is accepted and has no title.
//
// Source: learn.microsoft.com/power-platform/admin/new-datacenter-regions.
var regions = map[string]text.Text{
	"crm": text.F("North America"), "crm2": text.F("South America"), "crm3": text.F("Canada"), "crm4": text.F("EMEA"),
	"crm5": text.F("Asia Pacific"), "crm6": text.F("Oceania"), "crm7": text.F("Japan"), "crm8": text.F("India"),
	"crm9": text.F("US Government"), "crm11": text.F("United Kingdom"), "crm12": text.F("France"), "crm14": text.F("South Africa"),
	"crm15": text.F("United Arab Emirates"), "crm16": text.F("Germany"), "crm17": text.F("Switzerland"), "crm19": text.F("Norway"),
	"crm20": text.F("Singapore"), "crm21": text.F("Korea"), "crm22": text.F("Sweden"),
}

// OfEnvironment finds the cloud of a Dataverse host such as
// "contoso.crm4.dynamics.com" or "contoso.api.crm4.dynamics.com". The host must
// be lower-case, without port; anything that is not exactly of that shape is
// not an environment.
func OfEnvironment(clouds []Cloud, host string) (Cloud, bool) {
	for _, c := range clouds {
		for _, suffix := range c.Suffixes {
			org, region, ok := split(host, suffix)
			if ok && validLabel(org) && (c.Region == "" || c.Region == region) {
				return c, true
			}
		}
	}
	return Cloud{}, false
}

// OfLogin finds the clouds whose tokens a login host issues; several where
// clouds share one. The host must be lower-case, without port.
func OfLogin(clouds []Cloud, host string) []Cloud {
	var found []Cloud
	for _, c := range clouds {
		if c.Issues(host) {
			found = append(found, c)
		}
	}
	return found
}

// Issues reports whether host is this cloud's login host or an alias of it.
func (c Cloud) Issues(host string) bool {
	if host == c.Login {
		return true
	}
	for _, alias := range c.Aliases {
		if host == alias {
			return true
		}
	}
	return false
}

// TokenExchange returns the audience that a federated token must have in this cloud.
//
// Source: learn.microsoft.com/entra/workload-id/workload-identity-federation-considerations.
func (c Cloud) TokenExchange() string {
	const audience = "api://AzureADTokenExchange"
	switch c.Name {
	case "gcchigh", "dod":
		return audience + "USGov"
	case "china":
		return audience + "China"
	}
	return audience
}

// RegionTitle returns the name of the region of an environment's host; zero where
// the region is not known.
func RegionTitle(host string) text.Text {
	for _, label := range strings.Split(host, ".") {
		if title, ok := regions[label]; ok {
			return title
		}
	}
	return text.Text{}
}

// split takes "contoso.api.crm4" + "." + suffix apart.
func split(host, suffix string) (org, region string, ok bool) {
	rest, ok := strings.CutSuffix(host, "."+suffix)
	if !ok {
		return "", "", false
	}
	dot := strings.LastIndexByte(rest, '.')
	if dot < 0 {
		return "", "", false
	}
	org, region = rest[:dot], rest[dot+1:]
	org = strings.TrimSuffix(org, ".api")
	digits, ok := strings.CutPrefix(region, "crm")
	if !ok || strings.Trim(digits, "0123456789") != "" {
		return "", "", false
	}
	return org, region, true
}

// validLabel accepts one DNS label of ASCII letters, digits and inner hyphens.
func validLabel(label string) bool {
	if label == "" || len(label) > 63 || label[0] == '-' || label[len(label)-1] == '-' {
		return false
	}
	for i := range len(label) {
		c := label[i]
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' {
			return false
		}
	}
	return true
}
