package profile

import (
	"context"
	"errors"
	"sync"

	"github.com/s2sdoctor/s2sdoctor/core/secret"
)

// mockVault is a vault in memory with a fault.
type mockVault struct {
	mu    sync.Mutex
	items map[string]secret.Value

	refuse   error // every call
	forgets  bool  // Set succeeds and stores nothing
	alters   bool  // Get returns another secret
	truncate int   // Set stores this many bytes, if not 0
	sticky   bool  // Delete succeeds and deletes nothing
	hangs    bool  // until ctx ends
}

func newMock() *mockVault { return &mockVault{items: map[string]secret.Value{}} }

func (m *mockVault) begin(ctx context.Context) error {
	if m.hangs {
		<-ctx.Done()
		return context.Cause(ctx)
	}
	return m.refuse
}

func (m *mockVault) Get(ctx context.Context, account string) (secret.Value, error) {
	if err := m.begin(ctx); err != nil {
		return secret.Value{}, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	v, ok := m.items[account]
	switch {
	case !ok:
		return secret.Value{}, ErrNoSecret
	case m.alters:
		return secret.New(open(v) + "x"), nil
	}
	return v, nil
}

func (m *mockVault) Set(ctx context.Context, account string, v secret.Value) error {
	if err := m.begin(ctx); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if plain := open(v); m.truncate > 0 && len(plain) > m.truncate {
		v = secret.New(plain[:m.truncate])
	}
	if !m.forgets {
		m.items[account] = v
	}
	return nil
}

func (m *mockVault) Delete(ctx context.Context, account string) error {
	if err := m.begin(ctx); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if _, ok := m.items[account]; !ok {
		return ErrNoSecret
	}
	if !m.sticky {
		delete(m.items, account)
	}
	return nil
}

func (m *mockVault) count() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return len(m.items)
}

var errNoStore = errors.New("org.freedesktop.secrets was not provided by any .service files")

func open(v secret.Value) (text string) {
	v.Use(func(p string) { text = p })
	return text
}
