package exam_test

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
	"github.com/s2sdoctor/s2sdoctor/core/transport"
)

const (
	federatedTenant = "12b5c856-0b1e-4a63-9f0e-3c1d5a7e9b24"
	federatedClient = "2015d711-8a4f-4d3c-9b2e-0f1a2b3c4d5e"
	federatedHost   = "contoso.crm4.dynamics.com"
	gitHubEndpoint  = "pipelines.actions.githubusercontent.com"
	gitHubSubject   = "repo:Contoso/app:environment:prod"
	jobsToken       = "Rq7~uIoP6aSdF5gHjK4lQmN3bVcX2z1a"
)

// pipelines is a network of Microsoft's and GitHub's services.
type pipelines struct {
	// refusal is Entra's response to the assertion; nil issues a token.
	refusal *http.Response
	// issued is GitHub's response; nil is an assertion.
	issued *http.Response
	// behind is how far the services' clocks are behind this computer's.
	behind time.Duration
	// assertions are the assertions that Entra received.
	assertions []string
	strangers  []string
}

func (p *pipelines) RoundTrip(r *http.Request) (*http.Response, error) {
	response := p.respond(r)
	response.Header.Set("Date", time.Now().Add(-p.behind).UTC().Format(http.TimeFormat))
	return response, nil
}

func (p *pipelines) respond(r *http.Request) *http.Response {
	base := "https://login.microsoftonline.com/" + federatedTenant
	switch {
	case r.URL.Host == gitHubEndpoint:
		if r.Header.Get("Authorization") != "Bearer "+jobsToken {
			return reply(401, map[string]any{})
		}
		if p.issued != nil {
			return p.issued
		}
		return reply(200, map[string]any{"value": federatedToken(r.URL.Query().Get("audience"))})
	case strings.Contains(r.Header.Get("Authorization"), jobsToken):
		p.strangers = append(p.strangers, r.URL.Host)
		return reply(400, nil)
	case r.URL.Host == "login.microsoftonline.com" && r.Method == http.MethodPost:
		_ = r.ParseForm()
		p.assertions = append(p.assertions, r.PostForm.Get("client_assertion"))
		if p.refusal != nil {
			return p.refusal
		}
		return reply(200, map[string]any{"token_type": "Bearer", "expires_in": 3599, "access_token": jwt(map[string]any{
			"aud": "https://" + federatedHost, "tid": federatedTenant, "appid": federatedClient, "appidacr": "2", "exp": time.Now().Unix() + 3600,
		})})
	case r.URL.Host == "login.microsoftonline.com":
		return reply(200, map[string]any{"issuer": base + "/v2.0", "token_endpoint": base + "/oauth2/v2.0/token"})
	case r.Header.Get("Authorization") == "":
		challenge := reply(401, map[string]any{})
		challenge.Header.Set("WWW-Authenticate", "Bearer authorization_uri="+base+"/oauth2/authorize, resource_id=https://"+federatedHost+"/")
		return challenge
	case strings.HasSuffix(r.URL.Path, "/WhoAmI"):
		return reply(200, map[string]any{"UserId": "a0000000-0000-4000-8000-000000000001", "BusinessUnitId": "a0000000-0000-4000-8000-000000000002", "OrganizationId": "a0000000-0000-4000-8000-000000000003"})
	}
	return reply(404, map[string]any{})
}

func reply(status int, body any) *http.Response {
	raw, _ := json.Marshal(body)
	return &http.Response{
		StatusCode: status, ProtoMajor: 1, ProtoMinor: 1, Header: http.Header{"Content-Type": {"application/json"}},
		Body: io.NopCloser(strings.NewReader(string(raw))), ContentLength: int64(len(raw)),
	}
}

func jwt(claims map[string]any) string {
	raw, _ := json.Marshal(claims)
	enc := base64.RawURLEncoding
	return enc.EncodeToString([]byte(`{"alg":"RS256","kid":"k"}`)) + "." + enc.EncodeToString(raw) + "." + enc.EncodeToString([]byte("a signature that is long enough"))
}

func federatedToken(audience string) string {
	return jwt(map[string]any{"iss": "https://token.actions.githubusercontent.com", "sub": gitHubSubject, "aud": audience, "exp": 1900000000})
}

// refused returns Entra's refusal with a code.
func refused(code int, message string) *http.Response {
	return reply(401, map[string]any{
		"error": "invalid_client", "error_codes": []int{code},
		"error_description": fmt.Sprintf("AADSTS%d: %s\r\nTrace ID: a66cc4ef-7a80-41ed-ae56-433bbf8e33bf\r\nTimestamp: 2026-11-29 05:19:20Z", code, message),
	})
}

const noRecord = "No matching federated identity record found for presented assertion "

// TestFederated examines a connection that exchanges a token of GitHub.
func TestFederated(t *testing.T) {
	for _, test := range []struct {
		name  string
		world pipelines
		cause catalog.Cause
		says  []string // parts of the token check's facts and actions
	}{
		{"healthy", pipelines{}, "", []string{
			"issuer: https://token.actions.githubusercontent.com", "subject: " + gitHubSubject, "audience: api://AzureADTokenExchange", "expires: 2030-03-17T17:46:40Z",
		}},
		{"issuer", pipelines{refusal: refused(700211, noRecord+"issuer 'https://token.actions.githubusercontent.com'.")}, "federation.issuer", []string{"subject: " + gitHubSubject, "az ad app federated-credential create"}},
		{"audience", pipelines{refusal: refused(700212, noRecord+"audience 'api://AzureADTokenExchange'.")}, "federation.audience", []string{"The presented audience is the one"}},
		{"subject", pipelines{refusal: refused(700213, noRecord+"subject '"+gitHubSubject+"'.")}, "federation.subject", []string{"uses the environment prod", `"subject":"` + gitHubSubject + `"`}},
		{"subject by pattern", pipelines{refusal: refused(7002137, noRecord+"subject '"+gitHubSubject+"'. Please make sure the federated identity credential Subject is 'repo:contoso/app:environment:prod'.")}, "federation.subject", []string{"presented: repo:«C»ontoso/app:environment:prod", "expected: repo:«c»ontoso/app:environment:prod"}},
		{"case", pipelines{refusal: refused(7002138, noRecord+"subject '"+gitHubSubject+"'. The subject matches with case-insensitive comparison, but not with case-sensitive comparison.")}, "federation.subject", []string{"upper and lower case only"}},
		{"not configured", pipelines{refusal: refused(70021, noRecord[:len(noRecord)-1]+".")}, "federation.not-configured", []string{"Subject identifier: " + gitHubSubject}},
		{"no credential at all", pipelines{refusal: refused(70025, "The client has no configured federated identity credentials.")}, "federation.not-configured", []string{"Subject identifier: " + gitHubSubject}},
		{"expired", pipelines{refusal: refused(700024, "Client assertion is not within its valid time range.")}, "federation.expired", []string{"expires: 2030"}},
		{"clock", pipelines{behind: time.Hour, refusal: refused(700024, "Client assertion is not within its valid time range.")}, "clock.skew", []string{"expires: 2030"}},
		{"endpoint refuses", pipelines{issued: reply(403, map[string]any{"message": "no"})}, "federation.no-token", []string{"token asked from: github", "host: " + gitHubEndpoint}},
		{"endpoint without a token", pipelines{issued: reply(200, map[string]any{})}, "federation.no-token", nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			form := connection.Form{
				Environment: "https://" + federatedHost, ClientID: federatedClient, Kind: connection.FederatedKind,
				Federation: connection.Federation{Issuer: connection.GitHub, URL: "https://" + gitHubEndpoint + "/idtoken?api-version=2.0", RequestToken: secret.New(jobsToken)},
			}
			world := test.world
			report := exam.Run(t.Context(), form, exam.Options{Transport: transport.Options{Replay: &world}})
			token, _ := report.Check("token")
			if got := token.Cause; got != test.cause {
				t.Errorf("cause %q, want %q: %s", got, test.cause, token.Summary)
			}
			if test.cause == "clock.skew" && report.RootCause != "clock.skew" {
				t.Errorf("root cause %q", report.RootCause)
			}
			if report.Connection.Credential != "federated" {
				t.Errorf("credential %q", report.Connection.Credential)
			}
			said := lines(token)
			for _, part := range test.says {
				if !strings.Contains(said, part) {
					t.Errorf("%q is not in:\n%s", part, said)
				}
			}
			if sent := len(world.assertions); (sent == 1) == (test.cause == "federation.no-token") {
				t.Errorf("%d assertions were sent", sent)
			}
			if len(world.strangers) > 0 {
				t.Errorf("the job's token went to %v", world.strangers)
			}
			everything, err := json.Marshal([]any{report, report.Exchanges})
			if err != nil {
				t.Fatal(err)
			}
			for _, canary := range append(slices.Clone(world.assertions), jobsToken, federatedToken("api://AzureADTokenExchange")) {
				if strings.Contains(string(everything), canary) {
					t.Errorf("shows %q", canary)
				}
			}
		})
	}
}

// lines returns the facts and actions of a result.
func lines(r exam.Result) string {
	var b strings.Builder
	for _, f := range r.Evidence.Facts {
		b.WriteString(string(f.Name) + ": " + f.Value.String() + "\n")
	}
	for _, fix := range r.Fix {
		b.WriteString(fix.String() + "\n")
	}
	return b.String()
}

// TestFederatedAudiences guards that each cloud has its own audience.
func TestFederatedAudiences(t *testing.T) {
	for host, want := range map[string]string{
		federatedHost: "api://AzureADTokenExchange", "contoso.crm9.dynamics.com": "api://AzureADTokenExchange",
		"contoso.crm.microsoftdynamics.us": "api://AzureADTokenExchangeUSGov", "contoso.crm.appsplatform.us": "api://AzureADTokenExchangeUSGov",
		"contoso.crm.dynamics.cn": "api://AzureADTokenExchangeChina",
	} {
		file := filepath.Join(t.TempDir(), "token")
		if err := os.WriteFile(file, []byte(federatedToken(want)), 0o600); err != nil {
			t.Fatal(err)
		}
		form := connection.Form{
			Environment: "https://" + host, Tenant: federatedTenant, ClientID: federatedClient, Kind: connection.FederatedKind,
			Federation: connection.Federation{Issuer: connection.GitHub, URL: "https://" + gitHubEndpoint + "/idtoken", RequestToken: secret.New(jobsToken)},
		}
		var asked string
		exam.Run(t.Context(), form, exam.Options{Transport: transport.Options{Replay: roundTrip(func(r *http.Request) (*http.Response, error) {
			switch {
			case r.URL.Host == gitHubEndpoint:
				asked = r.URL.Query().Get("audience")
				return reply(403, nil), nil
			case strings.HasPrefix(r.URL.Host, "login."):
				base := "https://" + r.URL.Host + "/" + federatedTenant
				return reply(200, map[string]any{"issuer": base + "/v2.0", "token_endpoint": base + "/oauth2/v2.0/token"}), nil
			}
			return reply(404, nil), nil
		})}})
		if asked != want {
			t.Errorf("%s: asked for audience %q, want %q", host, asked, want)
		}
	}
}

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }
