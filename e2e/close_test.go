//go:build e2e

package e2e

import (
	"context"
	"net"
	"os"
	"os/signal"
	"path/filepath"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/profile"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
	"github.com/s2sdoctor/s2sdoctor/e2e/desktop"
	"github.com/s2sdoctor/s2sdoctor/ui"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// endsWithin is the product's limit: a process ends at most this long after its window
// closes.
const endsWithin = 3 * time.Second

// TestEndsWithItsWindow guards against a process that stays after its window is closed,
// also while work is under way, and for every way to close it.
func TestEndsWithItsWindow(t *testing.T) {
	closes := (*desktop.Window).AskToClose
	sends := func(s os.Signal) func(*desktop.Window) {
		return func(w *desktop.Window) { w.Signal(s) }
	}
	examine := func(w *desktop.Window) {
		w.Key("ctrl+Return")
		w.Until("it is testing", func() bool { return w.Count(light(theme.AccentTint)) > 60000 })
	}
	// A test that runs in the background may ignore these signals. A child process
	// inherits signals that are ignored, but not signals that are caught.
	caught := make(chan os.Signal, 1)
	signal.Notify(caught, os.Interrupt, syscall.SIGHUP)
	defer signal.Stop(caught)
	for _, c := range []struct {
		name     string // without a comma, which separates addresses of a bus: the name is in the path of its socket
		scenario string // "" is no sandbox
		// deaf is true if the store of the last connection's secret never responds.
		deaf bool
		// reach brings the drawn window to the moment when it is closed; nil closes it as
		// soon as it is visible.
		reach func(w *desktop.Window)
		wish  func(w *desktop.Window)
	}{
		{"at its first sight", "", false, nil, closes},
		{"at its first sight and SIGTERM", "", false, nil, sends(syscall.SIGTERM)},
		{"the sandbox starts", "healthy", false, nil, closes},
		{"the sandbox starts and SIGTERM", "healthy", false, nil, sends(syscall.SIGTERM)},
		{"nothing is under way", "", false, func(*desktop.Window) {}, closes},
		{"SIGINT", "", false, func(*desktop.Window) {}, sends(os.Interrupt)},
		{"SIGHUP", "", false, func(*desktop.Window) {}, sends(syscall.SIGHUP)},
		{"an examination", "network-hanging", false, examine, closes},
		{"an examination and SIGTERM", "network-hanging", false, examine, sends(syscall.SIGTERM)},
		{"a certificate in the sandbox", "certificate-not-registered", false, func(w *desktop.Window) { w.Key("ctrl+Return") }, closes},
		{"a dialog", "healthy", false, func(w *desktop.Window) { w.Key("ctrl+e") }, closes},
		{"consent is waited for", "article-before-consent", false, func(w *desktop.Window) { w.Key("ctrl+o", "Return") }, closes},
		{"the store does not answer", "", true, func(*desktop.Window) {}, closes},
		{"the store does not answer and SIGTERM", "", true, func(*desktop.Window) {}, sends(syscall.SIGTERM)},
		{"it is stopped and asked twice", "", true, func(*desktop.Window) {}, func(w *desktop.Window) {
			w.Signal(syscall.SIGTERM)
			w.Signal(syscall.SIGTERM)
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			temporary := t.TempDir()
			t.Setenv("TMPDIR", temporary)
			t.Setenv("PATH", deafBrowser(t)+string(os.PathListSeparator)+os.Getenv("PATH"))
			asked := func() bool { return true }
			if c.deaf {
				asked = deafBus(t)
			}
			d := desktop.Start(t)
			if c.deaf {
				keepConnection(t, d.Home)
			}
			args := []string{"--theme", "light", "--size", "1180x860"}
			if c.scenario != "" {
				args = append(args, "--scenario", c.scenario)
			}
			var w *desktop.Window
			if c.reach == nil {
				w = d.Launch(program, args...)
				w.Appears(ui.Title)
			} else {
				w = d.Open(ui.Title, program, args...)
				c.reach(w)
			}
			w.Until("the store is asked", asked)
			c.wish(w)
			status, took := w.ExitIn(endsWithin)
			t.Logf("gone after %v", took)
			if status != 0 {
				t.Errorf("exit status %d; it said:\n%s", status, w.Output())
			}
			for _, pattern := range []string{
				filepath.Join(temporary, "s2sdoctor-*"),
				filepath.Join(d.Home, ".cache", "s2sdoctor", "crashes", "*"),
			} {
				if left, err := filepath.Glob(pattern); err != nil || len(left) > 0 {
					t.Errorf("%v is left, %v", left, err)
				}
			}
		})
	}
}

// deafBrowser returns a folder with a browser that shows nothing.
func deafBrowser(t *testing.T) (folder string) {
	t.Helper()
	folder = t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "xdg-open"), []byte("#!/bin/sh\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	return folder
}

// deafBus makes a socket in the place of the session bus, on which the system's store is.
// The socket accepts connections and never responds. asked reports whether a client has
// connected.
func deafBus(t *testing.T) (asked func() bool) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "bus")
	bus, err := net.Listen("unix", path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = bus.Close() })
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path="+path)
	var accepted atomic.Int32
	go func() {
		for {
			conn, err := bus.Accept()
			if err != nil {
				return
			}
			accepted.Add(1)
			t.Cleanup(func() { _ = conn.Close() })
		}
	}()
	return func() bool { return accepted.Load() > 0 }
}

// keepConnection saves a connection, which the program opens when it starts.
func keepConnection(t *testing.T, home string) {
	t.Helper()
	store, err := profile.Open(profile.Options{Dir: filepath.Join(home, ".config", profile.Folder), Vault: openVault{}})
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("TMPDIR", t.TempDir()) // for the sandbox of this process: the program has another folder
	_, form := play(t, "")
	saved, err := store.Save(t.Context(), "Contoso UAT", form)
	if err != nil || saved.SecretLocation != profile.InStore {
		t.Fatal(saved.SecretLocation, err)
	}
	if err := store.SetLast(t.Context(), saved.Profile.Name); err != nil {
		t.Fatal(err)
	}
}

// openVault is a store in memory without a lock.
type openVault map[string]secret.Value

func (v openVault) Get(_ context.Context, account string) (secret.Value, error) {
	s, ok := v[account]
	if !ok {
		return s, profile.ErrNoSecret
	}
	return s, nil
}

func (v openVault) Set(_ context.Context, account string, s secret.Value) error {
	v[account] = s
	return nil
}

func (v openVault) Delete(_ context.Context, account string) error {
	delete(v, account)
	return nil
}
