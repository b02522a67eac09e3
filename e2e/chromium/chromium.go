//go:build e2e

// Package chromium drives Debian's Chromium with chromedp, for tests that need a real
// browser and real clicks.
//
// Every test has an empty profile, input arrives as from a mouse and a keyboard rather
// than through scripts, and no browser outlives its test. Every error fails the test and
// reports what the page showed.
package chromium

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/remote"

	"github.com/s2sdoctor/s2sdoctor/e2e/child"
)

// program is the name of Chromium, or of Chrome if only that is installed.
var program = sync.OnceValue(func() string {
	for _, name := range []string{"chromium", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return "chromium"
})

// patience is the time limit of every wait. It is long because builders are slow; a test
// that passes never reaches it.
const patience = 60 * time.Second

// flags disable windows, requests to other computers, and stored state. Builders run as
// root, and root cannot use Chromium's own sandbox.
var flags = []string{
	"--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-dev-shm-usage",
	"--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
	"--disable-default-apps", "--password-store=basic", "--mute-audio", "--window-size=900,1000",
	"--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
	"--remote-debugging-port=0",
}

// Browser is a running Chromium.
type Browser struct {
	folder string
	// ctx is chromedp's context of the browser, without a page.
	ctx   context.Context
	pages *arrivals
}

// Start runs Chromium with an empty profile until the test ends.
func Start(t *testing.T) *Browser {
	t.Helper()
	folder := profile(t)
	output, err := os.Create(filepath.Join(folder, "output"))
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(program(), append(flags, "--user-data-dir="+folder, "about:blank")...)
	cmd.Stdout, cmd.Stderr = output, output
	if err := child.Start(cmd); err != nil {
		t.Fatalf("%v: make e2e installs it", err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	t.Cleanup(func() {
		select {
		case <-ended:
		case <-time.After(10 * time.Second):
			_ = cmd.Process.Kill()
			<-ended
		}
		_ = output.Close()
	})
	b := attach(t, folder, ended, func() { _ = cmd.Process.Signal(syscall.SIGTERM) })
	b.pages.forget() // the page that Chromium starts with
	return b
}

// attach connects to a Chromium that runs, or is about to run, on a profile. ended, which
// may be nil, is closed when Chromium has ended. attach calls end when the test ends,
// because chromedp closes only browsers that it started.
func attach(t *testing.T, folder string, ended <-chan error, end func()) *Browser {
	t.Helper()
	port, path, err := debugger(t.Context(), folder, ended)
	if err != nil {
		output, _ := os.ReadFile(filepath.Join(folder, "output"))
		t.Fatalf("Chromium did not start: %v\n%s", err, output)
	}
	b := &Browser{folder: folder, pages: newArrivals()}
	// The browser outlives the test's context: it is closed when the test cleans up.
	allocator, detach := remote.NewAllocator(context.WithoutCancel(t.Context()), "ws://127.0.0.1:"+port+path, remote.NoModifyURL)
	ctx, cancel := chromedp.NewContext(allocator, chromedp.WithLogf(func(string, ...any) {}), chromedp.WithErrorf(func(string, ...any) {}))
	b.ctx = ctx
	t.Cleanup(func() {
		cancel()
		detach()
		end()
	})
	if err := chromedp.ListenBrowser(b.ctx, b.event); err != nil {
		t.Fatal(err)
	}
	call(t, b.ctx, chromedp.CallBrowser, target.SetDiscoverTargets, target.SetDiscoverTargetsParams{Discover: true})
	return b
}

// profile returns an empty folder that is removed after the test. Chromium's helpers may
// still write while they end, so that t.TempDir would report an error.
func profile(t *testing.T) string {
	t.Helper()
	folder, err := os.MkdirTemp("", "s2sdoctor-chromium-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		for range 20 {
			if os.RemoveAll(folder) == nil {
				return
			}
			time.Sleep(100 * time.Millisecond)
		}
	})
	return folder
}

// debugger reads the address of Chromium's DevTools from its output.
func debugger(ctx context.Context, folder string, ended <-chan error) (port, path string, err error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	for {
		text, _ := os.ReadFile(filepath.Join(folder, "DevToolsActivePort"))
		if port, path, ok := strings.Cut(strings.TrimSpace(string(text)), "\n"); ok {
			return port, path, nil
		}
		select {
		case err := <-ended:
			return "", "", errors.Join(errors.New("it ended at once"), err)
		case <-ctx.Done():
			return "", "", ctx.Err()
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// call sends a command with a function of chromedp, and fails t if the browser refuses
// it.
func call[P, R any](t *testing.T, ctx context.Context, send func(context.Context, cdp.Command[P, R], P) (R, error), command cdp.Command[P, R], params P) R {
	t.Helper()
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	result, err := send(ctx, command, params)
	if err != nil {
		t.Fatal(err)
	}
	return result
}
