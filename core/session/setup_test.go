package session

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/admin"
	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/consent"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/plan"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// setupPlay plays a Doctor and the work on a set-up.
type setupPlay struct {
	core.Doctor
	page    func(ctx context.Context, how core.SignIn) error // nil signs in at once
	state   plan.State
	applied func(ctx context.Context, o core.SetupOrder, p plan.Plan) (core.SetupResult, error)
	undone  error
	reading func() // plays a change before a reading; may be nil

	consented func(ctx context.Context, g core.ConsentRequest) core.ConsentResult
	grants    []core.ConsentRequest

	target plan.Target
	how    core.SignIn
	orders []core.SetupOrder
	pasted []string
	closed atomic.Int32
	looks  int
}

func (p *setupPlay) UnfinishedSetup(plan.Target) string { return "" }
func (p *setupPlay) AzureCLI() bool                     { return true }

func (p *setupPlay) Discover(context.Context, connection.Form) (core.Discovered, bool) {
	return core.Discovered{}, false
}

func (p *setupPlay) BeginSetup(_ context.Context, _ connection.Form, t plan.Target, how core.SignIn) (core.SetupWork, error) {
	p.target, p.how = t, how
	return p, nil
}

func (p *setupPlay) Plan(ctx context.Context, want plan.Target) (plan.Plan, error) {
	if p.page != nil {
		if err := p.page(ctx, p.how); err != nil {
			return plan.Plan{}, err
		}
	}
	want.ClientID = p.target.ClientID
	if p.reading != nil {
		p.reading()
	}
	want.Environment, want.Cloud, want.TenantID = p.target.Environment, p.target.Cloud, p.target.TenantID
	p.target = want
	return plan.Make(want, p.state), nil
}

func (p *setupPlay) Roles(context.Context) ([]string, error) {
	return []string{"Basic User", "Sales"}, nil
}

func (p *setupPlay) Apply(ctx context.Context, o core.SetupOrder) (core.SetupResult, error) {
	p.orders = append(p.orders, o)
	return p.applied(ctx, o, plan.Make(p.target, p.state))
}

func (p *setupPlay) Undo(_ context.Context, o core.SetupOrder) (core.SetupResult, error) {
	return core.SetupResult{Form: o.Form, Plan: plan.Undo(p.target, map[plan.ID]plan.TakenBack{
		plan.Application: {Requests: []plan.Request{{Method: "POST"}}, Undo: []plan.Request{{Method: "DELETE"}}},
	})}, p.undone
}

func (p *setupPlay) Script(format string, only []plan.ID) string {
	return core.PlanText(format, p.target, plan.Make(p.target, p.state))
}
func (p *setupPlay) Target() plan.Target { return p.target }
func (p *setupPlay) Look(context.Context, connection.Form) (core.Sight, error) {
	p.looks++
	return core.Sight{}, nil
}
func (p *setupPlay) Account() string { return "admin@contoso.onmicrosoft.com" }
func (p *setupPlay) Close()          { p.closed.Add(1) }

func (p *setupPlay) PasteSignIn(seen string) bool {
	p.pasted = append(p.pasted, seen)
	return strings.Contains(seen, "AADSTS")
}

// works is a set-up that succeeds.
func works(_ context.Context, o core.SetupOrder, p plan.Plan) (core.SetupResult, error) {
	for i := range p.Steps {
		if p.Steps[i].Status == plan.Todo {
			p.Steps[i].Status = plan.Applied
			o.Observe(p.Steps[i], text.Text{})
		}
	}
	p.Applied, p.Journal = true, "a.journal"
	p.Prove(exam.Report{Healthy: true, WhoAmI: &exam.WhoAmI{}})
	o.Form.ClientID, o.Form.CertificateFile = libraryClient, "/made.pfx"
	return core.SetupResult{Plan: p, Form: o.Form}, nil
}

// inSetup runs a test in a bubble, with the set-up open for an empty tenant.
func inSetup(t *testing.T, p *setupPlay, test func(s *Session, l *loop)) {
	t.Helper()
	t.Parallel()
	p.state.Applications, p.state.Principals = plan.Found[plan.App](), plan.Found[plan.Principal]()
	p.state.Users, p.state.BusinessUnits = plan.Found[plan.User](), plan.Found("a81d3f60-d2a4-ee11-be37-000d3a4b1c2d")
	synctest.Test(t, func(*testing.T) {
		var l loop
		s := New(Deps{Scheduler: &l, Doctor: p, Browsers: noBrowser{}})
		s.Edit(TypedOf(connection.Form{Environment: "https://contoso.crm4.dynamics.com", Tenant: libraryTenant}))
		l.sleep(TypingPause)
		s.OpenSetup()
		l.pump()
		test(s, &l)
		s.CloseSetup()
		s.Close()
		l.pump()
	})
}

type noBrowser struct{}

func (noBrowser) Open(context.Context, string) error { return nil }
func (noBrowser) Private() []PrivateBrowser          { return nil }

// want changes the choices, and waits until the plan is read.
func want(s *Session, l *loop, change func(*SetupWants)) {
	w := s.State().Setup.Wants
	change(&w)
	s.WantSetup(w)
	l.sleep(DiscoverPause)
}

func TestSetupFromNothing(t *testing.T) {
	p := &setupPlay{applied: works}
	inSetup(t, p, func(s *Session, l *loop) {
		u := s.State().Setup
		if !u.Offered || !u.Open || u.Client.Name != "Power Platform CLI - pac" || u.Plan.Step(plan.Application).Status != plan.Todo || !u.AzureCLI {
			t.Fatalf("before the sign-in: %+v", u)
		}
		s.SignInSetup(admin.ByBrowser)
		l.pump()
		u = s.State().Setup
		if u.Phase != SetupPlanned || u.Account == "" || len(u.Roles) != 2 || u.SetupObstacle().Empty() {
			t.Fatalf("signed in: %s %v %q", u.Phase, u.Roles, u.SetupObstacle())
		}
		s.ApplySetup() // no role is chosen
		l.pump()
		if len(p.orders) != 0 {
			t.Fatal("it was done without a role")
		}
		want(s, l, func(w *SetupWants) { w.RoleName, w.File = "Sales", "/tmp/x.pem" })
		if obstacle := s.State().Setup.SetupObstacle(); !obstacle.Empty() {
			t.Fatal(obstacle)
		}
		s.ApplySetup()
		l.pump()
		st := s.State()
		if st.Setup.Phase != SetupDone || !st.Setup.Begun || st.Form.Typed.ClientID != libraryClient || st.Examination.Report == nil || st.Setup.Offered {
			t.Errorf("done: %s, client %q, offered %t", st.Setup.Phase, st.Form.Typed.ClientID, st.Setup.Offered)
		}
		if o := p.orders[0]; o.Want == nil || o.Want.Role != "Sales" || o.Kept.File != "/tmp/x.pem" {
			t.Errorf("ordered %+v", o)
		}
		s.UndoSetup()
		l.pump()
		st = s.State()
		if st.Setup.Phase != SetupUndone || st.Setup.Begun || st.Form.Typed.ClientID != "" {
			t.Errorf("undone: %s, client %q", st.Setup.Phase, st.Form.Typed.ClientID)
		}
	})
	if p.closed.Load() == 0 {
		t.Error("the administrator was not signed out")
	}
}

// TestSetupShowsTheSignInPage guards the sign-in page: its address, the remaining time, a
// pasted text, and that Esc ends the wait.
func TestSetupShowsTheSignInPage(t *testing.T) {
	p := &setupPlay{}
	p.page = func(ctx context.Context, how core.SignIn) error {
		how.Progress(consent.Progress{Step: consent.CopyAddress, Host: "login.microsoftonline.com", Attempt: consent.Attempt{URL: "https://x"}, Deadline: time.Now().Add(5 * time.Minute)})
		<-ctx.Done()
		return ctx.Err()
	}
	inSetup(t, p, func(s *Session, l *loop) {
		s.SignInSetup(admin.ByBrowser)
		l.pump()
		l.sleep(2 * time.Second)
		u := s.State().Setup
		if u.Phase != SetupCopy || u.Attempt.URL != "https://x" || u.Time != 4*time.Minute+58*time.Second {
			t.Errorf("%s %s %s", u.Phase, u.Attempt.URL, u.Time)
		}
		if s.PasteSignIn("nothing"); s.State().Setup.Unread.Empty() {
			t.Error("a text that decides nothing is not named")
		}
		if !s.StopSetup() || s.State().Setup.Phase != SetupChoosing || s.StopSetup() {
			t.Error("it did not stop once")
		}
		l.pump()
		if u := s.State().Setup; u.Failure != nil || u.Phase != SetupChoosing {
			t.Errorf("after Esc: %+v", u.Failure)
		}
	})
	if p.closed.Load() == 0 {
		t.Error("the administrator was not signed out")
	}
}

// TestSetupBlockedSignIn guards that a refusal leads to the ways that can still work.
func TestSetupBlockedSignIn(t *testing.T) {
	refused, _ := admin.Explain("AADSTS65002: …")
	p := &setupPlay{page: func(context.Context, core.SignIn) error { return refused }}
	inSetup(t, p, func(s *Session, l *loop) {
		s.SignInSetup(admin.ByBrowser)
		l.pump()
		f := s.State().Setup.Failure
		if f == nil || f.Code != "AADSTS65002" || !slices.Contains(f.Next, admin.ByScript) {
			t.Fatalf("%+v", f)
		}
		want(s, l, func(w *SetupWants) { w.ClientID = "6b3f1d84-9e02-4c57-8a1d-f27c05b9e463" })
		if c := s.State().Setup.Client; !c.Own() {
			t.Errorf("the page will call this %q", c.Name)
		}
		for _, format := range core.SetupFormats {
			if !strings.Contains(s.SetupText(format), "contoso.crm4.dynamics.com") {
				t.Errorf("no %s for others", format)
			}
		}
	})
}

// TestSetupStopsAndResumes guards that a failed step keeps the finished steps, and that
// the same button continues.
func TestSetupStopsAndResumes(t *testing.T) {
	tries := 0
	p := &setupPlay{}
	p.applied = func(ctx context.Context, o core.SetupOrder, made plan.Plan) (core.SetupResult, error) {
		if tries++; tries > 1 {
			return works(ctx, o, made)
		}
		for i, status := range []plan.Status{plan.Applied, plan.Failed} {
			made.Steps[i].Status = status
			o.Observe(made.Steps[i], text.Text{})
		}
		made.Applied, made.Journal = true, "a.journal"
		return core.SetupResult{Plan: made, Form: o.Form}, errors.New("cut")
	}
	inSetup(t, p, func(s *Session, l *loop) {
		s.SignInSetup(admin.ByAzureCLI)
		l.pump()
		want(s, l, func(w *SetupWants) { w.RoleName, w.File = "Sales", "x.pem" })
		s.ApplySetup()
		l.pump()
		u := s.State().Setup
		if u.Phase != SetupPlanned || !u.Begun || u.Failure == nil || u.Failure.Step != plan.Credential {
			t.Fatalf("%s %+v", u.Phase, u.Failure)
		}
		s.ApplySetup()
		l.pump()
		if got := s.State().Setup.Phase; got != SetupDone || p.orders[1].Journal != "a.journal" {
			t.Errorf("%s with %q", got, p.orders[1].Journal)
		}
	})
}

// TestSetupTicks guards that an unticked step is not ordered, and that a minimal role has
// exactly the ticked privileges.
func TestSetupTicks(t *testing.T) {
	p := &setupPlay{applied: works}
	p.state.MayNot = map[plan.ID]string{plan.Application: "Application.ReadWrite.All"}
	inSetup(t, p, func(s *Session, l *loop) {
		s.SignInSetup(admin.ByBrowser)
		l.pump()
		if step := s.State().Setup.Plan.Step(plan.Application); step.Cause != catalog.AdminNoRights {
			t.Fatal(step.Status, step.Cause)
		}
		s.TickSetup(plan.Application, false)
		s.TickSetup(plan.Licence, false)
		s.TickSetup(plan.Licence, true)
		want(s, l, func(w *SetupWants) {
			w.Role, w.Tables = RoleMinimal, []TableRights{{" Account ", map[string]bool{"read": true, "append": true}}, {"", map[string]bool{"read": true}}}
		})
		got := s.wanted()
		if slices.Contains(got.Only, plan.Application) || !slices.Contains(got.Only, plan.Licence) || got.Role != plan.Minimal {
			t.Errorf("%v %s", got.Only, got.Role)
		}
		rights := []plan.Privilege{{Table: "account", Verb: "read", Depth: "org"}, {Table: "account", Verb: "append", Depth: "org"}, {Table: "account", Verb: "appendto", Depth: "org"}}
		if diff := cmp.Diff(rights, got.Privileges); diff != "" {
			t.Errorf("-want +got\n%s", diff)
		}
	})
}

// TestSetupNeverClonesByItself guards that the classic path copies System Administrator
// only if the user chose it.
func TestSetupNeverClonesByItself(t *testing.T) {
	p := &setupPlay{}
	inSetup(t, p, func(s *Session, l *loop) {
		s.CloseSetup()
		s.ChoosePath("classic")
		s.OpenSetup()
		s.SignInSetup(admin.ByAzureCLI)
		l.pump()
		u := s.State().Setup
		if !u.Classic || slices.Contains(s.wanted().Only, plan.Role) || s.wanted().Only == nil || u.SetupObstacle().Empty() {
			t.Errorf("classic %t, steps %v, obstacle %q", u.Classic, s.wanted().Only, u.SetupObstacle())
		}
		want(s, l, func(w *SetupWants) { w.Role = RoleClone })
		if only := s.wanted().Only; only != nil {
			t.Errorf("the copy was chosen, and is left out: %v", only)
		}
	})
}

// TestSetupOfTwo guards that the state names which of two administrators signs in, and
// offers a second sign-in if the first account lacks rights.
func TestSetupOfTwo(t *testing.T) {
	p := &setupPlay{applied: works}
	inSetup(t, p, func(s *Session, l *loop) {
		p.state.MayNot = map[plan.ID]string{plan.ApplicationUser: "prvCreateUser"}
		s.SignInSetup(admin.ByBrowser)
		l.pump()
		if !s.State().Setup.LacksRights() || p.how.EnvironmentWay != "" {
			t.Fatal("the missing rights are not seen")
		}
		p.page = func(ctx context.Context, how core.SignIn) error {
			how.Turn(true)
			<-ctx.Done()
			return ctx.Err()
		}
		s.SignInTwoSetup(admin.ByBrowser)
		l.pump()
		if u := s.State().Setup; u.Turn != EnvironmentAdministrator || u.Phase != SetupBrowser || p.how.EnvironmentWay != admin.ByBrowser {
			t.Fatalf("turn of %q in %s, by %q", u.Turn, u.Phase, p.how.EnvironmentWay)
		}
		s.StopSetup()
		l.pump()
		p.page, p.state.MayNot = nil, nil
		s.SignInTwoSetup(admin.ByBrowser)
		l.pump()
		if u := s.State().Setup; u.Phase != SetupPlanned || u.LacksRights() {
			t.Errorf("%s, rights missing %t", u.Phase, u.LacksRights())
		}
		p.page = func(ctx context.Context, how core.SignIn) error {
			how.Turn(true)
			<-ctx.Done()
			return ctx.Err()
		}
		s.SignInTwoSetup(admin.ByAzureCLI)
		l.pump()
		if u := s.State().Setup; u.Turn != EnvironmentAdministrator || u.Phase != SetupReading || p.how.EnvironmentWay != admin.ByAzureCLI || p.how.Way != admin.ByBrowser {
			t.Errorf("with the Azure CLI: turn of %q in %s", u.Turn, u.Phase)
		}
		s.StopSetup()
		l.pump()
		p.page = nil
		s.SignInSetup(admin.ByBrowser)
		l.pump()
		if u := s.State().Setup; u.Turn != OneAdministrator || p.how.EnvironmentWay != "" {
			t.Errorf("turn of %q when one signs in", u.Turn)
		}
	})
}

// TestSetupOfAnUnnamedIdentity guards that no application is registered instead of a
// managed identity, which Azure has registered.
func TestSetupOfAnUnnamedIdentity(t *testing.T) {
	inSetup(t, &setupPlay{}, func(s *Session, l *loop) {
		s.CloseSetup()
		s.ChooseCredential(connection.ManagedIdentityKind)
		l.sleep(TypingPause)
		if s.State().Setup.Offered {
			t.Error("a set-up is offered")
		}
		if s.OpenSetup(); s.State().Setup.Open || s.State().Form.Problems[connection.FieldClientID].Empty() {
			t.Error("the Client ID is not asked for")
		}
		form := s.State().Form.Typed
		form.ClientID = libraryClient
		s.Edit(form)
		l.sleep(TypingPause)
		if s.OpenSetup(); !s.State().Setup.Open {
			t.Error("with its Client ID it cannot be set up")
		}
	})
}
