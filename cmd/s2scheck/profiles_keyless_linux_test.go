package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
)

// TestKeylessProfiles examines saved connections without a stored secret, by name and
// with --all. A secret from the environment variables is never sent for them.
func TestKeylessProfiles(t *testing.T) {
	for _, test := range []struct {
		name     string
		scenario string
		profile  map[string]string
		without  string // a variable that is removed
		args     []string
		cause    catalog.Cause
		kind     string
	}{
		{"managed identity", "healthy-managed-identity", map[string]string{"credential": "managed-identity"}, "", nil, "", "managed-identity"},
		{"GitHub", "healthy-github", map[string]string{"credential": "federated", "issuer": "github"}, "", nil, "", "federated"},
		{"GitHub, any issuer", "healthy-github", map[string]string{"credential": "federated", "issuer": "auto"}, "", nil, "", "federated"},
		{"GitHub elsewhere", "healthy-github", map[string]string{"credential": "federated", "issuer": "github"}, "ACTIONS_ID_TOKEN_REQUEST_URL", nil, "federation.no-token", "federated"},
		{"Azure DevOps", "healthy-azure-devops", map[string]string{"credential": "federated", "issuer": "azuredevops"}, "", nil, "", "federated"},
		{"file of the environment", "healthy-token-file", map[string]string{"credential": "federated", "issuer": "file"}, "", nil, "", "federated"},
		{"file of its own", "healthy-token-file", map[string]string{"credential": "federated", "issuer": "file", "tokenFile": "AZURE_FEDERATED_TOKEN_FILE"}, "AZURE_FEDERATED_TOKEN_FILE", nil, "", "federated"},
		{"another file by flag", "healthy-token-file", map[string]string{"credential": "federated", "issuer": "file"}, "", []string{"--federated", "file", "--federated-token-file", "/nonexistent"}, "federation.no-token", "federated"},
		{"Windows store", "healthy", map[string]string{"credential": "certificate-store", "thumbprint": strings.Repeat("AB", 20)}, "", nil, "input.certificate", "certificate-store"},
		{"certificate by flag", "healthy", map[string]string{"credential": "managed-identity"}, "", []string{"--certificate", "/nonexistent.pem"}, "input.certificate", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := startServe(t, "--scenario", test.scenario)
			defer s.stop(t, os.Interrupt)
			if name := test.profile["tokenFile"]; name != "" {
				test.profile["tokenFile"] = s.vars[name]
			}
			test.profile["environment"] = s.vars["S2S_ENVIRONMENT"]
			if test.kind != "managed-identity" {
				test.profile["clientId"] = s.vars["S2S_CLIENT_ID"]
			}
			delete(s.vars, test.without)
			s.vars["HOME"] = saveProfiles(t, test.profile)
			s.vars["S2S_CLIENT_SECRET"] = "Unused8Q~0123456789"
			newer(t, s.vars["HOME"])
			runs := [][]string{append([]string{"--profile", "Connection 1"}, test.args...)}
			if test.args == nil {
				runs = append(runs, []string{"--all"})
			}
			for _, args := range runs {
				got := s.examine(t, args...)
				var cause, kind string
				switch {
				case args[0] == "--all":
					r := got.reports(t)[0]
					cause, kind = string(r.RootCause), r.Connection.Credential
				default:
					r := got.report(t)
					cause, kind = string(r.RootCause), r.Connection.Credential
				}
				if cause != string(test.cause) || kind != test.kind {
					t.Errorf("%v: cause %q, credential %q; want %q, %q\n%s%s", args, cause, kind, test.cause, test.kind, got.stdout, got.stderr)
				}
			}
		})
	}
}

// newer rewrites the saved connections in the version that has the keyless fields.
func newer(t *testing.T, home string) {
	t.Helper()
	path := filepath.Join(home, ".config", "S2S Doctor", "profiles.json")
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(strings.Replace(string(raw), `"version":1`, `"version":2`, 1)), 0o600); err != nil {
		t.Fatal(err)
	}
}
