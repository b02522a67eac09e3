package ui

import (
	"strings"
	"testing"

	"github.com/s2sdoctor/s2sdoctor/core/guide"
	"github.com/s2sdoctor/s2sdoctor/core/plan"
	"github.com/s2sdoctor/s2sdoctor/core/session"
	"github.com/s2sdoctor/s2sdoctor/internal/race"
	"github.com/s2sdoctor/s2sdoctor/internal/uitest"
)

// TestSetupConsentInTheSandbox does all eight steps of the classic path: the
// administrator signs in for seven of them, and the application user for consent.
func TestSetupConsentInTheSandbox(t *testing.T) {
	race.Skip(t, "a whole tenant; core tests the same under the detector")
	s, _ := inSandbox(t, guide.Classic, "administrator", "application-user")
	s.press("Sign in with the browser")
	s.until("the plan", func() bool { return s.setupPhase() == session.SetupPlanned })
	s.wantSetup(func(w *session.SetupWants) { w.Role, w.ConsentPage = session.RoleClone, true })
	if got := s.over(); strings.Contains(got, `button "Open consent page"`) || !strings.Contains(got, "4. Grant consent: Your turn") {
		t.Errorf("before the other steps it shows\n%s", got)
	}
	s.press("Make these changes")
	s.until("the end", func() bool { return !s.setupPhase().UnderWay() })
	u := s.w.session.State().Setup
	if u.Phase != session.SetupDone || u.Report == nil || u.Report.WhoAmI == nil || !u.ConsentReady() {
		t.Fatalf("it ends as %s:\n%s", u.Phase, s.over())
	}
	if got := uitest.NameOf(s.w.win.Canvas().Focused()); got != "Open consent page" {
		t.Errorf("the focus is on %q", got)
	}
	s.press("Open consent page")
	if c := s.w.session.State().Consent; !c.Open || !strings.Contains(c.Attempt.URL, "prompt=select_account") {
		t.Fatalf("the page is %q", c.Attempt.URL)
	}
	s.entryOver("Who should sign in (optional)").SetText("s2s.integration@contoso.onmicrosoft.com")
	s.press("Open in the browser")
	s.until("consent", func() bool {
		st := s.w.session.State()
		return !st.Consent.Open && !st.Setup.Reading || st.Consent.Failure != nil
	})
	st := s.w.session.State()
	if f := st.Consent.Failure; f != nil {
		t.Fatalf("%s: %s", f.Title, f.Summary)
	}
	step := st.Setup.Plan.Step(plan.Consent)
	if step.Status != plan.Done || step.Result[plan.ConsentID] == "" || !st.Setup.Plan.Complete || st.Setup.Phase != session.SetupDone || st.Setup.ConsentReady() {
		t.Errorf("consent is %s, complete %t, in %s:\n%s", step.Status, st.Setup.Plan.Complete, st.Setup.Phase, s.over())
	}
	got := s.over()
	for _, want := range []string{"4. Grant consent: Done", "5. Create the application user: Set up", "8. Test the connection: Set up", `text "Connected"`} {
		if !strings.Contains(got, want) {
			t.Errorf("it does not show %s:\n%s", want, got)
		}
	}
	if got := uitest.NameOf(s.w.win.Canvas().Focused()); got != "Close" {
		t.Errorf("the focus is on %q", got)
	}
	s.press("Close")
	s.until("the guide", func() bool { return strings.Contains(s.outline(), "8 of 8 done") })
}
