package session

// Temporary is how a session reaches what has not moved into it yet. Each field has
// an owner, and goes away with the move; all may be nil.
type Temporary struct {
	// Looked is called after the form was looked at: the header's name and the
	// guide's ticks may be about another connection now (connections, consent).
	Looked func()
}
