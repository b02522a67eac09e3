package session

import (
	"errors"
	"maps"
	"strings"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/admin"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/consent"
	"github.com/s2sdoctor/s2sdoctor/core/guide"
	"github.com/s2sdoctor/s2sdoctor/core/handoff"
	"github.com/s2sdoctor/s2sdoctor/core/plan"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// settingUp is the set-up under way.
type settingUp struct {
	task latest
	work core.SetupWork // nil while no administrator is signed in
	way  admin.Way
	// behind is the phase to go back to when the open sign-in page has answered.
	behind SetupPhase
	// signIns counts the sign-ins: what an older one reports is dropped.
	signIns int
	tick    func() // cancels the next look at the clock
	rest    func() // cancels the reading after a pause, or nil
	// journal is that of the run, or of an earlier one, or "".
	journal string
	// made is the result of a script that another user ran.
	made handoff.Result
}

// offerSetup judges whether a set-up is offered: an environment is named, and nothing
// proves that all is set up.
func (s *Session) offerSetup() {
	form, examined := s.state.Form, s.state.Examination
	_, bad := form.Problems[connection.FieldEnvironment]
	healthy := examined.Report != nil && !examined.Stale && examined.Report.Healthy
	offered := strings.TrimSpace(form.Typed.Environment) != "" && !bad && !healthy && !s.unnamedIdentity()
	if offered != s.state.Setup.Offered {
		s.update(func(st *State) { st.Setup.Offered = offered })
	}
}

// unnamedIdentity reports whether the form has a managed identity without its client ID.
// Azure has registered it, and a set-up would register another one.
func (s *Session) unnamedIdentity() bool {
	form := s.state.Form.Used()
	return form.CredentialKind() == connection.ManagedIdentityKind && strings.TrimSpace(form.ClientID) == ""
}

// OpenSetup begins the set-up, or asks for the field that it needs first.
func (s *Session) OpenSetup() {
	if s.unnamedIdentity() {
		s.blame(connection.FieldClientID, text.F("Azure registers a managed identity itself. Fill in its Client ID, and its application user can be set up."))
		return
	}
	target, err := s.doctor().PlanTarget(s.setupForm(), plan.Target{Classic: s.classic()})
	if err != nil {
		var request *consent.RequestError
		if errors.As(err, &request) && request.Field != "" {
			s.blame(request.Field, request.Summary)
			return
		}
		s.notify(Bad, text.OfError(err))
		return
	}
	s.DiscoverNow()
	s.endSetup()
	s.setup.journal, s.setup.way, s.setup.made = s.doctor().UnfinishedSetup(target), admin.ByBrowser, handoff.Result{}
	wants := SetupWants{
		Name: target.DisplayName(), Depth: "org", Tables: []TableRights{{Table: "account", Verbs: map[string]bool{"read": true}}},
		Save: s.deps.Store != nil && !s.state.Sandbox.Active, SaveAs: s.proposal(),
	}
	s.update(func(st *State) {
		st.Setup = Setup{
			Offered: st.Setup.Offered, Open: true, Wants: wants, Begun: s.setup.journal != "", Classic: target.Classic, Practice: s.state.Sandbox.Active,
			Browser: s.deps.Browsers != nil, AzureCLI: s.doctor().AzureCLI(), Left: map[plan.ID]bool{},
		}
		s.planOffline()
	})
}

func (s *Session) classic() bool { return s.state.Guide.Path == guide.Classic }

// setupForm is the form with the tenant that was found.
func (s *Session) setupForm() connection.Form {
	form := s.state.Form.Used()
	if strings.TrimSpace(form.Tenant) == "" {
		form.Tenant = s.ownTenant()
	}
	if s.state.Setup.Wants.ConsentPage && s.classic() && strings.TrimSpace(form.RedirectURI) == "" {
		form.RedirectURI = loopback
	}
	return form
}

// CloseSetup ends it, and signs the administrator out.
func (s *Session) CloseSetup() {
	s.endSetup()
	s.update(func(st *State) { st.Setup = Setup{Offered: st.Setup.Offered} })
}

// endSetup ends what is under way and signs the administrator out.
func (s *Session) endSetup() {
	u := &s.setup
	u.signIns++
	u.task.end()
	u.stopClock()
	if u.rest != nil {
		u.rest()
		u.rest = nil
	}
	if u.work != nil {
		s.closeWork(u.work)
		u.work = nil
	}
}

// closeWork signs an administrator out, which waits until their work has noticed.
func (s *Session) closeWork(work core.SetupWork) {
	s.background(func() func() {
		work.Close()
		return nil
	}, nil)
}

func (u *settingUp) stopClock() {
	if u.tick != nil {
		u.tick()
		u.tick = nil
	}
}

// StopSetup ends what is under way and reports whether there was anything. What was done
// stays, and can be resumed or taken back.
func (s *Session) StopSetup() bool {
	phase := s.state.Setup.Phase
	doing := phase
	if phase.page() {
		doing = s.setup.behind
	}
	switch {
	case doing == SetupApplying, doing == SetupUndoing:
		s.setup.task.interrupt() // its result contains how far it came
	case phase.UnderWay():
		s.endSetup()
		s.update(func(st *State) {
			st.Setup.begin(SetupChoosing)
			s.planOffline()
		})
	default:
		return false
	}
	return true
}

// begin turns to a phase and forgets what belongs to the one before.
func (u *Setup) begin(phase SetupPhase) {
	u.Phase, u.Host, u.Time, u.Deadline, u.Code, u.CodePage = phase, "", 0, time.Time{}, "", ""
	u.Failure, u.Unread, u.Step, u.Note, u.Attempt = nil, text.Text{}, "", text.Text{}, consent.Attempt{}
}

// TickSetup chooses whether a step is to be done. The plan is made again where it skips
// a step that is chosen again.
func (s *Session) TickSetup(step plan.ID, on bool) {
	skipped := on && s.state.Setup.Left[step] && s.state.Setup.Plan.Step(step).Status == plan.Optional
	s.update(func(st *State) {
		left := maps.Clone(st.Setup.Left)
		if on {
			delete(left, step)
		} else {
			left[step] = true
		}
		st.Setup.Left = left
	})
	if skipped {
		s.replan()
	}
}
