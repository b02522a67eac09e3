package ui

import (
	"context"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/consent"
	"github.com/s2sdoctor/s2sdoctor/core/entra"
	"github.com/s2sdoctor/s2sdoctor/core/guide"
	"github.com/s2sdoctor/s2sdoctor/core/plan"
	"github.com/s2sdoctor/s2sdoctor/core/session"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

const testAdministrator = "admin@contoso.onmicrosoft.com"

// setupPlay plays an administrator's work in an empty tenant.
type setupPlay struct {
	how    core.SignIn
	target plan.Target
	state  plan.State
	// signIn plays the sign-in page; nil signs in at once. apply plays the work; nil does
	// everything.
	signIn func(ctx context.Context, how core.SignIn) error
	apply  func(ctx context.Context, o core.SetupOrder, p plan.Plan) (core.SetupResult, error)
}

func (d doctorPlay) UnfinishedSetup(plan.Target) string { return "" }
func (d doctorPlay) AzureCLI() bool                     { return true }

func (d doctorPlay) BeginSetup(_ context.Context, _ connection.Form, t plan.Target, how core.SignIn) (core.SetupWork, error) {
	d.s.setup.target, d.s.setup.how = t, how
	return d.s.setup, nil
}

// withSetup plays an empty tenant.
func withSetup(s *stage) {
	s.setup = &setupPlay{}
	st := &s.setup.state
	st.Applications, st.Principals, st.Users = plan.Found[plan.App](), plan.Found[plan.Principal](), plan.Found[plan.User]()
	st.BusinessUnits = plan.Found("a81d3f60-d2a4-ee11-be37-000d3a4b1c2d")
	st.Roles = plan.Found(plan.SecurityRole{ID: "b92e4071-d2a4-ee11-be37-000d3a4b1c2d", Name: "Sales integration"})
}

func (p *setupPlay) Plan(ctx context.Context, want plan.Target) (plan.Plan, error) {
	if p.signIn != nil {
		if err := p.signIn(ctx, p.how); err != nil {
			return plan.Plan{}, err
		}
	}
	want.Environment, want.Cloud, want.TenantID = p.target.Environment, p.target.Cloud, p.target.TenantID
	p.target = want
	return plan.Make(want, p.state), nil
}

func (p *setupPlay) Roles(context.Context) ([]string, error) {
	return []string{"Basic User", "Sales integration", "System Administrator", "System Customizer"}, nil
}

func (p *setupPlay) Apply(ctx context.Context, o core.SetupOrder) (core.SetupResult, error) {
	made := plan.Make(p.target, p.state)
	if p.apply != nil {
		return p.apply(ctx, o, made)
	}
	for i := range made.Steps {
		if s := &made.Steps[i]; s.Status == plan.Todo && s.ID != plan.Proof {
			s.Status = plan.Applied
			o.Observe(*s, text.Text{})
		}
	}
	made.Applied, made.Journal = true, "contoso.journal"
	made.Prove(healthyReport())
	form := filledForm()
	form.Environment = o.Form.Environment
	if _, err := o.Kept.Store.Save(ctx, o.Kept.Name, form); err != nil {
		return core.SetupResult{}, err
	}
	return core.SetupResult{Plan: made, Form: form}, nil
}

func (p *setupPlay) Undo(_ context.Context, o core.SetupOrder) (core.SetupResult, error) {
	return core.SetupResult{Form: o.Form, Plan: plan.Undo(p.target, nil)}, nil
}

func (p *setupPlay) Script(format string, only []plan.ID) string {
	target := p.target
	target.Only = only
	return core.PlanText(format, target, plan.Make(target, p.state))
}

func (p *setupPlay) Look(context.Context, connection.Form) (core.Sight, error) {
	return core.Sight{}, nil
}
func (p *setupPlay) Target() plan.Target     { return p.target }
func (p *setupPlay) PasteSignIn(string) bool { return false }
func (p *setupPlay) Account() string         { return testAdministrator }
func (p *setupPlay) Close()                  {}

// setUp opens the set-up of an empty tenant.
func (s *stage) setUp() {
	withSetup(s)
	s.fill(connection.Form{Environment: contoso, Tenant: testTenant})
	s.press("Set it up")
}

// signedIn signs the administrator in.
func (s *stage) signedIn() {
	s.setUp()
	s.press("Sign in with the browser")
	s.until("the plan", func() bool { return s.w.session.State().Setup.Phase == session.SetupPlanned })
}

// roleChosen chooses the role, as in the list.
func (s *stage) roleChosen() {
	s.signedIn()
	w := s.w.session.State().Setup.Wants
	w.RoleName = "Sales integration"
	s.w.session.WantSetup(w)
	s.advance(session.DiscoverPause)
	s.until("the plan", func() bool { return !s.w.session.State().Setup.Reading })
}

// consentOnThePage gives the application user's consent, on the classic path.
func (s *stage) consentOnThePage() {
	s.w.session.ChoosePath(guide.Classic)
	s.roleChosen()
	w := s.w.session.State().Setup.Wants
	w.ConsentPage = true
	s.w.session.WantSetup(w)
	s.advance(session.DiscoverPause)
	s.until("the plan", func() bool { return !s.w.session.State().Setup.Reading })
}

// setUpDone applies the plan.
func (s *stage) setUpDone() {
	s.roleChosen()
	s.press("Make these changes")
	s.until("the end", func() bool { return !s.w.session.State().Setup.Phase.UnderWay() })
}

// openedPage is a sign-in page that waits until it is cancelled.
func openedPage(ctx context.Context, how core.SignIn) error {
	how.Progress(consent.Progress{Step: consent.CopyAddress, Host: testLogin, Attempt: consent.Attempt{URL: "https://" + testLogin + "/" + testTenant + "/oauth2/v2.0/authorize?client_id=9cee029c-6210-4654-90bb-17e6e9d36617&response_type=code"}})
	<-ctx.Done()
	return ctx.Err()
}

// shownCode is a device code that waits until the user stops.
func shownCode(ctx context.Context, how core.SignIn) error {
	how.Show(entra.DeviceCode{UserCode: "B3K9QX7P", URL: "https://login.microsoft.com/device"})
	<-ctx.Done()
	return ctx.Err()
}

// stopsAtUser is work that ends at the application user.
func stopsAtUser(_ context.Context, o core.SetupOrder, made plan.Plan) (core.SetupResult, error) {
	for i := range made.Steps {
		s := &made.Steps[i]
		if s.ID == plan.ApplicationUser {
			s.Status, s.Reason = plan.Failed, text.F("The signed-in administrator may not do this: %s is missing.", "prvCreateUser")
			made.Applied, made.Journal = true, "contoso.journal"
			return core.SetupResult{Plan: made, Form: o.Form}, text.Error(s.Reason)
		}
		if s.Status == plan.Todo {
			s.Status = plan.Applied
		}
		o.Observe(*s, text.Text{})
	}
	return core.SetupResult{Plan: made}, nil
}

// waitsForCopies is work that waits until Microsoft has copied the service principal.
func waitsForCopies(ctx context.Context, o core.SetupOrder, made plan.Plan) (core.SetupResult, error) {
	for i := range made.Steps {
		s := &made.Steps[i]
		if s.ID == plan.ApplicationUser {
			o.Observe(*s, text.F("waiting %d s for Microsoft to copy what was made", 8))
			break
		}
		if s.Status == plan.Todo {
			s.Status = plan.Applied
		}
		o.Observe(*s, text.Text{})
	}
	<-ctx.Done()
	return core.SetupResult{Plan: made, Form: o.Form}, ctx.Err()
}

var _ core.SetupWork = (*setupPlay)(nil)
