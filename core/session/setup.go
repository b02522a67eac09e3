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
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/guide"
	"github.com/s2sdoctor/s2sdoctor/core/handoff"
	"github.com/s2sdoctor/s2sdoctor/core/plan"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// Setup is the set-up of the connection, done by an administrator who signs in.
type Setup struct {
	// Offered reports whether something may be missing that a set-up makes.
	Offered bool
	// Open reports whether the user is at it; what follows is zero if not.
	Open  bool
	Phase SetupPhase

	// Classic is true on the path of the article, and Practice in the sandbox, where
	// nothing has to be kept.
	Classic, Practice bool
	// Wants are the user's choices.
	Wants SetupWants
	// Left are the steps that the user does not want to be done.
	Left map[plan.ID]bool
	// Plan is the plan as it is now: from nothing before the sign-in, then as it was read,
	// then with what became of each step.
	Plan plan.Plan
	// Account is the sign-in name of the administrator, "" before the sign-in.
	Account string
	// Roles are the names of the environment's security roles, once they are known.
	Roles []string

	// Client is the program that signs the administrator in: what Microsoft's page will
	// call this. Browser and AzureCLI report whether the browser and the Azure CLI can be
	// used, and Consents is the page on which an administrator consents to the program;
	// "" where the tenant is not known.
	Client            admin.Client
	Browser, AzureCLI bool
	Consents          string
	// Turn is which of two administrators signs in now, or [OneAdministrator] for one who
	// does everything.
	Turn SetupTurn
	// Attempt, Host, Deadline and Time are those of the sign-in page while it is open.
	Attempt  consent.Attempt
	Host     string
	Deadline time.Time
	Time     time.Duration
	// Unread is why what was pasted decides nothing.
	Unread text.Text

	// Step is the one that is being done in [SetupApplying] and [SetupUndoing], and Note
	// what it waits for.
	Step plan.ID
	Note text.Text
	// Failure is why the work stopped; nil where it did not.
	Failure *SetupFailure
	// Begun is true while changes of this set-up, or of an earlier one, are there to be
	// taken back.
	Begun bool
	// Reading reports whether the plan is being read again, for other choices.
	Reading bool
	// Saved is the name under which the connection was saved, or "".
	Saved string
	// Report is the examination at the end; nil before.
	Report *exam.Report
	// TakenUp reports whether the result of a script was taken up.
	TakenUp bool
}

// SetupPhase is how far the user is with the set-up.
type SetupPhase string

// The phases. The first is the zero value.
const (
	SetupChoosing SetupPhase = ""         // before the sign-in
	SetupBrowser  SetupPhase = "browser"  // the browser is about to open
	SetupWaiting  SetupPhase = "waiting"  // for the sign-in page
	SetupCopy     SetupPhase = "copy"     // no browser could be opened
	SetupReading  SetupPhase = "reading"  // the tenant and the environment are being read
	SetupPlanned  SetupPhase = "planned"  // the plan is there
	SetupApplying SetupPhase = "applying" // it is being done
	SetupDone     SetupPhase = "done"
	SetupUndoing  SetupPhase = "undoing" // it is being taken back
	SetupUndone   SetupPhase = "undone"
)

// UnderWay reports whether there is something to stop.
func (p SetupPhase) UnderWay() bool {
	switch p {
	case SetupBrowser, SetupWaiting, SetupCopy, SetupReading, SetupApplying, SetupUndoing:
		return true
	}
	return false
}

// Editable reports whether the user makes choices about the plan.
func (p SetupPhase) Editable() bool { return p == SetupChoosing || p == SetupPlanned }

// page reports whether the sign-in page is open, or about to be.
func (p SetupPhase) page() bool {
	return p == SetupBrowser || p == SetupWaiting || p == SetupCopy
}

// SignedIn reports whether an administrator is signed in.
func (p SetupPhase) SignedIn() bool {
	switch p {
	case SetupPlanned, SetupApplying, SetupDone, SetupUndoing, SetupUndone:
		return true
	}
	return false
}

// RoleChoice is which security role the application user gets.
type RoleChoice string

// The choices. The first is the zero value.
const (
	RoleExisting RoleChoice = ""        // one that the environment has
	RoleMinimal  RoleChoice = "minimal" // a new one, of the privileges that are ticked
	RoleClone    RoleChoice = "clone"   // a copy of System Administrator
)

// TableRights are what the application may do with the rows of a table.
type TableRights struct {
	// Table is its logical name, such as account.
	Table string
	// Verbs are some of [Verbs].
	Verbs map[string]bool
}

// Verbs are the privileges that the window offers, in the order of the columns.
var Verbs = []string{"create", "read", "write", "delete", "append", "assign"}

// SetupWants are the user's choices.
type SetupWants struct {
	// Name is the display name of a new registration; "" for the proposal.
	Name string
	// Secret asks for a client secret; otherwise it is a certificate.
	Secret bool

	Role RoleChoice
	// RoleName is that of [RoleExisting].
	RoleName string
	// Tables and Depth are the privileges of [RoleMinimal]; Depth is user, bu or org.
	Tables []TableRights
	Depth  string

	// ConsentPage leaves consent to the application user, as in the article.
	ConsentPage bool

	// Save keeps the connection under the name SaveAs; otherwise a new certificate is
	// written into File.
	Save         bool
	SaveAs, File string

	// ClientID is the user's own application for the sign-in; "" for Microsoft's.
	ClientID string
}

// SetupFailure is why the set-up stopped, and what the user can do about it.
type SetupFailure struct {
	Title, Summary text.Text
	// Code is Entra's or the environment's, or "".
	Code string
	// Next are the ways to sign in that can still work, best first.
	Next []admin.Way
	// Step is the one that failed, or "". What was done before it is kept.
	Step plan.ID
	// Rights reports whether the administrator lacks rights that another one may have.
	Rights bool
}

// SetupTurn is which of two administrators signs in.
type SetupTurn string

// The turns. The first is the zero value.
const (
	OneAdministrator         SetupTurn = ""
	EntraAdministrator       SetupTurn = "entra"
	EnvironmentAdministrator SetupTurn = "environment"
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
	u.Phase, u.Host, u.Time, u.Deadline = phase, "", 0, time.Time{}
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
