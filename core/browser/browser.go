// Package browser opens web pages in the user's browser, and nothing else.
//
// It promises that only https addresses (and, for the sandbox, http on
// loopback) of harmless spelling leave it: no file:, no UNC path, no handler of
// some other program. The one exception is [Opener.OpenPage], for pages that this
// program wrote itself. The browser inherits no secret, and what it prints goes
// nowhere.
package browser

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
	"time"

	"github.com/pkg/browser"

	"github.com/s2sdoctor/s2sdoctor/core/crash"
)

// patience is how long an opener may take to report a failure. Longer than
// that, and it is the browser itself: on Linux without a desktop, xdg-open stays
// as long as the window does.
const patience = 3 * time.Second

// Opener opens pages. Its zero value opens https alone.
type Opener struct {
	// Loopback also allows http on this computer: the pages of the sandbox.
	Loopback bool
}

// OpenError is returned if no browser could be started. The address is left to be
// copied.
type OpenError struct {
	// Browser is its name, "the browser" for the ordinary one.
	Browser string
	Err     error
}

// Error names the browser.
func (e *OpenError) Error() string { return fmt.Sprintf("could not open %s: %v", e.Browser, e.Err) }

// Unwrap returns the cause.
func (e *OpenError) Unwrap() error { return e.Err }

// Open shows the page in the ordinary browser. It comes back as soon as the
// browser is started, or after [patience]. The error is an [*AddressError], an
// [*OpenError], or the context's.
func (o Opener) Open(ctx context.Context, address string) error {
	if err := o.check(address); err != nil {
		return err
	}
	return o.start(ctx, address)
}

// start hands an address that was checked to the system.
func (Opener) start(ctx context.Context, address string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	silence()
	opening.Lock()
	defer opening.Unlock()
	defer hideSecrets()()
	return handOff(ctx, func() error {
		if err := browser.OpenURL(address); err != nil {
			return &OpenError{Browser: "the browser", Err: err}
		}
		return nil
	})
}

var errCrashed = errors.New("opening it crashed")

// handOff runs start and waits for it within reason. A start that goes on
// belongs to a browser that stays open: its goroutine only waits for that
// process, and ends with it.
func handOff(ctx context.Context, start func() error) error {
	done := make(chan error, 1)
	go func() {
		defer crash.Guard(func(string) { done <- errCrashed })
		done <- start()
	}()
	timer := time.NewTimer(patience)
	defer timer.Stop()
	select {
	case err := <-done:
		return err
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// silence keeps what browsers print away from our output. It must be a file:
// for any other writer os/exec keeps a pipe, and waits until the last process
// that inherited it, the browser, is closed.
var silence = sync.OnceFunc(func() {
	null, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil {
		browser.Stdout, browser.Stderr = nil, nil // os/exec opens the null device itself
		return
	}
	browser.Stdout, browser.Stderr = null, null
})
