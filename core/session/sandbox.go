package session

import (
	"context"
	"sync"

	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// SandboxServer is a practice tenant with a Doctor for it.
type SandboxServer interface {
	Doctor
	// Play sets a scenario and returns the form that goes with it.
	Play(scenario string) (connection.Form, error)
	Close() error
}

// Sandbox is the practice tenant, as the window shows it.
type Sandbox struct {
	// Offered reports whether there is a sandbox.
	Offered bool
	// Active reports whether the user is in it.
	Active bool
	// Scenario is the one that is played; zero while the sandbox is not active.
	Scenario Scenario
	// Scenarios can be played. The first is the healthy tenant.
	Scenarios []Scenario
}

// practice holds the sandbox, which starts when it is first entered.
type practice struct {
	server SandboxServer // nil before the first time
	before position      // of the connection to come back to

	mu     sync.Mutex
	opened SandboxServer
	closed bool
}

// ToggleSandbox enters the sandbox, or leaves it.
func (s *Session) ToggleSandbox() {
	if s.state.Sandbox.Active {
		s.LeaveSandbox()
		return
	}
	s.EnterSandbox("")
}

// EnterSandbox starts the sandbox and plays a scenario there, the first if it has no
// name or an unknown one.
func (s *Session) EnterSandbox(scenario string) {
	if s.deps.OpenSandbox == nil {
		return
	}
	s.Cancel()
	s.background(func() func() {
		server, err := s.practice.open(s.deps.OpenSandbox)
		return func() {
			switch {
			case s.ctx.Err() != nil:
			case err != nil:
				s.notify(Bad, text.F("The sandbox could not be started: %s", text.OfError(err)))
			default:
				s.practice.server = server
				s.PlayScenario(scenario)
			}
		}
	}, nil)
}

// PlayScenario plays a scenario in the sandbox, which must have been entered, and
// fills the form with what belongs to it.
func (s *Session) PlayScenario(name string) {
	scenario := s.scenario(name)
	s.drop()
	form, err := s.practice.server.Play(scenario.Name)
	if err != nil {
		s.notify(Bad, text.OfError(err))
		return
	}
	s.update(func(state *State) {
		s.endComparison()
		if !state.Sandbox.Active {
			s.practice.before = s.position()
			s.openAs("")
		}
		state.Sandbox.Active, state.Sandbox.Scenario = true, scenario
		s.forgetDiscovery()
		s.fill(TypedOf(form), text.Text{}, "")
		s.forgetReport()
	})
}

// LeaveSandbox goes back to Microsoft's clouds, and to the connection that was in
// the form before.
func (s *Session) LeaveSandbox() {
	if !s.state.Sandbox.Active {
		return
	}
	s.update(func(state *State) {
		s.endComparison()
		state.Sandbox.Active, state.Sandbox.Scenario = false, Scenario{}
		s.forgetDiscovery()
		s.restore(s.practice.before)
		s.practice.before = position{}
	})
	s.emit(Attention{Field: connection.FieldEnvironment})
}

// open returns the sandbox, which start starts the first time.
func (p *practice) open(start func() (SandboxServer, error)) (SandboxServer, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		return nil, context.Canceled
	}
	if p.opened != nil {
		return p.opened, nil
	}
	server, err := start()
	if err == nil {
		p.opened = server
	}
	return server, err
}

// close ends the sandbox, if it was started.
func (p *practice) close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.opened != nil && !p.closed {
		_ = p.opened.Close()
	}
	p.closed = true
}
