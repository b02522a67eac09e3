//go:build unix

package admin_test

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/s2sdoctor/s2sdoctor/core/admin"
	"github.com/s2sdoctor/s2sdoctor/core/catalog"
)

const (
	tenant = "7c0ffee1-5b2a-4c3d-9e8f-0a1b2c3d4e5f"
	other  = "12b5c856-0b1e-4a63-9f0e-3c1d5a7e9b24"
)

// standIn puts a stand-in for the Azure CLI on PATH: a script that writes its arguments
// and its environment into its own folder.
func standIn(t *testing.T, body string) (dir string) {
	t.Helper()
	dir = t.TempDir()
	script := "#!/bin/sh\nprintf '%s\\n' \"$@\" >> '" + dir + "/args'\nenv > '" + dir + "/env'\n" + body + "\n"
	if err := os.WriteFile(filepath.Join(dir, "az"), []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", dir+":/usr/bin:/bin")
	return dir
}

// userToken returns an unsigned token of a user in a tenant.
func userToken(tenantID string, claims string) string {
	encode := func(s string) string { return base64.RawURLEncoding.EncodeToString([]byte(s)) }
	exp := time.Now().Add(time.Hour).Unix()
	return encode(`{"alg":"RS256"}`) + "." + encode(fmt.Sprintf(`{"tid":%q,"exp":%d%s}`, tenantID, exp, claims)) + ".c2ln"
}

func answer(token string) string {
	return fmt.Sprintf(`printf '{"accessToken":"%s","tenant":"%s","tokenType":"Bearer"}'`, token, tenant)
}

const person = `,"scp":"Application.ReadWrite.All","upn":"admin@contoso.com"`

func TestAzureCLI(t *testing.T) {
	for name, c := range map[string]struct {
		body  string
		cause catalog.Cause // "" for a token
		code  string
	}{
		"signed in":         {answer(userToken(tenant, person)), "", ""},
		"chatty":            {"echo 'WARNING: an update is there' >&2\n" + answer(userToken(tenant, person)), "", ""},
		"signed out":        {"echo \"ERROR: Please run 'az login' to setup account.\" >&2; exit 1", "admin.no-sign-in", ""},
		"another tenant":    {answer(userToken(other, person)), "admin.wrong-tenant", ""},
		"unknown account":   {"echo 'ERROR: AADSTS50020: User account does not exist in tenant' >&2; exit 1", "admin.wrong-tenant", "AADSTS50020"},
		"an application":    {answer(userToken(tenant, `,"appid":"04b07795-8ddb-461a-bbee-02f9e1bf7b46"`)), "admin.no-sign-in", ""},
		"no pre-approval":   {"echo 'AADSTS65002: Consent between first party application and first party resource must be configured' >&2; exit 1", "admin.no-sign-in", "AADSTS65002"},
		"unknown code":      {"echo 'AADSTS9999999: something' >&2; exit 1", "admin.no-sign-in", "AADSTS9999999"},
		"no JSON":           {"echo hello", "admin.no-sign-in", ""},
		"no token":          {"echo '{}'", "admin.no-sign-in", ""},
		"not a JWT":         {answer("opaque"), "admin.no-sign-in", ""},
		"endless output":    {"while :; do echo aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa; i=$((i+1)); [ $i -lt 40000 ] || exit 0; done", "admin.no-sign-in", ""},
		"cannot be started": {"exit 126", "admin.no-sign-in", ""},
	} {
		t.Run(name, func(t *testing.T) {
			standIn(t, c.body)
			a, err := admin.FindAzureCLI(tenant)
			if err != nil {
				t.Fatal(err)
			}
			token, err := a.Token(t.Context(), "https://graph.microsoft.com")
			var refused *admin.Error
			switch {
			case c.cause == "" && (err != nil || token.Account != "admin@contoso.com" || token.TenantID != tenant):
				t.Errorf("got %+v, %v", token, err)
			case c.cause != "" && (!errors.As(err, &refused) || refused.Cause != c.cause || refused.Code != c.code || refused.Summary.Empty()):
				t.Errorf("got %v, want %s %s", err, c.cause, c.code)
			}
		})
	}
}

func TestAzureCLIMissing(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	_, err := admin.FindAzureCLI(tenant)
	var refused *admin.Error
	if !errors.As(err, &refused) || refused.Cause != "admin.no-sign-in" {
		t.Errorf("got %v", err)
	}
}

// TestAzureCLIIsAskedOncePerResource guards the contract: one call for each resource,
// with exactly these arguments, and no secret in its environment.
func TestAzureCLIIsAskedOncePerResource(t *testing.T) {
	dir := standIn(t, answer(userToken(tenant, person)))
	t.Setenv("S2S_CLIENT_SECRET", "Zx9~qW8e.RtY7uIoP6aSdF5g")
	t.Setenv("AZURE_CLIENT_SECRET", "Zx9~qW8e.RtY7uIoP6aSdF5g")
	t.Setenv("S2S_CERTIFICATE_PASSWORD", "Zx9~qW8e.RtY7uIoP6aSdF5g")
	t.Setenv("ACTIONS_ID_TOKEN_REQUEST_TOKEN", "Zx9~qW8e.RtY7uIoP6aSdF5g")
	t.Setenv("AZURE_CORE_COLLECT_TELEMETRY", "false")
	a, err := admin.FindAzureCLI(tenant)
	if err != nil {
		t.Fatal(err)
	}
	for _, resource := range []string{"https://graph.microsoft.com", "https://contoso.crm4.dynamics.com", "https://graph.microsoft.com"} {
		if _, err := a.Token(t.Context(), resource); err != nil {
			t.Fatal(err)
		}
	}
	var want []string
	for _, resource := range []string{"https://graph.microsoft.com", "https://contoso.crm4.dynamics.com"} {
		want = append(want, "account", "get-access-token", "--resource", resource, "--tenant", tenant, "--output", "json")
	}
	raw, err := os.ReadFile(filepath.Join(dir, "args"))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, strings.Fields(string(raw))); diff != "" {
		t.Errorf("arguments: -want +got\n%s", diff)
	}
	env, err := os.ReadFile(filepath.Join(dir, "env"))
	if err != nil || strings.Contains(string(env), "Zx9") || !strings.Contains(string(env), "PATH=") ||
		!strings.Contains(string(env), "AZURE_CORE_COLLECT_TELEMETRY=false") {
		t.Errorf("environment: %v\n%s", err, env)
	}
}

func TestAzureCLIEndsWithContext(t *testing.T) {
	standIn(t, "exec sleep 60")
	a, err := admin.FindAzureCLI(tenant)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(100*time.Millisecond, cancel)
	if _, err := a.Token(ctx, "https://graph.microsoft.com"); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
