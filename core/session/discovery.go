package session

import (
	"strings"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/guid"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// DiscoverPause is how long the address must rest before its environment is asked;
// a field that is left is asked at once.
const DiscoverPause = 600 * time.Millisecond

// Discovery is what an environment states about itself without a credential.
type Discovery struct {
	// Address is the environment that was asked last, as typed, or "".
	Address string
	// Known is true if the environment has answered with Found.
	Known bool
	Found core.Discovered
}

// discovering is the question to the environment: one request, with no credential,
// as soon as its address can be used. A newer address ends it.
type discovering struct {
	wait func() // cancels the pause before the question, or nil
	task latest
}

// followAddress looks whether there is another address to ask.
func (s *Session) followAddress(address string, usable bool) {
	if address == s.state.Discovery.Address {
		return
	}
	s.forgetDiscovery()
	if address == "" || !usable {
		return
	}
	s.update(func(st *State) { st.Discovery.Address = address })
	s.discovering.wait = s.deps.Scheduler.Later(DiscoverPause-TypingPause, s.DiscoverNow) // typing rested for a pause already
}

// DiscoverNow asks the environment without waiting any longer.
func (s *Session) DiscoverNow() {
	if s.discovering.wait == nil {
		return
	}
	s.discovering.wait()
	s.discovering.wait = nil
	ctx, generation := s.discovering.task.begin(s.ctx)
	doctor, address := s.doctor(), s.state.Discovery.Address
	s.background(func() func() {
		found, ok := doctor.Discover(ctx, connection.Form{Environment: address})
		return func() {
			if !s.discovering.task.is(generation) || ctx.Err() != nil {
				return // the user has typed on
			}
			s.discovering.task.end()
			s.update(func(st *State) {
				st.Discovery.Found, st.Discovery.Known = found, ok
				s.Look()
				s.rebuildConsent()
			})
		}
	}, func() {
		if s.discovering.task.is(generation) {
			s.discovering.task.end()
		}
	})
}

// forgetDiscovery ends the question and drops what is known.
func (s *Session) forgetDiscovery() {
	if s.discovering.wait != nil {
		s.discovering.wait()
		s.discovering.wait = nil
	}
	s.discovering.task.end()
	s.update(func(st *State) { st.Discovery = Discovery{} })
}

// tenant returns the tenant that the environment at an address named, "" if unknown.
func (d Discovery) tenant(address string) string {
	if d.Known && d.Address == address {
		return d.Found.TenantID
	}
	return ""
}

// contradiction returns the text about a typed tenant that is not the environment's:
// the secret would be sent to the wrong directory.
func (s *Session) contradiction() text.Text {
	typed := s.state.Form.Typed
	own := s.state.Discovery.tenant(typed.Environment)
	if id, ok := guid.Parse(typed.Tenant); own == "" || !ok || strings.EqualFold(id, own) {
		return text.Text{}
	}
	return text.F("The environment belongs to another tenant: %s.", own)
}
