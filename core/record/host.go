package record

import (
	"slices"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/cloud"
)

// publicHosts are the same for all customers, besides those of the table of clouds.
var publicHosts = []string{
	"aka.ms", "go.microsoft.com", "learn.microsoft.com", "docs.microsoft.com", "support.microsoft.com", "www.microsoft.com",
	"login.live.com", "device.login.microsoftonline.com", "account.activedirectory.windowsazure.com",
	"schemas.microsoft.com", "schemas.xmlsoap.org", "schemas.datacontract.org", "schemas.xmldap.org", "www.w3.org", "tempuri.org",
	"management.azure.com", "api.bap.microsoft.com", "service.powerapps.com", "service.flow.microsoft.com", "api.powerplatform.com",
	"admin.microsoft.com", "portal.azure.com", "entra.microsoft.com", "make.powerapps.com", "home.dynamics.com",
	"aadcdn.msauth.net", "aadcdn.msftauth.net", "autologon.microsoftazuread-sso.com",
	"microsoftonline.com", "microsoftonline.us", "partner.microsoftonline.cn", "windows.net",
	"azureadtokenexchange", "azureadtokenexchangeusgov", "azureadtokenexchangechina",
	"token.actions.githubusercontent.com", "vstoken.dev.azure.com",
	"globaldisco.crm.dynamics.com", "www.zscaler.com", "www.squid-cache.org", "www.fortinet.com", "block.opendns.com",
}

// publicSuffixes are Microsoft's; what precedes them may name a customer.
var publicSuffixes = []string{
	"onmicrosoft.com", "onmicrosoft.us", "partner.onmschina.cn", "onmschina.cn",
	"mcas.ms", "mcas-gov.us", "mcas-gov.ms",
	"blob.core.windows.net", "queue.core.windows.net", "core.windows.net", "azurewebsites.net", "cloudapp.azure.com",
	"azurefd.net", "azure-api.net", "trafficmanager.net", "vault.azure.net", "b2clogin.com", "ciamlogin.com",
	"sharepoint.com", "powerappsportals.com", "microsoftcrmportals.com", "powerplatform.com", "powerapps.com",
	"dynamics.com", "microsoftdynamics.us", "appsplatform.us", "dynamics.cn", "azure.com", "microsoft.com",
}

// host replaces what names a customer in a host, and keeps what names the cloud
// and its region: "contoso.api.crm4.dynamics.com" becomes
// "org1.api.crm4.dynamics.com". Any other host becomes one under ".example"
// (RFC 2606).
func (p *pseudonyms) host(text string) string {
	lower := strings.ToLower(strings.TrimSuffix(text, "."))
	if p.publicHost(lower) || lower == "localhost" {
		return text
	}
	if org, rest, ok := p.environment(lower); ok {
		return p.label("org", org) + rest
	}
	if domain, ok := p.sandboxed(lower); ok {
		return p.label("host", strings.TrimSuffix(lower, "."+domain)) + "." + domain
	}
	for _, suffix := range publicSuffixes {
		if before, ok := strings.CutSuffix(lower, "."+suffix); ok {
			class := "host"
			if strings.HasPrefix(suffix, "onm") {
				class = "tenant"
			}
			return p.label(class, before) + "." + suffix
		}
	}
	return p.of("host", lower, func(n int) string { return numbered("host")(n) + ".example" })
}

// label is the part of a host that names a customer. It is replaced elsewhere
// too: people call the organisation by it.
func (p *pseudonyms) label(class, text string) string { return p.name(class, text) }

func (p *pseudonyms) publicHost(lower string) bool {
	if slices.Contains(publicHosts, lower) {
		return true
	}
	for _, c := range p.tables() {
		if c.Issues(lower) || lower == c.Graph || lower == c.Portal || lower == c.Admin || slices.Contains(c.Suffixes, lower) {
			return true
		}
	}
	return slices.Contains(publicSuffixes, lower)
}

// tables are the clouds of the examination and Microsoft's.
func (p *pseudonyms) tables() []cloud.Cloud { return slices.Concat(p.clouds, cloud.Table) }

// environment splits a Dataverse host after the organisation's label.
func (p *pseudonyms) environment(lower string) (org, rest string, ok bool) {
	for _, c := range p.tables() {
		for _, suffix := range c.Suffixes {
			before, ok := strings.CutSuffix(lower, "."+suffix)
			if !ok {
				continue
			}
			dot := strings.LastIndexByte(before, '.')
			if dot < 1 || !strings.HasPrefix(before[dot+1:], "crm") || strings.Trim(before[dot+4:], "0123456789") != "" {
				continue
			}
			org, rest = before[:dot], before[dot:]+"."+suffix
			if plain, ok := strings.CutSuffix(org, ".api"); ok {
				org, rest = plain, ".api"+rest
			}
			return org, rest, true
		}
	}
	return "", "", false
}

// sandboxed finds the suffix of a host of this computer's own (RFC 6761): the
// sandbox is as public as Microsoft's table of clouds.
func (p *pseudonyms) sandboxed(lower string) (domain string, ok bool) {
	for _, c := range p.clouds {
		for _, suffix := range c.Suffixes {
			if strings.HasSuffix(suffix, ".localhost") && strings.HasSuffix(lower, "."+suffix) {
				return suffix, true
			}
		}
	}
	return "", false
}
