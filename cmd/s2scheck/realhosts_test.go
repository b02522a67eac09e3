package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
)

// outcome is the result of a process.
type outcome struct {
	stdout, stderr string
	status         int
}

// command runs s2scheck with only those environment variables that the fake needs.
func (f *fakeMicrosoft) command(t *testing.T, stdin string, env []string, args ...string) outcome {
	t.Helper()
	path, err := exec.LookPath("s2scheck")
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), path, args...)
	cmd.Env = append([]string{
		"HOME=" + t.TempDir(), "PATH=" + os.Getenv("PATH"),
		"HTTPS_PROXY=" + f.proxy, "SSL_CERT_FILE=" + f.caFile, "SSL_CERT_DIR=/nonexistent",
	}, env...)
	cmd.Stdin = strings.NewReader(stdin)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err = cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return outcome{stdout.String(), stderr.String(), cmd.ProcessState.ExitCode()}
}

func (o outcome) report(t *testing.T) exam.Report {
	t.Helper()
	var r exam.Report
	dec := json.NewDecoder(strings.NewReader(o.stdout))
	if err := dec.Decode(&r); err != nil {
		t.Fatalf("standard output is not one JSON object: %v\n%s\n%s", err, o.stdout, o.stderr)
	}
	if dec.More() {
		t.Errorf("there is more than one JSON object on standard output:\n%s", o.stdout)
	}
	return r
}

func TestUnderTheRealNames(t *testing.T) {
	world := startMicrosoft(t)
	flags := []string{"--environment", "https://contoso.crm4.dynamics.com/main.aspx?appid=1", "--client-id", world.client, "--format", "json"}
	notMember := func(w http.ResponseWriter) {
		reply(w, 403, map[string]any{"error": map[string]any{"code": "0x80072560", "message": "Der Benutzer ist kein Mitglied der Organisation."}})
	}
	cases := []struct {
		name   string
		stdin  string
		env    []string
		args   []string
		refuse func(http.ResponseWriter)
		cause  catalog.Cause
		status int
	}{
		{"healthy, secret from standard input", world.secret + "\n", nil, []string{"--client-secret-stdin"}, nil, "", 0},
		{"healthy, secret from S2S_CLIENT_SECRET", "", []string{"S2S_CLIENT_SECRET=" + world.secret, "AZURE_CLIENT_SECRET=other~other~other~other"}, nil, nil, "", 0},
		{"healthy, secret from AZURE_CLIENT_SECRET", "", []string{"AZURE_CLIENT_SECRET=" + world.secret}, nil, nil, "", 0},
		{"healthy, tenant typed as a domain", "", []string{"S2S_CLIENT_SECRET=" + world.secret}, []string{"--tenant", "contoso.onmicrosoft.com"}, nil, "", 0},
		{"wrong secret", "", []string{"S2S_CLIENT_SECRET=wrong~wrong~wrong~wrong~wrong~wrong~wrong"}, nil, nil, "secret.wrong", 1},
		{"no application user, in German", "", []string{"S2S_CLIENT_SECRET=" + world.secret}, nil, notMember, "appuser.missing", 1},
		{"secret ID", "", []string{"S2S_CLIENT_SECRET=" + world.client}, nil, nil, "input.secret-is-id", 2},
		{"no secret", "", nil, nil, nil, "input.secret-missing", 2},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			world.refuseWith(tc.refuse)
			got := world.command(t, tc.stdin, tc.env, append(tc.args, flags...)...)
			r := got.report(t)
			if r.RootCause != tc.cause || got.status != tc.status {
				t.Errorf("got %q, exit status %d; want %q, %d\n%s", r.RootCause, got.status, tc.cause, tc.status, got.stdout)
			}
			if tc.cause == "" && (r.WhoAmI == nil || r.WhoAmI.UserID != "aaaaaaaa-0000-0000-0000-000000000001" || !r.Healthy) {
				t.Errorf("no WhoAmI in a healthy report:\n%s", got.stdout)
			}
			for _, secret := range []string{world.secret, "wrong~wrong"} {
				if strings.Contains(got.stdout+got.stderr, secret) {
					t.Errorf("the secret is in the output:\n%s\n%s", got.stdout, got.stderr)
				}
			}
		})
	}
}

// TestNoNetwork guards the contract: 3 when the network is not there.
func TestNoNetwork(t *testing.T) {
	world := startMicrosoft(t)
	world.proxy = "http://127.0.0.1:1" // tcpmux: nothing listens there
	got := world.command(t, "", []string{"S2S_CLIENT_SECRET=" + world.secret},
		"--environment", "https://contoso.crm4.dynamics.com", "--client-id", world.client, "--format", "json")
	if r := got.report(t); r.RootCause != "network.refused" || got.status != 3 {
		t.Errorf("got %q, exit status %d; want network.refused, 3", r.RootCause, got.status)
	}
}
