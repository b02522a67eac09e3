package session

import (
	"context"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/profile"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// Store keeps connections for the next time: a [profile.Store], whose errors its
// methods return. They block, as long as a keyring waits for its user; a session
// calls one after the other, on a goroutine of its own, except that Load is called on
// others, too.
type Store interface {
	List(ctx context.Context) ([]profile.Profile, error)
	Last(ctx context.Context) (string, error)
	SetLast(ctx context.Context, name string) error
	Load(ctx context.Context, name string) (profile.Loaded, error)
	Save(ctx context.Context, name string, form connection.Form) (profile.Saved, error)
	Rename(ctx context.Context, from, to string) error
	Duplicate(ctx context.Context, from, to string) (profile.Saved, error)
	Forget(ctx context.Context, name string) error
	SetGuide(ctx context.Context, name string, g profile.Guide) error
	Import(ctx context.Context, path string) (profile.Imported, error)
	SetLabel(ctx context.Context, names []string, label profile.Label) error
	SetEnds(ctx context.Context, name string, day time.Time) error
	Outcomes(ctx context.Context) []profile.Outcome
	// Probe tries whether the system's store takes a secret.
	Probe(ctx context.Context) error
	AddOutcomes(ctx context.Context, added []profile.Outcome) error
	EndWarnings(ctx context.Context) []profile.EndWarning
	AddEndWarnings(ctx context.Context, added []profile.EndWarning) error
}

// Connections is the saved connections, and which of them is in the form.
type Connections struct {
	// Available reports whether connections can be saved.
	Available bool
	// Saved is the saved connections, by name.
	Saved []profile.Profile
	// Open is the name of the connection in the form; "" if that is not saved.
	Open string
	// Opening is the name of the connection that is being read, or "".
	Opening string
	// Question is what the user is asked; nil for nothing.
	Question Question

	kept        connection.Form // the form when it was opened or saved
	sessionOnly bool            // the system's store does not have the secret of Open
}

// Edited reports whether the form has something that is not saved.
func (s State) Edited() bool {
	if s.Connections.Open == "" {
		return !s.Form.Typed.Empty()
	}
	return !sameForm(s.Form.Used(), s.Connections.kept)
}

// connections is what a session keeps about the saved connections besides the state.
type connections struct {
	identity   string // of the form when it was opened or saved, see identity
	generation int    // increases when another connection comes into the form
	questions  int    // that were asked
	pending    int    // jobs that have not come back
	guides     map[string]profile.Guide
	warned     bool // the user was told that ticks cannot be saved
}

// job works in another goroutine and returns what is to be done in it, or nil.
type job func(ctx context.Context) (then func())

// write queues a job that changes what is saved: the end of the program waits for
// it. If it panics, failed runs in its place; it may be nil.
func (s *Session) write(j job, failed func()) {
	if s.deps.Store != nil {
		s.enqueue(s.writing, j, failed, s.queue.begin())
	}
}

// changeSaved changes what is saved, and shows the list again with what came of it.
func (s *Session) changeSaved(do func(ctx context.Context) error) {
	s.write(func(ctx context.Context) func() {
		err := do(ctx)
		listed := s.list(ctx)
		return func() {
			listed()
			if err != nil {
				s.storeFailed(err)
			}
		}
	}, nil)
}

// read queues a job that only reads; it ends with the window.
func (s *Session) read(j job) {
	if s.deps.Store != nil {
		s.enqueue(s.ctx, j, nil, func() {})
	}
}

func (s *Session) enqueue(ctx context.Context, j job, failed, ended func()) {
	s.conns.pending++
	s.queue.run(func() {
		then := s.attempt(func() func() { return j(ctx) }, failed)
		ended()
		s.deps.Scheduler.Do(func() {
			s.conns.pending--
			if then != nil {
				then()
			}
		})
	})
}

// Idle reports whether everything that was asked of the store has come back.
func (s *Session) Idle() bool { return s.conns.pending == 0 }

// list reads the list of connections; it is the end of each job that changes it.
func (s *Session) list(ctx context.Context) (then func()) {
	list, err := s.deps.Store.List(ctx)
	return func() {
		if err != nil {
			s.storeFailed(err)
			return
		}
		s.update(func(state *State) {
			state.Connections.Saved = list
			if state.Overview.Open {
				s.showOverview()
			}
		})
	}
}

// storeFailed reports why something cannot be read or written, unless the window has
// ended it.
func (s *Session) storeFailed(err error) {
	if s.ctx.Err() == nil {
		s.notify(Bad, text.OfError(err).Sentence())
	}
}

// BeginWrite counts a write of another part of the window that [Session.Finish] waits
// for, until the returned function is called. It may be called on any goroutine.
func (s *Session) BeginWrite() (written func()) { return s.queue.begin() }

// Finish ends what is under way, waits until everything that was asked for is written,
// and ends the sandbox. When ctx ends, writing is cancelled. It may be called on any
// goroutine, more than once.
func (s *Session) Finish(ctx context.Context) {
	s.cancel()
	stop := context.AfterFunc(ctx, s.abandon)
	defer stop()
	s.queue.wait()
	s.practice.close()
}

// openAs records that the form is the saved connection of a name, or "".
func (s *Session) openAs(name string) {
	s.conns.identity = identity(s.state.Form.Used())
	s.conns.generation++
	s.update(func(state *State) {
		c := &state.Connections
		c.Open, c.Opening, c.kept, c.sessionOnly = name, "", state.Form.Used(), false
	})
}
