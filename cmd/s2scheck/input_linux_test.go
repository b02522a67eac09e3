package main

import (
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"
)

// openInput returns a pipe for standard input that contains one character.
func openInput(t *testing.T) (r, w *os.File) {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Close(); w.Close() })
	fmt.Fprint(w, "x")
	return r, w
}

// isRead reports whether the other side has read what was written to a pipe.
func isRead(w *os.File) bool {
	left, err := unix.IoctlGetInt(int(w.Fd()), unix.TIOCINQ)
	return err == nil && left == 0
}

// TestStandardInputEnds guards M5: signals and --timeout end a read of standard input.
func TestStandardInputEnds(t *testing.T) {
	for name, args := range map[string][]string{
		"explain":     {"explain"},
		"explain -":   {"explain", "-"},
		"secret":      {"--client-secret-stdin", "--environment", "contoso.crm4.dynamics.com"},
		"from":        {"--from", "-"},
		"consent-url": {"consent-url", "--style", "v2", "--from", "-"},
	} {
		for _, signal := range []os.Signal{os.Interrupt, syscall.SIGTERM} {
			t.Run(name+" "+signal.String(), func(t *testing.T) {
				in, w := openInput(t)
				r := launch(t, nil, func(c *exec.Cmd) { c.Stdin = in }, args...)
				until(t, "read", func() bool { return isRead(w) })
				if err := r.cmd.Process.Signal(signal); err != nil {
					t.Fatal(err)
				}
				if status := r.status(t); status != exitUnfinished || r.stdout.Len() > 0 || !strings.Contains(r.stderr.String(), "cancelled") {
					t.Errorf("status %d: %s %s", status, &r.stdout, &r.stderr)
				}
			})
		}
		t.Run(name+" timeout", func(t *testing.T) {
			in, _ := openInput(t)
			at := 0 // flags come before the text
			if !strings.HasPrefix(args[0], "-") {
				at = 1
			}
			r := launch(t, nil, func(c *exec.Cmd) { c.Stdin = in }, slices.Insert(slices.Clone(args), at, "--timeout", "100ms")...)
			if status := r.status(t); status != exitUnfinished || r.stdout.Len() > 0 || !strings.Contains(r.stderr.String(), "--timeout was up") {
				t.Errorf("status %d: %s %s", status, &r.stdout, &r.stderr)
			}
		})
	}
}

// TestASecondSignalKills blocks the orderly end after the first signal with a full pipe
// for standard error, so that the second signal has to end the process.
func TestASecondSignalKills(t *testing.T) {
	in, w := openInput(t)
	full, stderr, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer full.Close()
	if _, err := unix.FcntlInt(stderr.Fd(), unix.F_SETPIPE_SZ, 4096); err != nil {
		t.Fatal(err)
	}
	if _, err := stderr.Write(make([]byte, 4096)); err != nil {
		t.Fatal(err)
	}
	r := launch(t, nil, func(c *exec.Cmd) { c.Stdin, c.Stderr = in, stderr }, "explain")
	stderr.Close()
	until(t, "read", func() bool { return isRead(w) })
	ended := make(chan int, 1)
	go func() { ended <- r.status(t) }()
	until(t, "killed", func() bool {
		_ = r.cmd.Process.Signal(os.Interrupt)
		select {
		case <-ended:
			return true
		default:
			return false
		}
	})
	if state, ok := r.cmd.ProcessState.Sys().(syscall.WaitStatus); !ok || state.Signal() != syscall.SIGINT {
		t.Error(r.cmd.ProcessState)
	}
}
