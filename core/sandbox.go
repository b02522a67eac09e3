package core

import (
	"errors"
	"fmt"
	"net/url"
	"os"

	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/sandbox"
	"github.com/s2sdoctor/s2sdoctor/core/sandbox/scenario"
)

// Sandbox is a practice tenant on this computer with a Doctor for it.
type Sandbox struct {
	Doctor
	server *sandbox.Server
}

// OpenSandbox starts a healthy practice tenant on loopback. Close it when done.
func OpenSandbox() (*Sandbox, error) {
	server, err := sandbox.Start(&sandbox.Tenant{})
	if err != nil {
		return nil, fmt.Errorf("could not start the sandbox on this computer: %w", err)
	}
	scratch, err := os.MkdirTemp("", "s2sdoctor-sandbox-")
	if err != nil {
		_ = server.Close()
		return nil, fmt.Errorf("could not start the sandbox on this computer: %w", err)
	}
	return &Sandbox{
		Doctor: Doctor{
			scratch:   scratch,
			Clouds:    server.Clouds(),
			Transport: server.Transport(),
			Authority: origin(server.PageURL("https://" + server.Clouds()[0].Login + "/")),
		},
		server: server,
	}, nil
}

// Close ends the practice tenant.
func (s *Sandbox) Close() error { return errors.Join(s.server.Close(), os.RemoveAll(s.scratch)) }

// Play sets a scenario's fault and returns the form that goes with it. The name ""
// is the healthy tenant; an unknown name is an error that changes nothing.
func (s *Sandbox) Play(name string) (connection.Form, error) {
	sc, err := findScenario(name)
	if err != nil {
		return connection.Form{}, err
	}
	// What earlier set-ups kept belongs to another tenant now.
	if err := errors.Join(os.RemoveAll(s.scratch), os.Mkdir(s.scratch, 0o700)); err != nil {
		return connection.Form{}, err
	}
	return sc.Apply(s.server), nil
}

// origin is scheme and host of an address.
func origin(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Scheme + "://" + u.Host
}

// Scenarios are the faults that the sandbox can show, in the order of a lesson.
func Scenarios() []scenario.Scenario { return scenario.All() }
