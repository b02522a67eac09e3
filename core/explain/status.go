package explain

import (
	"strconv"
	"strings"

	"s2sdoctor/core/catalog"
	"s2sdoctor/core/pattern"
)

// statusLine is the first line of an answer, as curl -i and -v show it.
var statusLine = pattern.New(`(?m)^[ \t<>*]*HTTP/[0-9](?:\.[0-9])?[ \t]+([1-5][0-9]{2})\b[^\n]*`)

// statusWords are the ways in which programs tell a status.
var statusWords = []*pattern.Pattern{
	pattern.New(`(?i)\bHTTP(?:/[0-9.]+)?[ -](?:error[ -]|status(?:[ -]code)?[ :-]*)?([1-5][0-9]{2})\b`),
	pattern.New(`(?i)\bstatus[ _-]?code["']?(?:\s+does not indicate success)?(?:\s+was|\s+is)?["']?\s*[:=]?\s*["']?([1-5][0-9]{2})\b`),
	pattern.New(`(?i)"status"\s*:\s*"?([1-5][0-9]{2})\b`),
	pattern.New(`(?i)\(([45][0-9]{2})\)\s*(?:[A-Z]|$)`),
	pattern.New(`(?i)\b(40[0134579]|429|50[0234])[ :-]{1,3}(?:Bad Request|Unauthori[sz]ed|Forbidden|Not Found|Method Not Allowed|Proxy Authentication Required|Conflict|Too Many Requests|Internal Server Error|Bad Gateway|Service Unavailable|Gateway Time-?out|Client Error|Server Error)`),
}

// The two sentences of .NET's client behind which Dataverse's answer is lost
// (System.ServiceModel): the first was 403, the second 401.
var (
	forbidden    = pattern.New(`(?i)HTTP request was forbidden with client authentication scheme`)
	unauthorized = pattern.New(`(?i)HTTP request is unauthorized with client authentication scheme`)
)

// status finds the HTTP status that a text tells of, 0 for none.
func status(text string) int {
	switch {
	case forbidden.MatchString(text):
		return 403
	case unauthorized.MatchString(text):
		return 401
	}
	for _, pattern := range statusWords {
		if m := pattern.FindStringSubmatch(text); m != nil {
			code, _ := strconv.Atoi(m[1])
			return code
		}
	}
	return 0
}

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

// service tells who gave the answer that a text is about, "" where it names
// none or several.
func service(text string) catalog.Service {
	lower := strings.ToLower(text)
	if unauthorized.MatchString(text) || forbidden.MatchString(text) || strings.Contains(lower, "resource_id=") {
		return catalog.Dataverse // its challenge names Entra's host too
	}
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
