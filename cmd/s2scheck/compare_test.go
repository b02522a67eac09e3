package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestCompare compares scenarios with each other, and a scenario with a snapshot from a
// file.
func TestCompare(t *testing.T) {
	folder := t.TempDir()
	t.Setenv("HOME", folder)
	t.Setenv("XDG_CONFIG_HOME", folder)
	run := func(args ...string) (string, int) {
		var out bytes.Buffer
		p := program{in: strings.NewReader(""), out: &out, err: &out, getenv: func(string) string { return "" }}
		status := p.run(t.Context(), args)
		return out.String(), status
	}
	saved := filepath.Join(folder, "earlier.json")
	taken, status := run("snapshot", "--sandbox")
	if status != exitHealthy {
		t.Fatal(status, taken)
	}
	if err := os.WriteFile(saved, []byte(taken), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name   string
		args   []string
		status int
		want   []string
	}{
		{"the same", []string{"--sandbox", "healthy", "healthy"}, exitHealthy, []string{"No difference."}},
		{"a role that may everything", []string{"--sandbox", "healthy", "article-mistake-2"}, exitBroken, []string{"\nrole\n", "System Administrator: – → direct", "\nprivilege\n", "prvReadContact: – → Global"}},
		{"words before flags", []string{"healthy", "healthy-team-role", "--sandbox"}, exitBroken, []string{"through team"}},
		{"nothing may be read", []string{"--sandbox", "healthy", "healthy-reads-nothing"}, exitHealthy, []string{"Not compared: privilege"}},
		{"as a page", []string{"--sandbox", "--format", "markdown", "healthy", "healthy-team-role"}, exitBroken, []string{"# Comparison", "\n## role\n", "| through team "}},
		{"broken", []string{"--sandbox", "healthy", "appuser-missing"}, exitBroken, []string{"root cause: healthy → appuser.missing"}},
		{"a file with itself", []string{saved, saved}, exitHealthy, []string{"No difference."}},
		{"no such name", []string{saved, "None"}, exitUnusable, []string{"no saved profile"}},
		{"one name", []string{saved}, exitUnusable, []string{"two names"}},
		{"no scenario", []string{"--sandbox", "healthy", "no-such-thing"}, exitUnusable, []string{"no scenario"}},
		{"another flag", []string{"--all", "a", "b"}, exitUnusable, []string{"compare goes with"}},
	} {
		out, status := run(append([]string{"compare"}, c.args...)...)
		if status != c.status {
			t.Errorf("%s: status %d, want %d: %s", c.name, status, c.status, out)
		}
		for _, want := range c.want {
			if !strings.Contains(out, want) {
				t.Errorf("%s: %q is not in\n%s", c.name, want, out)
			}
		}
	}
}
