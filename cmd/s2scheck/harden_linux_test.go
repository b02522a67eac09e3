package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// TestAnotherProcessReadsNoSecret guards SE-3 and SE-14: while s2scheck runs, its
// environment in /proc holds no secret, even for root, and it dumps no core.
func TestAnotherProcessReadsNoSecret(t *testing.T) {
	const canary = "Zx9~qW8e.RtY7uIoP6aSdF5gHjK4lQmN3bVcX2z1"
	in, w := openInput(t)
	r := launch(t, []string{"S2S_CLIENT_SECRET=" + canary, "AZURE_CLIENT_SECRET=" + canary}, func(c *exec.Cmd) { c.Stdin = in }, "--from", "-", "--offline")
	until(t, "read", func() bool { return isRead(w) })
	proc := fmt.Sprintf("/proc/%d/", r.cmd.Process.Pid)
	environ, err := os.ReadFile(proc + "environ")
	if err != nil && !errors.Is(err, fs.ErrPermission) {
		t.Error(err)
	}
	if strings.Contains(string(environ), canary) {
		t.Error("the environment in /proc holds the secret")
	}
	limits, err := os.ReadFile(proc + "limits")
	if err != nil {
		t.Error(err)
	}
	for line := range strings.Lines(string(limits)) {
		if fields := strings.Fields(strings.TrimPrefix(line, "Max core file size")); strings.HasPrefix(line, "Max core file size") && fields[0] != "0" {
			t.Error(line)
		}
	}
	// The program itself still has the secret.
	fmt.Fprint(w, "\nhttps://contoso.crm4.dynamics.com\nClient ID: 2015d711-8a4f-4d3c-9b2e-0f1a2b3c4d5e\n")
	w.Close()
	in.Close()
	if status := r.status(t); status != exitHealthy || !strings.Contains(r.stdout.String(), "ok") {
		t.Errorf("status %d: %s %s", status, &r.stdout, &r.stderr)
	}
}
