package ui

import "context"

// task is something beside the window that can be ended. Its number tells its
// news from late ones of an earlier one.
type task struct {
	number int
	cancel context.CancelFunc // nil while nothing is under way
}

func (t *task) begin(parent context.Context) (context.Context, int) {
	t.end()
	ctx, cancel := context.WithCancel(parent)
	t.cancel = cancel
	return ctx, t.number
}

func (t *task) end() {
	t.number++
	if t.cancel != nil {
		t.cancel()
		t.cancel = nil
	}
}

// interrupt ends it too, and still wants to hear what came of it.
func (t *task) interrupt() {
	if t.cancel != nil {
		t.cancel()
	}
}

func (t *task) active() bool { return t.cancel != nil }

func (t *task) is(number int) bool { return t.active() && t.number == number }
