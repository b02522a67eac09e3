//go:build e2e

package desktop

import (
	"errors"
	"os/exec"
	"time"
)

// Exit waits until the program ends by itself, and gives its exit status.
func (w *Window) Exit() (status int) {
	w.t.Helper()
	select {
	case err := <-w.exited:
		var exit *exec.ExitError
		switch {
		case err == nil:
			return 0
		case errors.As(err, &exit):
			return exit.ExitCode()
		}
		w.t.Fatal(err)
	case <-time.After(patience):
		w.t.Fatalf("the program does not end; it said:\n%s", w.Output())
	}
	return -1
}
