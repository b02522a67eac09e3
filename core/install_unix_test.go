//go:build linux

package core_test

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"
)

// TestInstallChecksTheSum guards that scripts/install puts nothing in place unless the sum
// is that of the list, and the given one where there is one.
func TestInstallChecksTheSum(t *testing.T) {
	if _, err := exec.LookPath("curl"); err != nil {
		t.Skip("no curl here")
	}
	program := []byte("#!/bin/sh\necho it runs\n")
	sum := sha256.Sum256(program)
	good := hex.EncodeToString(sum[:])
	name := "s2scheck-1.2.3-linux-" + runtime.GOARCH
	for label, c := range map[string]struct {
		list, given string
		installed   bool
	}{
		"the right sum":       {good + "  " + name + "\n", "", true},
		"in binary mode":      {good + " *" + name + "\n", "", true},
		"and the given one":   {good + "  " + name + "\n", good, true},
		"another sum":         {good[:63] + "x  " + name + "\n", "", false},
		"not listed":          {good + "  other-" + name + "\n", "", false},
		"the release changed": {good + "  " + name + "\n", good[:63] + "x", false},
	} {
		t.Run(label, func(t *testing.T) {
			folder := t.TempDir()
			release := filepath.Join(folder, "v1.2.3")
			if err := os.Mkdir(release, 0o700); err != nil {
				t.Fatal(err)
			}
			for file, content := range map[string][]byte{name: program, "SHA256SUMS": []byte(c.list)} {
				if err := os.WriteFile(filepath.Join(release, file), content, 0o600); err != nil {
					t.Fatal(err)
				}
			}
			target := filepath.Join(folder, "bin", "s2scheck")
			cmd := exec.CommandContext(t.Context(), "sh", "../scripts/install", "v1.2.3", filepath.Dir(target), c.given)
			cmd.Env = append(os.Environ(), "S2SCHECK_DOWNLOADS=file://"+folder, "TMPDIR="+folder)
			out, err := cmd.CombinedOutput()
			if (err == nil) != c.installed {
				t.Errorf("%v: %s", err, out)
			}
			if said, err := exec.CommandContext(t.Context(), target).Output(); (err == nil && string(said) == "it runs\n") != c.installed {
				t.Errorf("%v: %s", err, said)
			}
		})
	}
	for _, bad := range []string{"../../etc", "1 2", ""} {
		if out, err := exec.CommandContext(t.Context(), "sh", "../scripts/install", bad, t.TempDir()).CombinedOutput(); err == nil {
			t.Errorf("version %q: %s", bad, out)
		}
	}
}
