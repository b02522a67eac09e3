package federation_test

import (
	"context"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/federation"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
	"github.com/s2sdoctor/s2sdoctor/core/transport"
)

const (
	requestToken = "Rq7~uIoP6aSdF5gHjK4lQmN3bVcX2z1a"
	audience     = "api://AzureADTokenExchange"
)

// assertion returns a token of GitHub's shape.
func assertion(t *testing.T, claims map[string]any) string {
	t.Helper()
	raw, err := json.Marshal(claims)
	if err != nil {
		t.Fatal(err)
	}
	enc := base64.RawURLEncoding
	return enc.EncodeToString([]byte(`{"alg":"RS256","kid":"k"}`)) + "." + enc.EncodeToString(raw) + "." + enc.EncodeToString([]byte("a signature that is long enough"))
}

func ofGitHub(t *testing.T) string {
	return assertion(t, map[string]any{
		"iss": "https://token.actions.githubusercontent.com", "sub": "repo:contoso/app:environment:prod", "aud": audience, "exp": 1900000000,
	})
}

// pipeline is an endpoint for tokens that records its requests.
type pipeline struct {
	status   int
	body     string
	header   map[string]string
	requests []*http.Request
}

// start serves the endpoint under the name pipelines.example, with TLS.
func (p *pipeline) start(t *testing.T) *transport.Client {
	t.Helper()
	server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p.requests = append(p.requests, r)
		for name, value := range p.header {
			w.Header().Set(name, value)
		}
		w.WriteHeader(p.status)
		_, _ = w.Write([]byte(p.body))
	}))
	t.Cleanup(server.Close)
	roots := x509.NewCertPool()
	roots.AddCert(server.Certificate())
	client := transport.New(transport.Options{Roots: roots, Dial: func(ctx context.Context, network, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, network, server.Listener.Addr().String())
	}})
	t.Cleanup(client.Close)
	return client
}

// TestPipelineRequest compares the requests with those in the platforms' documentation.
func TestPipelineRequest(t *testing.T) {
	token := ofGitHub(t)
	for _, test := range []struct {
		name              string
		from              connection.Federation
		body              string
		method, uri, kind string
	}{
		{
			"GitHub",
			connection.Federation{Issuer: connection.GitHub, URL: "https://example.com/idtoken/1?api-version=2.0", RequestToken: secret.New(requestToken)},
			`{"count":1,"value":"` + token + `"}`, "GET", "/idtoken/1?api-version=2.0&audience=api%3A%2F%2FAzureADTokenExchange", "",
		},
		{
			"Azure DevOps",
			connection.Federation{
				Issuer: connection.AzureDevOps, URL: "https://example.com/org/p/_apis/distributedtask/hubs/build/plans/1/jobs/2/oidctoken",
				RequestToken: secret.New(requestToken), ServiceConnection: "5a1e7c1b-0000-4000-8000-000000000001",
			},
			`{"oidcToken":"` + token + `"}`, "POST",
			"/org/p/_apis/distributedtask/hubs/build/plans/1/jobs/2/oidctoken?api-version=7.1&serviceConnectionId=5a1e7c1b-0000-4000-8000-000000000001", "application/json",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := &pipeline{status: 200, body: test.body}
			client := p.start(t)
			facts := federation.Get(t.Context(), client, test.from, audience)
			if facts.Assertion.Empty() || facts.Claims.Subject != "repo:contoso/app:environment:prod" {
				t.Fatalf("no assertion: %+v", facts)
			}
			if len(p.requests) != 1 {
				t.Fatalf("%d requests", len(p.requests))
			}
			r := p.requests[0]
			got := []string{r.Method, r.RequestURI, r.Header.Get("Content-Type"), r.Header.Get("Authorization")}
			if diff := cmp.Diff([]string{test.method, test.uri, test.kind, "Bearer " + requestToken}, got); diff != "" {
				t.Errorf("request (-want +got):\n%s", diff)
			}
			shown, err := json.Marshal(client.Exchanges())
			if err != nil {
				t.Fatal(err)
			}
			for what, canary := range map[string]string{"assertion": token, "its signature": strings.Split(token, ".")[2], "request token": requestToken} {
				if strings.Contains(string(shown), canary) {
					t.Errorf("the record shows the %s: %s", what, shown)
				}
			}
		})
	}
}

// TestNoAssertion guards that each reason for a missing assertion is named, and that
// nothing is sent to a host that must not receive the request token.
func TestNoAssertion(t *testing.T) {
	at := func(url string) connection.Federation {
		return connection.Federation{Issuer: connection.GitHub, URL: url, RequestToken: secret.New(requestToken)}
	}
	const https = "https://example.com/idtoken"
	for _, test := range []struct {
		name     string
		from     connection.Federation
		pipeline pipeline
		requests int
		missing  string // a part of the reason; "" if the response itself has the reason
	}{
		{"http", at("http://example.com/idtoken"), pipeline{}, 0, "not an https address"},
		{"no host", at("https:///idtoken"), pipeline{}, 0, "not an https address"},
		{"a user in the address", at("https://a:b@example.com/"), pipeline{}, 0, "not an https address"},
		{"variables missing", connection.Federation{Issuer: connection.GitHub, Missing: []string{"ACTIONS_ID_TOKEN_REQUEST_URL"}}, pipeline{}, 0, "ACTIONS_ID_TOKEN_REQUEST_URL"},
		{"nothing there", connection.Federation{Issuer: connection.AnyIssuer, Missing: []string{"A", "B"}}, pipeline{}, 0, "A, B are not set"},
		{"refused", at(https), pipeline{status: 403, body: `{"message":"no"}`}, 1, ""},
		{"redirected", at(https), pipeline{status: 302, header: map[string]string{"Location": "https://elsewhere.example/"}}, 1, ""},
		{"without a token", at(https), pipeline{status: 200, body: `{"count":0}`}, 1, "holds no token"},
		{"null", at(https), pipeline{status: 200, body: `{"value":null}`}, 1, "holds no token"},
		{"a page", at(https), pipeline{status: 200, body: `<html>Sign in</html>`}, 1, "holds no token"},
		{"no JWT", at(https), pipeline{status: 200, body: `{"value":"opaque-5uIoP6aSdF5gHjK4lQmN3"}`}, 1, "holds no token"},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := test.pipeline
			client := p.start(t)
			facts := federation.Get(t.Context(), client, test.from, audience)
			if !facts.Assertion.Empty() {
				t.Error("an assertion came out")
			}
			if len(p.requests) != test.requests {
				t.Errorf("%d requests, want %d", len(p.requests), test.requests)
			}
			if got := facts.Missing.String(); !strings.Contains(got, test.missing) || (got == "") != (test.missing == "") {
				t.Errorf("why: %q, want %q in it", got, test.missing)
			}
			if body := string(facts.Response.Body); strings.Contains(body, "opaque-5u") {
				t.Errorf("the response shows what was no token: %s", body)
			}
		})
	}
}

func TestReadsTokenFile(t *testing.T) {
	folder := t.TempDir()
	write := func(name, content string) string {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	token := ofGitHub(t)
	link := filepath.Join(folder, "link")
	if err := os.Symlink(write("real", token), link); err != nil {
		t.Skip("no links here:", err)
	}
	for _, test := range []struct{ name, file, missing string }{
		{"as it is", write("token", token), ""},
		{"with a line break", write("lines", "\ufeff"+token+"\r\n"), ""},
		{"a link, as Kubernetes has it", link, ""},
		{"not there", filepath.Join(folder, "missing"), "is not there"},
		{"a folder", folder, "not a regular file"},
		{"empty", write("empty", ""), "holds no token"},
		{"too large", write("large", strings.Repeat("x", 70<<10)), "larger than 64 KiB"},
		{"no name", "", "AZURE_FEDERATED_TOKEN_FILE"},
	} {
		t.Run(test.name, func(t *testing.T) {
			client := new(pipeline).start(t)
			facts := federation.Get(t.Context(), client, connection.Federation{Issuer: connection.TokenFile, File: test.file}, audience)
			got := facts.Missing.String()
			if facts.Assertion.Empty() != (test.missing != "") || !strings.Contains(got, test.missing) {
				t.Errorf("why: %q, want %q", got, test.missing)
			}
			if strings.Contains(got, folder) {
				t.Errorf("the folder shows: %q", got)
			}
		})
	}
}

// TestSlowTokenFileEndsWithContext reads a pipe without a writer.
func TestSlowTokenFileEndsWithContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	client := new(pipeline).start(t)
	facts := federation.Get(ctx, client, connection.Federation{Issuer: connection.TokenFile, File: "/dev/zero"}, audience)
	if facts.Missing.Empty() {
		t.Error("nothing is said")
	}
}

func TestFromEnvironment(t *testing.T) {
	gitHub := map[string]string{"ACTIONS_ID_TOKEN_REQUEST_URL": "https://g", "ACTIONS_ID_TOKEN_REQUEST_TOKEN": requestToken}
	devOps := map[string]string{
		"SYSTEM_OIDCREQUESTURI": "https://d", "SYSTEM_ACCESSTOKEN": requestToken, "AZURESUBSCRIPTION_SERVICE_CONNECTION_ID": "5a1e7c1b",
	}
	file := map[string]string{"AZURE_FEDERATED_TOKEN_FILE": "/var/token"}
	join := func(all ...map[string]string) map[string]string {
		out := map[string]string{}
		for _, m := range all {
			for k, v := range m {
				out[k] = v
			}
		}
		return out
	}
	for _, test := range []struct {
		name    string
		issuer  connection.Issuer
		file    string
		env     map[string]string
		want    connection.Issuer
		missing int
	}{
		{"auto takes GitHub first", connection.AnyIssuer, "", join(gitHub, devOps, file), connection.GitHub, 0},
		{"auto takes Azure DevOps next", connection.AnyIssuer, "", join(devOps, file), connection.AzureDevOps, 0},
		{"auto takes a file last", connection.AnyIssuer, "", file, connection.TokenFile, 0},
		{"auto takes a whole one before a part", connection.AnyIssuer, "", join(map[string]string{"SYSTEM_OIDCREQUESTURI": "https://d"}, file), connection.TokenFile, 0},
		{"auto takes a part where nothing is whole", connection.AnyIssuer, "", map[string]string{"SYSTEM_OIDCREQUESTURI": "https://d"}, connection.AzureDevOps, 2},
		{"auto finds nothing", connection.AnyIssuer, "", nil, connection.AnyIssuer, 6},
		{"a named one only", connection.AzureDevOps, "", gitHub, connection.AzureDevOps, 3},
		{"the flag's file", connection.TokenFile, "here", file, connection.TokenFile, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := federation.FromEnvironment(test.issuer, test.file, func(name string) string { return test.env[name] })
			if got.Issuer != test.want || len(got.Missing) != test.missing {
				t.Errorf("got %s, missing %v; want %s, missing %d", got.Issuer, got.Missing, test.want, test.missing)
			}
			if test.file != "" && got.File != test.file {
				t.Errorf("file %q, want %q", got.File, test.file)
			}
		})
	}
}
