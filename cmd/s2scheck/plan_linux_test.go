package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
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

// planned is what a plan prints as JSON, as far as the tests look at it.
type planned struct {
	Complete, Applied bool
	Journal           string
	Steps             []struct {
		ID, Status, Cause string
		Result            map[string]string
	}
	Report *exam.Report
}

// plan runs s2scheck plan for the environment, and reads what it prints.
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
// and the administrator's az; a second run changes nothing, and undo leaves the tenant
// as it was.
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

// examines runs the ordinary examination with the new certificate.
func (c *contoso) examines(t *testing.T, clientID, pem string) {
	t.Helper()
	got := c.command(t, "s2scheck", "--environment", c.Form.Environment, "--client-id", clientID, "--certificate", pem, "--format", "json")
	if r := got.report(t); got.status != 0 || r.WhoAmI == nil {
		t.Errorf("the connection: status %d, %s", got.status, r.RootCause)
	}
}
