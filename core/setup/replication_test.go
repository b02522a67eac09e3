package setup_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/plan"
	"github.com/s2sdoctor/s2sdoctor/core/sandbox"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// TestApplyWaitsUntilCopied guards that the run waits, by repeating the request, for
// every part of the service that does not know a new object yet, and that it shows the
// wait.
func TestApplyWaitsUntilCopied(t *testing.T) {
	for name, lag := range map[string]sandbox.Replication{
		"service principal": {Principal: 3},
		"application user":  {User: 3},
		"reads":             {Read: 3},
		"everything":        {Principal: 2, User: 2, Read: 2},
		"one read":          {Principal: 2, Token: 1, Secret: 1, User: 2, Read: 1},
	} {
		for path, target := range map[string]func(*plan.Target){
			"modern": nil, "classic": func(t *plan.Target) { t.Classic, t.Role = true, "" },
		} {
			t.Run(name+", "+path, func(t *testing.T) {
				t.Parallel()
				p := begun(t, func(t *sandbox.Tenant) { empty(t); t.Replication = lag }, target)
				before := p.server.State()
				run, notes := p.run(), 0
				run.Observe = func(_ plan.Step, note text.Text) {
					if !note.Empty() {
						notes++
					}
				}
				planned, err := run.Apply(t.Context())
				if err != nil {
					t.Fatal(err)
				}
				for _, s := range planned.Steps {
					if s.Status == plan.Failed || s.Status == plan.Blocked {
						t.Errorf("%s is %s: %s", s.ID, s.Status, s.Reason)
					}
				}
				if proof := planned.Step(plan.Proof); proof.Status == plan.Manual {
					t.Errorf("the connection cannot be tested: %s %s; registered: %s", proof.Status, proof.Reason, planned.Step(plan.Application).Reason)
				}
				if notes == 0 {
					t.Error("the wait is not shown")
				}
				if err := p.undo(); err != nil || p.server.State() != before {
					t.Errorf("after undo: %v", err)
				}
			})
		}
	}
}

// TestResumeWaitsForNothing guards that a run that was killed in the middle of a step
// continues at once, because a deleted object is not mistaken for one that is not copied
// yet. Only an object whose response was lost is searched for a few seconds.
func TestResumeWaitsForNothing(t *testing.T) {
	c := situations["empty, minimal role"]
	for n := 1; n <= 7; n++ {
		for _, before := range []bool{true, false} {
			t.Run(fmt.Sprint(n, before), func(t *testing.T) {
				t.Parallel()
				p := begun(t, func(tenant *sandbox.Tenant) {
					c.tenant(tenant)
					if before {
						tenant.Interrupt = sandbox.Interruption{Number: n}
					}
				}, c.target)
				ctx, kill := context.WithCancel(t.Context())
				defer kill()
				p.server.Use(killAt(p, n, kill))
				if _, err := p.run().Apply(ctx); err == nil && ctx.Err() != nil {
					t.Fatal("not killed")
				}
				p.server.Use(nil)
				run, waited := p.run(), time.Duration(0)
				run.Wait = func(_ context.Context, d time.Duration) error { waited += d; return nil }
				if _, err := run.Apply(t.Context()); err != nil {
					t.Fatal(err)
				}
				if waited > 15*time.Second || !before && waited > 0 {
					t.Errorf("it waits %s", waited)
				}
			})
		}
	}
}
