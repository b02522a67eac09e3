package ui

import (
	"sync"

	"github.com/s2sdoctor/s2sdoctor/core/crash"
)

// writes runs what is read and written beside the window, such as saved connections,
// in its order, and counts what is not written yet. The zero value has nothing to do.
type writes struct {
	mu      sync.Mutex
	count   int
	none    chan struct{} // closed when count falls to 0; nil before the first
	waiting []func()
	running bool
}

// begin counts one thing that the end of the program waits for, until the function
// that it returns is called.
func (w *writes) begin() (written func()) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.count == 0 {
		w.none = make(chan struct{})
	}
	w.count++
	return sync.OnceFunc(func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		if w.count--; w.count == 0 {
			close(w.none)
		}
	})
}

// inTurn runs f on another goroutine when everything before it has been run.
func (w *writes) inTurn(f func()) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.waiting = append(w.waiting, f)
	if !w.running {
		w.running = true
		go func() {
			defer crash.Guard(nil)
			for f := w.next(); f != nil; f = w.next() {
				f()
			}
		}()
	}
}

// next takes the function whose turn it is; nil when there is none left.
func (w *writes) next() (f func()) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.running = len(w.waiting) > 0; !w.running {
		return nil
	}
	f, w.waiting = w.waiting[0], w.waiting[1:]
	return f
}

// wait returns when nothing is left to be written.
func (w *writes) wait() {
	w.mu.Lock()
	none := w.none
	w.mu.Unlock()
	if none != nil {
		<-none
	}
}
