package session

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/consent"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/plan"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

func (p *setupPlay) Consent(ctx context.Context, g core.ConsentRequest) core.ConsentResult {
	p.grants = append(p.grants, g)
	return p.consented(ctx, g)
}

// consentLeft opens the set-up on the classic path, where all steps except consent
// succeed.
func consentLeft(t *testing.T, s *Session, l *loop) {
	t.Helper()
	s.CloseSetup()
	s.ChoosePath("classic")
	s.OpenSetup()
	s.SignInSetup("")
	l.pump()
	want(s, l, func(w *SetupWants) { w.Role, w.File, w.ConsentPage = RoleClone, "x.pem", true })
	if u := s.State().Setup; u.ConsentReady() || u.Plan.Step(plan.Consent).Status != plan.Manual || !u.SetupObstacle().Empty() {
		t.Fatalf("before: consent is %s, obstacle %q", u.Plan.Step(plan.Consent).Status, u.SetupObstacle())
	}
	if s.OpenSetupConsent(); s.State().Consent.Open {
		t.Fatal("the page is offered before the application is there")
	}
	s.ApplySetup()
	l.pump()
	if u := s.State().Setup; u.Phase != SetupDone || !u.ConsentReady() {
		t.Fatalf("after the other steps: %s, %+v", u.Phase, u.Plan.Step(plan.Consent))
	}
}

// appears makes a tenant in which all steps are done, and which shows the grant after a
// number of readings.
func appears(p *setupPlay, readings int) {
	p.target.ClientID = libraryClient
	p.state.Applications = plan.Found(plan.App{ObjectID: "a", AppID: libraryClient, Keys: []plan.Key{{KeyID: "k", End: time.Now().AddDate(1, 0, 0), Given: true}}})
	p.state.Principals = plan.Found(plan.Principal{ObjectID: "sp"})
	p.state.Dataverse = plan.Found(plan.Principal{ObjectID: "dv"})
	p.state.Users = plan.Found(plan.User{ID: "u", BusinessUnitID: "bu", Roles: []plan.SecurityRole{{ID: "r", Name: "S2S contoso role"}}})
	p.state.Roles = plan.Found(plan.SecurityRole{ID: "r", Name: "S2S contoso role"})
	p.state.Grants = plan.Found[plan.Grant]()
	p.reading = func() {
		if readings--; readings <= 0 {
			p.state.Grants = plan.Found(plan.Grant{ID: "g", Scope: "user_impersonation", Principal: "somebody"})
		}
	}
}

// TestSetupConsentOnThePage guards the classic path: the application user consents after
// all other steps, and the plan is read until it contains the grant.
func TestSetupConsentOnThePage(t *testing.T) {
	p := &setupPlay{applied: works}
	p.consented = func(context.Context, core.ConsentRequest) core.ConsentResult {
		appears(p, 2)
		return core.ConsentResult{
			Outcome: consent.Outcome{Ending: consent.Consented}, ConsentedBy: consent.Account{SignInName: theUser},
			Report: &exam.Report{Healthy: true, WhoAmI: &exam.WhoAmI{}},
		}
	}
	inSetup(t, p, func(s *Session, l *loop) {
		consentLeft(t, s, l)
		if o := p.orders[0]; o.Form.RedirectURI != loopback || !o.Want.ConsentPage || o.Want.RedirectURI != loopback {
			t.Errorf("ordered with %q, %+v", o.Form.RedirectURI, o.Want)
		}
		s.OpenSetupConsent()
		if c := s.State().Consent; !c.Open || c.Style != consent.Authorize || c.Prompt != consent.PromptSelect {
			t.Fatalf("the page: %+v", c)
		}
		s.StartConsent("")
		l.pump()
		if u := s.State().Setup; s.State().Consent.Open || !u.Reading || u.ConsentReady() {
			t.Errorf("while it is read again: reading %t", u.Reading)
		}
		l.sleep(grantPauses[0])
		u := s.State().Setup
		step := u.Plan.Step(plan.Consent)
		if step.Status != plan.Done || step.Result[plan.ConsentID] != "g" || u.Reading || u.ConsentReady() || u.Phase != SetupDone || u.Report == nil {
			t.Errorf("consent is %s (%s), in %s", step.Status, step.Reason, u.Phase)
		}
		if g := p.grants[0]; g.Choice.Prompt != consent.PromptSelect || g.Choice.Style != consent.Authorize {
			t.Errorf("asked for %+v", g.Choice)
		}
	})
}

// TestSetupConsentFails guards that the step remains to do if consent is declined or does
// not appear in the tenant.
func TestSetupConsentFails(t *testing.T) {
	yes := core.ConsentResult{Outcome: consent.Outcome{Ending: consent.Consented}, Report: &exam.Report{Healthy: true, WhoAmI: &exam.WhoAmI{}}}
	for name, c := range map[string]struct {
		page core.ConsentResult
		read error
		ends func(s *Session) bool
	}{
		"declined": {core.ConsentResult{Outcome: failedOutcome("consent.declined", "Somebody chose Cancel.")}, nil, func(s *Session) bool {
			return s.State().Consent.Failure != nil && s.State().Setup.ConsentReady()
		}},
		"not seen": {yes, nil, func(s *Session) bool {
			return s.State().Setup.ConsentReady() && s.State().Setup.Plan.Step(plan.Consent).Reason.Equal(text.F("The consent page answered yes, and Microsoft Entra does not show it yet."))
		}},
		"not read": {yes, errors.New("cut"), func(s *Session) bool {
			return s.State().Setup.Failure != nil && s.State().Setup.Phase == SetupDone && !s.State().Setup.Reading
		}},
	} {
		t.Run(name, func(t *testing.T) {
			p := &setupPlay{applied: works}
			p.consented = func(context.Context, core.ConsentRequest) core.ConsentResult {
				appears(p, 1000)
				if c.read != nil {
					p.page = func(context.Context, core.SignIn) error { return c.read }
				}
				return c.page
			}
			inSetup(t, p, func(s *Session, l *loop) {
				consentLeft(t, s, l)
				s.OpenSetupConsent()
				s.StartConsent("")
				l.pump()
				l.sleep(time.Minute)
				if u := s.State().Setup; !c.ends(s) {
					t.Errorf("it ends in %s, failure %+v, consent %+v", u.Phase, u.Failure, u.Plan.Step(plan.Consent))
				}
			})
		})
	}
}

// TestSetupClosedWhileConsentIsRead guards that no result changes a set-up that was
// closed.
func TestSetupClosedWhileConsentIsRead(t *testing.T) {
	p := &setupPlay{applied: works}
	p.consented = func(context.Context, core.ConsentRequest) core.ConsentResult {
		appears(p, 1000)
		return core.ConsentResult{Outcome: consent.Outcome{Ending: consent.Consented}, Report: &exam.Report{WhoAmI: &exam.WhoAmI{}}}
	}
	inSetup(t, p, func(s *Session, l *loop) {
		consentLeft(t, s, l)
		s.OpenSetupConsent()
		s.StartConsent("")
		l.pump()
		s.CloseSetup()
		l.sleep(time.Minute)
		if u := s.State().Setup; u.Open || u.Plan.Steps != nil {
			t.Errorf("%+v", u)
		}
	})
}
