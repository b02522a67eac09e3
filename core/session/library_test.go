package session

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/drift"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/profile"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
)

const (
	libraryTenant = "12b5c856-4a7e-4c1d-9f3b-5d0c8e6a7b91"
	libraryClient = "2015d711-8a4f-4d3c-9b2e-0f1a2b3c4d5e"
	librarySecret = "Canary8Q~must-never-be-seen-anywhere-0123"
	changedURI    = "http://localhost:8400"
)

// savedForm returns a form that can be saved.
func savedForm() connection.Form {
	return connection.Form{
		Environment: "https://contoso.crm4.dynamics.com", ClientID: libraryClient,
		Secret: secret.New(librarySecret), RedirectURI: "http://localhost",
	}
}

// addressed returns a form whose environment has the connection's name.
func addressed(name string) connection.Form {
	form := savedForm()
	form.Environment = "https://" + strings.ToLower(strings.ReplaceAll(name, " ", "-")) + ".crm4.dynamics.com"
	return form
}

// library is a session on a real store in a folder of the test, with a vault that the
// test controls. It must be used in a synctest bubble.
type library struct {
	*Session
	loop
	t      *testing.T
	dir    string
	vault  *vault
	store  *heldStore
	events []Event
	closed bool // the window may close
	report exam.Report
	// examine replaces report; may be nil.
	examine func(ctx context.Context, form connection.Form) exam.Report
	// snapshot plays the snapshots of a comparison.
	snapshot func(ctx context.Context, name string, form connection.Form, observe func(exam.Event)) (drift.Snapshot, exam.Report)
	// lifetime is the expiry of every certificate.
	lifetime time.Time
}

// inLibrary runs a test in a bubble, with an empty library.
func inLibrary(t *testing.T, test func(t *testing.T, l *library)) {
	t.Parallel()
	inLibraryAlone(t, test)
}

// inLibraryAlone is inLibrary for a test that cannot run in parallel with others.
func inLibraryAlone(t *testing.T, test func(t *testing.T, l *library)) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		l := &library{t: t, dir: dir, vault: &vault{items: map[string]secret.Value{}}}
		l.restart()
		test(t, l)
		l.end()
	})
}

// restart plays the program's next start: values kept for the session only are gone.
func (l *library) restart() {
	l.t.Helper()
	l.end()
	store, err := profile.Open(profile.Options{Dir: l.dir, Vault: l.vault})
	if err != nil {
		l.t.Fatal(err)
	}
	l.store = &heldStore{Store: store}
	l.open(Deps{Store: l.store})
	l.Start(true)
	l.pump()
}

func (l *library) open(deps Deps) {
	deps.Scheduler, deps.Doctor = &l.loop, &playedDoctor{Doctor: core.Doctor{}, library: l}
	l.Session, l.events, l.closed = New(deps), nil, false
	l.Listen(func(e Event) {
		if _, ok := e.(WindowMayClose); ok {
			l.closed = true
		}
		l.events = append(l.events, e)
	})
}

// practise enters the sandbox.
func (l *library) practise() {
	l.practice.server = &fakeSandbox{}
	l.update(func(s *State) { s.Sandbox.Active = true })
}

func (l *library) end() {
	if l.Session != nil {
		l.Close()
		l.abandon()
		l.pump()
	}
}

// typed changes the form, and waits for the pause after typing.
func (l *library) typed(change func(*connection.Form)) {
	form := l.State().Form.Used()
	change(&form)
	l.Edit(TypedOf(form))
	l.sleep(time.Second)
}

func (l *library) redirect(uri string) {
	l.typed(func(f *connection.Form) { f.RedirectURI = uri })
}

// named answers the dialog for a name.
func (l *library) named(name string) {
	l.t.Helper()
	if _, ok := l.question().(*NameQuestion); !ok {
		l.t.Fatalf("no name is asked for: %#v", l.question())
	}
	l.AnswerName(name)
	l.pump()
}

func (l *library) question() Question { return l.State().Connections.Question }

// saved fills the form and saves it under a name.
func (l *library) saved(name string) {
	l.t.Helper()
	l.Fill(savedForm())
	l.Save()
	l.named(name)
	l.wantOpen(name, savedForm())
}

// also saves a connection as another window would.
func (l *library) also(name string, form connection.Form) {
	l.t.Helper()
	if _, err := l.store.Store.Save(l.t.Context(), name, form); err != nil {
		l.t.Fatal(err)
	}
}

// opens opens a saved connection.
func (l *library) opens(name string) {
	l.Open(name)
	l.pump()
}

// notice returns the newest message; the zero Notice if there is none.
func (l *library) notice() Notice {
	for i := len(l.events) - 1; i >= 0; i-- {
		if n, ok := l.events[i].(*Notice); ok {
			return *n
		}
	}
	return Notice{}
}

func (l *library) wantNotice(want string) {
	l.t.Helper()
	if got := l.notice().Text.String(); !strings.HasPrefix(got, want) {
		l.t.Errorf("notice %q, want %q", got, want)
	}
}

// attention returns the field that was shown last.
func (l *library) attention() connection.Field {
	for i := len(l.events) - 1; i >= 0; i-- {
		if a, ok := l.events[i].(Attention); ok {
			return a.Field
		}
	}
	return ""
}

func (l *library) wantOpen(name string, form connection.Form) {
	l.t.Helper()
	state := l.State()
	if state.Connections.Open != name || !sameForm(state.Form.Used(), form) {
		l.t.Errorf("%q is open with %q %q, want %q with %q %q", state.Connections.Open, state.Form.Typed.Environment, state.Form.Typed.RedirectURI, name, form.Environment, form.RedirectURI)
	}
}

// kept returns a connection from the store.
func (l *library) kept(name string) profile.Loaded {
	l.t.Helper()
	loaded, err := l.store.Store.Load(l.t.Context(), name)
	if err != nil {
		l.t.Fatal(err)
	}
	return loaded
}

func (l *library) names() (names []string) {
	for _, p := range l.State().Connections.Saved {
		names = append(names, p.Name)
	}
	return names
}

func importFile(t *testing.T) string {
	t.Helper()
	path, err := filepath.Abs(filepath.Join("testdata", "xrmtoolbox.xml"))
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// heldStore is a store with some methods replaced by the test.
type heldStore struct {
	*profile.Store
	load     func(ctx context.Context, name string) (profile.Loaded, error)
	save     func(ctx context.Context, name string, form connection.Form) (profile.Saved, error)
	setGuide func(ctx context.Context, name string, g profile.Guide) error
}

func (s *heldStore) Load(ctx context.Context, name string) (profile.Loaded, error) {
	if s.load != nil {
		return s.load(ctx, name)
	}
	return s.Store.Load(ctx, name)
}

func (s *heldStore) Save(ctx context.Context, name string, form connection.Form) (profile.Saved, error) {
	if s.save != nil {
		return s.save(ctx, name, form)
	}
	return s.Store.Save(ctx, name, form)
}

func (s *heldStore) SetGuide(ctx context.Context, name string, g profile.Guide) error {
	if s.setGuide != nil {
		return s.setGuide(ctx, name, g)
	}
	return s.Store.SetGuide(ctx, name, g)
}

// vault is the system's secret store, in memory.
type vault struct {
	mu     sync.Mutex
	items  map[string]secret.Value
	refuse bool // every call
}

var errVault = errors.New("org.freedesktop.secrets was not provided by any .service files")

func (v *vault) refuses(refuse bool) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.refuse = refuse
}

func (v *vault) use(f func() error) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.refuse {
		return errVault
	}
	return f()
}

func (v *vault) Get(_ context.Context, account string) (item secret.Value, err error) {
	return item, v.use(func() error {
		var ok bool
		if item, ok = v.items[account]; !ok {
			return profile.ErrNoSecret
		}
		return nil
	})
}

func (v *vault) Set(_ context.Context, account string, s secret.Value) error {
	return v.use(func() error { v.items[account] = s; return nil })
}

func (v *vault) Delete(_ context.Context, account string) error {
	return v.use(func() error {
		if _, ok := v.items[account]; !ok {
			return profile.ErrNoSecret
		}
		delete(v.items, account)
		return nil
	})
}

func (v *vault) count() int {
	v.mu.Lock()
	defer v.mu.Unlock()
	return len(v.items)
}

// playedDoctor returns reports from the test.
type playedDoctor struct {
	Doctor // for methods that no test calls

	library *library
}

func (d *playedDoctor) Examine(ctx context.Context, form connection.Form, _ bool, _ func(exam.Event)) exam.Report {
	if d.library.examine != nil {
		return d.library.examine(ctx, form)
	}
	return d.library.report
}

func (d *playedDoctor) Snapshot(ctx context.Context, name string, form connection.Form, observe func(exam.Event)) (drift.Snapshot, exam.Report) {
	return d.library.snapshot(ctx, name, form, observe)
}

func (d *playedDoctor) Host(form connection.Form) string { return form.Environment }

func (d *playedDoctor) Lifetime(context.Context, connection.Form) core.Lifetime {
	return core.Lifetime{Ends: d.library.lifetime}
}

func (*playedDoctor) Check(form connection.Form) ([]connection.Note, []connection.Problem) {
	return nil, nil
}

func (*playedDoctor) Discover(context.Context, connection.Form) (core.Discovered, bool) {
	return core.Discovered{}, false
}
