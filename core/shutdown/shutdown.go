// Package shutdown ends the process in bounded time.
//
// It promises that the process is gone [Limit] after its end has begun, whatever is
// under way: what was registered with [Owner.Last] is called, and waited for until
// then. A program that has an Owner has no other way out.
package shutdown

import (
	"context"
	"os"
	"sync"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/crash"
)

// The time from the beginning of the end. A busy computer adds to Limit: a user sees
// the process gone within 3 s.
const (
	Grace = 2 * time.Second              // what is registered is asked to return
	Limit = Grace + 500*time.Millisecond // the process exits
)

// Owner ends the process, once. Its methods may be called on any goroutine.
type Owner struct {
	exit func(status int)
	// begun ends when the end begins, and grace Grace later.
	begun, grace context.Context
	begin        context.CancelFunc
	begins       func() // starts the clock, once
	finish       func() // calls what is registered and then exits, once
	gone         chan struct{}

	mu     sync.Mutex
	last   []func(ctx context.Context)
	status int
	exits  bool
}

// New returns an Owner that calls exit once; that is [os.Exit], except in tests.
func New(exit func(status int)) *Owner {
	o := &Owner{exit: exit, gone: make(chan struct{})}
	o.begun, o.begin = context.WithCancel(context.Background())
	var expire context.CancelFunc
	o.grace, expire = context.WithCancel(context.Background())
	o.begins = sync.OnceFunc(func() {
		o.begin()
		time.AfterFunc(Grace, expire)
		time.AfterFunc(Limit, o.leave)
	})
	o.finish = sync.OnceFunc(func() {
		go func() {
			defer crash.Guard(nil)
			o.callLast()
			o.leave()
		}()
	})
	return o
}

// Context returns a context that ends when the end begins.
func (o *Owner) Context() context.Context { return o.begun }

// Last registers what has to be done before the process exits, such as removing its
// temporary files. f is called when nothing else is to come, on a goroutine of its
// own, and must return soon after ctx ends.
func (o *Owner) Last(f func(ctx context.Context)) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.last = append(o.last, f)
}

// Begin begins the end: the process exits after Limit, if not before. It returns at
// once, and does nothing if the end has begun.
func (o *Owner) Begin() { o.begins() }

// End ends the process as soon as what is registered has returned. It returns at once.
func (o *Owner) End() {
	o.begins()
	o.finish()
}

// Exit is End with a status other than 0; it does not return.
func (o *Owner) Exit(status int) {
	o.mu.Lock()
	o.status = status
	o.mu.Unlock()
	o.End()
	<-o.gone
}

// Heed ends the process on a signal from signals; a second one waits for nothing. It
// returns at once.
func (o *Owner) Heed(signals <-chan os.Signal) {
	go func() {
		defer crash.Guard(nil)
		for _, obey := range []func(){o.End, o.leave} {
			select {
			case <-signals:
				obey()
			case <-o.gone:
				return
			}
		}
	}()
}

// callLast calls what is registered and returns when all of it has.
func (o *Owner) callLast() {
	o.mu.Lock()
	last := o.last
	o.mu.Unlock()
	var all sync.WaitGroup
	for _, f := range last {
		all.Go(func() {
			defer crash.Guard(nil)
			f(o.grace)
		})
	}
	all.Wait()
}

// leave exits; only the first call does.
func (o *Owner) leave() {
	o.mu.Lock()
	first, status := !o.exits, o.status
	o.exits = true
	o.mu.Unlock()
	if first {
		o.exit(status)
		close(o.gone)
	}
}
