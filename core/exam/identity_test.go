package exam_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/transport"
)

const (
	identityApplication = "5a1e7c1b-0000-4000-8000-00000000000a"
	identityHeader      = "Hd7~uIoP6aSdF5gHjK4lQmN3bVcX2z1a"
)

// machine is a network as seen from a computer in Azure.
type machine struct {
	pipelines
	// identity is the endpoint's response; nil issues a token.
	identity *http.Response
	asked    []*http.Request
}

func (m *machine) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.URL.Scheme != "http" {
		return m.pipelines.RoundTrip(r)
	}
	m.asked = append(m.asked, r)
	if m.identity != nil {
		return m.identity, nil
	}
	return reply(200, map[string]any{"token_type": "Bearer", "resource": "https://" + federatedHost, "expires_on": time.Now().Unix() + 86000, "access_token": jwt(map[string]any{
		"aud": "https://" + federatedHost, "tid": federatedTenant, "appid": identityApplication, "appidacr": "2", "exp": time.Now().Unix() + 86400,
	})}), nil
}

func appService(t *testing.T) {
	t.Setenv("IDENTITY_ENDPOINT", "http://169.254.131.2:8081/msi/token")
	t.Setenv("IDENTITY_HEADER", identityHeader)
}

func noEnvironment(t *testing.T) {
	for _, name := range []string{"IDENTITY_ENDPOINT", "IDENTITY_HEADER", "IDENTITY_SERVER_THUMBPRINT", "MSI_ENDPOINT", "MSI_SECRET", "IMDS_ENDPOINT"} {
		t.Setenv(name, "")
	}
}

func refusedIdentity(status int, body string) *http.Response {
	response := reply(status, json.RawMessage(body))
	return response
}

// TestManagedIdentity examines a connection that uses the identity of the computer.
func TestManagedIdentity(t *testing.T) {
	imdsRefusal := func(words string) *http.Response {
		return refusedIdentity(400, `{"error":"invalid_request","error_description":"`+words+`"}`)
	}
	appRefusal := func(words string) *http.Response {
		return refusedIdentity(400, `{"statusCode":400,"message":"`+words+`","correlationId":"5a1e7c1b-0000-4000-8000-0000000000ff"}`)
	}
	for _, test := range []struct {
		name         string
		where        func(*testing.T)
		clientID     string
		identity     *http.Response
		cause        catalog.Cause
		alternatives string
		asks         string // the request that the endpoint receives
	}{
		{"App Service", appService, "", nil, "", "", "http://169.254.131.2:8081/msi/token?api-version=2019-08-01&resource=https%3A%2F%2Fcontoso.crm4.dynamics.com"},
		{"virtual machine", noEnvironment, "", nil, "", "", "http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01&resource=https%3A%2F%2Fcontoso.crm4.dynamics.com"},
		{"user-assigned", noEnvironment, identityApplication, nil, "", "", "client_id=" + identityApplication},
		{"Cloud Shell", func(t *testing.T) { noEnvironment(t); t.Setenv("MSI_ENDPOINT", "http://localhost:50342/oauth2/token") }, "", nil, "", "", "http://localhost:50342/oauth2/token"},
		{"Cloud Shell, user-assigned", func(t *testing.T) { noEnvironment(t); t.Setenv("MSI_ENDPOINT", "http://localhost:50342/oauth2/token") }, identityApplication, nil, "identity.not-assigned", "", ""},
		{"Service Fabric", func(t *testing.T) { appService(t); t.Setenv("IDENTITY_SERVER_THUMBPRINT", strings.Repeat("AB", 20)) }, "", nil, "identity.none", "", ""},
		{"an endpoint elsewhere", func(t *testing.T) { appService(t); t.Setenv("IDENTITY_ENDPOINT", "http://attacker.example/token") }, "", nil, "identity.none", "", ""},
		{"a public address", func(t *testing.T) { appService(t); t.Setenv("IDENTITY_ENDPOINT", "http://203.0.113.7/token") }, "", nil, "identity.none", "", ""},
		{"no identity on the machine", noEnvironment, "", imdsRefusal("Identity not found"), "identity.none", "", ""},
		{"not assigned", noEnvironment, federatedClient, imdsRefusal("Identity not found"), "identity.not-assigned", "", ""},
		{"several", noEnvironment, "", imdsRefusal("Multiple user assigned identities exist, please specify the clientId / resourceId of the identity in the token request"), "identity.ambiguous", "", ""},
		{"App Service, several or none", appService, "", appRefusal("Unable to load the proper Managed Identity."), "identity.ambiguous", "identity.none", ""},
		{"App Service, not assigned", appService, federatedClient, appRefusal("No User Assigned or Delegated Managed Identity found for specified ClientId/ResourceId/PrincipalId."), "identity.not-assigned", "", ""},
		{"another token than asked for", noEnvironment, federatedClient, nil, "identity.not-assigned", "", ""},
		{"other words", noEnvironment, "", imdsRefusal("Etwas anderes"), "unknown", "identity.none,identity.ambiguous", ""},
		{"Entra's refusal", noEnvironment, "", imdsRefusal("AADSTS500011: The resource principal named https://contoso.crm4.dynamics.com was not found in the tenant."), "token.resource-not-found", "", ""},
		{"another cloud's metadata", noEnvironment, "", refusedIdentity(404, `"not found"`), "identity.none", "", ""},
		{"busy", noEnvironment, "", refusedIdentity(429, `{}`), "service.throttled", "", ""},
		{"no token in it", noEnvironment, "", refusedIdentity(200, `{}`), "network.intercepted", "", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			noEnvironment(t)
			test.where(t)
			form := connection.Form{Environment: "https://" + federatedHost, ClientID: test.clientID, Kind: connection.ManagedIdentityKind}
			world := machine{identity: test.identity}
			report := exam.Run(t.Context(), form, exam.Options{Transport: transport.Options{Replay: &world}})
			got, _ := report.Root()
			if got.Cause != test.cause {
				t.Errorf("cause %q, want %q: %s", got.Cause, test.cause, got.Summary)
			}
			if alternatives := strings.Join(catalog.Names(got.Alternatives), ","); alternatives != test.alternatives {
				t.Errorf("alternatives %q, want %q", alternatives, test.alternatives)
			}
			if test.asks != "" && (len(world.asked) != 1 || !strings.Contains(world.asked[0].URL.String(), test.asks)) {
				t.Errorf("asked %v, want %s", world.asked, test.asks)
			}
			if test.cause == "" && (report.Connection.ClientID != identityApplication || report.Connection.Credential != "managed-identity") {
				t.Errorf("connection %+v", report.Connection)
			}
			everything, err := json.Marshal([]any{report, report.Exchanges})
			if err != nil {
				t.Fatal(err)
			}
			if strings.Contains(string(everything), identityHeader) {
				t.Error("the identity header shows")
			}
		})
	}
}

// TestManagedIdentityIsNeverRemembered guards that a second examination requests a new
// token: MSAL caches tokens for the whole process.
func TestManagedIdentityIsNeverRemembered(t *testing.T) {
	noEnvironment(t)
	world := machine{}
	form := connection.Form{Environment: "https://" + federatedHost, Kind: connection.ManagedIdentityKind}
	for range 2 {
		exam.Run(t.Context(), form, exam.Options{Transport: transport.Options{Replay: &world}})
	}
	if len(world.asked) != 2 {
		t.Errorf("asked %d times in two examinations", len(world.asked))
	}
}

// TestNoIdentityAnswersSoon measures a computer without an endpoint.
func TestNoIdentityAnswersSoon(t *testing.T) {
	noEnvironment(t)
	synctest.Test(t, func(t *testing.T) {
		form := connection.Form{Environment: "https://" + federatedHost, Kind: connection.ManagedIdentityKind}
		world := &machine{}
		began := time.Now()
		report := exam.Run(t.Context(), form, exam.Options{Transport: transport.Options{Replay: roundTrip(func(r *http.Request) (*http.Response, error) {
			if r.URL.Scheme == "http" {
				<-r.Context().Done()
				return nil, r.Context().Err()
			}
			return world.RoundTrip(r)
		})}})
		if report.RootCause != "identity.none" {
			t.Errorf("root cause %q", report.RootCause)
		}
		if took := time.Since(began); took > 15*time.Second {
			t.Errorf("took %s", took)
		}
	})
}
