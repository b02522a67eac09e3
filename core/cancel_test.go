package core_test

import (
	"context"
	"runtime/debug"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/s2sdoctor/s2sdoctor/core/exam"
)

// TestMain guards that no goroutine outlives an examination. Garbage is collected less
// often than usual: it takes a sixth of the time of thousands of examinations.
func TestMain(m *testing.M) {
	debug.SetGCPercent(400)
	goleak.VerifyTestMain(m)
}

// TestCancelAtEveryStep guards that, at any step, an examination ends soon after it is
// cancelled, reports this, and leaves no goroutine (goleak).
func TestCancelAtEveryStep(t *testing.T) {
	for step := range 24 {
		s := open(t)
		form, err := s.Play("")
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		events := 0
		done := make(chan exam.Report, 1)
		go func() {
			done <- s.Examine(ctx, form, false, func(e exam.Event) {
				if e.Phase == exam.Waiting {
					return
				}
				if events++; events > step {
					cancel()
				}
			})
		}()
		select {
		case r := <-done:
			if ctx.Err() != nil && r.Complete {
				t.Errorf("cancelled at step %d, and the report says it is complete", step)
			}
			if r.RootCause != "" {
				t.Errorf("cancelled at step %d: being cancelled is no finding, got %q\n%s", step, r.RootCause, story(r))
			}
		case <-time.After(10 * time.Second):
			t.Fatalf("cancelled at step %d, and it goes on", step)
		}
		cancel()
	}
}

// TestObserverSeesEverything guards that the observer gets the begin and the end of every
// check, once each.
func TestObserverSeesEverything(t *testing.T) {
	s := open(t)
	form, err := s.Play("secret-wrong")
	if err != nil {
		t.Fatal(err)
	}
	waiting, over := map[exam.CheckID]int{}, map[exam.CheckID]int{}
	r := s.Examine(t.Context(), form, false, func(e exam.Event) {
		switch e.Phase {
		case exam.Waiting:
			waiting[e.Result.ID]++
		case exam.Done:
			over[e.Result.ID]++
		}
		if e.Total != len(exam.Checks()) || exam.Checks()[e.Index].ID != e.Result.ID {
			t.Errorf("event %d of %d is about %s", e.Index, e.Total, e.Result.ID)
		}
	})
	for _, c := range r.Checks {
		if waiting[c.ID] != 1 || over[c.ID] != 1 {
			t.Errorf("%s: seen waiting %d times and over %d times", c.ID, waiting[c.ID], over[c.ID])
		}
	}
}
