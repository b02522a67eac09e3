package ui

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/crash"
	"github.com/s2sdoctor/s2sdoctor/core/drift"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/paste"
	"github.com/s2sdoctor/s2sdoctor/core/record"
	"github.com/s2sdoctor/s2sdoctor/core/session"
	"github.com/s2sdoctor/s2sdoctor/internal/uitest"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// stage is a window whose environment is played by the test: a queue as the scheduler, a
// clock that the test moves, and a clipboard and a browser that record.
type stage struct {
	t      *testing.T
	w      *Window
	scene  string // the scene that was reached; may be empty
	copied []string
	opened []string
	now    time.Time

	mu     sync.Mutex
	queue  []func()
	timers []*timer

	notes    []connection.Note
	problems []connection.Problem
	// examine plays the examination; nil waits for the context.
	examine func(ctx context.Context, form connection.Form, observe func(exam.Event)) exam.Report
	// snapshot plays the examination of a side of a comparison; nil waits for the context.
	snapshot func(ctx context.Context, name string, form connection.Form, observe func(exam.Event)) (drift.Snapshot, exam.Report)
	pasted   *connection.Form
	// lifetime is the lifetime of every credential that has one.
	lifetime core.Lifetime
	choices  []paste.Choice
	tooLong  bool
	// openFails makes the browser fail.
	openFails bool
	forms     []connection.Form
	sandbox   *sandboxPlay
	practice  session.SandboxServer // a real sandbox, or nil
	browse    func(ctx context.Context, address string) error
	scenarios []session.Scenario
	consent   *consentPlay
	setup     *setupPlay
	rotator   rotatorPlay
	*library
	// saved are the saved records, by folder; saveFails refuses to save.
	saved     map[string]record.Files
	saveFails error
	// saveText saves a text; nil if nothing can be saved.
	saveText func(folder, name, content string) (string, error)
	// saveRecord saves a record instead of the stage; may be nil.
	saveRecord func(parent, name string, files record.Files) (string, error)
	// documentation opens the documents; may be nil.
	documentation func() (string, error)
	// crashNotes returns the notes of earlier crashes; may be nil.
	crashNotes func() (crash.Unread, bool)
	discover   func(ctx context.Context, form connection.Form) (core.Discovered, bool)
}

type timer struct {
	at   time.Time
	f    func()
	done bool
}

// newStage opens a window of a size. prepare may change the stage before.
func newStage(t *testing.T, opts Options, prepare ...func(*stage)) *stage {
	t.Helper()
	s := &stage{t: t, now: time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)}
	for _, p := range prepare {
		p(s)
	}
	app := newApp(t)
	if opts.Theme == "" {
		opts.Theme = theme.Light
	}
	if opts.Width == 0 {
		opts.Width, opts.Height = 1000, 700
	}
	s.w = New(app, s.deps(), opts)
	s.w.Show()
	if s.consent == nil {
		s.consent = &consentPlay{}
		s.find("Open consent page").Hide() // most tests do not need it
	}
	s.pump()
	s.rest()
	t.Cleanup(func() { s.w.Finish(context.Background()) }) // before the folder of the store is deleted
	return s
}

func newApp(t *testing.T) fyne.App {
	if *pictures != "" {
		return test.NewTempApp(t)
	}
	return uitest.NewApp(t)
}

func (s *stage) deps() Deps {
	if s.library == nil {
		s.library = newLibrary(s.t)
	}
	d := Deps{
		Doctor:    doctorPlay{s: s},
		Browsers:  browsersPlay{s.browse},
		Scenarios: s.scenarios,
		Closing:   func() {},
		Closed:    func() { s.w.win.Close() },
		Do: func(f func()) {
			s.mu.Lock()
			defer s.mu.Unlock()
			s.queue = append(s.queue, f)
		},
		Later: func(d time.Duration, f func()) func() {
			tm := &timer{at: s.now.Add(d), f: f}
			s.timers = append(s.timers, tm)
			return func() { tm.done = true }
		},
		Copy: func(text string) { s.copied = append(s.copied, text) },
		OpenURL: func(url string) error {
			s.opened = append(s.opened, url)
			if s.openFails {
				return errors.New("no browser")
			}
			return nil
		},
		Now: func() time.Time { return s.now },

		Documentation: s.documentation,
		CrashNotes:    s.crashNotes,
		SaveRecord: func(parent, name string, files record.Files) (string, error) {
			s.mu.Lock()
			defer s.mu.Unlock()
			if s.saveFails != nil {
				return "", s.saveFails
			}
			if s.saveRecord != nil {
				return s.saveRecord(parent, name, files)
			}
			path := parent + "/" + name
			if s.saved == nil {
				s.saved = map[string]record.Files{}
			}
			s.saved[path] = files
			return path, nil
		},

		Store: s.store, SaveText: s.saveText, Rotator: &s.rotator,
	}
	if s.practice != nil {
		d.OpenSandbox = func() (session.SandboxServer, error) { return s.practice, nil }
	}
	if s.sandbox != nil {
		d.OpenSandbox = func() (session.SandboxServer, error) { return s.sandbox, s.sandbox.startErr }
	}
	return d
}

// pump runs the functions that wait for the window's goroutine, and reports whether there
// were any.
func (s *stage) pump() bool {
	any := false
	for {
		s.mu.Lock()
		queue := s.queue
		s.queue = nil
		s.mu.Unlock()
		if len(queue) == 0 {
			return any
		}
		any = true
		for _, f := range queue {
			f()
		}
	}
}

// until pumps until done returns true. It fails after a generous time, which only a
// broken window reaches.
func (s *stage) until(what string, done func() bool) {
	s.t.Helper()
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(time.Millisecond) {
		s.pump()
		if done() {
			s.settle()
			return
		}
	}
	s.t.Fatalf("never came: %s", what)
}

// advance moves the clock and runs the timers that are due.
func (s *stage) advance(d time.Duration) {
	s.now = s.now.Add(d)
	for _, tm := range s.timers {
		if !tm.done && !tm.at.After(s.now) {
			tm.done = true
			tm.f()
		}
	}
	s.pump()
	s.settle()
}

// settle lays everything out twice: wrapped text knows its height only in the second
// pass, and the test driver makes only one pass.
func (s *stage) settle() {
	for range 2 {
		s.w.content.Refresh()
	}
}

func (s *stage) key(name fyne.KeyName) {
	c := s.w.win.Canvas()
	if f := c.Focused(); f != nil {
		f.TypedKey(&fyne.KeyEvent{Name: name})
	} else if handle := c.OnTypedKey(); handle != nil {
		handle(&fyne.KeyEvent{Name: name})
	}
	s.settle()
}

// finish runs an examination to its end with a report.
func (s *stage) finish(r exam.Report) {
	s.t.Helper()
	s.examine = func(_ context.Context, _ connection.Form, observe func(exam.Event)) exam.Report {
		for i, c := range r.Checks {
			observe(exam.Event{Index: i, Total: len(r.Checks), Phase: exam.Running, Result: exam.Result{ID: c.ID, Title: c.Title}})
			observe(exam.Event{Index: i, Total: len(r.Checks), Phase: exam.Done, Result: c})
		}
		return r
	}
	s.w.session.Test()
	s.until("the report", func() bool { return !s.examination().Active && s.examination().Report != nil })
}

// item returns a command's item, as the menu has it.
func (w *Window) item(id string) *fyne.MenuItem { return w.itemFor(id, w.commands()[id]) }
