package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/s2sdoctor/s2sdoctor/internal/race"
	"github.com/s2sdoctor/s2sdoctor/internal/sample"
)

// TestPlanKilled kills the command with SIGKILL after a line is in its journal: the same
// command continues and ends in WhoAmI, and undo restores the tenant. It tries every
// fifth line; with -args -every, every line.
func TestPlanKilled(t *testing.T) {
	race.Skip(t, "processes that TestPlanAppliesInTheSandbox runs as well")
	tested := 0
	for name, args := range map[string][]string{
		"modern":  {"--role", "minimal", "--privileges", "account:read:org"},
		"classic": {"--path", "classic"},
	} {
		whole := serveContoso(t, "setup-empty", administrator)
		args := append(args, "--journal", "journal", "--certificate-out", "contoso.pem", "--apply")
		if p, got := whole.plan(t, args...); got.status != 0 {
			t.Fatalf("undisturbed: %s\n%s", p.statuses(), got.stderr)
		}
		raw, err := os.ReadFile(filepath.Join(whole.home, "journal"))
		if err != nil {
			t.Fatal(err)
		}
		for line := 1; line <= bytes.Count(raw, []byte("\n")); line++ {
			if !sample.Has(5, line) {
				continue
			}
			tested++
			t.Run(fmt.Sprintf("%s, line %d", name, line), func(t *testing.T) {
				c := serveContoso(t, "setup-empty", administrator)
				before := c.State()
				c.killAt(t, line, args...)
				p, got := c.plan(t, args...)
				if got.status != 0 || p.Report == nil || p.Report.WhoAmI == nil {
					t.Fatalf("going on: status %d, %s\n%s", got.status, p.statuses(), got.stderr)
				}
				if n := strings.Count(c.State(), `"S2S contoso"`); n != strings.Count(whole.State(), `"S2S contoso"`) {
					t.Errorf("there are %d objects of the name", n)
				}
				if got := c.command(t, "s2scheck", "plan", "--admin", "az", "--undo", "journal"); got.status != 0 || c.State() != before {
					t.Errorf("undo: status %d, restored %t\n%s", got.status, c.State() == before, got.stderr)
				}
			})
		}
	}
	t.Logf("killed at %d lines", tested)
}

// killAt runs a plan and kills it as soon as its journal has a number of lines.
func (c *contoso) killAt(t *testing.T, lines int, args ...string) {
	t.Helper()
	path, err := exec.LookPath("s2scheck")
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), path, append([]string{"plan", "--admin", "az", "--format", "json", "--environment", c.Form.Environment}, args...)...)
	cmd.Dir, cmd.Env = c.home, c.env
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() { _ = cmd.Wait(); close(ended) }()
	for {
		raw, _ := os.ReadFile(filepath.Join(c.home, "journal"))
		if bytes.Count(raw, []byte("\n")) >= lines {
			_ = cmd.Process.Kill()
		}
		select {
		case <-ended:
			return
		case <-time.After(200 * time.Microsecond):
		}
	}
}

// TestPlanCanary guards that the administrator's tokens, a new secret and the key of a
// new certificate are in nothing that a plan prints or saves, except for the files meant
// for them.
func TestPlanCanary(t *testing.T) {
	race.Skip(t, "processes that TestPlanAppliesInTheSandbox runs as well")
	outputs, hits := 0, 0
	look := func(name, text string, canaries map[string]string) {
		outputs++
		for what, canary := range canaries {
			if canary != "" && strings.Contains(text, canary) {
				hits++
				t.Errorf("%s holds %s", name, what)
			}
		}
	}
	for _, path := range [][]string{{"--role", "S2S Integration"}, {"--role", "minimal", "--privileges", "account:read:org"}, {"--path", "classic"}} {
		for _, format := range []string{"text", "json", "markdown", "az", "powershell", "terraform"} {
			c := serveContoso(t, "setup-empty", administrator)
			canaries := map[string]string{}
			c.RefreshToken.Use(func(plain string) { canaries["the refresh token"] = plain })
			for what, resource := range map[string]string{"the token for Graph": "https://graph.microsoft.com", "the token for the environment": c.Form.Environment} {
				got := c.command(t, "az", "account", "get-access-token", "--resource", resource, "--tenant", c.TenantID, "--output", "json")
				var token struct{ AccessToken string }
				if json.Unmarshal([]byte(got.stdout), &token) != nil || token.AccessToken == "" {
					t.Fatal(got.stdout, got.stderr)
				}
				// The signature is unique to a token; the header is the same in all
				// tokens.
				canaries[what] = token.AccessToken[:strings.LastIndexByte(token.AccessToken, '.')][:200]
			}
			args := append([]string{"plan", "--admin", "az", "--environment", c.Form.Environment, "--format", format}, path...)
			got := c.command(t, "s2scheck", args...)
			look("a plan as "+format, got.stdout+got.stderr, canaries)
			if format != "text" && format != "json" {
				continue
			}
			got = c.command(t, "s2scheck", append(args, "--apply", "--journal", "journal", "--certificate-out", "contoso.pem")...)
			pem, err := os.ReadFile(filepath.Join(c.home, "contoso.pem"))
			if err != nil {
				t.Fatal(err)
			}
			_, key, _ := strings.Cut(string(pem), "PRIVATE KEY-----\n")
			canaries["the private key"] = strings.SplitN(key, "\n", 2)[0]
			journal, err := os.ReadFile(filepath.Join(c.home, "journal"))
			if err != nil {
				t.Fatal(err)
			}
			look("applied as "+format, got.stdout+got.stderr, canaries)
			look("the journal", string(journal), canaries)
			got = c.command(t, "s2scheck", "plan", "--admin", "az", "--undo", "journal", "--format", format)
			look("undone as "+format, got.stdout+got.stderr, canaries)
		}
	}
	t.Logf("%d outputs, %d hits", outputs, hits)
}
