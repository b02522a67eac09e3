package session

import (
	"context"
	"testing"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/admin"
	"github.com/s2sdoctor/s2sdoctor/core/consent"
	"github.com/s2sdoctor/s2sdoctor/core/entra"
)

// TestSetupByDeviceCode guards that a device code is shown with the remaining time during
// the wait, and disappears after it was typed or the user stopped.
func TestSetupByDeviceCode(t *testing.T) {
	for name, stop := range map[string]bool{"typed": false, "stopped": true} {
		t.Run(name, func(t *testing.T) {
			p := &setupPlay{}
			p.page = func(ctx context.Context, how core.SignIn) error {
				how.Show(entra.DeviceCode{UserCode: "B3K9QX7P", URL: "https://login.microsoft.com/device", Expires: time.Now().Add(15 * time.Minute)})
				select {
				case <-time.After(20 * time.Second):
				case <-ctx.Done():
					return ctx.Err()
				}
				how.Progress(consent.Progress{Step: consent.Answered})
				time.Sleep(time.Second) // for the reading
				return nil
			}
			inSetup(t, p, func(s *Session, l *loop) {
				s.SignInSetup(admin.ByDevice)
				if phase := s.State().Setup.Phase; phase != SetupReading {
					t.Errorf("before the code: %q", phase)
				}
				l.sleep(10 * time.Second)
				u := s.State().Setup
				if u.Phase != SetupCode || u.Code != "B3K9QX7P" || u.CodePage != "https://login.microsoft.com/device" || u.Host != "login.microsoft.com" || u.Time != 14*time.Minute+50*time.Second {
					t.Errorf("while the code is waited for: %s, %q at %q (%s), %s", u.Phase, u.Code, u.CodePage, u.Host, u.Time)
				}
				if p.how.Way != admin.ByDevice || u.Next() != NoSetupAction || !u.Phase.UnderWay() {
					t.Errorf("the sign-in is by %q, the main button does %q", p.how.Way, u.Next())
				}
				if stop {
					s.StopSetup()
					l.pump()
					if u := s.State().Setup; u.Phase != SetupChoosing || u.Code != "" || u.Failure != nil {
						t.Errorf("stopped: %s, %q, %+v", u.Phase, u.Code, u.Failure)
					}
					return
				}
				l.sleep(10*time.Second + 500*time.Millisecond)
				if u := s.State().Setup; u.Phase != SetupReading || u.Code != "" || !u.Deadline.IsZero() {
					t.Errorf("typed: %s, %q, until %s", u.Phase, u.Code, u.Deadline)
				}
				l.sleep(time.Minute)
				if phase := s.State().Setup.Phase; phase != SetupPlanned {
					t.Errorf("it ends as %q", phase)
				}
			})
		})
	}
}
