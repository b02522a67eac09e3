package sandbox

import (
	"bufio"
	"encoding/json"
	"maps"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

const wireFolder = "../testdata/wire"

// counterpart is a recorded message and the way to get the sandbox's message of the same
// kind.
type counterpart struct {
	file string
	set  func(*Tenant)
	ask  func(*asking) reply
}

// counterparts are the recorded messages that the sandbox also sends.
var counterparts = []counterpart{
	// Dataverse: the challenge.
	{"dv-401-webapi-crm10-2021", nil, webAPIWithout},
	{"dv-401-webapi-crm11-v92", nil, webAPIWithout},
	{"dv-401-webapi-gcchigh", nil, webAPIWithout},
	{"dv-401-webapi-texthtml", nil, webAPIWithout},
	{"dv-401-soap-2017-windows-net", nil, soapWithout},
	{"dv-401-soap-2020-wiremock", nil, soapWithout},
	// Dataverse: refusals.
	{"dv-403-80072560", func(t *Tenant) { t.User.Missing = true }, getWith("WhoAmI")},
	{"dv-403-80095ffc-soap", func(t *Tenant) { t.Environment.AppAccessControl = true }, soapWith},
	{"dv-403-80095ffe-other", func(t *Tenant) { t.Environment.IPFirewall = true }, getWith("WhoAmI")},
	{"dv-403-80040225", func(t *Tenant) { t.User.Disabled = true }, getWith("WhoAmI")},
	{"dv-403-80040220-long", func(t *Tenant) { t.User.NoReadUser = true }, getWith("systemusers?$select=fullname")},
	{"dv-403-admin-mode", func(t *Tenant) { t.Environment.AdminMode = true }, getWith("WhoAmI")},
	{"dv-400-unknown-column", func(t *Tenant) { t.Environment.Old = true }, getWith("systemusers?$select=azurestate")},
	{"dv-400-plugin-annotated", nil, getAnnotated("systemusers?$select=nothing")},
	{"dv-503-annotated-argument", func(t *Tenant) { t.Environment.Refuse = "0x80040203" }, getAnnotated("WhoAmI")},
	{"dv-429-requests", func(t *Tenant) { t.Environment.Throttled, t.Environment.RetryAfter = Always, 30e9 }, getWith("WhoAmI")},
	// Dataverse: data.
	{"dv-200-whoami-2024", nil, getWith("WhoAmI")},
	{"dv-200-whoami-v82", nil, getWith("WhoAmI")},
	{"dv-200-list-connector-2021", nil, getAnnotated("teams?$filter=name eq 'x'")},
	{"dv-200-systemuser-person", nil, getWith("systemusers(16e4a908-d3a4-ee11-be37-000d3a4b1c2d)?$expand=systemuserroles_association($select=roleid,name,ismanaged,_businessunitid_value)")},
	{"dv-200-systemuser-app", func(t *Tenant) { t.User.NoObjectID = true }, getWith("systemusers?$select=applicationid,azureactivedirectoryobjectid&$filter=applicationid ne null")},
	{"dv-200-roles", nil, getWith("roles")},
	{"dv-soap-200-whoami-2020", nil, soapWith},
	// Entra: documents.
	{"entra-200-instance-2021", nil, instanceOf},
	{"entra-200-instance-2023", nil, instanceOf},
	{"entra-200-openid-v2-ww", nil, document("/v2.0")},
	{"entra-200-openid-v2-na", nil, document("/v2.0")},
	{"entra-200-openid-v2-2023", nil, document("/v2.0")},
	{"entra-200-openid-v1", nil, document("")},
	{"entra-400-openid-90002-2023", func(t *Tenant) { t.Directory.Missing = true }, document("/v2.0")},
	{"entra-400-openid-90002-2024", func(t *Tenant) { t.Directory.Missing = true }, document("/v2.0")},
	// Entra: tokens.
	{"entra-200-token-v2-2021", nil, token()},
	{"entra-200-token-v2-2023", nil, token()},
	{"entra-200-token-v1-2020", nil, tokenV1},
	{"entra-400-token-90002-2021", func(t *Tenant) { t.Directory.Missing = true }, token()},
	{"entra-401-7000215-2021", nil, traced(token("client_secret", "wrong"))},
	{"entra-401-7000215-2020", nil, token("client_secret", "wrong")},
	{"entra-401-700027-2021", refuseToken(700027), traced(token())},
	{"entra-401-7000222-2020", func(t *Tenant) { t.Application.SecretExpired = true }, token()},
	{"entra-400-700016-2020", func(t *Tenant) { t.Application.Missing = true }, token()},
	{"entra-401-700024-2023", refuseToken(700024), token()},
	{"entra-400-53003-2025", func(t *Tenant) { t.Directory.ConditionalAccess = true }, token()},
	{"entra-400-900023-2022", nil, tokenFrom("no tenant")},
	{"entra-400-501051-2023", func(t *Tenant) { t.Application.Unassigned = true }, token()},
	{"entra-400-500011-2023", refuseToken(500011), token()},
	{"entra-400-65001-2017", refuseToken(65001), token()},
	{"entra-401-7000218-2019", refuseToken(7000218), token()},
	{"entra-400-50011-2017", refuseToken(50011), token()},
	{"entra-400-70016-2021", nil, pendingDevice},
	// The consent page's redirects.
	{"redir-adminconsent-ok", nil, redirect(v2AdminConsent, "administrator", "accept")},
	{"redir-adminconsent-ok-nostate", nil, redirect(v2AdminConsent, "administrator", "accept", "state", "")},
	{"redir-v2-cancel", func(t *Tenant) { t.Application.NotConsented = true }, redirect(v2Authorize, "application-user", "cancel")},
	{"redir-v1-code", nil, redirect(v1Authorize, "application-user", "accept", "state", "")},
	// Graph.
	{"graph-200-empty", nil, graphOrganization},
	{"graph-403-denied-2026", nil, graphWith("/v1.0/applications(appId='" + ClientID + "')")},
	{"graph-404-user-2025", func(t *Tenant) { t.Application.Missing = false; t.Graph.Readable = true }, graphWith("/v1.0/applications(appId='" + SecretID + "')")},
	{"graph-201-application", nil, asAdministrator("POST", graphAPI+"applications", members{"displayName": "contoso-1"})},
	{"graph-201-serviceprincipal", func(t *Tenant) { t.Application.NoServicePrincipal = true }, asAdministrator("POST", graphAPI+"servicePrincipals", members{"appId": ClientID})},
	{"graph-200-addpassword", nil, asAdministrator("POST", graphAPI+"applications/"+RegistrationObjectID+"/addPassword", members{"passwordCredential": members{"displayName": "rbac"}})},
	{"graph-400-lifetime-policy", func(t *Tenant) { t.Directory.SecretLife = 24 * time.Hour }, asAdministrator("POST", graphAPI+"applications/"+RegistrationObjectID+"/addPassword", members{})},
	{"graph-400-nobackingapp", nil, asAdministrator("POST", graphAPI+"servicePrincipals", members{"appId": SecretID})},
	{"dv-204-create-2026", nil, asAdministrator("POST", webAPI+"accounts", members{"name": "Contoso"})},
	// The Power Platform admin API.
	{"bap-200-environments", nil, asAdministrator("GET", adminAPI+"scopes/admin/environments?api-version=2023-06-01", nil)},
	{"bap-200-adminapplications", nil, asManager("GET", adminAPI+"adminApplications?api-version=2020-10-01")},
	{"bap-403-2025", nil, asApplication("GET", adminAPI+"scopes/admin/environments?api-version=2020-10-01")},
	// Azure Resource Manager.
	{"arm-401", nil, func(a *asking) reply {
		address := "https://" + armHost + "/subscriptions?api-version=2019-11-01"
		return send(a, a.client, http.MethodGet, address, "", graphToken(a, a.server, a.client))
	}},
	// Refusals before the service.
	{"httpsys-404", func(t *Tenant) { t.Environment.Gone = true }, webAPIWithout},
	{"afd-503", func(t *Tenant) { t.Environment.Unavailable = Always }, webAPIWithout},
	{"proxy-407-negotiate", func(t *Tenant) { t.Proxy = "Negotiate" }, viaProxy},
}

// apart are the recorded messages that the sandbox does not send, with the reason. A name
// is a pattern.
var apart = []struct{ file, reason string }{
	{"storage-401", "another service"},
	{"dv-401-discovery-common", "the discovery service is not modelled"},
	{"dv-401-onprem-adfs", "a server on premises"},
	{"dv-401-soap-badtoken-bare", "what a client library reported, not the message"},
	{"dv-403-80072560-??", "translations of the documentation; the sandbox has others"},
	{"dv-403-app-blocked-generic", "made for a code that nobody knows"},
	{"dv-soap-200-org-2020", "the Organization Service executes WhoAmI only"},
	{"dv-soap12-500-fault-2012", "SOAP 1.2; the sandbox serves SOAP 1.1, as the examination asks"},
	{"entra-200-openid-gcc*", "the sandbox's second cloud is none of Microsoft's"},
	{"entra-200-page-converged-error", "the sandbox's pages are its own, and look unlike Microsoft's"},
	{"redir-v1-65005", "the sandbox ends in a page there"},
	{"graph-401-cae", "continuous access evaluation is not modelled"},
	{"graph-403-quota", "no user of the sandbox has a hundred applications"},
	{"graph-403-local-tenant", "of an application that makes service principals; users do here"},
	{"bap-400-2025", "no environment is made here"},
	{"httpsys-400-hostname", "a name that leads to another server"},
	{"appgw-*", "other gateways; the sandbox has one"},
	{"fiddler-504", "other proxies; the sandbox has one"},
	{"squid-*", "other proxies; the sandbox has one"},
	{"fortinet-403", "other proxies; the sandbox has one"},
	{"zscaler-302", "other proxies; the sandbox has one"},
	{"umbrella-200", "other proxies; the sandbox has one"},
}

// asking is a client that requests a counterpart.
type asking struct {
	testing.TB
	server *Server
	client *http.Client
	header http.Header
}

func webAPIWithout(a *asking) reply { return get(a, a.client, webAPI+"WhoAmI") }

func soapWithout(a *asking) reply { return executeWhoAmI(a, a.client, http.Header{}) }

func soapWith(a *asking) reply { return executeWhoAmI(a, a.client, bearer(a, a.server, a.client)) }

// getWith returns a function that sends a GET to the Web API, with a token.
func getWith(path string) func(*asking) reply {
	return func(a *asking) reply {
		path, query, _ := strings.Cut(path, "?")
		return send(a, a.client, http.MethodGet, webAPI+path+"?"+strings.ReplaceAll(query, " ", "%20"), "", bearer(a, a.server, a.client))
	}
}

func getAnnotated(path string) func(*asking) reply {
	return func(a *asking) reply {
		path, query, _ := strings.Cut(path, "?")
		header := bearer(a, a.server, a.client)
		header.Set("Prefer", `odata.include-annotations="*"`)
		return send(a, a.client, http.MethodGet, webAPI+path+"?"+strings.ReplaceAll(query, " ", "%20"), "", header)
	}
}

const login = "https://" + LoginHost + "/"

func instanceOf(a *asking) reply {
	return get(a, a.client, login+"common/discovery/instance?api-version=1.1&authorization_endpoint="+url.QueryEscape(login+TenantID+"/oauth2/v2.0/authorize"))
}

func document(version string) func(*asking) reply {
	return func(a *asking) reply {
		return get(a, a.client, login+TenantID+version+"/.well-known/openid-configuration")
	}
}

// traced adds a client request ID, and asks for its return.
func traced(f func(*asking) reply) func(*asking) reply {
	return func(a *asking) reply {
		a.header = http.Header{"Client-Request-Id": {newID()}, "Return-Client-Request-Id": {"true"}}
		return f(a)
	}
}

func token(changes ...string) func(*asking) reply {
	return func(a *asking) reply { return a.token(tokenURL, credentials(a.server, changes...)) }
}

func tokenFrom(tenant string) func(*asking) reply {
	return func(a *asking) reply {
		return a.token(login+url.PathEscape(tenant)+"/oauth2/v2.0/token", credentials(a.server))
	}
}

func tokenV1(a *asking) reply {
	return a.token(login+TenantID+"/oauth2/token", credentials(a.server, "scope", "", "resource", Environment+"/"))
}

func (a *asking) token(address string, form url.Values) reply {
	header := http.Header{"Content-Type": {"application/x-www-form-urlencoded"}}
	maps.Copy(header, a.header)
	return send(a, a.client, http.MethodPost, address, form.Encode(), header)
}

// pendingDevice requests the token of a device code that no user has entered yet.
func pendingDevice(a *asking) reply {
	const scope = Environment + "/user_impersonation openid"
	begun := post(a, a.client, login+TenantID+"/oauth2/v2.0/devicecode", url.Values{"client_id": {doClient}, "scope": {scope}}).fields(a)
	return a.token(tokenURL, url.Values{"grant_type": {"device_code"}, "client_id": {doClient}, "device_code": {begun["device_code"].(string)}, "scope": {scope}})
}

func refuseToken(code int) func(*Tenant) { return func(t *Tenant) { t.Login.Refuse = code } }

func redirect(style style, account, decision string, changes ...string) func(*asking) reply {
	return func(a *asking) reply {
		path, q := ask(style, changes...)
		back := walk(a, a.client, strings.TrimSuffix(login, "/"), path, q, account, decision)
		return reply{Status: http.StatusFound, Header: http.Header{"Location": back[""]}}
	}
}

func graphWith(path string) func(*asking) reply {
	return func(a *asking) reply {
		return send(a, a.client, http.MethodGet, "https://"+GraphHost+path, "", graphToken(a, a.server, a.client))
	}
}

// asAdministrator returns a function that sends a request as the administrator of both
// halves.
func asAdministrator(method, address string, body any) func(*asking) reply {
	return func(a *asking) reply { return signIn(a, a.server, Administrator).send(method, address, body) }
}

func graphOrganization(a *asking) reply {
	a.server.Configure(func(t *Tenant) { t.Graph.Readable = true })
	return graphWith("/v1.0/organization")(a)
}

func viaProxy(a *asking) reply { return get(a, plainClient(a), "http://"+a.server.proxyAddr+"/") }

// wireRecord is a line of the index of recorded messages.
type wireRecord struct {
	File, Kind, Real, Note string
	HeadersComplete        bool
}

func wireRecords(t *testing.T) map[string]wireRecord {
	raw, err := os.ReadFile(filepath.Join(wireFolder, "index.json"))
	if err != nil {
		t.Fatal(err)
	}
	var all []wireRecord
	if err := json.Unmarshal(raw, &all); err != nil {
		t.Fatal(err)
	}
	out := map[string]wireRecord{}
	for _, r := range all {
		out[strings.TrimSuffix(r.File, ".http")] = r
	}
	return out
}

// likeness reads the recorded message, without the parts that its note calls ours.
func (r wireRecord) likeness(t *testing.T) likeness {
	raw, err := os.ReadFile(filepath.Join(wireFolder, r.File))
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Replace(string(raw), "HTTP/2.0", "HTTP/1.1", 1)
	head, body, _ := strings.Cut(strings.ReplaceAll(text, "\r\n", "\n"), "\n\n")
	resp, err := http.ReadResponse(bufio.NewReader(strings.NewReader(strings.ReplaceAll(head, "\n", "\r\n")+"\r\n\r\n")), &http.Request{Method: http.MethodHead})
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if strings.Contains(r.Note, "Content-Type ours") {
		resp.Header.Del("Content-Type")
	}
	return likenessOf(resp.StatusCode, resp.Header, body)
}
