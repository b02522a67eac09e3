package session

import (
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/admin"
	"github.com/s2sdoctor/s2sdoctor/core/handoff"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// TakeSetupResult takes up what another user's script printed: the plan goes on where the
// script ended.
func (s *Session) TakeSetupResult(printed string) {
	u := s.state.Setup
	if !u.Open || u.Phase.UnderWay() || strings.TrimSpace(printed) == "" {
		return
	}
	made, ok := handoff.Read(printed)
	about := u.Plan.Connection
	var why text.Text
	switch {
	case !ok:
		why = text.F("This holds no result of a script. Paste the last line that it printed: it names s2sdoctor.")
	case made.Environment != about.Environment:
		why = text.F("This is the result for another environment: %s.", made.Environment)
	case about.ClientID != "" && made.ClientID != about.ClientID:
		why = text.F("This is the result for another application: %s.", made.ClientID)
	}
	s.update(func(st *State) { st.Setup.Unread, st.Setup.TakenUp = why, why.Empty() })
	if !why.Empty() {
		return
	}
	s.setup.made = made
	s.update(func(st *State) {
		if form := st.Form.Used(); about.ClientID == "" {
			form.ClientID = made.ClientID
			s.fill(TypedOf(form), text.Text{}, "")
		}
		st.Setup.Plan.Connection.ClientID = made.ClientID
		if !st.Setup.Phase.SignedIn() {
			s.planOffline()
		}
	})
	if s.setup.work != nil && s.state.Setup.Phase == SetupPlanned {
		s.readAgain()
	}
}

// ForgetUnreadSetup clears the message about what was pasted last.
func (s *Session) ForgetUnreadSetup() {
	if !s.state.Setup.Unread.Empty() {
		s.update(func(st *State) { st.Setup.Unread = text.Text{} })
	}
}

// TrySetup signs in again after a refusal, in another way. It reports whether the way is
// a sign-in; the other ways are for the user to take.
func (s *Session) TrySetup(way admin.Way) bool {
	switch way {
	case admin.ByBrowser, admin.ByAzureCLI:
		s.SignInSetup(way)
	case admin.ByAnotherUser:
		s.SignInSetup(admin.ByBrowser)
	case admin.ByAnotherClient:
		target, err := s.doctor().PlanTarget(s.setupForm(), s.wanted())
		if err != nil {
			return false
		}
		next, ok := s.signIn().Another(target, s.state.Setup.Client)
		if !ok {
			return false
		}
		wants := s.state.Setup.Wants
		wants.ClientID = next.ID
		s.WantSetup(wants)
		s.SignInSetup(admin.ByBrowser)
	default:
		return false
	}
	return true
}
