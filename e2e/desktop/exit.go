//go:build e2e

package desktop

import (
	"errors"
	"os"
	"os/exec"
	"time"
)

// Close closes the window with the window manager, and waits until the program ends.
func (w *Window) Close() {
	w.t.Helper()
	w.AskToClose()
	if status := w.Exit(); status != 0 {
		w.t.Errorf("the program ends with %d; it said:\n%s", status, w.Output())
	}
}

// AskToClose sends the window manager's key to close the window. The key applies to the
// window with the focus: a new window gets the focus a moment after it is visible.
func (w *Window) AskToClose() {
	w.t.Helper()
	w.do("windowactivate", "--sync", w.id)
	w.do("key", "alt+F4")
}

// Signal sends the program a signal.
func (w *Window) Signal(s os.Signal) {
	w.t.Helper()
	if err := w.process.Signal(s); err != nil {
		w.t.Fatal(err)
	}
}

// Exit waits until the program ends by itself, and returns its exit status, or -1 if a
// signal ended it.
func (w *Window) Exit() (status int) {
	w.t.Helper()
	status, _ = w.exit(patience)
	return status
}

// ExitIn fails the test if the program does not end by itself within limit. It returns
// its exit status and how long it took.
func (w *Window) ExitIn(limit time.Duration) (status int, took time.Duration) {
	w.t.Helper()
	return w.exit(limit)
}

func (w *Window) exit(limit time.Duration) (status int, took time.Duration) {
	w.t.Helper()
	start := time.Now()
	select {
	case err := <-w.exited:
		var exit *exec.ExitError
		switch {
		case err == nil:
			return 0, time.Since(start)
		case errors.As(err, &exit):
			return exit.ExitCode(), time.Since(start)
		}
		w.t.Fatal(err)
	case <-time.After(limit):
		w.t.Fatalf("the program does not end within %v; see %s; it said:\n%s", limit, w.failed(), w.Output())
	}
	return -1, 0
}
