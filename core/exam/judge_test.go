package exam

import (
	"crypto/x509"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/certificate"
	"github.com/s2sdoctor/s2sdoctor/core/cloud"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/dataverse"
	"github.com/s2sdoctor/s2sdoctor/core/entra"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
	"github.com/s2sdoctor/s2sdoctor/core/text"
	"github.com/s2sdoctor/s2sdoctor/core/transport"
)

const (
	host     = "contoso.crm4.dynamics.com"
	tenantA  = "12b5c856-0b1e-4a63-9f0e-3c1d5a7e9b24"
	tenantB  = "99999999-0b1e-4a63-9f0e-3c1d5a7e9b24"
	clientID = "2015d711-8a4f-4d3c-9b2e-0f1a2b3c4d5e"
	objectID = "0b1ec7de-0000-4000-8000-000000000001"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// healthy returns all facts of a healthy connection. Each case spoils some of them.
func healthy() Facts {
	public, _ := cloud.OfEnvironment(cloud.Table, host)
	reading := func(status int, body string) dataverse.Reading {
		return dataverse.Reading{Tried: true, Response: transport.Response{Status: status, Body: []byte(body), Header: http.Header{"Content-Type": {"application/json"}}}}
	}
	identity := dataverse.IdentityFacts{
		Reading:  reading(200, "{}"),
		Identity: dataverse.Identity{UserID: "u", BusinessUnitID: "b", OrganizationID: "o"},
	}
	return Facts{
		Clouds: cloud.Table, Now: noon, Results: map[CheckID]Result{},
		Connection: connection.Connection{
			Environment: "https://" + host, Host: host, Cloud: public, ClientID: clientID,
			Credential: connection.Credential{Kind: connection.SecretKind, Secret: secret.New("x~x~x~x~x~x~x~x~x~x~x~x~x~x~x~x~x~x~x~x~")},
		},
		Clock: ClockFacts{Known: true, Ahead: 2 * time.Second, By: host},
		Environment: dataverse.ChallengeFacts{Reading: reading(401, ""), Challenge: dataverse.Challenge{
			Bearer: true, Login: "login.microsoftonline.com", TenantID: tenantA, Resource: "https://" + host + "/",
		}},
		Tenant: entra.TenantFacts{
			Asked: tenantA, Response: transport.Response{Status: 200, Header: http.Header{}},
			Metadata: entra.Metadata{TenantID: tenantA, Login: "login.microsoftonline.com", Coherent: true},
		},
		Token: entra.TokenFacts{
			Token: secret.New("a.b.c"), IsJWT: true, Expires: noon.Add(time.Hour), Response: transport.Response{Status: 200},
			Claims: entra.Claims{Audience: "https://" + host, TenantID: tenantA, AppID: clientID, ObjectID: objectID, Credential: "1", Expires: noon.Add(time.Hour)},
		},
		WhoAmI: identity, SOAP: identity,
		User: dataverse.UserFacts{Reading: reading(200, "{}"), RolesKnown: true, TeamsKnown: true, Users: []dataverse.ApplicationUser{{
			ID: "u", Name: "# S2S", ApplicationID: clientID, ApplicationIDURI: "api://x", ObjectID: objectID,
			Roles: []dataverse.Role{{Name: "Integration"}},
		}}},
	}
}

func answer(status int, contentType, body string) dataverse.Reading {
	return dataverse.Reading{Tried: true, Response: transport.Response{
		Status: status, Body: []byte(body), Header: http.Header{"Content-Type": {contentType}},
	}}
}

func dataverseError(status int, code string) dataverse.Reading {
	return answer(status, "application/json", `{"error":{"code":"`+code+`","message":"Übersetzter Text"}}`)
}

func entraError(status int, code string) transport.Response {
	return transport.Response{
		Status: status, Header: http.Header{"Content-Type": {"application/json"}},
		Body: []byte(`{"error":"invalid_client","error_description":"AADSTS` + code + `: x Trace ID: t","error_codes":[` + code + `]}`),
	}
}

func TestJudges(t *testing.T) {
	cases := []struct {
		name  string
		check CheckID
		spoil func(*Facts)
		want  Status
		cause catalog.Cause
		says  string
	}{
		{"healthy", "environment", nil, Pass, "", "public cloud, EMEA"},
		{"no such host", "environment", func(f *Facts) {
			f.Environment.Err = &transport.Error{Kind: transport.DNS, Host: host, Detail: text.Raw("no such host name")}
		}, Fail, "network.dns", "no such host name"},
		{"certificate not trusted", "environment", func(f *Facts) {
			f.Environment.Err = &transport.Error{Kind: transport.TLS, Host: host, Detail: text.Raw("not trusted, issued by CN=Proxy")}
		}, Fail, "network.tls", "CN=Proxy"},
		{"challenge labelled as a page", "environment", func(f *Facts) { f.Environment.Response.Header.Set("Content-Type", "text/html") }, Pass, "", ""},
		{"a proxy's 404", "environment", func(f *Facts) {
			f.Environment = dataverse.ChallengeFacts{Reading: answer(404, "text/html", "<html>")}
		}, Fail, "network.intercepted", "web page"},
		{"a code that nobody knows", "environment", func(f *Facts) {
			f.Environment = dataverse.ChallengeFacts{Reading: dataverseError(403, "0x80044363")}
		}, Fail, "unknown", "0x80044363"},
		{"portal instead of Dataverse", "environment", func(f *Facts) { f.Environment = dataverse.ChallengeFacts{Reading: answer(200, "text/html", "<html>")} }, Fail, "network.intercepted", "web page"},
		{"redirect", "environment", func(f *Facts) {
			f.Environment.Reading = answer(302, "", "")
			f.Environment.Response.Header.Set("Location", "https://portal.evil.test/login?x=1")
		}, Fail, "network.intercepted", "portal.evil.test"},
		{"nobody there", "environment", func(f *Facts) { f.Environment.Reading = answer(404, "text/html", "") }, Fail, "environment.not-found", "404"},
		{"something else", "environment", func(f *Facts) { f.Environment.Reading = answer(200, "application/json", "{}") }, Fail, "environment.not-dataverse", "not as Dataverse"},
		{"asks for Basic", "environment", func(f *Facts) { f.Environment.Challenge = dataverse.Challenge{} }, Fail, "environment.not-dataverse", ""},
		{"foreign authority", "environment", func(f *Facts) { f.Environment.Login = "login.evil.test" }, Fail, "environment.not-dataverse", "login.evil.test"},
		{"look-alike authority", "environment", func(f *Facts) { f.Environment.Login = "login.microsoftonline.com.evil.test" }, Fail, "environment.not-dataverse", "evil.test"},
		{"authority of another cloud", "environment", func(f *Facts) { f.Environment.Login = "login.microsoftonline.us" }, Fail, "environment.wrong-cloud", "GCC High"},
		{"says it is another", "environment", func(f *Facts) { f.Environment.Resource = "https://fabrikam.crm4.dynamics.com/" }, Fail, "environment.not-dataverse", "fabrikam"},
		{"its API name", "environment", func(f *Facts) { f.Environment.Resource = "https://contoso.api.crm4.dynamics.com/" }, Pass, "", ""},
		{"busy", "environment", func(f *Facts) { f.Environment.Reading = answer(503, "text/html", "busy") }, Fail, "service.unavailable", ""},
		{"IP firewall", "environment", func(f *Facts) { f.Environment.Reading = dataverseError(403, "0x80095FFE") }, Fail, "policy.ip-firewall", "0x80095FFE"},

		{"healthy", "tenant", nil, Pass, "", "owns the environment"},
		{"belongs to another", "tenant", func(f *Facts) { f.Environment.TenantID = tenantB }, Fail, "environment.wrong-tenant", "Nothing secret was sent"},
		{"unknown", "tenant", func(f *Facts) { f.Tenant.Response, f.Tenant.Metadata = entraError(400, "90002"), entra.Metadata{} }, Fail, "tenant.not-found", "AADSTS90002"},
		{"in another cloud", "tenant", func(f *Facts) { f.Tenant.Metadata.Login = "login.microsoftonline.us" }, Fail, "tenant.wrong-cloud", ""},
		{"a portal answers", "tenant", func(f *Facts) {
			f.Tenant.Response = transport.Response{Status: 200, Header: http.Header{}, Body: []byte("<html>")}
		}, Fail, "network.intercepted", ""},
		{"a token endpoint of nobody's cloud", "tenant", func(f *Facts) { f.Tenant.Metadata.Login = "tokens.evil.test" }, Fail, "network.intercepted", "not Microsoft's"},
		{"a token endpoint of another tenant", "tenant", func(f *Facts) { f.Tenant.Metadata.Coherent = false }, Fail, "network.intercepted", "not Microsoft's"},
		{"environment unreachable", "tenant", func(f *Facts) { f.Environment = dataverse.ChallengeFacts{} }, Pass, "", "could not be seen"},
		{"nothing to go by", "tenant", func(f *Facts) { f.Tenant = entra.TenantFacts{} }, Skip, "", "Waits for"},

		{"healthy", "token", nil, Pass, "", "13:00"},
		{"wrong secret", "token", func(f *Facts) { f.Token = entra.TokenFacts{Response: entraError(401, "7000215")} }, Fail, "secret.wrong", "AADSTS7000215"},
		{"unknown code", "token", func(f *Facts) { f.Token = entra.TokenFacts{Response: entraError(400, "99999999")} }, Fail, "", ""},
		{"no answer", "token", func(f *Facts) { f.Token = entra.TokenFacts{Err: &transport.Error{Kind: transport.Timeout}} }, Fail, "network.timeout", ""},
		{"answer without token", "token", func(f *Facts) {
			f.Token = entra.TokenFacts{Unusable: true, Response: transport.Response{Status: 200}}
		}, Fail, "network.intercepted", ""},

		{"healthy", "claims", nil, Pass, "", ""},
		{"lasts until tomorrow", "token", func(f *Facts) { f.Token.Expires = noon.Add(24 * time.Hour) }, Pass, "", "2026-11-23 12:00"},
		{"redirected", "token", func(f *Facts) {
			f.Token = entra.TokenFacts{Response: transport.Response{Status: 302, Header: http.Header{"Location": {"https://portal.test/"}}}}
		}, Fail, "network.intercepted", "portal.test"},
		{"with a slash", "claims", func(f *Facts) { f.Token.Claims.Audience += "/" }, Pass, "", ""},
		{"for Graph", "claims", func(f *Facts) { f.Token.Claims.Audience = "https://graph.microsoft.com" }, Fail, "token.audience", "graph.microsoft.com"},
		{"for a look-alike", "claims", func(f *Facts) { f.Token.Claims.Audience = "https://" + host + ".evil.test" }, Fail, "token.audience", ""},
		{"a user's", "claims", func(f *Facts) { f.Token.Claims.Scopes = "user_impersonation" }, Fail, "token.is-user-token", ""},
		{"of another tenant", "claims", func(f *Facts) { f.Token.Claims.TenantID = tenantB }, Fail, "environment.wrong-tenant", tenantB},
		{"already over", "claims", func(f *Facts) { f.Token.Claims.Expires = noon.Add(-time.Minute) }, Fail, "token.expired", ""},
		{"over by our clock, which is wrong", "claims", func(f *Facts) {
			f.Now = noon.Add(2 * time.Hour)
			f.Token.Response.Header = http.Header{"Date": {noon.Format(http.TimeFormat)}}
		}, Pass, "", ""},
		{"opaque", "claims", func(f *Facts) { f.Token.IsJWT = false }, Skip, "", ""},

		{"healthy", "whoami", nil, Pass, "", "user u"},
		{"not a member", "whoami", func(f *Facts) { f.WhoAmI = dataverse.IdentityFacts{Reading: dataverseError(403, "0x80072560")} }, Fail, "appuser.missing", "0x80072560"},
		{"disabled", "whoami", func(f *Facts) { f.WhoAmI = dataverse.IdentityFacts{Reading: dataverseError(403, "0x80040225")} }, Fail, "appuser.disabled", ""},
		{"401, wrong audience", "whoami", func(f *Facts) {
			f.WhoAmI = dataverse.IdentityFacts{Reading: answer(401, "", "")}
			f.Token.Claims.Audience = "https://graph.microsoft.com"
		}, Fail, "token.audience", ""},
		{"401, wrong clock", "whoami", func(f *Facts) {
			f.WhoAmI = dataverse.IdentityFacts{Reading: answer(401, "", "")}
			f.Clock.Ahead = -20 * time.Minute
		}, Fail, "clock.skew", "20 min behind"},
		{"401, nothing wrong to see", "whoami", func(f *Facts) { f.WhoAmI = dataverse.IdentityFacts{Reading: answer(401, "", "")} }, Fail, "unknown", "audience, tenant and time are right"},
		{"answered by a portal", "whoami", func(f *Facts) { f.WhoAmI = dataverse.IdentityFacts{Reading: answer(200, "text/html", "<html>")} }, Fail, "network.intercepted", ""},

		{"redirected", "whoami", func(f *Facts) {
			f.WhoAmI = dataverse.IdentityFacts{Reading: answer(302, "", "")}
			f.WhoAmI.Response.Header.Set("Location", "https://portal.test/login")
		}, Fail, "network.intercepted", "portal.test"},
		{"names nobody", "whoami", func(f *Facts) {
			f.WhoAmI = dataverse.IdentityFacts{Reading: answer(200, "application/json", "{}"), Shaped: true}
		}, Fail, "unknown", "without naming a user"},
		{"claims challenge", "whoami", func(f *Facts) {
			f.WhoAmI = dataverse.IdentityFacts{Reading: answer(401, "", "")}
			f.WhoAmI.Response.Header.Set("WWW-Authenticate", `Bearer error="insufficient_claims", claims="e30="`)
		}, Fail, "policy.conditional-access", ""},

		{"healthy", "whoami-soap", nil, Pass, "", "agree"},
		{"disagrees", "whoami-soap", func(f *Facts) { f.SOAP.UserID = "other" }, Fail, "unknown", "disagree"},
		{"down while the Web API works", "whoami-soap", func(f *Facts) { f.SOAP = dataverse.IdentityFacts{Reading: answer(503, "text/html", "")} }, Warn, "service.unavailable", "Web API"},
		{"fault in SOAP", "whoami-soap", func(f *Facts) {
			f.SOAP = dataverse.IdentityFacts{Reading: answer(500, "text/xml", `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><s:Fault><detail><OrganizationServiceFault><ErrorCode>-2147015328</ErrorCode></OrganizationServiceFault></detail></s:Fault></s:Body></s:Envelope>`)}
		}, Fail, "appuser.missing", "0x80072560"},

		{"healthy", "appuser", nil, Pass, "", "# S2S"},
		{"may not read", "appuser", func(f *Facts) { f.User = dataverse.UserFacts{Reading: dataverseError(403, "0x80040220")} }, Skip, "", "0x80040220"},
		{"two of them", "appuser", func(f *Facts) { f.User.Users = append(f.User.Users, f.User.Users[0]) }, Fail, "appuser.duplicate", "2"},
		{"one lives, one is deleted", "appuser", func(f *Facts) {
			gone := f.User.Users[0]
			gone.Deleted = true
			f.User.Users = append([]dataverse.ApplicationUser{gone}, f.User.Users...)
		}, Pass, "", ""},
		{"another service principal", "appuser", func(f *Facts) { f.User.Users[0].ObjectID = tenantB }, Warn, "appuser.wrong-object-id", ""},
		{"no Application ID URI", "appuser", func(f *Facts) { f.User.Users[0].ApplicationIDURI = "" }, Warn, "appuser.no-application-id-uri", ""},
		{"no Application ID", "appuser", func(f *Facts) { f.User.Users[0].ApplicationID = "" }, Warn, "appuser.no-application-id", ""},
		{"disabled and WhoAmI refused", "appuser", func(f *Facts) { f.WhoAmI = dataverse.IdentityFacts{}; f.User.Users[0].Disabled = true }, Fail, "appuser.disabled", ""},

		{"none", "licence", nil, Pass, "", ""},
		{"has one", "licence", func(f *Facts) { f.User.Users[0].Licensed = true }, Warn, "appuser.licensed", ""},
		{"older server", "licence", func(f *Facts) { f.User.Partial = true }, Skip, "", ""},

		{"custom role", "roles", nil, Pass, "", "Integration"},
		{"none at all", "roles", func(f *Facts) { f.User.Users[0].Roles = nil }, Fail, "appuser.no-role", ""},
		{"through a team", "roles", func(f *Facts) {
			f.User.Users[0].Roles = nil
			f.User.Users[0].Teams = []dataverse.Team{{Name: "Robots", Roles: []dataverse.Role{{Name: "Reader"}}}}
		}, Pass, "", "Reader (through team Robots)"},
		{"System Administrator under another name", "roles", func(f *Facts) {
			f.User.Users[0].Roles = []dataverse.Role{{Name: "Systemadministrator", TemplateID: dataverse.SystemAdministrator}}
		}, Warn, "role.system-administrator", ""},
		{"none of its own, teams unknown", "roles", func(f *Facts) { f.User.Users[0].Roles, f.User.TeamsKnown = nil, false }, Skip, "", "through a team"},
		{"may not read roles", "roles", func(f *Facts) { f.User.Users[0].Roles, f.User.RolesKnown = nil, false }, Skip, "", "may not read security roles"},
		{"object ID not filled in yet", "appuser", func(f *Facts) { f.User.Users[0].ObjectID = "" }, Pass, "", ""},
		{"may not read, has no role", "roles", func(f *Facts) { f.User = dataverse.UserFacts{Reading: dataverseError(403, "0x80042F09")} }, Fail, "appuser.no-role", ""},
		{"may not read", "roles", func(f *Facts) { f.User = dataverse.UserFacts{Reading: dataverseError(403, "0x80040220")} }, Skip, "", ""},

		{"right", "clock", nil, Pass, "", ""},
		{"wrong, and all works", "clock", func(f *Facts) { f.Clock.Ahead = 20 * time.Minute }, Warn, "clock.skew", "20 min ahead"},
		{"wrong, and the assertion was refused for it", "clock", func(f *Facts) {
			f.Clock.Ahead = 20 * time.Minute
			f.Results["token"] = Result{Status: Fail, Cause: "clock.skew"}
		}, Fail, "clock.skew", ""},
		{"not told", "clock", func(f *Facts) { f.Clock = ClockFacts{} }, Skip, "", ""},

		{"a secret", "credential-expiry", nil, Manual, "", "Expires"},
		{"certificate with time left", "credential-expiry", until(noon.AddDate(1, 0, 0)), Pass, "", "365 days"},
		{"certificate that ends soon", "credential-expiry", until(noon.AddDate(0, 0, 10)), Warn, "certificate.expires-soon", "10 days"},
		{"certificate that has ended", "credential-expiry", until(noon.AddDate(0, 0, -1)), Fail, "certificate.expired", "2026-11-21"},
		{"certificate that has ended is not sent", "token", unsent(until(noon.AddDate(0, 0, -1))), Fail, "certificate.expired", "not sent"},
		{"certificate of the future", "credential-expiry", from(noon.AddDate(0, 0, 1)), Fail, "certificate.not-yet-valid", "2026-11-23"},
		{"certificate of the future is not sent", "token", unsent(from(noon.AddDate(0, 0, 1))), Fail, "certificate.not-yet-valid", "not sent"},
		{"certificate of the future, and the clocks agree", "token", unsent(from(noon.AddDate(0, 0, 1)), ahead(time.Second)), Fail, "certificate.not-yet-valid", "which agrees with"},
		{"certificate of the future by a clock that is behind", "token", unsent(from(noon.AddDate(0, 0, 1)), ahead(-48*time.Hour)), Fail, "clock.skew", "48 h 0 min behind"},
		{"certificate of the future by a clock that is behind", "credential-expiry", both(from(noon.AddDate(0, 0, 1)), ahead(-48*time.Hour)), Pass, "", "lasts until"},
		{"certificate of the future by a clock that is ahead", "token", unsent(from(noon.AddDate(0, 0, -1)), ahead(48*time.Hour)), Fail, "certificate.not-yet-valid", "by the clock of"},
		{"certificate that ended by a clock that is ahead", "token", unsent(until(noon.AddDate(0, 0, -1)), ahead(48*time.Hour)), Fail, "clock.skew", "48 h 0 min ahead"},
		{"a token in spite of the clock", "token", both(from(noon.AddDate(0, 0, 1)), ahead(-48*time.Hour)), Pass, "", ""},

		{"complete", "inputs", nil, Pass, "", ""},
		{"two problems", "inputs", func(f *Facts) {
			f.Problems = []connection.Problem{{Cause: "input.client-id", Summary: text.Raw("A")}, {Cause: "input.secret-missing", Summary: text.Raw("B")}}
		}, Fail, "input.client-id", "A"},
	}
	judges := map[CheckID]func(Facts) Finding{}
	for _, c := range Checks() {
		judges[c.ID] = c.judge
	}
	for _, tc := range cases {
		t.Run(string(tc.check)+"/"+tc.name, func(t *testing.T) {
			f := healthy()
			if tc.spoil != nil {
				tc.spoil(&f)
			}
			got := judges[tc.check](f)
			if got.Status != tc.want || tc.cause != "" && got.Cause != tc.cause || !strings.Contains(got.Summary.String(), tc.says) {
				t.Errorf("got %s %q: %s\nwant %s %q: …%s…", got.Status, got.Cause, got.Summary, tc.want, tc.cause, tc.says)
			}
			if got.Summary.String() == "" {
				t.Error("no summary")
			}
			if got.Status == Fail && got.Cause == "" {
				t.Error("a failure without a cause")
			}
		})
	}
}

func until(end time.Time) func(*Facts) {
	return func(f *Facts) {
		f.Connection.Credential = connection.Credential{
			Kind:        connection.CertificateKind,
			Certificate: &certificate.Certificate{Chain: []*x509.Certificate{{NotAfter: end}}},
		}
	}
}

// from sets a certificate that begins at start and is valid for years.
func from(start time.Time) func(*Facts) {
	return func(f *Facts) {
		until(start.AddDate(5, 0, 0))(f)
		f.Connection.Credential.Certificate.Chain[0].NotBefore = start
	}
}

func ahead(d time.Duration) func(*Facts) {
	return func(f *Facts) { f.Clock = ClockFacts{Known: true, Ahead: d, By: f.Connection.Cloud.Login} }
}

func both(spoil ...func(*Facts)) func(*Facts) {
	return func(f *Facts) {
		for _, s := range spoil {
			s(f)
		}
	}
}

// unsent removes the response to the token request.
func unsent(spoil ...func(*Facts)) func(*Facts) {
	return both(append(spoil, func(f *Facts) { f.Token = entra.TokenFacts{} })...)
}

// TestJudgesWithNoFacts guards that every judge works without any facts, and does not
// pass then.
func TestJudgesWithNoFacts(t *testing.T) {
	for _, c := range Checks() {
		finding := c.judge(Facts{Results: map[CheckID]Result{}})
		if finding.Summary.String() == "" {
			t.Errorf("%s says nothing", c.ID)
		}
		if finding.Status == Pass && c.ID != "inputs" {
			t.Errorf("%s passes with no facts: %s", c.ID, finding.Summary)
		}
	}
}

func TestChecksHaveNoCycle(t *testing.T) {
	before := map[CheckID][]CheckID{}
	for _, c := range Checks() {
		before[c.ID] = slices.Concat(c.DependsOn, c.JudgeAfter)
	}
	var visit func(id CheckID, path []CheckID)
	visit = func(id CheckID, path []CheckID) {
		for _, p := range path {
			if p == id {
				t.Fatalf("a cycle: %v", append(path, id))
			}
		}
		for _, next := range before[id] {
			if _, ok := before[next]; !ok {
				t.Errorf("%s waits for %s, which does not exist", id, next)
			}
			visit(next, append(path[:len(path):len(path)], id))
		}
	}
	for id := range before {
		visit(id, nil)
	}
}
