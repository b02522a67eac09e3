package profile

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/zalando/go-keyring"

	"github.com/s2sdoctor/s2sdoctor/core/secret"
)

func TestProbe(t *testing.T) {
	for _, tt := range []struct {
		name  string
		fault func(*mockVault)
		want  error
		left  int
	}{
		{"healthy", func(*mockVault) {}, nil, 0},
		{"none", func(m *mockVault) { m.refuse = errNoStore }, errNoStore, 0},
		{"forgets", func(m *mockVault) { m.forgets = true }, ErrUnfaithful, 0},
		{"alters", func(m *mockVault) { m.alters = true }, ErrUnfaithful, 0},
		{"truncates", func(m *mockVault) { m.truncate = 8 }, ErrUnfaithful, 0},
		{"keeps what was deleted", func(m *mockVault) { m.sticky = true }, ErrNotDeleted, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := newMock()
			tt.fault(m)
			if err := probe(t.Context(), m, newAccount()); !errors.Is(err, tt.want) {
				t.Errorf("want %v, got %v", tt.want, err)
			}
			if m.count() != tt.left {
				t.Errorf("%d items left behind", m.count())
			}
		})
	}
}

func TestKeyringVault(t *testing.T) {
	keyring.MockInit()
	ctx, v := t.Context(), System()
	if _, err := v.Get(ctx, "a"); !errors.Is(err, ErrNoSecret) {
		t.Errorf("nothing there: %v", err)
	}
	if err := v.Delete(ctx, "a"); !errors.Is(err, ErrNoSecret) {
		t.Errorf("deleting nothing: %v", err)
	}
	if err := v.Set(ctx, "a", secret.New(canary)); err != nil {
		t.Fatal(err)
	}
	if got, err := v.Get(ctx, "a"); err != nil || open(got) != canary {
		t.Errorf("got %q, %v", open(got), err)
	}
	if plain, err := keyring.Get("S2S Doctor", "a"); err != nil || plain != canary {
		t.Errorf("it is not filed under our name: %q, %v", plain, err)
	}
	keyring.MockInitWithError(keyring.ErrSetDataTooBig)
	if err := v.Set(ctx, "a", secret.New(canary)); !errors.Is(err, ErrTooLarge) {
		t.Errorf("too big: %v", err)
	}
	keyring.MockInitWithError(errNoStore)
	if err := probe(ctx, v, newAccount()); !errors.Is(err, errNoStore) || strings.Contains(err.Error(), canary) {
		t.Errorf("no store: %v", err)
	}
}

// hangingRing blocks in Set until it is released, as a locked store does.
type hangingRing struct {
	mu      sync.Mutex
	items   map[string]string
	release chan struct{}
	calls   int
}

func (r *hangingRing) Set(_, user, password string) error {
	r.mu.Lock()
	r.calls++
	r.mu.Unlock()
	<-r.release
	r.mu.Lock()
	defer r.mu.Unlock()
	r.items[user] = password
	return nil
}

// count returns how often Set was called.
func (r *hangingRing) count() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.calls
}

func (r *hangingRing) Get(_, user string) (string, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if plain, ok := r.items[user]; ok {
		return plain, nil
	}
	return "", keyring.ErrNotFound
}

func (r *hangingRing) Delete(_, user string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.items, user)
	return nil
}

// TestAStoreThatWaitsForAPerson guards a locked store, which waits for the user. Neither
// we nor another caller wait for it meanwhile, and if the user unlocks it later, the
// store contains no secret that we reported as missing.
func TestAStoreThatWaitsForAPerson(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ring := &hangingRing{items: map[string]string{}, release: make(chan struct{})}
		v := newKeyringVault(ring, VaultTimeout)
		start := time.Now()
		if err := v.Set(t.Context(), "a", secret.New(canary)); !errors.Is(err, ErrSlow) {
			t.Errorf("got %v", err)
		}
		if took := time.Since(start); took != VaultTimeout {
			t.Errorf("waited %s", took)
		}
		for range 40 {
			if _, err := v.Get(t.Context(), "b"); !errors.Is(err, ErrSlow) {
				t.Errorf("while it hangs: %v", err)
			}
		}
		if took := time.Since(start); took != VaultTimeout || ring.count() != 1 {
			t.Errorf("forty more questions took %s and made %d calls", took-VaultTimeout, ring.count())
		}

		close(ring.release)
		synctest.Wait()
		if len(ring.items) != 0 {
			t.Error("the late secret is in the store")
		}
		if err := probe(t.Context(), v, newAccount()); err != nil {
			t.Errorf("after it was unlocked: %v", err)
		}
	})
}

func TestContextEndsVaultCall(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ring := &hangingRing{items: map[string]string{}, release: make(chan struct{})}
		v := newKeyringVault(ring, VaultTimeout)
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(time.Second, cancel)
		start := time.Now()
		if err := v.Set(ctx, "a", secret.New(canary)); !errors.Is(err, context.Canceled) || time.Since(start) != time.Second {
			t.Errorf("got %v after %s", err, time.Since(start))
		}
		close(ring.release)
	})
}

// panickingRing panics as the library does when D-Bus sends an unexpected response.
type panickingRing struct{ hangingRing }

func (*panickingRing) Get(string, string) (string, error) {
	panic("interface conversion: interface {} is nil")
}

func TestLibraryPanicIsAnError(t *testing.T) {
	v := newKeyringVault(&panickingRing{}, VaultTimeout)
	if _, err := v.Get(t.Context(), "a"); err == nil || errors.Is(err, ErrNoSecret) {
		t.Errorf("got %v", err)
	}
	if _, err := v.Get(t.Context(), "a"); err == nil || errors.Is(err, ErrSlow) {
		t.Errorf("the second call: %v", err)
	}
}
