//go:build e2e

// Package desktop is a virtual screen with a window manager, on which a test uses a
// program as a user does: with keys, the clipboard, and the visible pixels.
//
// The home folder is empty at the start, input events are real, and neither screen nor
// program outlives its test.
package desktop

import (
	"bufio"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/s2sdoctor/s2sdoctor/e2e/child"
)

// patience is the time limit of every wait. It is long because builders are slow; a test
// that passes never reaches it.
const patience = 60 * time.Second

// Desktop is a virtual screen.
type Desktop struct {
	t *testing.T
	// Home is the home folder of the programs that run here.
	Home string
	env  []string
}

// Start creates a screen of 1280 × 960, which ends with the test.
func Start(t *testing.T) *Desktop {
	t.Helper()
	d := &Desktop{t: t, Home: t.TempDir()}
	d.env = append(os.Environ(), "HOME="+d.Home, "XDG_CONFIG_HOME="+filepath.Join(d.Home, ".config"),
		"XDG_CACHE_HOME="+filepath.Join(d.Home, ".cache"), "XDG_RUNTIME_DIR="+d.Home, "WAYLAND_DISPLAY=",
		"LC_ALL=C.UTF-8", "LANG=C.UTF-8", "LANGUAGE=") // the tests read English
	d.env = append(d.env, "DISPLAY=:"+d.screen())
	d.background("openbox", "--config-file", d.settings())
	d.managed()
	return d
}

// openboxSettings is the file that openbox installs.
const openboxSettings = "/etc/xdg/openbox/rc.xml"

// settings returns openbox's own settings, changed so that they keep the keys. Otherwise
// openbox releases all keys at the first key that xdotool presses, because Xvfb then
// reports another keyboard, and grabs them again one by one, each with a round trip:
// Alt+F4, as the first key of a test, was lost on a busy computer.
//
// Source: event.c and keyboard.c of openbox 3.6.1, MappingNotify and keyboard_rebind.
func (d *Desktop) settings() (file string) {
	d.t.Helper()
	own, err := os.ReadFile(openboxSettings)
	if err != nil {
		d.t.Fatalf("%v: make e2e installs openbox", err)
	}
	const keyboard = "<keyboard>"
	if !strings.Contains(string(own), keyboard) {
		d.t.Fatalf("%s has no %s", openboxSettings, keyboard)
	}
	file = filepath.Join(d.t.TempDir(), "rc.xml")
	kept := strings.Replace(string(own), keyboard, keyboard+"<rebindOnMappingNotify>no</rebindOnMappingNotify>", 1)
	if err := os.WriteFile(file, []byte(kept), 0o600); err != nil {
		d.t.Fatal(err)
	}
	return file
}

// managed waits for the window manager: before it runs, a window can be visible and the
// keys of its frame do nothing.
func (d *Desktop) managed() {
	d.t.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		if _, err := d.run("", "xdotool", "get_num_desktops"); err == nil {
			return
		}
	}
	d.t.Fatal("openbox does not manage the screen")
}

// screen starts Xvfb, which chooses a free number and prints it. Without -noreset Xvfb
// would drop every client that connects while the last client leaves.
func (d *Desktop) screen() (number string) {
	d.t.Helper()
	read, write, err := os.Pipe()
	if err != nil {
		d.t.Fatal(err)
	}
	defer func() { _ = read.Close() }()
	cmd := exec.Command("Xvfb", "-displayfd", "3", "-screen", "0", "1280x960x24", "-nolisten", "tcp", "-noreset")
	cmd.ExtraFiles = []*os.File{write}
	d.start(cmd)
	_ = write.Close()
	if err := read.SetReadDeadline(time.Now().Add(patience)); err != nil {
		d.t.Fatal(err)
	}
	number, err = bufio.NewReader(read).ReadString('\n')
	if err != nil {
		d.t.Fatalf("Xvfb: %v", err)
	}
	return strings.TrimSpace(number)
}

// background runs a program that is killed when the test ends.
func (d *Desktop) background(name string, args ...string) {
	d.t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Env = d.env
	d.start(cmd)
}

func (d *Desktop) start(cmd *exec.Cmd) {
	d.t.Helper()
	if err := child.Start(cmd); err != nil {
		d.t.Fatalf("%v: make e2e installs it", err)
	}
	d.t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
}

// run runs a program to its end and returns what it printed.
func (d *Desktop) run(stdin, name string, args ...string) (string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Env, cmd.Stdin, cmd.WaitDelay = d.env, strings.NewReader(stdin), time.Second
	out, err := cmd.Output()
	return string(out), err
}

// Copied returns the text on the clipboard, or "".
func (d *Desktop) Copied() string {
	text, _ := d.run("", "xclip", "-selection", "clipboard", "-out")
	return text
}

// Copy puts a text on the clipboard, as another program does.
func (d *Desktop) Copy(text string) {
	d.t.Helper()
	// xclip stays in the background to serve the text. It must not inherit our pipe,
	// because Run would wait until it is closed.
	cmd := exec.Command("xclip", "-selection", "clipboard", "-in")
	cmd.Env, cmd.Stdin = d.env, strings.NewReader(text)
	if err := cmd.Run(); err != nil {
		d.t.Fatalf("xclip: %v", err)
	}
}
