package ui

import (
	"context"
	"errors"
	"sync"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/s2sdoctor/s2sdoctor/core/profile"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
	"github.com/s2sdoctor/s2sdoctor/core/session"
)

// library is a real store in a folder of the test, with a vault that the test controls.
type library struct {
	store session.Store
	vault *vault
}

func newLibrary(t *testing.T) *library {
	t.Helper()
	l := &library{vault: &vault{items: map[string]secret.Value{}}}
	store, err := profile.Open(profile.Options{Dir: t.TempDir(), Vault: l.vault})
	if err != nil {
		t.Fatal(err)
	}
	l.store = store
	return l
}

// shared opens the window on a library that another window uses.
func shared(l *library) func(*stage) { return func(s *stage) { s.library = l } }

// rest waits until no call to the store is pending.
func (s *stage) rest() {
	s.t.Helper()
	s.until("the store's answer", func() bool { return s.w.session.Idle() })
}

func (s *stage) saveAs(name string) {
	s.t.Helper()
	s.w.session.Save()
	s.named(name, "Save")
	s.rest()
	s.w.toasts.Dismiss()
}

// named types a name into the dialog for a name, and presses its button.
func (s *stage) named(name, verb string) {
	s.t.Helper()
	s.window().Entry("Name").SetText(name)
	s.press(verb)
	s.rest()
}

// choose chooses an item of the menu below the connection's name.
func (s *stage) choose(label string) {
	s.t.Helper()
	for _, item := range s.w.connectionMenu().Items {
		if item.Label == label {
			if item.Disabled {
				s.t.Fatalf("%q cannot be chosen", label)
			}
			item.Action()
			s.pump()
			s.rest()
			return
		}
	}
	s.t.Fatalf("the menu has no %q: %v", label, labels(s.w.connectionMenu()))
}

func labels(m *fyne.Menu) (list []string) {
	for _, item := range m.Items {
		text := item.Label
		if item.Checked {
			text += " (on)"
		}
		if item.Disabled {
			text += " (off)"
		}
		list = append(list, text)
	}
	return list
}

// said returns the visible message.
func (s *stage) said() string {
	m, _ := s.w.toasts.Current()
	return m.Text
}

// vault plays the system's store, in memory, with faults.
type vault struct {
	mu     sync.Mutex
	items  map[string]secret.Value
	refuse bool // every call
}

var errVault = errors.New("org.freedesktop.secrets was not provided by any .service files")

func (v *vault) begin() error {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.refuse {
		return errVault
	}
	return nil
}

func (v *vault) refuses(refuse bool) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.refuse = refuse
}

func (v *vault) Get(_ context.Context, account string) (secret.Value, error) {
	if err := v.begin(); err != nil {
		return secret.Value{}, err
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	item, ok := v.items[account]
	if !ok {
		return item, profile.ErrNoSecret
	}
	return item, nil
}

func (v *vault) Set(_ context.Context, account string, s secret.Value) error {
	if err := v.begin(); err != nil {
		return err
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	v.items[account] = s
	return nil
}

func (v *vault) Delete(_ context.Context, account string) error {
	if err := v.begin(); err != nil {
		return err
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	if _, ok := v.items[account]; !ok {
		return profile.ErrNoSecret
	}
	delete(v.items, account)
	return nil
}
