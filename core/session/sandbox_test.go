package session

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/cloud"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/guide"
	"github.com/s2sdoctor/s2sdoctor/core/sandbox"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// fakeSandbox plays the practice tenant.
type fakeSandbox struct {
	fakeDoctor
	played []string
	closed int
}

func (s *fakeSandbox) Play(scenario string) (connection.Form, error) {
	s.played = append(s.played, scenario)
	if scenario == "broken" {
		return connection.Form{}, errors.New("it cannot be played")
	}
	form := filledForm()
	form.Environment = "https://contoso.crm4.sandbox.localhost"
	return form, nil
}

func (s *fakeSandbox) Close() error { s.closed++; return nil }

// practised runs test with a sandbox of three scenarios.
func practised(t *testing.T, test func(b *bench, s *fakeSandbox)) {
	t.Helper()
	s := &fakeSandbox{fakeDoctor: fakeDoctor{Doctor: core.Doctor{Clouds: sandbox.Clouds(), Authority: "http://127.0.0.1:5001"}}}
	runFilled(t, func(b *bench) { test(b, s) }, func(d *Deps) {
		d.OpenSandbox = func() (SandboxServer, error) { return s, nil }
		d.Scenarios = []Scenario{
			{Name: "healthy", Title: text.F("Healthy")}, {Name: "secret-wrong", Title: text.F("Secret")}, {Name: "broken"},
		}
	})
}

func TestSandbox(t *testing.T) {
	t.Parallel()
	practised(t, func(b *bench, s *fakeSandbox) {
		b.s.adopt(brokenReport("whoami", "appuser.missing"))
		b.s.EnterSandbox("secret-wrong")
		b.pump()
		st := b.s.State()
		if !st.Sandbox.Active || st.Sandbox.Scenario.Name != "secret-wrong" || st.Examination.Report != nil {
			t.Errorf("in it: %+v", st.Sandbox.Scenario)
		}
		if got := st.Form.Typed.Environment; got != "https://contoso.crm4.sandbox.localhost" {
			t.Errorf("the form holds %s", got)
		}
		b.s.PlayScenario("healthy")
		b.s.PlayScenario("no such")
		if got := strings.Join(s.played, " "); got != "secret-wrong healthy healthy" {
			t.Errorf("played %s", got)
		}
		b.s.LeaveSandbox()
		st = b.s.State()
		if st.Sandbox.Active || st.Sandbox.Scenario.Name != "" || st.Form.Typed.Environment != filledForm().Environment || st.Examination.Report == nil {
			t.Errorf("after it the form holds %s, the report is %v", st.Form.Typed.Environment, st.Examination.Report)
		}
		if field, _ := b.asked(); field != connection.FieldEnvironment {
			t.Error("the form does not get the focus")
		}
		b.s.LeaveSandbox()
	})
}

// TestSandboxHasItsOwnDoctor guards that the sandbox sends no request to a cloud, and
// that only the sandbox knows its environments.
func TestSandboxHasItsOwnDoctor(t *testing.T) {
	t.Parallel()
	practised(t, func(b *bench, s *fakeSandbox) {
		b.s.ToggleSandbox()
		b.pump()
		s.consent = ends(core.ConsentResult{Outcome: failedOutcome("consent.redirect-mismatch", "AADSTS50011.")})
		b.s.Test()
		b.pump()
		b.s.Cancel()
		b.pump()
		b.s.forgetReport()
		b.s.OpenConsent()
		b.s.StartConsent("")
		b.pump()
		if len(s.forms) != 1 || len(s.grants) != 1 || len(b.doctor.forms)+len(b.doctor.grants) != 0 {
			t.Errorf("in the sandbox %d and %d, in the cloud %d and %d", len(s.forms), len(s.grants), len(b.doctor.forms), len(b.doctor.grants))
		}
		if f := b.s.State().Consent.Failure; f == nil || f.Subject.Cloud != "sandbox" {
			t.Errorf("the failure is about %+v", f)
		}
		b.s.CloseConsent()
		b.s.ToggleSandbox()
		b.s.Test()
		b.pump()
		if len(s.forms) != 1 || len(b.doctor.forms) != 1 {
			t.Errorf("after it: %d in the sandbox, %d in the cloud", len(s.forms), len(b.doctor.forms))
		}
	})
}

func TestSandboxNamesItsCloud(t *testing.T) {
	t.Parallel()
	practised(t, func(b *bench, s *fakeSandbox) {
		s.discover = func(context.Context, connection.Form) (core.Discovered, bool) {
			return core.Discovered{TenantID: testTenant, Cloud: cloud.Cloud{Name: "sandbox", Title: text.F("Sandbox on this computer")}}, true
		}
		b.s.EnterSandbox("")
		b.pump()
		b.s.DiscoverNow()
		b.pump()
		if got := b.s.State().Form.Place.String(); !strings.Contains(got, "Sandbox on this computer") {
			t.Errorf("the environment is %q", got)
		}
	})
}

// TestSandboxKeepsNoTicks guards that ticks of the sandbox are not saved.
func TestSandboxKeepsNoTicks(t *testing.T) {
	t.Parallel()
	practised(t, func(b *bench, _ *fakeSandbox) {
		b.s.Tick(guide.Register, true)
		b.s.EnterSandbox("")
		b.pump()
		b.s.Tick(guide.User, true)
		b.s.LeaveSandbox()
		if got := b.s.State().Guide.Ticks; !got[guide.Register] || got[guide.User] {
			t.Errorf("after it the ticks are %v", got)
		}
	})
}

func TestSandboxErrors(t *testing.T) {
	t.Parallel()
	practised(t, func(b *bench, s *fakeSandbox) {
		b.s.EnterSandbox("broken")
		b.pump()
		if got := b.told(); got.Text.String() != "it cannot be played" || b.s.State().Sandbox.Active {
			t.Errorf("it tells %q", got.Text)
		}
	})
	runFilled(t, func(b *bench) {
		b.s.EnterSandbox("")
		b.pump()
		if got := b.told(); got.Text.String() != "The sandbox could not be started: no port is free" || got.Tone != Bad || b.s.State().Sandbox.Active {
			t.Errorf("it tells %q", got.Text)
		}
	}, func(d *Deps) {
		d.OpenSandbox = func() (SandboxServer, error) { return nil, errors.New("no port is free") }
	})
	runFilled(t, func(b *bench) {
		b.s.ToggleSandbox() // no sandbox is offered
		b.pump()
	})
}

// TestSandboxEndsWithSession guards against a port that stays open, also of a sandbox
// that starts while the window closes.
func TestSandboxEndsWithSession(t *testing.T) {
	t.Parallel()
	practised(t, func(b *bench, s *fakeSandbox) {
		b.s.EnterSandbox("")
		b.pump()
		b.s.LeaveSandbox()
		b.s.EnterSandbox("")
		b.pump()
		b.s.Finish(b.Context())
		b.s.Finish(b.Context())
		if s.closed != 1 {
			t.Errorf("closed %d times", s.closed)
		}
	})
	practised(t, func(b *bench, s *fakeSandbox) {
		b.s.EnterSandbox("")
		b.s.Finish(b.Context())
		b.pump()
		if b.s.State().Sandbox.Active || len(s.played) != 0 {
			t.Error("it is entered after the end")
		}
	})
}

func TestScenariosAreInGroups(t *testing.T) {
	list := Scenarios()
	if len(list) < 25 || list[0].Name != "healthy" || !list[0].Group.Empty() {
		t.Fatalf("%d scenarios, the first is %+v", len(list), list[0])
	}
	for _, s := range list[1:] {
		if s.Group.Empty() || s.Group.String() == "Others" || s.Title.Empty() || s.Lesson.Empty() {
			t.Errorf("%s is under %q, called %q", s.Name, s.Group, s.Title)
		}
	}
	for _, s := range core.Scenarios() {
		if got := group(s.Name, s.Cause).String(); (s.Cause == catalog.Unknown) != (got == "Undecided") {
			t.Errorf("%s, whose cause is %q, is under %q", s.Name, s.Cause, got)
		}
	}
}
