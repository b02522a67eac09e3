package connections

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"github.com/google/go-cmp/cmp"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/profile"
	"github.com/s2sdoctor/s2sdoctor/core/session"
	"github.com/s2sdoctor/s2sdoctor/internal/uitest"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
)

// driver is the screen in a window, with a store in memory.
type driver struct {
	*uitest.Window
	*session.Session
	screen *Screen
	store  *memory
	loop   *loop
}

const client = "2015d711-8a4f-4d3c-9b2e-0f1a2b3c4d5e"

func formOf(name string) connection.Form {
	return connection.Form{
		Environment: "https://" + strings.ToLower(strings.ReplaceAll(name, " ", "-")) + ".crm4.dynamics.com", ClientID: client,
	}
}

// open shows the screen with saved connections.
func open(t *testing.T, names ...string) *driver {
	t.Helper()
	test.NewTempApp(t)
	d := &driver{store: &memory{}, loop: &loop{}}
	d.save(names...)
	d.Session = session.New(session.Deps{Scheduler: d.loop, Doctor: noDoctor{}, Store: d.store})
	t.Cleanup(d.Close)
	w := test.NewTempWindow(t, container.NewStack())
	w.SetPadded(false)
	w.Resize(fyne.NewSize(1000, 700))
	d.screen = New(d.Session, w.Canvas(), func() *fyne.Menu { return fyne.NewMenu("") })
	content := container.NewStack(d.screen.Title)
	w.SetContent(content)
	d.Window = &uitest.Window{T: t, Canvas: w.Canvas(), Content: content}
	d.Start(false)
	d.rest()
	return d
}

// save saves connections as another window would.
func (d *driver) save(names ...string) {
	for _, name := range names {
		form := formOf(name)
		d.store.list = append(d.store.list, profile.Profile{Name: name, Environment: form.Environment, ClientID: form.ClientID})
	}
	slices.SortFunc(d.store.list, func(a, b profile.Profile) int { return strings.Compare(a.Name, b.Name) })
}

// rest runs all pending functions until no work is left.
func (d *driver) rest() {
	d.T.Helper()
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(time.Millisecond) {
		d.loop.run()
		if d.Idle() {
			return
		}
	}
	d.T.Fatal("the store does not come to rest")
}

// rows returns the connections in the dialog; the connection that Enter opens has an
// arrow.
func (d *driver) rows() (rows []string) {
	for _, o := range uitest.Visible(d.Canvas.Overlays().Top()) {
		if p, ok := o.CanvasObject.(*kit.Option); ok {
			name := p.Name()
			if p.Highlighted() {
				name = "→ " + name
			}
			rows = append(rows, name)
		}
	}
	return rows
}

func (d *driver) wantRows(want ...string) {
	d.T.Helper()
	if diff := cmp.Diff(want, d.rows()); diff != "" {
		d.T.Errorf("rows (-want +got):\n%s", diff)
	}
}

// wantOpen fails unless a connection is in the form and no dialog is open.
func (d *driver) wantOpen(name string) {
	d.T.Helper()
	d.rest()
	state := d.State()
	if d.DialogOpen() || state.Connections.Open != name || d.screen.Title.Text() != name {
		d.T.Errorf("%q is open, title %q, dialog %v", state.Connections.Open, d.screen.Title.Text(), d.DialogOpen())
	}
}

// loop plays the window's goroutine.
type loop struct {
	mu      sync.Mutex
	waiting []func()
}

func (l *loop) Do(f func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.waiting = append(l.waiting, f)
}

func (l *loop) run() {
	for {
		l.mu.Lock()
		waiting := l.waiting
		l.waiting = nil
		l.mu.Unlock()
		if len(waiting) == 0 {
			return
		}
		for _, f := range waiting {
			f()
		}
	}
}

func (*loop) Later(time.Duration, func()) (cancel func()) { return func() {} }
func (*loop) Now() time.Time                              { return time.Now() }

// memory is a store without secrets.
type memory struct{ list []profile.Profile }

func (m *memory) find(name string) int {
	return slices.IndexFunc(m.list, func(p profile.Profile) bool { return strings.EqualFold(p.Name, name) })
}

func (m *memory) List(context.Context) ([]profile.Profile, error) { return slices.Clone(m.list), nil }
func (m *memory) Last(context.Context) (string, error)            { return "", nil }
func (m *memory) SetLast(context.Context, string) error           { return nil }

func (m *memory) Load(_ context.Context, name string) (profile.Loaded, error) {
	i := m.find(name)
	if i < 0 {
		return profile.Loaded{}, profile.ErrNoProfile
	}
	return profile.Loaded{Profile: m.list[i], Form: formOf(name)}, nil
}

func (m *memory) Save(_ context.Context, name string, form connection.Form) (profile.Saved, error) {
	if strings.TrimSpace(name) == "" {
		return profile.Saved{}, &profile.NameError{}
	}
	p := profile.Profile{Name: name, Environment: form.Environment, ClientID: form.ClientID}
	if i := m.find(name); i >= 0 {
		m.list[i] = p
	} else {
		m.list = append(m.list, p)
	}
	return profile.Saved{Profile: p}, nil
}

func (m *memory) Rename(_ context.Context, from, to string) error {
	m.list[m.find(from)].Name = to
	return nil
}

func (m *memory) Duplicate(ctx context.Context, from, to string) (profile.Saved, error) {
	return m.Save(ctx, to, formOf(from))
}

func (m *memory) Forget(_ context.Context, name string) error {
	m.list = slices.Delete(m.list, m.find(name), m.find(name)+1)
	return nil
}

func (m *memory) SetGuide(context.Context, string, profile.Guide) error { return nil }

func (m *memory) SetLabel(context.Context, []string, profile.Label) error { return nil }
func (m *memory) SetEnds(context.Context, string, time.Time) error        { return nil }
func (m *memory) Probe(context.Context) error                             { return nil }
func (m *memory) Outcomes(context.Context) []profile.Outcome              { return nil }
func (m *memory) AddOutcomes(context.Context, []profile.Outcome) error    { return nil }
func (m *memory) EndWarnings(context.Context) []profile.EndWarning        { return nil }

func (m *memory) AddEndWarnings(context.Context, []profile.EndWarning) error { return nil }

func (m *memory) Import(context.Context, string) (profile.Imported, error) {
	return profile.Imported{}, errors.New("not played")
}

// noDoctor returns empty reports.
type noDoctor struct{ core.Doctor }

func (noDoctor) Examine(context.Context, connection.Form, bool, func(exam.Event)) exam.Report {
	return exam.Report{}
}

func (noDoctor) Check(connection.Form) ([]connection.Note, []connection.Problem) { return nil, nil }

func (noDoctor) Discover(context.Context, connection.Form) (core.Discovered, bool) {
	return core.Discovered{}, false
}
