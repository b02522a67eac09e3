package core_test

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/sandbox"
)

// keyless is an examination, against the live sandbox, of a connection without a stored
// secret.
type keyless struct {
	name   string
	set    func(*sandbox.Tenant)
	form   func(*testing.T, *sandbox.Server, *connection.Form)
	cause  catalog.Cause
	says   string // a part of the summary, a fact or an action of the check token
	client string // in the report; "" is the form's, "-" is none
}

// TestKeyless examines combinations of credential, environment and fault.
func TestKeyless(t *testing.T) {
	for _, test := range []keyless{
		{"GitHub", nil, gitHub, "", "subject: " + sandbox.GitHubSubject, ""},
		{"Azure DevOps", nil, devOps, "", "subject: " + sandbox.DevOpsSubject, ""},
		{"token file", nil, tokenFile, "", "subject: " + sandbox.ClusterSubject, ""},
		{"GitHub, another environment", func(s *sandbox.Tenant) {
			s.Federation.Subject = "repo:contoso/integration:environment:test"
		}, gitHub, "federation.subject", `"subject":"repo:contoso/integration:environment:test"`, ""},
		{"GitHub, capitals", func(s *sandbox.Tenant) {
			s.Federation.Subject = "repo:Contoso/integration:environment:production"
		}, gitHub, "federation.subject", "upper and lower case only", ""},
		{"GitHub, numeric IDs", func(s *sandbox.Tenant) {
			s.Federation.Subject = "repo:contoso@12/integration@34:environment:production"
		}, gitHub, "federation.subject", "form with numeric IDs", ""},
		{"GitHub, a branch", func(s *sandbox.Tenant) { s.Federation.Subject = "repo:contoso/integration:ref:refs/heads/main" }, gitHub, "federation.subject", "branch main", ""},
		{"issuer", func(s *sandbox.Tenant) {
			s.Federation.Credentials = []sandbox.FederatedCredential{{Issuer: sandbox.GitHubIssuer + "/", Subject: sandbox.GitHubSubject, Audiences: []string{sandbox.Exchange}}}
		}, gitHub, "federation.issuer", "issuer: ", ""},
		{"audience", func(s *sandbox.Tenant) { s.Federation.Audience = "api://default" }, tokenFile, "federation.audience", "expected: api://«AzureADTokenExchange»", ""},
		{"nothing configured", func(s *sandbox.Tenant) { s.Federation.NoCredentials = true }, devOps, "federation.not-configured", "az ad app federated-credential create", ""},
		{"one code for all", func(s *sandbox.Tenant) { s.Federation.OneCode, s.Federation.Subject = true, "sc://other/p/c" }, devOps, "federation.not-configured", "Subject identifier: sc://other/p/c", ""},
		{"expired", func(s *sandbox.Tenant) { s.Federation.Expired = true }, gitHub, "federation.expired", "expires: ", ""},
		{"endpoint refuses", func(s *sandbox.Tenant) { s.Federation.Refused = true }, gitHub, "federation.no-token", "token asked from: github", ""},
		{"endpoint withholds", func(s *sandbox.Tenant) { s.Federation.Withheld = true }, devOps, "federation.no-token", "token asked from: azuredevops", ""},
		{"no file", nil, func(t *testing.T, _ *sandbox.Server, f *connection.Form) {
			f.Kind, f.Federation = connection.FederatedKind, connection.Federation{Issuer: connection.TokenFile, File: filepath.Join(t.TempDir(), "missing")}
		}, "federation.no-token", "token asked from: file", ""},
		{"virtual machine", nil, identity(sandbox.VirtualMachine, false), "", "endpoint: DefaultToIMDS", sandbox.ClientID},
		{"App Service", nil, identity(sandbox.AppService, false), "", "endpoint: AppService", sandbox.ClientID},
		{"Azure Arc", nil, identity(sandbox.AzureArc, false), "identity.none", "names a key file that this account cannot read", "-"},                    // see TestAzureArc
		{"Cloud Shell", nil, identity(sandbox.CloudShell, false), "token.is-user-token", "endpoint: CloudShell", "04b07795-8ddb-461a-bbee-02f9e1bf7b46"}, // a token of the user
		{"Cloud Shell, user-assigned", nil, identity(sandbox.CloudShell, true), "identity.not-assigned", "the identity of the user", sandbox.ClientID},
		{"Service Fabric", nil, serviceFabric, "identity.none", "S2S Doctor never switches the verification of TLS off", "-"},
		{"user-assigned", nil, identity(sandbox.VirtualMachine, true), "", "identity asked for: " + sandbox.ClientID, sandbox.ClientID},
		{"no endpoint", func(s *sandbox.Tenant) { s.Identity.NoEndpoint = true }, identity(sandbox.VirtualMachine, false), "identity.none", "", "-"},
		{"no identity", func(s *sandbox.Tenant) { s.Identity.Unassigned = true }, identity(sandbox.VirtualMachine, false), "identity.none", "", "-"},
		{"not assigned", func(s *sandbox.Tenant) { s.Identity.Unassigned = true }, identity(sandbox.VirtualMachine, true), "identity.not-assigned", "", sandbox.ClientID},
		{"several", func(s *sandbox.Tenant) { s.Identity.Several = true }, identity(sandbox.VirtualMachine, false), "identity.ambiguous", "", "-"},
		{"App Service, several", func(s *sandbox.Tenant) { s.Identity.Several = true }, identity(sandbox.AppService, false), "identity.ambiguous", "", "-"},
	} {
		t.Run(test.name, test.run)
	}
}

func (test keyless) run(t *testing.T) {
	var tenant sandbox.Tenant
	if test.set != nil {
		test.set(&tenant)
	}
	server, err := sandbox.Start(&tenant)
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	for _, name := range []string{"IDENTITY_ENDPOINT", "IDENTITY_HEADER", "IDENTITY_SERVER_THUMBPRINT", "MSI_ENDPOINT", "MSI_SECRET", "IMDS_ENDPOINT"} {
		t.Setenv(name, "")
	}
	form := connection.Form{Environment: server.Renamed(sandbox.Environment), ClientID: sandbox.ClientID}
	test.form(t, server, &form)
	doctor := core.Doctor{Clouds: server.Clouds(), Transport: server.Transport()}
	report := doctor.Examine(t.Context(), form, false, nil)
	if report.RootCause != test.cause {
		root, _ := report.Root()
		t.Errorf("root cause %q, want %q: %s", report.RootCause, test.cause, root.Summary)
	}
	token, _ := report.Check("token")
	var said strings.Builder
	said.WriteString(token.Summary.String() + "\n")
	for _, f := range token.Evidence.Facts {
		said.WriteString(string(f.Name) + ": " + f.Value.String() + "\n")
	}
	for _, fix := range token.Fix {
		said.WriteString(fix.String() + "\n")
	}
	if !strings.Contains(said.String(), test.says) {
		t.Errorf("%q is not in:\n%s", test.says, said.String())
	}
	want := map[string]string{"": form.ClientID, "-": ""}
	if client, ok := want[test.client]; ok && report.Connection.ClientID != client || !ok && report.Connection.ClientID != test.client {
		t.Errorf("application %q", report.Connection.ClientID)
	}
	raw, err := json.Marshal([]any{report, report.Exchanges})
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(raw), "eyJ") {
		t.Errorf("a token shows: %s", raw)
	}
}

func gitHub(_ *testing.T, s *sandbox.Server, f *connection.Form) {
	job := s.GitHub()
	f.Kind, f.Federation = connection.FederatedKind, connection.Federation{Issuer: connection.GitHub, URL: job.URL, RequestToken: job.RequestToken}
}

func devOps(_ *testing.T, s *sandbox.Server, f *connection.Form) {
	job := s.AzureDevOps()
	f.Kind, f.Federation = connection.FederatedKind, connection.Federation{
		Issuer: connection.AzureDevOps, URL: job.URL, RequestToken: job.RequestToken, ServiceConnection: job.ServiceConnection,
	}
}

func tokenFile(_ *testing.T, s *sandbox.Server, f *connection.Form) {
	f.Kind, f.Federation = connection.FederatedKind, connection.Federation{Issuer: connection.TokenFile, File: s.TokenFile()}
}

// identity returns a function that sets up a managed identity.
func identity(place sandbox.Place, named bool) func(*testing.T, *sandbox.Server, *connection.Form) {
	return func(t *testing.T, s *sandbox.Server, f *connection.Form) {
		for name, value := range s.IdentityVariables(place) {
			t.Setenv(name, value)
		}
		f.Kind = connection.ManagedIdentityKind
		if !named {
			f.ClientID = ""
		}
	}
}

func serviceFabric(t *testing.T, s *sandbox.Server, f *connection.Form) {
	identity(sandbox.AppService, false)(t, s, f)
	t.Setenv("IDENTITY_SERVER_THUMBPRINT", strings.Repeat("AB", 20))
}
