//go:build unix && !darwin

package browser

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"github.com/s2sdoctor/s2sdoctor/core/harden"
)

const page = "https://login.microsoftonline.com/organizations/oauth2/v2.0/authorize?client_id=1&scope=a%20b"

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// fakePrograms puts scripts on an otherwise empty PATH. Each script writes its arguments
// and environment to a file, and then runs its entry of then.
func fakePrograms(t *testing.T, then map[string]string) (dir string) {
	t.Helper()
	dir = t.TempDir()
	for name, action := range then {
		script := "#!/bin/sh\n" +
			"for a in \"$@\"; do echo \"$a\"; done > " + dir + "/" + name + ".args\n" +
			"/usr/bin/env > " + dir + "/" + name + ".env\n" +
			"echo a browser talks; echo a browser complains >&2\n" + action + "\n"
		if err := os.WriteFile(filepath.Join(dir, name), []byte(script), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("PATH", dir)
	return dir
}

func read(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func setSecrets(t *testing.T) {
	t.Helper()
	for _, name := range harden.Variables {
		t.Setenv(name, "c4n4ry-"+name)
	}
	t.Setenv("S2S_CLIENT_ID", "stays")
}

func checkEnvironment(t *testing.T, environ string) {
	t.Helper()
	if strings.Contains(environ, "c4n4ry") {
		t.Errorf("the browser inherits a secret:\n%s", environ)
	}
	if !strings.Contains(environ, "S2S_CLIENT_ID=stays") {
		t.Errorf("the browser lost the rest of the environment:\n%s", environ)
	}
	for _, name := range harden.Variables {
		if got := os.Getenv(name); got != "c4n4ry-"+name {
			t.Errorf("%s is %q afterwards in our own environment", name, got)
		}
	}
}

func TestOrdinaryBrowser(t *testing.T) {
	dir := fakePrograms(t, map[string]string{"xdg-open": "exit 0"})
	setSecrets(t)
	if err := (Opener{}).Open(t.Context(), page); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(page+"\n", read(t, dir+"/xdg-open.args")); diff != "" {
		t.Errorf("arguments -want +got\n%s", diff)
	}
	checkEnvironment(t, read(t, dir+"/xdg-open.env"))
}

// TestOpenPage guards that a written page is opened as a file: address, and that a
// symbolic link in its place is not opened.
func TestOpenPage(t *testing.T) {
	dir := fakePrograms(t, map[string]string{"xdg-open": "exit 0"})
	setSecrets(t)
	path, link := filepath.Join(dir, "our guide.html"), filepath.Join(dir, "link.html")
	if err := os.WriteFile(path, []byte("<!DOCTYPE html>"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(path, link); err != nil {
		t.Fatal(err)
	}
	if err := (Opener{}).OpenPage(t.Context(), path); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff("file://"+dir+"/our%20guide.html\n", read(t, dir+"/xdg-open.args")); diff != "" {
		t.Errorf("arguments -want +got\n%s", diff)
	}
	checkEnvironment(t, read(t, dir+"/xdg-open.env"))
	if err := (Opener{}).OpenPage(t.Context(), link); !errors.As(err, new(*AddressError)) {
		t.Errorf("a symbolic link: %v, want an AddressError", err)
	}
}

func TestOpenWithoutBrowser(t *testing.T) {
	var wrong *OpenError
	fakePrograms(t, map[string]string{"xdg-open": "exit 3"})
	if err := (Opener{}).Open(t.Context(), page); !errors.As(err, &wrong) {
		t.Errorf("xdg-open fails: Open = %v, want an OpenError", err)
	}
	fakePrograms(t, nil)
	err := (Opener{}).Open(t.Context(), page)
	if !errors.As(err, &wrong) {
		t.Errorf("no opener at all: Open = %v, want an OpenError", err)
	}
	if err != nil && strings.Contains(err.Error(), "client_id") {
		t.Errorf("the error tells the address: %v", err)
	}
}

// TestOpenDoesNotWaitForBrowser guards against output pipes that the browser
// inherits: os/exec would wait for the browser instead of its opener.
func TestOpenDoesNotWaitForBrowser(t *testing.T) {
	dir := fakePrograms(t, map[string]string{"xdg-open": "/bin/sleep 1000 & echo $! > ${0}.pid; exit 0"})
	done := make(chan error, 1)
	go func() { done <- (Opener{}).Open(t.Context(), page) }()
	select {
	case err := <-done:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(30 * time.Second):
		t.Error("Open still waits for a browser that stays open")
	}
	stop(t, read(t, dir+"/xdg-open.pid"))
}

func TestOpenEndsWithItsContext(t *testing.T) {
	dir := fakePrograms(t, map[string]string{"xdg-open": "echo $$ > ${0}.pid.new; /bin/mv ${0}.pid.new ${0}.pid; exec /bin/sleep 1000"})
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- (Opener{}).Open(ctx, page) }()
	pid := await(t, dir+"/xdg-open.pid")
	cancel()
	if err := <-done; err != nil && !errors.Is(err, context.Canceled) {
		t.Errorf("Open = %v, want the context's error", err)
	}
	stop(t, pid)

	if err := (Opener{}).Open(ctx, page); !errors.Is(err, context.Canceled) {
		t.Errorf("Open with an ended context = %v", err)
	}
}

func TestPrivateWindows(t *testing.T) {
	dir := fakePrograms(t, map[string]string{"microsoft-edge": "", "chromium-browser": "", "firefox": "exit 1"})
	setSecrets(t)
	found, err := (Opener{}).Private(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want := []struct{ name, program, flag string }{
		{"Microsoft Edge", "microsoft-edge", "--inprivate"},
		{"Chromium", "chromium-browser", "--incognito"},
		{"Mozilla Firefox", "firefox", "-private-window"},
	}
	if len(found) != len(want) {
		t.Fatalf("found %v, want %v", found, want)
	}
	for i, w := range want {
		b := found[i]
		err := b.Open(t.Context(), page)
		var wrong *OpenError
		if failed := errors.As(err, &wrong); failed != (w.program == "firefox") {
			t.Errorf("%s: Open = %v", w.name, err)
		}
		if b.Name != w.name {
			t.Errorf("browser %d is %s, want %s", i, b.Name, w.name)
		}
		if diff := cmp.Diff(w.flag+"\n"+page+"\n", read(t, dir+"/"+w.program+".args")); diff != "" {
			t.Errorf("%s: arguments -want +got\n%s", w.name, diff)
		}
		checkEnvironment(t, read(t, dir+"/"+w.program+".env"))
	}
}

func TestNoPrivateBrowser(t *testing.T) {
	fakePrograms(t, nil)
	var none *NoPrivateBrowserError
	if found, err := (Opener{}).Private(t.Context()); !errors.As(err, &none) || found != nil {
		t.Errorf("Private = %v, %v; want a NoPrivateBrowserError", found, err)
	}
	var wrong *OpenError
	if err := (Browser{Name: "Gone", path: "/nonexistent/browser"}).Open(t.Context(), page); !errors.As(err, &wrong) {
		t.Errorf("a browser that went away: Open = %v, want an OpenError", err)
	}
	if err := (Browser{Name: "Zero"}).Open(t.Context(), page); !errors.As(err, &wrong) {
		t.Errorf("the zero browser: Open = %v, want an OpenError", err)
	}
}

// await reads a file as soon as it exists.
func await(t *testing.T, path string) string {
	t.Helper()
	for range 1000 {
		if b, err := os.ReadFile(path); err == nil {
			return string(b)
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatalf("%s never came", path)
	return ""
}

// stop ends a program that a fake started, by its process ID.
func stop(t *testing.T, pid string) {
	t.Helper()
	n, err := strconv.Atoi(strings.TrimSpace(pid))
	if err != nil {
		t.Fatal(err)
	}
	p, err := os.FindProcess(n)
	if err != nil {
		t.Fatal(err)
	}
	_ = p.Kill()
}
