package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/handoff"
)

// contoso is the served sandbox under Microsoft's names, with an administrator who is
// signed in to the stand-in for az.
type contoso struct {
	*core.ServedSandbox
	home, azure string
	env         []string
}

const administrator = "admin@contoso.onmicrosoft.com"

func serveContoso(t *testing.T, scenario, account string) *contoso {
	t.Helper()
	served, err := core.ServeSandbox(core.ServeOptions{Scenario: scenario, MicrosoftNames: true, Administrator: account})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = served.Close() })
	c := &contoso{ServedSandbox: served, home: t.TempDir(), azure: t.TempDir()}
	served.RefreshToken.Use(func(plain string) { write(t, filepath.Join(c.azure, "refresh-token"), plain) })
	write(t, filepath.Join(c.azure, "tenant"), served.TenantID)
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	bin := t.TempDir()
	if err := os.Symlink(self, filepath.Join(bin, "az")); err != nil {
		t.Fatal(err)
	}
	// The scripts wait for Microsoft with sleep. The sandbox needs no wait.
	if err := os.WriteFile(filepath.Join(bin, "sleep"), []byte("#!/bin/sh\n"), 0o700); err != nil { // #nosec G306 -- a program
		t.Fatal(err)
	}
	c.env = []string{
		"HOME=" + c.home, "XDG_CONFIG_HOME=" + filepath.Join(c.home, "config"), "PATH=" + bin + ":" + os.Getenv("PATH"), "AZURE_CONFIG_DIR=" + c.azure,
		"HTTPS_PROXY=" + served.Proxy.String(), "SSL_CERT_FILE=" + served.CertificateFile, "SSL_CERT_DIR=/nonexistent",
	}
	return c
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// command runs a program to its end.
func (c *contoso) command(t *testing.T, program string, args ...string) outcome {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), program, args...)
	cmd.Dir, cmd.Env = c.home, c.env
	if path, err := exec.LookPath(program); err == nil {
		cmd.Path, cmd.Err = path, nil
	}
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	var exit *exec.ExitError
	if err := cmd.Run(); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return outcome{stdout.String(), stderr.String(), cmd.ProcessState.ExitCode()}
}

// planned is the part of a plan's JSON that the tests read.
type planned struct {
	Complete, Applied bool
	Journal           string
	Steps             []struct {
		ID, Status, Cause string
		Result            map[string]string
	}
	Report *exam.Report
}

// plan runs s2scheck plan for the environment, and returns its JSON.
func (c *contoso) plan(t *testing.T, args ...string) (planned, outcome) {
	t.Helper()
	got := c.command(t, "s2scheck", append([]string{"plan", "--admin", "az", "--format", "json", "--environment", c.Form.Environment}, args...)...)
	var p planned
	if err := json.Unmarshal([]byte(got.stdout), &p); err != nil {
		t.Fatalf("%v: %s%s", err, got.stdout, got.stderr)
	}
	return p, got
}

func (p planned) statuses() string {
	var all []string
	for _, s := range p.Steps {
		all = append(all, s.ID+" "+s.Status)
	}
	return strings.Join(all, ", ")
}

func (p planned) value(name string) string {
	for _, s := range p.Steps {
		if id := s.Result[name]; id != "" {
			return id
		}
	}
	return ""
}

// TestPlanEndToEnd goes from an empty tenant to WhoAmI with two processes, the command
// and the administrator's az. A second run changes nothing, and undo restores the tenant.
func TestPlanEndToEnd(t *testing.T) {
	for name, args := range map[string][]string{
		"modern":  {"--role", "S2S Integration"},
		"minimal": {"--role", "minimal", "--privileges", "account:read:org"},
		"classic": {"--path", "classic"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := serveContoso(t, "setup-empty", administrator)
			before := c.State()
			journal, pem := filepath.Join(c.home, "journal"), filepath.Join(c.home, "contoso.pem")
			args := append(args, "--journal", journal, "--certificate-out", pem)
			dry, got := c.plan(t, args[:len(args)-4]...)
			if got.status != 1 || dry.Complete || dry.Applied || c.State() != before {
				t.Fatalf("a plan that is only read: status %d, %s", got.status, dry.statuses())
			}
			done, got := c.plan(t, append(args, "--apply")...)
			if got.status != 0 || !done.Complete || done.Report == nil || done.Report.WhoAmI == nil {
				t.Fatalf("status %d, %s\n%s%s", got.status, done.statuses(), got.stdout, got.stderr)
			}
			after := c.State()
			again, got := c.plan(t, append(args, "--apply")...)
			if got.status != 0 || !again.Complete || again.Applied {
				t.Errorf("the second run: status %d, %s\n%s", got.status, again.statuses(), got.stderr)
			}
			if diff := cmp.Diff(after, c.State()); diff != "" {
				t.Errorf("the second run changes: %s", diff)
			}
			c.examines(t, done.value("application.appId"), pem)
			if got := c.command(t, "s2scheck", "plan", "--admin", "az", "--undo", journal); got.status != 0 {
				t.Fatalf("undo: status %d\n%s%s", got.status, got.stdout, got.stderr)
			}
			if diff := cmp.Diff(before, c.State()); diff != "" {
				t.Errorf("after undo: -want +got\n%s", diff)
			}
		})
	}
}

// examines runs s2scheck with the new certificate.
func (c *contoso) examines(t *testing.T, clientID, pem string) {
	t.Helper()
	got := c.command(t, "s2scheck", "--environment", c.Form.Environment, "--client-id", clientID, "--certificate", pem, "--format", "json")
	if r := got.report(t); got.status != 0 || r.WhoAmI == nil {
		t.Errorf("the connection: status %d, %s", got.status, r.RootCause)
	}
}

// sendBack runs a script of a plan with sh and az, and returns the result that it prints
// at its end. An administrator sends this result back to the user.
func (c *contoso) sendBack(t *testing.T, args ...string) (string, handoff.Result) {
	t.Helper()
	got := c.command(t, "s2scheck", append([]string{"plan", "--offline", "--format", "az", "--environment", c.Form.Environment, "--tenant", c.TenantID}, args...)...)
	write(t, filepath.Join(c.home, "set-up.sh"), got.stdout)
	ran := c.command(t, "sh", "set-up.sh")
	if ran.status != 0 {
		t.Fatalf("status %d\n%s%s\n%s", ran.status, ran.stdout, ran.stderr, got.stdout)
	}
	made, ok := handoff.Read(ran.stdout)
	if !ok {
		t.Fatalf("no result: %s", ran.stdout)
	}
	return ran.stdout, made
}

// TestAzScript runs the script of a plan: the connection works with the files that the
// script writes, and its result can be read.
func TestAzScript(t *testing.T) {
	for name, c := range map[string]struct {
		scenario string
		args     []string
	}{
		"modern":  {"setup-empty", []string{"--role", "S2S Integration"}},
		"secret":  {"setup-empty", []string{"--role", "S2S Integration", "--credential", "secret"}},
		"minimal": {"setup-empty", []string{"--role", "minimal", "--privileges", "account:read:org,contact:write:bu"}},
		"classic": {"setup-empty", []string{"--path", "classic"}},
		"copying": {"setup-copying", []string{"--role", "S2S Integration"}},
		"units":   {"setup-two-business-units", []string{"--role", "S2S Integration"}},
		"quoted":  {"setup-empty", []string{"--role", "minimal", "--privileges", "account:read:org", "--name", `O'Neil "$(touch hacked)" / + \ ü`}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := serveContoso(t, c.scenario, administrator)
			printed, made := w.sendBack(t, c.args...)
			if _, err := os.Lstat(filepath.Join(w.home, "hacked")); err == nil {
				t.Error("a name is run as a command")
			}
			credential := []string{"--certificate", "s2s-certificate.pem", "--certificate-key", "s2s-key.pem"}
			if name == "secret" {
				raw, err := os.ReadFile(filepath.Join(w.home, "s2s-secret.txt"))
				if err != nil || strings.Contains(printed, strings.TrimSpace(string(raw))) {
					t.Errorf("the secret is not in its file alone: %v", err)
				}
				credential, w.env = nil, append(w.env, "S2S_CLIENT_SECRET="+strings.TrimSpace(string(raw)))
			}
			got := w.command(t, "s2scheck", append(append([]string{"--environment", w.Form.Environment, "--client-id", made.ClientID}, credential...), "--format", "json")...)
			if r := got.report(t); name != "copying" && r.WhoAmI == nil {
				t.Errorf("the connection: %s", r.RootCause)
			}
			write(t, filepath.Join(w.home, "result"), printed)
			back, _ := w.plan(t, append(append([]string{"--offline", "--from", "result"}, c.args...), credential...)...)
			for _, s := range back.Steps {
				if s.Status != "done" && s.Status != "optional" && s.ID != "proof" && (name != "secret" || s.ID != "credential") {
					t.Errorf("read back: %s is %s", s.ID, s.Status)
				}
			}
		})
	}
}

// TestTwoHalves has an administrator of Entra run a script, and an administrator of the
// environment continue from its result. Neither has the rights for the whole set-up.
func TestTwoHalves(t *testing.T) {
	entra := serveContoso(t, "setup-administrators-register", "isaiah@contoso.onmicrosoft.com")
	printed, made := entra.sendBack(t, "--steps", "application,credential,service-principal")
	write(t, filepath.Join(entra.home, "result"), "Hello,\nhere it is.\n"+printed)

	lidia := *entra
	lidia.azure = t.TempDir()
	token, err := entra.SignIn("lidia@contoso.onmicrosoft.com")
	if err != nil {
		t.Fatal(err)
	}
	token.Use(func(plain string) { write(t, filepath.Join(lidia.azure, "refresh-token"), plain) })
	lidia.env = append(slices.Clone(entra.env), "AZURE_CONFIG_DIR="+lidia.azure)
	before := entra.State()
	entra.showsOwnHalf(t, "application todo, credential todo, service-principal todo, consent optional, application-user blocked, role blocked, licence optional, proof todo",
		"Waits for a Dataverse administrator")
	lidia.showsOwnHalf(t, "application todo, credential todo, service-principal todo, consent optional, application-user todo, role todo, licence optional, proof todo",
		"it waits for an Entra administrator")
	refused, got := lidia.plan(t, "--role", "minimal", "--privileges", "account:read:org", "--apply", "--journal", "refused", "--certificate-out", "refused.pem")
	if got.status != 1 || refused.Steps[0].Cause != "admin.no-rights" || entra.State() != before {
		t.Errorf("who may not register applications: status %d, %s %s", got.status, refused.statuses(), refused.Steps[0].Cause)
	}
	args := []string{"--from", "result", "--steps", "application-user,role", "--role", "minimal", "--privileges", "account:read:org"}
	done, got := lidia.plan(t, append(args, "--apply", "--journal", "half")...)
	if got.status != 0 {
		t.Fatalf("status %d: %s\n%s", got.status, done.statuses(), got.stderr)
	}
	check := []string{"--environment", entra.Form.Environment, "--client-id", made.ClientID, "--certificate", "s2s-certificate.pem", "--certificate-key", "s2s-key.pem", "--format", "json"}
	if r := entra.command(t, "s2scheck", check...).report(t); r.WhoAmI == nil {
		t.Errorf("the connection: %s", r.RootCause)
	}
	if got := lidia.command(t, "s2scheck", "plan", "--admin", "az", "--undo", "half"); got.status != 0 {
		t.Errorf("undo: status %d\n%s%s", got.status, got.stdout, got.stderr)
	}
	if diff := cmp.Diff(before, entra.State()); diff != "" {
		t.Errorf("undo touches the other half: -want +got\n%s", diff)
	}
}

// showsOwnHalf guards that an administrator of one half sees what is to be done there,
// and who does the rest: every step was blocked for one of Entra alone.
func (c *contoso) showsOwnHalf(t *testing.T, want, waits string) {
	t.Helper()
	before := c.State()
	p, got := c.plan(t, "--role", "S2S Integration")
	if got.status != 1 || p.statuses() != want || !strings.Contains(got.stdout, waits) {
		t.Errorf("status %d, %s\n%s%s", got.status, p.statuses(), got.stdout, got.stderr)
	}
	for _, s := range p.Steps {
		if (s.Status == "blocked") != (s.Cause == "admin.no-rights") {
			t.Errorf("%s is %s by %q", s.ID, s.Status, s.Cause)
		}
	}
	if diff := cmp.Diff(before, c.State()); diff != "" {
		t.Errorf("reading changes: -want +got\n%s", diff)
	}
}
