package shutdown

import (
	"context"
	"os"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

// ending is an observed exit.
type ending struct {
	After  time.Duration
	Status int
}

// run returns how the process ends whose Owner runs do.
func run(do func(o *Owner)) (seen []ending) {
	start := time.Now()
	o := New(func(status int) { seen = append(seen, ending{time.Since(start), status}) })
	do(o)
	<-o.gone
	time.Sleep(10 * Limit) // nothing exits twice
	return seen
}

// works returns a function for Last that takes a while and ignores its context.
func works(d time.Duration) func(context.Context) { return func(context.Context) { time.Sleep(d) } }

func TestTheProcessEndsInTime(t *testing.T) {
	signal := func(o *Owner, after ...time.Duration) {
		signals := make(chan os.Signal)
		o.Heed(signals)
		for _, d := range after {
			time.Sleep(d)
			signals <- os.Interrupt
		}
	}
	for _, c := range []struct {
		name string
		do   func(o *Owner)
		want ending
	}{
		{"nothing to do", func(o *Owner) { o.End() }, ending{0, 0}},
		{"a status", func(o *Owner) { o.Exit(4) }, ending{0, 4}},
		{"work that ends by itself", func(o *Owner) { o.Last(works(time.Second)); o.End() }, ending{time.Second, 0}},
		{"all work is waited for", func(o *Owner) {
			o.Last(works(time.Second))
			o.Last(works(time.Second / 2))
			o.End()
		}, ending{time.Second, 0}},
		{"work that ends with its context", func(o *Owner) {
			o.Last(func(ctx context.Context) { <-ctx.Done() })
			o.End()
		}, ending{Grace, 0}},
		{"work that does not end", func(o *Owner) { o.Last(works(time.Hour / 60)); o.End() }, ending{Limit, 0}},
		{"work that does not end, and a status", func(o *Owner) { o.Last(works(time.Hour / 60)); o.Exit(3) }, ending{Limit, 3}},
		{"work that panics", func(o *Owner) { o.Last(func(context.Context) { panic("x") }); o.End() }, ending{0, 0}},
		{"a window that is never closed", func(o *Owner) { o.Begin() }, ending{Limit, 0}},
		{"the limit counts from the beginning", func(o *Owner) {
			o.Last(works(time.Hour / 60))
			o.Begin()
			time.Sleep(time.Second)
			o.Begin()
			o.End()
		}, ending{Limit, 0}},
		{"two ends", func(o *Owner) { o.Last(works(time.Second)); o.End(); o.End() }, ending{time.Second, 0}},
		{"a fault while it ends", func(o *Owner) { o.Last(works(time.Second)); o.End(); o.Exit(3) }, ending{time.Second, 3}},
		{"a signal", func(o *Owner) { o.Last(works(time.Second)); signal(o, 0) }, ending{time.Second, 0}},
		{"a signal with a window that hangs", func(o *Owner) {
			o.Last(works(time.Hour / 60))
			o.Begin()
			signal(o, time.Second)
		}, ending{Limit, 0}},
		{"two signals", func(o *Owner) {
			o.Last(works(time.Hour / 60))
			signal(o, 0, time.Second)
		}, ending{time.Second, 0}},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				if diff := cmp.Diff([]ending{c.want}, run(c.do)); diff != "" {
					t.Errorf("exits (-want +got):\n%s", diff)
				}
				time.Sleep(time.Hour) // pending functions end
			})
		})
	}
}

// TestContextEndsFirst guards work in parallel with the window: its context ends
// before the wait for it begins.
func TestContextEndsFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		heard := false
		run(func(o *Owner) {
			o.Last(func(context.Context) { heard = o.Context().Err() != nil })
			if o.Context().Err() != nil {
				t.Error("it has ended before")
			}
			o.End()
		})
		if !heard {
			t.Error("the context has not ended")
		}
	})
}
