package profile

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/zalando/go-keyring"

	"github.com/s2sdoctor/s2sdoctor/core/crash"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
)

// Service is the name under which the system's store files our secrets. It must
// stay: secrets saved under another would be lost.
const Service = "S2S Doctor"

// VaultTimeout is how long one call to the system's store may take. A store that is
// locked waits for the user, and the window would wait with it.
const VaultTimeout = 3 * time.Second

// System is the operating system's store: Credential Manager on Windows, the
// Keychain on macOS, the Secret Service (GNOME Keyring, KWallet) elsewhere.
func System() Vault {
	v := newKeyringVault(systemKeyring{}, VaultTimeout)
	v.readPatience = max(v.readPatience, readTimeout)
	return v
}

// keyringVault limits the time of a store's calls, which block and cannot be
// stopped. They are made one after the other, so that at most one goroutine stays
// behind, for a call that never returns.
type keyringVault struct {
	ring blocking
	// patience is how long a call may take, readPatience how long one that reads.
	patience, readPatience time.Duration
	turn                   chan struct{}
	running                *atomic.Pointer[attempt]
}

// attempt is one call; late is true once its caller has given up.
type attempt struct{ late atomic.Bool }

// blocking is a keyring as the library has it.
type blocking interface {
	Set(service, user, password string) error
	Get(service, user string) (string, error)
	Delete(service, user string) error
}

func newKeyringVault(ring blocking, patience time.Duration) keyringVault {
	return keyringVault{ring, patience, patience, make(chan struct{}, 1), new(atomic.Pointer[attempt])}
}

func (v keyringVault) Get(ctx context.Context, account string) (secret.Value, error) {
	// The channel of the answer has room for it: a late one is dropped, not waited for.
	answer := make(chan secret.Value, 1)
	err := v.call(ctx, v.readPatience, func(*attempt) error {
		plain, err := v.ring.Get(Service, account)
		if err == nil {
			answer <- secret.New(plain)
		}
		return err
	})
	if err != nil {
		return secret.Value{}, err
	}
	return <-answer, nil
}

func (v keyringVault) Set(ctx context.Context, account string, s secret.Value) error {
	return v.call(ctx, v.patience, func(this *attempt) (err error) {
		s.Use(func(plain string) { err = v.ring.Set(Service, account, plain) })
		if this.late.Load() {
			// The caller has the error: no profile will name this account.
			_ = v.ring.Delete(Service, account)
		}
		return err
	})
}

func (v keyringVault) Delete(ctx context.Context, account string) error {
	return v.call(ctx, v.patience, func(*attempt) error { return v.ring.Delete(Service, account) })
}

// call runs one blocking call within the limits.
func (v keyringVault) call(ctx context.Context, patience time.Duration, f func(*attempt) error) error {
	ctx, cancel := context.WithTimeoutCause(ctx, patience, ErrSlow)
	defer cancel()
	if before := v.running.Load(); before != nil && before.late.Load() {
		return ErrSlow
	}
	select {
	case v.turn <- struct{}{}:
	case <-ctx.Done():
		return context.Cause(ctx)
	}
	this, done := new(attempt), make(chan error, 1)
	v.running.Store(this)
	go func() {
		err := safely(func() error { return f(this) })
		v.running.Store(nil)
		<-v.turn
		done <- err
	}()
	select {
	case err := <-done:
		return nameError(err)
	case <-ctx.Done():
		this.late.Store(true)
		return context.Cause(ctx)
	}
}

// safely turns a panic into an error: the library asserts the types of what
// comes over D-Bus.
func safely(f func() error) (err error) {
	defer func() {
		if p := crash.Caught(recover()); p != nil {
			p.Note()
			err = errors.New("it answered something that could not be understood")
		}
	}()
	return f()
}

func nameError(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, keyring.ErrNotFound):
		return ErrNoSecret
	case errors.Is(err, keyring.ErrSetDataTooBig):
		return ErrTooLarge
	}
	return fmt.Errorf("the system's secret store: %w", err)
}
