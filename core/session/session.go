// Package session is the state and the logic of one window, without a toolkit.
//
// The user's actions are the methods of a [Session], its commands. After each
// change it publishes one immutable [State], from which the screens draw; what is
// shown once, such as a short message, is an [Event]. A command returns at once:
// work that waits runs on a goroutine of its own, its result comes back through the
// [Scheduler], and the result of work that has been replaced is dropped.
//
// All methods must be called on the scheduler's goroutine, unless they say
// otherwise. The state that a session hands out is never changed again.
package session

import (
	"context"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/guide"
	"github.com/s2sdoctor/s2sdoctor/core/profile"
)

// Scheduler runs functions on the goroutine that owns a session: the window's.
type Scheduler interface {
	// Do runs f on that goroutine, after what is already waiting there. It returns
	// at once and may be called on any goroutine.
	Do(f func())
	// Later runs f on that goroutine after d, unless cancel is called before.
	Later(d time.Duration, f func()) (cancel func())
	// Now returns the time.
	Now() time.Time
}

// Session is the state and the logic of one window. Make it with [New].
type Session struct {
	deps  Deps
	state State

	observers []func(State)
	listeners []func(Event)
	changing  int  // updates under way, one in the other
	changed   bool // state differs from what the observers have
	queue     queue

	typing      typing
	lasting     lasting
	discovering discovering
	facts       facts
	examining   examining
	watching    watching
	conns       connections
	overview    overview
	comparing   comparing
	replacing   latest
	rotating    latest
	consent     consenting
	setup       settingUp
	sight       core.Sight // what an administrator saw of the form's connection
	guide       guiding
	practice    practice

	ctx    context.Context // ends with the window
	cancel context.CancelFunc

	writing context.Context // outlives the window by what is still to be written
	abandon context.CancelFunc
}

// New returns a session with an empty form.
func New(deps Deps) *Session {
	s := &Session{deps: deps}
	s.ctx, s.cancel = context.WithCancel(context.Background())
	s.writing, s.abandon = context.WithCancel(context.Background())
	s.conns.guides = map[string]profile.Guide{}
	s.state.Form.store = deps.CertificateStore
	s.state.Connections.Available = deps.Store != nil
	s.state.Consent.Offered = deps.Browsers != nil
	s.state.Guide.Path = guide.Modern
	s.state.Sandbox.Offered, s.state.Sandbox.Scenarios = deps.OpenSandbox != nil, deps.Scenarios
	return s
}

// State returns the newest state.
func (s *Session) State() State { return s.state }

// Observe calls observer with the newest state, now and after every change.
func (s *Session) Observe(observer func(State)) {
	s.observers = append(s.observers, observer)
	observer(s.state)
}

// Listen calls listener with every event from now on.
func (s *Session) Listen(listener func(Event)) { s.listeners = append(s.listeners, listener) }

// Close ends everything under way but what is still to be written: see [Session.Finish].
func (s *Session) Close() { s.cancel() }

// update applies change to the state. The observers are called once the outermost
// update returns, again if one of them causes another change.
func (s *Session) update(change func(*State)) {
	s.changing++
	change(&s.state)
	s.changed = true
	if s.changing == 1 {
		for s.changed {
			s.changed = false
			for _, observer := range s.observers {
				observer(s.state)
			}
		}
	}
	s.changing--
}

// emit hands an event to the listeners.
func (s *Session) emit(e Event) {
	for _, listener := range s.listeners {
		listener(e)
	}
}
