package session

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/s2sdoctor/s2sdoctor/core/admin"
	"github.com/s2sdoctor/s2sdoctor/core/plan"
)

func planOf(complete bool, steps ...plan.Step) plan.Plan {
	return plan.Plan{Complete: complete, Steps: steps}
}

func TestSetupNext(t *testing.T) {
	todo := planOf(false, plan.Step{ID: plan.Application, Status: plan.Todo})
	manual := planOf(false, plan.Step{ID: plan.Consent, Status: plan.Manual})
	page := SetupWants{ConsentPage: true}
	failure := &SetupFailure{}
	for _, c := range []struct {
		name string
		u    Setup
		want SetupAction
	}{
		{"before the sign-in", Setup{Phase: SetupChoosing, Plan: todo}, SetupSignIn},
		{"a sign-in that failed", Setup{Phase: SetupChoosing, Failure: failure, Begun: true}, SetupSignIn},
		{"the sign-in page", Setup{Phase: SetupWaiting, Plan: todo}, NoSetupAction},
		{"a plan", Setup{Phase: SetupPlanned, Plan: todo}, SetupApply},
		{"a plan of an earlier run", Setup{Phase: SetupPlanned, Plan: todo, Begun: true}, SetupApply},
		{"a failure before any change", Setup{Phase: SetupPlanned, Plan: todo, Failure: failure}, SetupApply},
		{"a failure in the middle", Setup{Phase: SetupPlanned, Plan: todo, Failure: failure, Begun: true}, SetupResume},
		{"nothing to do", Setup{Phase: SetupPlanned, Plan: planOf(true)}, SetupTest},
		{"consent is left", Setup{Phase: SetupPlanned, Browser: true, Plan: manual, Wants: page}, SetupConsent},
		{"consent is left at the end", Setup{Phase: SetupDone, Browser: true, Plan: manual, Wants: page}, SetupConsent},
		{"consent without a browser", Setup{Phase: SetupPlanned, Plan: manual, Wants: page}, SetupApply},
		{"under way", Setup{Phase: SetupApplying, Plan: todo}, NoSetupAction},
		{"done", Setup{Phase: SetupDone, Plan: planOf(true)}, NoSetupAction},
		{"taken back", Setup{Phase: SetupUndone, Begun: true}, NoSetupAction},
	} {
		if got := c.u.Next(); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestSetupWays(t *testing.T) {
	all := []admin.Way{
		admin.ByBrowser, admin.ByAzureCLI, admin.ByDevice, admin.ByAnotherClient, admin.ByOwnClient, admin.ByConsent,
		admin.ByAnotherUser, admin.ByAllowList, admin.ByScript,
	}
	always := []admin.Way{admin.ByOwnClient, admin.ByAllowList, admin.ByScript}
	for _, c := range []struct {
		name string
		u    Setup
		main admin.Way
		want []admin.Way
	}{
		{"nothing here", Setup{}, admin.ByBrowser, always},
		{"the Azure CLI alone", Setup{AzureCLI: true}, admin.ByAzureCLI, append([]admin.Way{admin.ByAzureCLI}, always...)},
		{"the browser", Setup{Browser: true}, admin.ByBrowser, []admin.Way{admin.ByAnotherClient, admin.ByOwnClient, admin.ByAnotherUser, admin.ByAllowList, admin.ByScript}},
		{"both, and a page for consent", Setup{Browser: true, AzureCLI: true, Consents: "https://x"}, admin.ByBrowser, []admin.Way{
			admin.ByAzureCLI, admin.ByAnotherClient, admin.ByOwnClient, admin.ByConsent, admin.ByAnotherUser, admin.ByAllowList, admin.ByScript,
		}},
	} {
		if got := c.u.Ways(); got != nil {
			t.Errorf("%s: no failure, and %v", c.name, got)
		}
		c.u.Failure = &SetupFailure{Next: all}
		if got := c.u.Way(); got != c.main {
			t.Errorf("%s: the first way is %s, want %s", c.name, got, c.main)
		}
		if diff := cmp.Diff(c.want, c.u.Ways()); diff != "" {
			t.Errorf("%s: -want +got\n%s", c.name, diff)
		}
	}
}

func TestSetupCanTick(t *testing.T) {
	left := map[plan.ID]bool{plan.Licence: true}
	ticked := map[plan.Status]bool{plan.Todo: true, plan.Blocked: true, plan.Manual: true, plan.Failed: true}
	for _, phase := range []SetupPhase{
		SetupChoosing, SetupBrowser, SetupWaiting, SetupCopy, SetupReading, SetupPlanned, SetupApplying, SetupDone, SetupUndoing, SetupUndone,
	} {
		u := Setup{Phase: phase, Left: left}
		open := phase == SetupChoosing || phase == SetupPlanned
		for _, status := range []plan.Status{plan.Done, plan.Todo, plan.Optional, plan.Blocked, plan.Applied, plan.Failed, plan.Undone, plan.Manual} {
			if got := u.CanTick(plan.Step{ID: plan.Role, Status: status}); got != (open && ticked[status]) {
				t.Errorf("%q, a step that is %s: %v", phase, status, got)
			}
			if u.CanTick(plan.Step{ID: plan.Proof, Status: status}) {
				t.Errorf("%q, the test at the end that is %s", phase, status)
			}
		}
		if got := u.CanTick(plan.Step{ID: plan.Licence, Status: plan.Optional}); got != open {
			t.Errorf("%q, a step that was left out: %v", phase, got)
		}
	}
}

func TestSetupCount(t *testing.T) {
	u := Setup{Left: map[plan.ID]bool{plan.Licence: true}, Plan: planOf(false,
		plan.Step{ID: plan.Application, Status: plan.Applied}, plan.Step{ID: plan.Credential, Status: plan.Done},
		plan.Step{ID: plan.Role, Status: plan.Todo}, plan.Step{ID: plan.Licence, Status: plan.Todo})}
	if done, all := u.Count(); done != 1 || all != 2 {
		t.Errorf("%d of %d", done, all)
	}
}

// TestSetupTicksAgain guards that a step which was unticked, and which a newer plan
// therefore skips, can be chosen again.
func TestSetupTicksAgain(t *testing.T) {
	p := &setupPlay{applied: works}
	inSetup(t, p, func(s *Session, l *loop) {
		check := func(when string, want plan.Status) {
			t.Helper()
			u := s.State().Setup
			if step := u.Plan.Step(plan.ApplicationUser); step.Status != want || !u.CanTick(step) || u.Reading {
				t.Errorf("%s: it is %s, can be chosen: %v, reading: %v", when, step.Status, u.CanTick(step), u.Reading)
			}
		}
		s.TickSetup(plan.ApplicationUser, false)
		check("left out", plan.Todo)
		want(s, l, func(w *SetupWants) { w.Name = "other" })
		check("other choices", plan.Optional)
		s.TickSetup(plan.ApplicationUser, true)
		check("chosen again", plan.Todo)

		s.TickSetup(plan.ApplicationUser, false)
		s.SignInSetup(admin.ByBrowser)
		l.pump()
		check("read without it", plan.Optional)
		s.TickSetup(plan.ApplicationUser, true)
		if !s.State().Setup.Reading {
			t.Error("the plan without it can be done")
		}
		l.sleep(DiscoverPause)
		check("read again", plan.Todo)
	})
}

// TestSetupPracticeKeepsNothing guards that the sandbox asks for no file and no name.
func TestSetupPracticeKeepsNothing(t *testing.T) {
	u := Setup{Phase: SetupPlanned, Plan: planOf(false, plan.Step{ID: plan.Credential, Status: plan.Todo})}
	for _, c := range []struct {
		name     string
		practice bool
		wants    SetupWants
		want     SetupChoice
	}{
		{"a certificate", false, SetupWants{}, ChooseFile},
		{"a secret", false, SetupWants{Secret: true}, ChooseSave},
		{"a certificate in the sandbox", true, SetupWants{}, NoChoice},
		{"a secret in the sandbox", true, SetupWants{Secret: true}, NoChoice},
	} {
		u.Practice, u.Wants = c.practice, c.wants
		if got := u.Missing(); got != c.want {
			t.Errorf("%s: it waits for %q, want %q", c.name, got, c.want)
		}
	}
}
