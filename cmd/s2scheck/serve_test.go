//go:build linux

// Go programs read SSL_CERT_FILE on Linux only.

package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"net"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
)

// serving is a running "s2scheck serve".
type serving struct {
	cmd *exec.Cmd
	// vars are the printed variables, order their names as printed.
	vars   map[string]string
	order  []string
	folder string // for its temporary files
	stderr bytes.Buffer
}

// startServe starts the command as a process, and waits until it is ready.
func startServe(t *testing.T, args ...string) *serving {
	t.Helper()
	path, err := exec.LookPath("s2scheck")
	if err != nil {
		t.Fatal(err)
	}
	s := &serving{folder: t.TempDir(), vars: map[string]string{}}
	s.cmd = exec.CommandContext(t.Context(), path, append([]string{"serve"}, args...)...)
	s.cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + s.folder, "TMPDIR=" + s.folder}
	s.cmd.Stderr = &s.stderr
	// The process ends with the test, also if the test fails.
	s.cmd.WaitDelay = 10 * time.Second
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for lines.Scan() && lines.Text() != "ready" {
		if strings.HasPrefix(lines.Text(), "{") {
			if err := json.Unmarshal(lines.Bytes(), &s.vars); err != nil {
				t.Fatal(err)
			}
			continue
		}
		name, value, ok := strings.Cut(lines.Text(), "=")
		if !ok {
			t.Fatalf("%q is no variable", lines.Text())
		}
		s.vars[name], s.order = value, append(s.order, name)
	}
	if lines.Text() != "ready" {
		t.Fatalf("not ready: %v %s", s.cmd.Wait(), s.stderr.String())
	}
	return s
}

// stop sends a signal and returns the exit status.
func (s *serving) stop(t *testing.T, with os.Signal) int {
	t.Helper()
	if err := s.cmd.Process.Signal(endingSignal(with)); err != nil {
		t.Fatal(err)
	}
	_ = s.cmd.Wait() // the exit status has the error
	return s.cmd.ProcessState.ExitCode()
}

// endingSignal returns a signal that ends a process: under nohup every child ignores
// SIGHUP from its start.
func endingSignal(wanted os.Signal) os.Signal {
	if wanted == syscall.SIGHUP && signal.Ignored(wanted) {
		return syscall.SIGTERM
	}
	return wanted
}

// examine runs s2scheck with only the printed variables.
func (s *serving) examine(t *testing.T, args ...string) outcome {
	t.Helper()
	world := &fakeMicrosoft{proxy: s.vars["HTTPS_PROXY"], caFile: s.vars["SSL_CERT_FILE"]}
	var env []string
	for name, value := range s.vars {
		env = append(env, name+"="+value)
	}
	return world.command(t, "", env, append(args, "--format", "json")...)
}

func TestServeForOurselves(t *testing.T) {
	names := []string{
		"HTTPS_PROXY", "SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS", "REQUESTS_CA_BUNDLE",
		"S2S_ENVIRONMENT", "S2S_TENANT_ID", "S2S_CLIENT_ID", "S2S_CLIENT_SECRET",
	}
	for _, test := range []struct {
		name        string
		args        []string
		environment string
		cloud       string
		cause       catalog.Cause
		signal      os.Signal
	}{
		{"sandbox's names", nil, "https://contoso.crm4.sandbox.localhost", "sandbox", "", os.Interrupt},
		{"Microsoft's names", []string{"--microsoft-names"}, "https://contoso.crm4.dynamics.com", "public", "", syscall.SIGTERM},
		{"JSON", []string{"--format", "json"}, "https://contoso.crm4.sandbox.localhost", "sandbox", "", syscall.SIGTERM},
		{"a scenario", []string{"--scenario", "appuser-missing", "--microsoft-names"}, "https://contoso.crm4.dynamics.com", "public", "appuser.missing", syscall.SIGHUP},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := startServe(t, test.args...)
			for _, name := range names {
				if s.vars[name] == "" {
					t.Errorf("%s is missing in %v", name, s.order)
				}
			}
			if len(s.vars) != len(names) {
				t.Errorf("%d variables, want %d", len(s.vars), len(names))
			}
			if s.vars["S2S_ENVIRONMENT"] != test.environment {
				t.Error(s.vars["S2S_ENVIRONMENT"])
			}
			info, err := os.Stat(s.vars["SSL_CERT_FILE"])
			if err != nil || info.Mode().Perm() != 0o600 {
				t.Error(info, err)
			}
			r := s.examine(t).report(t)
			if r.RootCause != test.cause || r.Connection.Cloud != test.cloud {
				t.Errorf("got %q in %q, want %q in %q", r.RootCause, r.Connection.Cloud, test.cause, test.cloud)
			}
			if status := s.stop(t, test.signal); status != exitHealthy {
				t.Errorf("exit status %d", status)
			}
			if left, _ := filepath.Glob(filepath.Join(s.folder, "*")); len(left) > 0 {
				t.Errorf("left behind: %v", left)
			}
			if s.stderr.Len() > 0 {
				t.Error(s.stderr.String())
			}
		})
	}
}

// TestServeCertificate guards that a certificate that proves the application has the
// variable names of Azure's clients.
func TestServeCertificate(t *testing.T) {
	s := startServe(t, "--scenario", "healthy-certificate")
	defer s.stop(t, os.Interrupt)
	if s.vars["S2S_CLIENT_SECRET"] != "" {
		t.Error("there is a secret")
	}
	r := s.examine(t, "--certificate", s.vars["AZURE_CLIENT_CERTIFICATE_PATH"]).report(t)
	if !r.Healthy || r.Connection.Credential != "certificate" {
		t.Errorf("%q with %q", r.RootCause, r.Connection.Credential)
	}
}

// TestServeKeyless examines with the variables that replace a secret in a pipeline's job,
// in a cluster's pod and on a computer in Azure.
func TestServeKeyless(t *testing.T) {
	for scenario, flag := range map[string][]string{
		"healthy-github":           {"--federated", "github"},
		"healthy-azure-devops":     {"--federated", "azuredevops"},
		"healthy-token-file":       {"--federated", "auto"},
		"healthy-managed-identity": {"--managed-identity"},
	} {
		t.Run(scenario, func(t *testing.T) {
			s := startServe(t, "--scenario", scenario)
			defer s.stop(t, os.Interrupt)
			if s.vars["S2S_CLIENT_SECRET"] != "" {
				t.Error("there is a secret")
			}
			r := s.examine(t, flag...).report(t)
			if !r.Healthy || r.Connection.ClientID == "" {
				t.Errorf("%q for %q, variables %q", r.RootCause, r.Connection.ClientID, s.order)
			}
		})
	}
}

func TestServeOnATakenPort(t *testing.T) {
	taken, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	_, port, _ := net.SplitHostPort(taken.Addr().String())
	world := &fakeMicrosoft{}
	got := world.command(t, "", nil, "serve", "--port", port)
	if got.status != exitUnusable || got.stdout != "" || !strings.Contains(got.stderr, "port "+port+" of this computer cannot be used") {
		t.Errorf("%+v", got)
	}
}
