package session

import (
	"context"

	"github.com/s2sdoctor/s2sdoctor/core/consent"
)

// Browsers shows web pages to the user.
type Browsers interface {
	// Open shows an address in the user's browser. It returns when ctx ends.
	Open(ctx context.Context, address string) error
	// Private returns the installed browsers that have a private window.
	Private() []PrivateBrowser
}

// PrivateBrowser opens a page where no user is signed in yet.
type PrivateBrowser struct {
	Name string
	Open consent.Browser
}

// doctor returns the Doctor to ask: the sandbox's while the user practises.
func (s *Session) doctor() Doctor {
	if s.state.Sandbox.Active {
		return s.practice.server
	}
	return s.deps.Doctor
}
