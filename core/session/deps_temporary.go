package session

import "github.com/s2sdoctor/s2sdoctor/core/profile"

// Temporary is how a session reaches what has not moved into it yet. Each field has
// an owner, and goes away with the move; all may be nil.
type Temporary struct {
	// Looked is called after the form was looked at: the guide's ticks may be about
	// another connection now (consent).
	Looked func()
	// GuideProgress returns the progress to save with a connection (consent).
	GuideProgress func() profile.Guide
	// LeaveSandbox leaves the sandbox, if the user is in it (consent).
	LeaveSandbox func()
}
