package ui

import (
	"context"
	"errors"
	"sync"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/s2sdoctor/s2sdoctor/core/profile"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
)

// library is a real store in a folder of the test's, with a vault that the test
// holds in its hand.
type library struct {
	store *profile.Store
	vault *vault
	deps  *ProfileDeps
}

func newLibrary(t *testing.T) *library {
	t.Helper()
	l := &library{vault: &vault{items: map[string]secret.Value{}}}
	l.reopen(t, t.TempDir())
	return l
}

// reopen is the program's next start: the session's secrets are gone.
func (l *library) reopen(t *testing.T, dir string) {
	t.Helper()
	store, err := profile.Open(profile.Options{Dir: dir, Vault: l.vault})
	if err != nil {
		t.Fatal(err)
	}
	l.store = store
	l.deps = &ProfileDeps{
		List: store.List, Last: store.Last, SetLast: store.SetLast, Load: store.Load, Save: store.Save,
		Rename: store.Rename, Forget: store.Forget, SetGuide: store.SetGuide, Import: store.Import, Duplicate: store.Duplicate,
	}
}

// window opens one on the library.
func (l *library) window(t *testing.T, opts Options) *stage {
	t.Helper()
	s := newStage(t, opts, withSandbox, func(s *stage) { s.profiles = l.deps })
	s.rest()
	return s
}

// saved opens a window in which a connection was just saved under a name.
func (l *library) saved(t *testing.T, name string) *stage {
	t.Helper()
	s := l.window(t, Options{})
	s.w.form.fill(filledForm())
	s.saveAs(name)
	return s
}

// keepOnAShelf gives a window that has no place for connections one.
func (s *stage) keepOnAShelf() *library {
	s.t.Helper()
	l := newLibrary(s.t)
	s.w.deps.Profiles, s.w.shelf.deps = l.deps, l.deps
	return l
}

// rest waits until nothing is asked of the store any more.
func (s *stage) rest() {
	s.t.Helper()
	s.until("the store's answer", func() bool { return s.w.shelf.busy == 0 })
}

func (s *stage) saveAs(name string) {
	s.t.Helper()
	s.w.saveConnection()
	s.named(name, "Save")
	s.rest()
	s.w.toasts.Dismiss()
}

// named types a name into the dialog that asks for one, and presses its button.
func (s *stage) named(name, verb string) {
	s.t.Helper()
	for _, o := range visible(s.w.win.Canvas().Overlays().Top()) {
		if e, ok := o.CanvasObject.(*kit.Entry); ok && e.Name == i18n.Say("Name") {
			e.SetText(name)
		}
	}
	s.press(verb)
	s.until("the answer", func() bool { return s.w.shelf.busy == 0 })
}

// choose takes an item of the menu below the connection's name.
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

// said is the message on show.
func (s *stage) said() string {
	m, _ := s.w.toasts.Showing()
	return m.Text
}

// vault is the system's store, in memory, with its faults.
type vault struct {
	mu     sync.Mutex
	items  map[string]secret.Value
	refuse bool // every call
	hangs  bool // until ctx ends
}

var errVault = errors.New("org.freedesktop.secrets was not provided by any .service files")

func (v *vault) begin(ctx context.Context) error {
	v.mu.Lock()
	hangs, refuse := v.hangs, v.refuse
	v.mu.Unlock()
	if hangs {
		<-ctx.Done()
		return context.Cause(ctx)
	}
	if refuse {
		return errVault
	}
	return nil
}

func (v *vault) set(refuse, hangs bool) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.refuse, v.hangs = refuse, hangs
}

func (v *vault) Get(ctx context.Context, account string) (secret.Value, error) {
	if err := v.begin(ctx); err != nil {
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

func (v *vault) Set(ctx context.Context, account string, s secret.Value) error {
	if err := v.begin(ctx); err != nil {
		return err
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	v.items[account] = s
	return nil
}

func (v *vault) Delete(ctx context.Context, account string) error {
	if err := v.begin(ctx); err != nil {
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

func (v *vault) count() int {
	v.mu.Lock()
	defer v.mu.Unlock()
	return len(v.items)
}
