package main

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"testing"
	"time"
)

// soon is much longer than any step here takes: a test that reaches it hangs.
const soon = 10 * time.Second

// running is the command as a process.
type running struct {
	cmd            *exec.Cmd
	stdout, stderr bytes.Buffer
}

// launch prepares s2scheck without this machine's environment variables. change may set
// its streams.
func launch(t *testing.T, env []string, change func(*exec.Cmd), args ...string) *running {
	t.Helper()
	path, err := exec.LookPath("s2scheck")
	if err != nil {
		t.Fatal(err)
	}
	r := &running{cmd: exec.CommandContext(t.Context(), path, args...)}
	r.cmd.Env = append([]string{"HOME=" + t.TempDir(), "PATH=" + os.Getenv("PATH"), "SSL_CERT_DIR=/nonexistent"}, env...)
	r.cmd.Stdout, r.cmd.Stderr, r.cmd.WaitDelay = &r.stdout, &r.stderr, soon
	change(r.cmd)
	if err := r.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return r
}

// status waits for the end, which must come within soon, and returns the exit status.
func (r *running) status(t *testing.T) int {
	t.Helper()
	stop := time.AfterFunc(soon, func() {
		t.Error("it does not end")
		_ = r.cmd.Process.Kill()
	})
	defer stop.Stop()
	err := r.cmd.Wait()
	if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
		t.Error(err)
	}
	return r.cmd.ProcessState.ExitCode()
}

// until waits for a condition that another process brings about.
func until(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for end := time.Now().Add(soon); !holds(); {
		if time.Now().After(end) {
			t.Fatalf("%s: not reached", what)
		}
		time.Sleep(time.Millisecond)
	}
}
