package session

import (
	"context"
	"maps"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/guid"
	"github.com/s2sdoctor/s2sdoctor/core/profile"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// The progress in the guide belongs to the connection: it is saved with a saved one,
// and kept for this session with any other.

// identity returns what distinguishes a connection from others: its environment and
// its application; "" while they are half typed.
func identity(form connection.Form) string {
	environment := strings.TrimSpace(form.Environment)
	client, ok := guid.Parse(form.ClientID)
	if form.Kind == connection.ManagedIdentityKind && strings.TrimSpace(form.ClientID) == "" {
		client, ok = string(form.Kind), true // the system-assigned one of this computer
	}
	if environment == "" || !ok {
		return ""
	}
	return strings.ToLower(strings.TrimRight(environment, "/") + "|" + client)
}

// guideKey returns the key of the progress of the form's connection; "" if that is
// half typed. A saved connection has its own for as long as the form is that
// connection.
func (s *Session) guideKey() string {
	id := identity(s.state.Form.Used())
	if open := s.state.Connections.Open; open != "" && s.conns.identity == id && !s.state.Sandbox.Active {
		return savedKey(open)
	}
	return id
}

// savedKey returns the key of a saved connection; no identity looks like it.
func savedKey(name string) string { return "saved:" + strings.ToLower(strings.TrimSpace(name)) }

// rememberGuide keeps the progress of the form's connection. What is practised is
// not kept.
func (s *Session) rememberGuide(progress profile.Guide) {
	key := s.guideKey()
	if key == "" || s.state.Sandbox.Active {
		return
	}
	before, known := s.conns.guides[key]
	s.conns.guides[key] = progress
	open := s.state.Connections.Open
	if open == "" || key != savedKey(open) || known && sameProgress(before, progress) {
		return
	}
	s.write(func(ctx context.Context) func() {
		err := s.deps.Store.SetGuide(ctx, open, progress)
		return func() {
			if err != nil && !s.conns.warned { // or each tick would repeat it
				s.conns.warned = true
				s.notify(Bad, text.F("Your ticks are not kept: %s", text.OfError(err)).Sentence())
			}
		}
	}, nil)
}

// rememberedGuide returns the progress that is kept for the form's connection.
func (s *Session) rememberedGuide() (profile.Guide, bool) {
	key := s.guideKey()
	if key == "" || s.state.Sandbox.Active {
		return profile.Guide{}, false
	}
	progress, known := s.conns.guides[key]
	return progress, known
}

func sameProgress(a, b profile.Guide) bool {
	return a.Path == b.Path && a.SameTenant == b.SameTenant && maps.Equal(a.Ticks, b.Ticks)
}
