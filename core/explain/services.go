package explain

import (
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
)

// marksOf are words that only texts about one service have.
var marksOf = []struct {
	service catalog.Service
	words   []string
}{
	{catalog.Dataverse, []string{
		"/api/data/v", "organization.svc", "resource_id=", "authentication scheme 'anonymous'",
		"dataverse", "crmserviceclient", "microsoft.xrm", "microsoft.crm", "odata-version", "req_id", "xrmtoolbox",
		".dynamics.com", ".microsoftdynamics.us", ".appsplatform.us", ".dynamics.cn",
	}},
	{catalog.Graph, []string{"graph.microsoft.com", "graph.microsoft.us", "microsoftgraph.chinacloudapi.cn"}},
	{catalog.Entra, []string{
		"/oauth2/", "/openid-configuration", "/adminconsent", "aadsts", "x-ms-ests-server", "invalid_client", "invalid_grant",
		"login.microsoftonline.", "login.windows.net", "login.partner.microsoftonline.cn",
	}},
}

// others are services that the same application may call and that this program
// does not examine, by the hosts and paths that only they have.
var others = []struct {
	name  string
	words []string
}{
	{"Business Central", []string{"businesscentral.dynamics.com"}},
	{"Finance and Operations", []string{
		".operations.dynamics.com", ".operations.eu.dynamics.com", ".operations.int.dynamics.com", ".operations.uk.dynamics.com",
		".operations.us.dynamics.com", ".operations.apac.dynamics.com", ".cloudax.dynamics.com", ".axcloud.dynamics.com",
		"/data/customersv3", "microsoft.dynamics.ax",
	}},
	{"Power Platform admin API", []string{"api.bap.microsoft.com", "/providers/microsoft.businessappplatform", "api.powerplatform.com"}},
	{"Power Automate", []string{"api.flow.microsoft.com", "service.flow.microsoft.com", "/providers/microsoft.processsimple"}},
	{"Power Apps", []string{"api.powerapps.com", "service.powerapps.com", "/providers/microsoft.powerapps"}},
	{"Power Platform connectors", []string{".azure-apim.net", ".azure-apihub.net", ".azure-apihub.us"}},
	{"Power BI", []string{"api.powerbi.com", "analysis.windows.net"}},
	{"SharePoint", []string{".sharepoint.com", ".sharepoint.us", ".sharepoint.cn"}},
	{"Exchange Online", []string{"outlook.office365.com", "outlook.office.com"}},
	{"Azure Resource Manager", []string{"management.azure.com", "management.usgovcloudapi.net", "over scope '/subscriptions/", "/resourcegroups/"}},
	{"Azure Key Vault", []string{".vault.azure.net", ".vault.usgovcloudapi.net"}},
	{"Azure SQL", []string{".database.windows.net"}},
	{"Azure Storage", []string{".blob.core.windows.net", ".dfs.core.windows.net", ".queue.core.windows.net", ".table.core.windows.net"}},
	{"Azure Service Bus", []string{".servicebus.windows.net"}},
	{"Azure Functions", []string{".azurewebsites.net"}},
	{"Azure DevOps", []string{"dev.azure.com", ".visualstudio.com", "tf400813"}},
	{"Azure AD Graph (retired)", []string{"graph.windows.net"}},
	{"Power Pages", []string{".powerappsportals.com"}},
}

// withoutOthers takes the hosts of other services out of a text in lower case:
// some end as those of environments do.
func withoutOthers(lower string) string {
	for _, o := range others {
		for _, word := range o.words {
			lower = strings.ReplaceAll(lower, word, " ")
		}
	}
	return lower
}

// service is who gave the answer that a text is about, "" if it names no service or
// several.
func service(text string) catalog.Service {
	if unauthorized.MatchString(text) || forbidden.MatchString(text) || strings.Contains(strings.ToLower(text), "resource_id=https") {
		return catalog.Dataverse // its challenge names Entra's host too
	}
	lower := withoutOthers(strings.ToLower(text))
	var found catalog.Service
	for _, s := range marksOf {
		for _, word := range s.words {
			if !strings.Contains(lower, word) {
				continue
			}
			if found != "" && found != s.service {
				return ""
			}
			found = s.service
		}
	}
	return found
}

// othersIn reports whether a text names another service.
func othersIn(text string) bool { return otherName(text) != "" }

// otherName is the other service that a text names, or "".
func otherName(text string) string {
	lower := strings.ToLower(text)
	for _, o := range others {
		for _, word := range o.words {
			if strings.Contains(lower, word) {
				return o.name
			}
		}
	}
	return ""
}

// otherService is the service that a failure is about, where its line, or the
// text as a whole, names one of others and no service of ours.
func otherService(text string, failure *event) string {
	if failure != nil {
		line := lineAt(text, failure.start, failure.end)
		if name := otherName(line); name != "" && service(line) == "" {
			return name
		}
	}
	if service(text) != "" {
		return ""
	}
	return otherName(text)
}
