package session

import (
	"context"
	"testing"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/admin"
	"github.com/s2sdoctor/s2sdoctor/core/consent"
	"github.com/s2sdoctor/s2sdoctor/core/plan"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// TestSetupSignInAgain guards a token that must be renewed on the page during the work:
// the page is shown while it is open, and then the progress again. Stop ends the work and
// keeps the finished steps.
func TestSetupSignInAgain(t *testing.T) {
	for name, stop := range map[string]bool{"answered": false, "stopped": true} {
		t.Run(name, func(t *testing.T) {
			p := &setupPlay{}
			answer := make(chan struct{})
			p.applied = func(ctx context.Context, o core.SetupOrder, made plan.Plan) (core.SetupResult, error) {
				made.Steps[0].Status = plan.Applied
				o.Observe(made.Steps[0], text.Text{})
				p.how.Progress(consent.Progress{Step: consent.Opening, Attempt: consent.Attempt{URL: "https://x"}})
				p.how.Progress(consent.Progress{Step: consent.Waiting, Host: "login", Attempt: consent.Attempt{URL: "https://x"}, Deadline: time.Now().Add(5 * time.Minute)})
				select {
				case <-answer:
				case <-ctx.Done():
					p.how.Progress(consent.Progress{Step: consent.Answered})
					made.Applied, made.Journal = true, "a.journal"
					return core.SetupResult{Plan: made, Form: o.Form}, ctx.Err()
				}
				p.how.Progress(consent.Progress{Step: consent.Answered})
				o.Observe(made.Steps[1], text.Text{})
				time.Sleep(time.Minute)
				return works(ctx, o, made)
			}
			inSetup(t, p, func(s *Session, l *loop) {
				answer = make(chan struct{}) // belongs to the bubble
				s.SignInSetup(admin.ByBrowser)
				l.pump()
				want(s, l, func(w *SetupWants) { w.RoleName, w.File = "Sales", "x.pem" })
				s.ApplySetup()
				l.sleep(10 * time.Second)
				u := s.State().Setup
				if u.Phase != SetupWaiting || u.Attempt.URL != "https://x" || u.Time != 4*time.Minute+50*time.Second || !u.Begun {
					t.Fatalf("while the page is open: %s, %q, %s", u.Phase, u.Attempt.URL, u.Time)
				}
				if stop {
					if !s.StopSetup() {
						t.Error("there was nothing to stop")
					}
					l.pump()
					if u := s.State().Setup; u.Phase != SetupPlanned || u.Failure == nil || !u.Begun || s.setup.journal != "a.journal" || s.setup.work == nil {
						t.Errorf("stopped: %s, %+v, journal %q", u.Phase, u.Failure, s.setup.journal)
					}
					return
				}
				close(answer)
				l.sleep(time.Second)
				if u := s.State().Setup; u.Phase != SetupApplying || u.Step != plan.Credential || u.Attempt.URL != "" || !u.Deadline.IsZero() {
					t.Errorf("after the page: %s at %q, %q", u.Phase, u.Step, u.Attempt.URL)
				}
				l.sleep(2 * time.Minute)
				if u := s.State().Setup; u.Phase != SetupDone {
					t.Errorf("it ends as %s", u.Phase)
				}
			})
		})
	}
}
