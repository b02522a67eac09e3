//go:build e2e

package desktop

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/s2sdoctor/s2sdoctor/e2e/child"
)

// Window is a program with a single window, on a desktop.
type Window struct {
	t       *testing.T
	desktop *Desktop
	output  string // the file of its output
	id      string
	process *os.Process

	// Clicks counts the clicks in the window.
	Clicks int
	exited chan error
}

// Open starts a program and waits until its window with this title is drawn. The program
// is killed when the test ends.
func (d *Desktop) Open(title, program string, args ...string) *Window {
	d.t.Helper()
	w := d.Launch(program, args...)
	w.Appears(title)
	w.do("windowactivate", "--sync", w.id)
	w.Until("the window has content", func() bool { return !w.blank() }) // its first frame has none
	w.settle()
	return w
}

// Launch starts a program and does not wait for its window.
func (d *Desktop) Launch(program string, args ...string) *Window {
	d.t.Helper()
	w := &Window{t: d.t, desktop: d, output: filepath.Join(d.t.TempDir(), "output"), exited: make(chan error, 1)}
	output, err := os.Create(w.output)
	if err != nil {
		d.t.Fatal(err)
	}
	cmd := exec.Command(program, args...)
	cmd.Env, cmd.Stdout, cmd.Stderr = d.env, output, output
	if err := child.Start(cmd); err != nil {
		d.t.Fatalf("%v: make e2e builds it", err)
	}
	w.process = cmd.Process
	go func() {
		w.exited <- cmd.Wait()
		_ = output.Close()
	}()
	d.t.Cleanup(func() {
		_ = cmd.Process.Kill() // no effect after the program has ended
	})
	return w
}

// Appears waits until the window with this title can be seen.
func (w *Window) Appears(title string) {
	w.t.Helper()
	w.Until("there is a window "+title, func() bool {
		found, err := w.desktop.run("", "xdotool", "search", "--onlyvisible", "--name", "^"+title+"$")
		w.id, _, _ = strings.Cut(found, "\n")
		return err == nil && w.id != ""
	})
}

// Output returns what the program has printed.
func (w *Window) Output() string {
	text, _ := os.ReadFile(w.output)
	return string(text)
}

// Key presses keys one after the other: "ctrl+o", "Tab".
func (w *Window) Key(keys ...string) {
	w.t.Helper()
	for _, key := range keys {
		w.do("key", "--clearmodifiers", key)
	}
}

// Type types a text where the focus is.
func (w *Window) Type(text string) {
	w.t.Helper()
	w.do("type", "--clearmodifiers", "--delay", "15", text)
}

func (w *Window) do(args ...string) {
	w.t.Helper()
	if _, err := w.desktop.run("", "xdotool", args...); err != nil {
		w.t.Fatalf("xdotool %s: %v; the program said:\n%s", strings.Join(args, " "), err, w.Output())
	}
}

// Until calls yes until it returns true. After patience, it fails the test and saves a
// picture.
func (w *Window) Until(what string, yes func() bool) {
	w.t.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
		if yes() {
			return
		}
		select {
		case err := <-w.exited:
			w.t.Fatalf("the program has ended (%v) before %s; it said:\n%s", err, what, w.Output())
		default:
		}
	}
	w.t.Fatalf("waited in vain until %s; see %s; the program said:\n%s", what, w.failed(), w.Output())
}

// failed saves a picture of the failure, and returns its file.
func (w *Window) failed() string {
	root := ".."
	if _, err := os.Stat(filepath.Join(root, "FyneApp.toml")); err != nil {
		root = filepath.Join(root, "..") // for a package in a subfolder
	}
	shot := filepath.Join(root, "dist", "screens", "failed-"+w.t.Name()+".png")
	w.keep(w.picture(), shot)
	return shot
}
