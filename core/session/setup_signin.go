package session

import (
	"context"
	"errors"
	"net/url"
	"strings"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/admin"
	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/consent"
	"github.com/s2sdoctor/s2sdoctor/core/entra"
	"github.com/s2sdoctor/s2sdoctor/core/plan"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// signIn is how the administrator signs in.
func (s *Session) signIn() core.SignIn {
	return core.SignIn{Way: s.setup.way, ClientID: strings.TrimSpace(s.state.Setup.Wants.ClientID), Changes: true, Locale: s.deps.Locale}
}

// SignInSetup has the administrator sign in, and reads the state of the set-up.
func (s *Session) SignInSetup(way admin.Way) {
	u := s.state.Setup
	if !u.Open || u.Phase.UnderWay() || way == admin.ByBrowser && s.deps.Browsers == nil {
		return
	}
	s.signInSetup(way, "")
}

// SignInTwoSetup has two administrators sign in, one for Microsoft Entra and the other
// for the environment, in a way of their own: the browser or the Azure CLI.
func (s *Session) SignInTwoSetup(environment admin.Way) {
	u := s.state.Setup
	if u.Open && !u.Phase.UnderWay() && s.deps.Browsers != nil {
		s.signInSetup(admin.ByBrowser, environment)
	}
}

// signInSetup signs one administrator in, or two where the environment has its own way.
func (s *Session) signInSetup(way, environment admin.Way) {
	s.endSetup()
	s.setup.way, s.setup.behind = way, SetupReading
	page := s.setup.signIns
	ctx, generation := s.setup.task.begin(s.ctx)
	s.update(func(st *State) {
		st.Setup.begin(SetupBrowser)
		if way != admin.ByBrowser {
			st.Setup.begin(SetupReading)
		}
		st.Setup.Account, st.Setup.Turn = "", OneAdministrator
	})
	how, form, doctor, want := s.signIn(), s.setupForm(), s.doctor(), s.wanted()
	if s.deps.Browsers != nil {
		how.Open = s.deps.Browsers.Open
	}
	how.Progress = func(p consent.Progress) {
		s.deps.Scheduler.Do(func() {
			if s.setup.signIns == page { // also later, when a token has to be renewed
				s.signInProgress(p)
			}
		})
	}
	how.Show = func(c entra.DeviceCode) {
		s.deps.Scheduler.Do(func() {
			if s.setup.signIns == page {
				s.showCode(c)
			}
		})
	}
	if environment != "" {
		how.EnvironmentWay = environment
		how.Turn = func(second bool) {
			s.deps.Scheduler.Do(func() {
				if s.setup.signIns == page {
					s.turn(second, second && environment == admin.ByAzureCLI)
				}
			})
		}
	}
	s.background(func() func() {
		work, read, err := beginSetup(ctx, doctor, how, want, form, func(work core.SetupWork) {
			s.deps.Scheduler.Do(func() {
				if s.setup.task.is(generation) {
					s.setup.work = work // so that what is pasted reaches it
				}
			})
		})
		return func() {
			switch {
			case !s.setup.task.is(generation):
				if work != nil {
					s.closeWork(work)
				}
			case err != nil:
				s.setupStopped(err, SetupChoosing, "")
			default:
				s.setup.work = work
				s.setupRead(read)
				s.see(read.sight)
			}
		}
	}, s.CloseSetup)
}

// turn shows which of two administrators is next. already is true for one who is signed
// in and needs no page.
func (s *Session) turn(environment, already bool) {
	s.update(func(st *State) {
		if already {
			s.closePage()
		} else {
			s.openPage()
		}
		st.Setup.Turn = EntraAdministrator
		if environment {
			st.Setup.Turn = EnvironmentAdministrator
		}
	})
}

// setupRead is what was read.
type setupRead struct {
	plan    plan.Plan
	roles   []string
	account string
	sight   core.Sight
}

// beginSetup opens the work and reads. begun is called as soon as there is any.
func beginSetup(ctx context.Context, doctor Doctor, how core.SignIn, want plan.Target, form connection.Form, begun func(core.SetupWork)) (core.SetupWork, setupRead, error) {
	target, err := doctor.PlanTarget(form, want)
	if err != nil {
		return nil, setupRead{}, err
	}
	work, err := doctor.BeginSetup(ctx, form, target, how)
	if err != nil {
		return nil, setupRead{}, err
	}
	begun(work)
	read, err := readSetup(ctx, work, want)
	if err != nil {
		work.Close()
		return nil, setupRead{}, err
	}
	if form.ClientID != "" {
		read.sight, _ = work.Look(ctx, form) // without it the plan is there all the same
	}
	return work, read, nil
}

// readSetup reads the plan and the roles that can be chosen.
func readSetup(ctx context.Context, work core.SetupWork, want plan.Target) (read setupRead, err error) {
	if read.plan, err = work.Plan(ctx, want); err != nil {
		return read, err
	}
	// Without the roles a name can be typed.
	read.roles, _ = work.Roles(ctx)
	read.account = work.Account()
	return read, ctx.Err()
}

// signInProgress shows how far the sign-in page is.
func (s *Session) signInProgress(p consent.Progress) {
	s.update(func(st *State) {
		u := &st.Setup
		if p.Step == consent.Answered {
			s.closePage()
			return
		}
		s.openPage()
		u.Attempt, u.Host, u.Deadline = p.Attempt, p.Host, p.Deadline
		switch p.Step {
		case consent.Waiting:
			u.Phase = SetupWaiting
		case consent.CopyAddress:
			u.Phase = SetupCopy
		}
		s.countSignIn()
	})
}

// showCode shows a device code until it is typed or has ended.
func (s *Session) showCode(c entra.DeviceCode) {
	s.update(func(st *State) {
		s.openPage()
		u := &st.Setup
		u.Phase, u.Code, u.CodePage, u.Deadline = SetupCode, c.UserCode, c.URL, c.Expires
		if page, err := url.Parse(c.URL); err == nil {
			u.Host = page.Host
		}
		s.countSignIn()
	})
}

// openPage shows that the sign-in page opens, in the place of what is under way.
func (s *Session) openPage() {
	if u := &s.state.Setup; !u.Phase.page() {
		s.setup.behind, u.Phase = u.Phase, SetupBrowser
	}
}

// closePage shows again what was under way before the sign-in page opened.
func (s *Session) closePage() {
	s.setup.stopClock()
	if u := &s.state.Setup; u.Phase.page() {
		u.Phase, u.Attempt, u.Host, u.Deadline, u.Time, u.Unread = s.setup.behind, consent.Attempt{}, "", time.Time{}, 0, text.Text{}
		u.Code, u.CodePage = "", ""
	}
}

// countSignIn shows how long the page is still waited for, now and every second.
func (s *Session) countSignIn() {
	s.setup.stopClock()
	deadline := s.state.Setup.Deadline
	if deadline.IsZero() {
		return
	}
	left := max(deadline.Sub(s.deps.Scheduler.Now()), 0)
	s.update(func(st *State) { st.Setup.Time = (left + time.Second - 1).Truncate(time.Second) })
	if left > 0 {
		s.setup.tick = s.deps.Scheduler.Later(time.Second, func() {
			if s.state.Setup.Deadline.Equal(deadline) {
				s.countSignIn()
			}
		})
	}
}

// PasteSignIn takes what the user sees where the sign-in page does not come back.
func (s *Session) PasteSignIn(seen string) {
	if s.setup.work == nil || strings.TrimSpace(seen) == "" {
		return
	}
	if !s.setup.work.PasteSignIn(seen) {
		s.update(func(st *State) {
			st.Setup.Unread = text.F("Nothing in it decides the sign-in. Paste the address that the browser shows, or the whole text of the page.")
		})
	}
}

// setupRead shows the plan as it was read.
func (s *Session) setupRead(read setupRead) {
	s.setup.task.end()
	s.setup.stopClock()
	s.update(func(st *State) {
		u := &st.Setup
		u.begin(SetupPlanned)
		u.Plan, u.Roles, u.Account, u.Reading = read.plan, read.roles, read.account, false
	})
}

// readAgain reads the plan for choices that have changed.
func (s *Session) readAgain() {
	s.setup.rest = nil
	work := s.setup.work
	if work == nil || s.state.Setup.Phase != SetupPlanned {
		return
	}
	ctx, generation := s.setup.task.begin(s.ctx)
	s.update(func(st *State) { st.Setup.Reading = true })
	want := s.wanted()
	s.background(func() func() {
		read, err := readSetup(ctx, work, want)
		return func() {
			switch {
			case !s.setup.task.is(generation):
			case err != nil:
				s.update(func(st *State) { st.Setup.Reading = false })
				s.setupStopped(err, SetupPlanned, "")
			default:
				s.setupRead(read)
			}
		}
	}, s.CloseSetup)
}

// setupStopped shows why the work stopped, and what the user can do.
func (s *Session) setupStopped(err error, phase SetupPhase, step plan.ID) {
	s.setup.task.end()
	s.setup.stopClock()
	if !phase.SignedIn() {
		s.endSetup()
	}
	s.update(func(st *State) {
		st.Setup.begin(phase)
		if errors.Is(err, context.Canceled) && step == "" {
			return
		}
		st.Setup.Failure = setupFailure(err, step)
	})
}

func setupFailure(err error, step plan.ID) *SetupFailure {
	f := &SetupFailure{Title: text.F("The set-up could not be read"), Summary: text.OfError(err), Step: step}
	var refused *admin.Error
	switch {
	case errors.Is(err, context.Canceled):
		f.Title, f.Summary = text.F("The set-up was stopped"), text.F("What was done stands: go on, or take it back.")
	case step != "":
		f.Title = text.F("The set-up did not get to the end")
	case errors.As(err, &refused):
		f.Title = text.F("The administrator could not be signed in")
	}
	if errors.As(err, &refused) {
		f.Code, f.Next, f.Rights = refused.Code, refused.Next, refused.Cause == catalog.AdminNoRights
	}
	return f
}
