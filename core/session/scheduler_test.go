package session

import (
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// loop is the goroutine of a window, played by the test: functions wait in a queue until
// pump runs them. Its clock is that of the synctest bubble.
type loop struct {
	mu      sync.Mutex
	waiting []func()
	wake    chan struct{} // gets a value with each function; nil unless the test sleeps
}

func (l *loop) Do(f func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.waiting = append(l.waiting, f)
	select {
	case l.wake <- struct{}{}:
	default:
	}
}

func (l *loop) Later(d time.Duration, f func()) (cancel func()) {
	timer := time.AfterFunc(d, func() { l.Do(f) })
	return func() { timer.Stop() }
}

func (l *loop) Now() time.Time { return time.Now() }

// pump runs the waiting functions until every goroutine of the bubble is blocked and no
// function is left. It must be called in a bubble.
func (l *loop) pump() {
	for {
		synctest.Wait()
		l.mu.Lock()
		waiting := l.waiting
		l.waiting = nil
		l.mu.Unlock()
		if len(waiting) == 0 {
			return
		}
		for _, f := range waiting {
			f()
		}
	}
}

// sleep lets time pass and runs each function when it is due.
func (l *loop) sleep(d time.Duration) {
	l.mu.Lock()
	l.wake = make(chan struct{}, 1)
	l.mu.Unlock()
	for end := time.After(d); ; {
		select {
		case <-l.wake:
			l.pump()
		case <-end:
			l.pump()
			return
		}
	}
}
