package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestPlanRefusesFilesBeforeAnything guards that a certificate or journal that cannot be
// written to its file is refused before the tenant is changed. Before, another file in
// the place of the certificate left a registration behind.
func TestPlanRefusesFilesBeforeAnything(t *testing.T) {
	c := serveContoso(t, "setup-empty", administrator)
	foreign, damaged := filepath.Join(c.home, "foreign.pem"), filepath.Join(c.home, "damaged")
	write(t, foreign, "not a certificate of this set-up")
	write(t, damaged, "not a journal")
	before := c.State()
	for name, args := range map[string][]string{
		"a foreign file for the certificate":   {"--certificate-out", foreign},
		"a folder that is not there":           {"--certificate-out", filepath.Join(c.home, "nowhere", "s2s.pem")},
		"a damaged journal":                    {"--certificate-out", filepath.Join(c.home, "s2s.pem"), "--journal", damaged},
		"a journal in a folder that is not":    {"--certificate-out", filepath.Join(c.home, "s2s.pem"), "--journal", filepath.Join(c.home, "nowhere", "journal")},
		"a device in the place of the journal": {"--certificate-out", filepath.Join(c.home, "s2s.pem"), "--journal", "/dev/zero"},
		"a folder in the place of the journal": {"--certificate-out", filepath.Join(c.home, "s2s.pem"), "--journal", c.home},
	} {
		t.Run(name, func(t *testing.T) {
			args := append([]string{"plan", "--admin", "az", "--format", "json", "--environment", c.Form.Environment, "--role", "S2S Integration", "--apply"}, args...)
			got := c.command(t, "s2scheck", args...)
			if got.status != 2 || c.State() != before {
				t.Errorf("status %d\n%s%s", got.status, got.stdout, got.stderr)
			}
			if slices.Contains(args, "--journal") == strings.Contains(got.stdout, "input.no-store") {
				t.Errorf("the cause: %s%s", got.stdout, got.stderr)
			}
		})
	}
	c.env = append(c.env, "HTTPS_PROXY=http://127.0.0.1:9") // a port without a listener
	got := c.command(t, "s2scheck", "plan", "--admin", "az", "--environment", c.Form.Environment, "--apply", "--journal", damaged)
	if got.status != 2 {
		t.Errorf("a damaged journal needs no network: status %d\n%s%s", got.status, got.stdout, got.stderr)
	}
	if _, err := os.Stat(filepath.Join(c.home, "s2s.pem")); err == nil {
		t.Error("a certificate was made")
	}
}

// TestPlanWithoutTheCertificateItMade deletes the certificate file of a finished set-up.
// The plan is then complete, and only its last step, the test of the connection, is
// manual. Before, it failed without --certificate-out as if the form had no credential.
func TestPlanWithoutTheCertificateItMade(t *testing.T) {
	c := serveContoso(t, "setup-empty", administrator)
	pem := filepath.Join(c.home, "s2s.pem")
	args := []string{"--role", "S2S Integration", "--apply", "--journal", filepath.Join(c.home, "journal")}
	if done, got := c.plan(t, append(args, "--certificate-out", pem)...); got.status != 0 {
		t.Fatalf("status %d, %s\n%s", got.status, done.statuses(), got.stderr)
	}
	// The command line of undo may name the connection in the form in which a user types
	// it.
	undo := []string{"plan", "--admin", "az", "--undo", filepath.Join(c.home, "journal")}
	for name, other := range map[string][]string{
		"a tenant":       {"--tenant", "99999999-4a7e-4c1d-9f3b-5d0c8e6a7b91"},
		"a domain":       {"--tenant", "contoso.onmicrosoft.com"},
		"an environment": {"--environment", "https://fabrikam.crm4.dynamics.com"},
	} {
		if got := c.command(t, "s2scheck", append(undo, other...)...); got.status != 2 {
			t.Errorf("undo for %s: status %d\n%s", name, got.status, got.stderr)
		}
	}
	after := c.State()
	for name, args := range map[string][]string{"no file is named": args, "the file is lost": append(args, "--certificate-out", pem+"2")} {
		again, got := c.plan(t, args...)
		if want := "credential done"; got.status != 1 || again.Applied || !strings.Contains(again.statuses(), want) || !strings.Contains(again.statuses(), "proof manual") {
			t.Errorf("%s: status %d, %s\n%s", name, got.status, again.statuses(), got.stderr)
		}
	}
	if c.State() != after {
		t.Error("the tenant was changed")
	}
	typed := []string{"--environment", c.Form.Environment + "/main.aspx?appid=1", "--tenant", strings.ToUpper(c.TenantID)}
	if got := c.command(t, "s2scheck", append(undo, typed...)...); got.status != 0 {
		t.Errorf("undo as typed: status %d\n%s", got.status, got.stderr)
	}
}
