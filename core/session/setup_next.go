package session

import (
	"github.com/s2sdoctor/s2sdoctor/core/admin"
	"github.com/s2sdoctor/s2sdoctor/core/plan"
)

// SetupAction is what the main button of the set-up does.
type SetupAction string

// The actions. With [SetupApply], [SetupResume] and [SetupTest] the plan is done, as far
// as there is no obstacle.
const (
	NoSetupAction SetupAction = ""
	SetupSignIn   SetupAction = "sign-in" // in the way of [Setup.Way]
	SetupApply    SetupAction = "apply"
	SetupResume   SetupAction = "resume" // go on after a failure
	SetupTest     SetupAction = "test"   // everything is there
	SetupConsent  SetupAction = "consent"
)

// Next returns what the main button does in this state.
func (u Setup) Next() SetupAction {
	switch {
	case u.Phase == SetupChoosing:
		return SetupSignIn
	case u.ConsentReady():
		return SetupConsent
	case u.Phase != SetupPlanned:
		return NoSetupAction
	case u.Failure != nil && u.Begun:
		return SetupResume
	case u.Plan.Complete:
		return SetupTest
	}
	return SetupApply
}

// Way returns the way to sign in that is offered first.
func (u Setup) Way() admin.Way {
	if !u.Browser && u.AzureCLI {
		return admin.ByAzureCLI
	}
	return admin.ByBrowser
}

// Ways returns the ways out of a failure that work here, best first, besides [Setup.Way].
func (u Setup) Ways() []admin.Way {
	if u.Failure == nil {
		return nil
	}
	var ways []admin.Way
	for _, way := range u.Failure.Next {
		works := false
		switch way {
		case admin.ByBrowser:
			works = u.Browser && u.Way() != way
		case admin.ByAnotherUser, admin.ByAnotherClient:
			works = u.Browser
		case admin.ByAzureCLI:
			works = u.AzureCLI
		case admin.ByConsent:
			works = u.Consents != ""
		case admin.ByOwnClient, admin.ByAllowList, admin.ByScript:
			works = true
		}
		if works {
			ways = append(ways, way)
		}
	}
	return ways
}

// NeedsTwo reports whether the administrator lacks rights for one half, and another one
// can sign in for it.
func (u Setup) NeedsTwo() bool { return u.Browser && u.LacksRights() }

// CanTick reports whether the user chooses if a step is done. A step that is left out
// can be chosen again, although the plan skips it then.
func (u Setup) CanTick(step plan.Step) bool {
	return u.Phase.Editable() && step.ID != plan.Proof && (step.Status.Left() || u.Left[step.ID])
}

// CanUndo reports whether what was made can be taken back now.
func (u Setup) CanUndo() bool {
	return u.Begun && (u.Phase == SetupPlanned || u.Phase == SetupDone)
}

// FirstBlocked returns the first step that is to be done and is blocked, or "".
func (u Setup) FirstBlocked() plan.ID {
	for _, s := range u.Plan.Steps {
		if s.Status == plan.Blocked && !u.Left[s.ID] {
			return s.ID
		}
	}
	return ""
}

// Count returns how many steps of the plan that is being done are done, and how many
// there are.
func (u Setup) Count() (done, all int) {
	for _, s := range u.Plan.Steps {
		switch {
		case s.Status == plan.Applied, s.Status == plan.Undone:
			done++
			all++
		case s.Status == plan.Todo && !u.Left[s.ID]:
			all++
		}
	}
	return done, all
}
