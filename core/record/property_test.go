package record_test

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/entra"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/record"
	"github.com/s2sdoctor/s2sdoctor/core/transport"
	"github.com/s2sdoctor/s2sdoctor/internal/race"
)

// identity has the values that identify a tenant and must not be in a record.
type identity struct {
	Org, Tenant, Client, Object  string
	Domain, Person, Organization string
	Unit, Team, Role             string
	Mail, IP4, IP6, Phone        string
	Proxy, Subject, Session      string
}

// contoso and fabrikam differ in every value.
var (
	contoso = identity{
		Org: "contosouat", Tenant: "7c0ffee1-5b2a-4c3d-9e8f-0a1b2c3d4e5f", Client: "2015d711-8a4f-4d3c-9b2e-0f1a2b3c4d5e", Object: "c3a90e57-52d8-4f16-8b7c-9e04d1a6f238",
		Domain: "contoso-emea.com", Person: "Maria Müller-Lüdenscheidt", Organization: "Contoso Häfen & Söhne", Unit: "Vertrieb Nord", Team: "Rotes Team", Role: "Sachbearbeiter 7",
		Mail: "maria.mueller@contoso-emea.com", IP4: "84.17.203.9", IP6: "2a02:8108:50bf:c7f0::1a2b", Phone: "+49 151 2345-6789",
		Proxy: "px-ber-07.corp.contoso-emea.com", Subject: "CN=Contoso Issuing CA 3,OU=IT Sicherheit,O=Contoso AG", Session: "Xk29fLq8ZpTn41bVsWmYcR7a",
	}
	fabrikam = identity{
		Org: "frabitest", Tenant: "a1d2c3b4-0f1e-4d2c-8b3a-4c5d6e7f8091", Client: "b7e6f5d4-1a2b-4c3d-8e4f-5a6b7c8d9e0f", Object: "d9c8b7a6-2b3c-4d5e-9f6a-7b8c9d0e1f2a",
		Domain: "fabrikam-apac.net", Person: "Chloe Ødegård-Ångström", Organization: "Fabrikam Pâtés & Frères", Unit: "Comptabilité", Team: "Équipe bleue", Role: "Gestionnaire X",
		Mail: "chloe.odegard@fabrikam-apac.net", IP4: "91.198.174.4", IP6: "2001:67c:4e8:f004::9", Phone: "+33 6 12 34 56 78",
		Proxy: "wsg01.lan.fabrikam-apac.net", Subject: "CN=Fabrikam Root X1,OU=Informatique,O=Fabrikam SA", Session: "Qz7Lm2Rk9Wd4Vx1Tb6Np3Yh8",
	}
)

// all returns the values that must not be in a record, by field.
func (id identity) all() map[string]string {
	raw, _ := json.Marshal(id)
	var fields map[string]string
	_ = json.Unmarshal(raw, &fields)
	fields["first name"], _, _ = strings.Cut(id.Person, " ")
	fields["CN"] = strings.TrimPrefix(strings.Split(id.Subject, ",")[0], "CN=")
	return fields
}

// guids returns the fields that are GUIDs.
func (id identity) guids() []string { return []string{id.Tenant, id.Client, id.Object} }

// exam returns an examination in which every identifier occurs, in many spellings and
// places; extra is an additional body.
func (id identity) exam(spelled []string, extra string) exam.Report {
	env := "https://" + id.Org + ".crm4.dynamics.com"
	login := "https://login.microsoftonline.com/" + id.Tenant
	started := time.Date(2026, 11, 29, 8, 0, 0, 0, time.UTC)
	r := exam.Report{
		RootCause: "appuser.missing", Started: started, Complete: true,
		Connection: exam.Subject{Environment: env, Cloud: "public", TenantID: id.Tenant, ClientID: id.Client, Credential: "secret"},
		WhoAmI:     &exam.WhoAmI{UserID: id.Object, UserName: id.Person, OrganizationName: id.Organization},
	}
	r.Basis.Environment, r.Basis.Tenant, r.Basis.ClientID = env, id.Domain, id.Client
	add := func(check, method, address string, status int, header http.Header, body string) {
		r.Exchanges = append(r.Exchanges, transport.Exchange{
			Number: len(r.Exchanges) + 1, Check: check, Method: method, URL: address, Status: status, Proto: "HTTP/1.1",
			Header: header, Dropped: []string{"Set-Cookie", "X-" + strings.ToUpper(id.Org) + "-Node"}, Body: body, Start: started, Duration: time.Millisecond,
		})
	}
	add("environment", "GET", env+"/api/data/v9.2/WhoAmI", 401, http.Header{
		"Www-Authenticate": {"Bearer authorization_uri=" + login + "/oauth2/authorize, resource_id=" + env + "/", `Basic realm="` + id.Organization + `"`},
		"Via":              {"1.1 " + id.Proxy + " (squid/5.2), 1.0 " + id.Org + "-gw"},
		"Server":           {id.Org + "-lb/2.1"}, "Location": {"https://" + id.Proxy + "/login/" + id.Org + "?u=" + url.QueryEscape(id.Mail)},
		"Req_id": {strings.ToUpper(id.Object)}, "X-Ms-Request-Id": {id.Session}, "Content-Type": {"text/html; boundary=" + id.Org}, "Retry-After": {id.Org},
	}, "HTTP Error 401 - Unauthorized: Access is denied for "+id.Person)
	add("token", "POST", login+"/oauth2/v2.0/token", 401, http.Header{"Content-Type": {"application/json; charset=utf-8"}}, jsonOf(map[string]any{
		"error": "invalid_client", "error_codes": []int{7000215}, "trace_id": id.Object, "correlation_id": id.Client,
		"error_description": "AADSTS700016: Application with identifier '" + id.Client + "'(" + id.Organization + ") was not found in the directory '" + id.Organization + "'. User " + id.Mail + " from " + id.IP4 + " or [" + id.IP6 + "], call " + id.Phone + ".\r\nTrace ID: " + id.Object,
		"claims":            `{"access_token":{"capolids":{"essential":true,"values":["` + id.Object + `"]}}}`,
	}))
	subject := "sc://" + id.Org + "/" + id.Unit + "/" + id.Team
	r.Basis.Issuer, r.Basis.Assertion = connection.AzureDevOps, &entra.Claims{
		Issuer: "https://vstoken.dev.azure.com/" + id.Object, Audience: "api://AzureADTokenExchange", Subject: subject,
	}
	add("token", "POST", "https://dev.azure.com/"+id.Org+"/"+id.Object+"/_apis/distributedtask/hubs/build/plans/"+id.Object+"/jobs/"+id.Client+"/oidctoken?api-version=7.1", 200,
		http.Header{"Content-Type": {"application/json"}}, `{"oidcToken":"[redacted]"}`)
	add("token", "POST", login+"/oauth2/v2.0/token", 401, http.Header{"Content-Type": {"application/json"}}, jsonOf(map[string]any{
		"error_description": "AADSTS700213: No matching federated identity record found for presented assertion subject '" + subject + "'.",
	}))
	add("whoami", "GET", env+"/api/data/v9.2/WhoAmI", 403, http.Header{"Content-Type": {"application/json"}}, jsonOf(map[string]any{
		"error": map[string]any{
			"code":                               "0x80072560",
			"message":                            "The user is not a member of the organization named " + id.Organization + ". Subject " + id.Subject + ", thumbprint " + hex.EncodeToString([]byte(id.Session)) + ", path \\\\" + id.Org + "-fs\\share\\" + id.Person,
			"@Microsoft.PowerApps.CDS.TraceText": strings.Join(spelled, " | "),
		},
		"cr_" + id.Org: id.Unit,
	}))
	add("appuser", "GET", env+"/api/data/v9.2/systemusers?$filter=applicationid eq "+id.Client, 200, http.Header{"Content-Type": {"application/json"}}, jsonOf(map[string]any{
		"value": []any{map[string]any{
			"fullname": id.Person, "domainname": id.Mail, "mobilephone": id.Phone, "businessunitid": map[string]any{"name": id.Unit},
			"systemuserroles_association": []any{map[string]any{"name": id.Role, "_roletemplateid_value": "627090ff-40a3-4053-8790-584edc5be201"}},
			"teammembership_association":  []any{map[string]any{"name": id.Team}}, "employeeid": 4915123456789, "sid": id.Session,
		}},
	}))
	add("whoami-soap", "POST", env+"/XRMServices/2011/Organization.svc/web", 500, http.Header{"Content-Type": {"text/xml"}},
		`<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><!-- `+html.EscapeString(id.Person)+` --><s:Body><s:Fault><faultstring>`+html.EscapeString(id.Organization+" "+id.Person)+
			`</faultstring><detail><ErrorCode>-2147180284</ErrorCode><Node name="`+id.Org+`">`+id.Proxy+`</Node><Message>`+html.EscapeString(id.Unit+", "+id.Team+", "+id.Role)+`</Message></detail></s:Fault></s:Body></s:Envelope>`)
	add("", "GET", "https://"+id.Proxy+"/"+id.Org, 403, http.Header{"Content-Type": {"text/html"}},
		`<!DOCTYPE html><html><head><title>`+html.EscapeString(id.Organization)+`: Access Denied</title><script>var u="`+id.Mail+`"</script><style>.`+id.Org+`{}</style></head><body class="`+id.Org+`"><p>`+
			html.EscapeString("Hello "+id.Person+" at "+id.IP4+", "+strings.Join(spelled, " "))+`</p><a href="https://`+id.Proxy+`/?user=`+url.QueryEscape(id.Person)+`">help</a></body></html>`)
	add("", "GET", env+"/", 200, http.Header{"Content-Type": {"text/plain"}}, extra)
	r.Exchanges = append(r.Exchanges, transport.Exchange{Number: len(r.Exchanges) + 1, Method: "GET", URL: "https://" + id.Proxy + "/", Start: started, Err: &transport.Error{
		Kind: transport.TLS, Host: id.Proxy,
	}})
	return r
}

// spelled returns the identifiers in the forms in which services echo them.
func (id identity) spelled() []string {
	var all []string
	fields := id.all()
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		text := fields[name]
		quoted, _ := json.Marshal(text)
		all = append(all, text, strings.ToUpper(text), strings.ToLower(text), url.QueryEscape(text), url.PathEscape(text), html.EscapeString(text), string(quoted))
		if len(text) >= 8 {
			all = append(all, hex.EncodeToString([]byte(text)), base64.StdEncoding.EncodeToString([]byte(text)), base64.URLEncoding.EncodeToString([]byte("x"+text+"yz")))
		}
	}
	for _, g := range id.guids() {
		naked := strings.ReplaceAll(g, "-", "")
		raw, _ := hex.DecodeString(naked)
		all = append(all, naked, "{"+strings.ToUpper(g)+"}", strings.ReplaceAll(g, "-", "%2D"), base64.StdEncoding.EncodeToString(raw), base64.RawURLEncoding.EncodeToString(raw))
	}
	return all
}

// traces returns the lower-case texts that would identify the tenant.
func (id identity) traces() []string {
	var all []string
	for _, text := range id.spelled() {
		all = append(all, strings.ToLower(text))
	}
	return all
}

func jsonOf(v any) string {
	raw, err := json.Marshal(v)
	if err != nil {
		panic(err) // a mistake of the test
	}
	return string(raw)
}

func textOf(files record.Files) string {
	var b strings.Builder
	for _, name := range files.Names() {
		fmt.Fprintf(&b, "== %s\n%s\n", name, files[name])
	}
	return b.String()
}

// TestNoIdentifierSurvives guards that a record can be shown to others.
func TestNoIdentifierSurvives(t *testing.T) {
	race.Skip(t, race.OneGoroutine)
	for name, id := range map[string]identity{"contoso": contoso, "fabrikam": fabrikam} {
		t.Run(name, func(t *testing.T) {
			out := textOf(record.Make(id.exam(id.spelled(), strings.Join(id.spelled(), "\n"))))
			lower := strings.ToLower(out)
			for _, trace := range id.traces() {
				if at := strings.Index(lower, trace); at >= 0 {
					t.Errorf("%q is left: …%s…", trace, lower[max(0, at-80):min(len(lower), at+len(trace)+40)])
				}
			}
			for _, kept := range []string{"AADSTS700016", "AADSTS700213", "api://AzureADTokenExchange", "https://vstoken.dev.azure.com/", "/_apis/distributedtask/hubs/build/plans/", `"oidcToken":"[redacted]"`, "0x80072560", "-2147180284", "crm4.dynamics.com", "login.microsoftonline.com", "627090ff-40a3-4053-8790-584edc5be201", "invalid_client", "squid/5.2", "not a member of the organization"} {
				if !strings.Contains(out, kept) {
					t.Errorf("%q is lost", kept)
				}
			}
			if t.Failed() {
				t.Log(out)
			}
		})
	}
}

// TestCutBodyKeepsItsShape guards long responses, of which the transport keeps only the
// beginning: the beginning is still parsed as JSON.
func TestCutBodyKeepsItsShape(t *testing.T) {
	r := exam.Report{Exchanges: []transport.Exchange{{Number: 1, URL: "https://contoso.crm4.dynamics.com/", Status: 200, Body: `{"value":[{"fullname":"Maria Müller","isdisabled":false},{"fullname":"Chloe Ød` + "\n… (cut)"}}}
	const want = `{"value":[{"fullname":"user1","isdisabled":false},{"fullname"` + "\n… (cut)"
	if got := string(record.Make(r)["01-request-200.http"]); !strings.HasSuffix(got, want) {
		t.Errorf("got\n%s\nwant at its end\n%s", got, want)
	}
}

// TestTenantsLookAlike guards that two tenants with the same fault have equal records,
// byte for byte.
func TestTenantsLookAlike(t *testing.T) {
	got, want := textOf(record.Make(fabrikam.exam(nil, ""))), textOf(record.Make(contoso.exam(nil, "")))
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-contoso +fabrikam:\n%s", diff)
	}
}
