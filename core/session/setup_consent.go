package session

import (
	"context"
	"slices"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/consent"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/plan"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// loopback is the redirect URI of the consent page if the form gives no other.
const loopback = "http://localhost"

// grantPauses are between the readings after a consent, which may take a while to show.
var grantPauses = []time.Duration{2 * time.Second, 4 * time.Second, 8 * time.Second}

// ConsentReady reports whether only the consent of the application user is left, so that
// the consent page can be opened. Steps that are left out count as done.
func (u Setup) ConsentReady() bool {
	if !u.Browser || u.Reading || u.Phase != SetupPlanned && u.Phase != SetupDone || u.Left[plan.Consent] || u.choosesNoRole() ||
		!u.Wants.ConsentPage || u.Plan.Step(plan.Consent).Status != plan.Manual {
		return false
	}
	return !slices.ContainsFunc(u.Plan.Steps, func(s plan.Step) bool {
		return s.ID != plan.Consent && s.ID != plan.Proof && s.Status.Left() && !u.Left[s.ID]
	})
}

// OpenSetupConsent begins the way to the consent page, for the application user. The
// plan is read again when the page has answered.
func (s *Session) OpenSetupConsent() {
	if !s.state.Setup.ConsentReady() || !s.state.Consent.Offered || s.state.Consent.Open || s.state.Examination.Active {
		return
	}
	if form := s.setupForm(); form.RedirectURI != s.state.Form.Used().RedirectURI {
		s.fill(TypedOf(form), text.Text{}, "")
	}
	if _, err := s.doctor().ConsentURL(s.state.Form.Used(), s.consentChoice(consent.Authorize, "")); err != nil {
		s.CloseSetup() // the field to correct is below it
		s.consentRefused(err)
		return
	}
	// The administrator has just signed in to the same browser.
	s.openConsent(consent.Authorize, consent.PromptSelect)
}

// setupConsented reads the plan again after the application user has consented. report is
// the examination that followed, or nil.
func (s *Session) setupConsented(report *exam.Report) {
	u, work := s.state.Setup, s.setup.work
	if !u.Open || work == nil || u.Phase != SetupPlanned && u.Phase != SetupDone {
		return
	}
	ctx, generation := s.setup.task.begin(s.ctx)
	s.update(func(st *State) { st.Setup.Reading = true })
	want := s.wanted()
	s.background(func() func() {
		read, err := readConsented(ctx, work, want)
		return func() {
			if !s.setup.task.is(generation) {
				return
			}
			s.setup.task.end()
			s.update(func(st *State) { st.Setup.Reading = false })
			if err != nil {
				s.setupStopped(err, u.Phase, "")
				return
			}
			s.update(func(st *State) { st.Setup.consented(read, report) })
		}
	}, s.CloseSetup)
}

// readConsented reads the plan until it shows the consent, with [grantPauses] between the
// readings, and returns the last one.
func readConsented(ctx context.Context, work core.SetupWork, want plan.Target) (plan.Plan, error) {
	for try := 0; ; try++ {
		p, err := work.Plan(ctx, want)
		if err != nil || p.Step(plan.Consent).Status == plan.Done || try == len(grantPauses) {
			return p, err
		}
		select {
		case <-ctx.Done():
			return p, ctx.Err()
		case <-time.After(grantPauses[try]):
		}
	}
}

// consented shows the plan as it was read after a consent, with the examination that
// followed it. What this set-up did stays marked as such.
func (u *Setup) consented(p plan.Plan, report *exam.Report) {
	for i := range p.Steps {
		s := &p.Steps[i]
		if was := u.Plan.Step(s.ID); was.Status == plan.Applied && s.Status == plan.Done {
			*s = was
		}
		if s.ID == plan.Consent && s.Status == plan.Manual {
			s.Reason = text.F("The consent page answered yes, and Microsoft Entra does not show it yet.")
		}
	}
	p.Applied, p.Journal = u.Plan.Applied, u.Plan.Journal
	if report != nil {
		p.Prove(*report)
		u.Report = report
	}
	u.Plan = p
}
