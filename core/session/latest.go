package session

import "context"

// latest is work of which only the newest counts: a question about what the user
// types, a wait that can be started again. The zero value has no work.
type latest struct {
	generation int
	cancel     context.CancelFunc // nil while nothing is under way
}

// begin cancels older work and returns the context and the generation of the new.
func (l *latest) begin(parent context.Context) (context.Context, int) {
	l.end()
	ctx, cancel := context.WithCancel(parent)
	l.cancel = cancel
	return ctx, l.generation
}

// end cancels the work; its result is dropped.
func (l *latest) end() {
	l.generation++
	l.interrupt()
	l.cancel = nil
}

// interrupt cancels the work; its result still counts.
func (l *latest) interrupt() {
	if l.cancel != nil {
		l.cancel()
	}
}

func (l *latest) active() bool { return l.cancel != nil }

// is reports whether the work of a generation is under way and the newest.
func (l *latest) is(generation int) bool { return l.active() && l.generation == generation }
