package session

import (
	"sync"

	"github.com/s2sdoctor/s2sdoctor/core/crash"
)

// queue reads and writes what is kept outside the window, such as saved connections:
// one job after the other, on a goroutine of its own. It counts what is not written
// yet. The zero value is empty.
type queue struct {
	mu      sync.Mutex
	count   int
	none    chan struct{} // closed when count falls to 0; nil before the first
	waiting []func()
	busy    bool
}

// begin counts one write that the end of the program waits for, until the returned
// function is called.
func (q *queue) begin() (written func()) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.count == 0 {
		q.none = make(chan struct{})
	}
	q.count++
	return sync.OnceFunc(func() {
		q.mu.Lock()
		defer q.mu.Unlock()
		if q.count--; q.count == 0 {
			close(q.none)
		}
	})
}

// run runs f on another goroutine after everything that is already waiting.
func (q *queue) run(f func()) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.waiting = append(q.waiting, f)
	if !q.busy {
		q.busy = true
		go func() {
			defer crash.Guard(nil)
			for f := q.next(); f != nil; f = q.next() {
				f()
			}
		}()
	}
}

// next takes the oldest function out of the queue; nil if it is empty.
func (q *queue) next() (f func()) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.busy = len(q.waiting) > 0; !q.busy {
		return nil
	}
	f, q.waiting = q.waiting[0], q.waiting[1:]
	return f
}

// wait returns when everything is written.
func (q *queue) wait() {
	q.mu.Lock()
	none := q.none
	q.mu.Unlock()
	if none != nil {
		<-none
	}
}
