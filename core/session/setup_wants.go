package session

import (
	"maps"
	"net/url"
	"slices"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/plan"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

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

// WantSetup takes the user's choices. A plan that was read is read again after a pause.
func (s *Session) WantSetup(w SetupWants) {
	before := s.state.Setup
	if !before.Open || before.Phase.UnderWay() && before.Phase != SetupReading {
		return
	}
	s.update(func(st *State) { st.Setup.Wants = w })
	if !before.Phase.SignedIn() || !samePlan(before.Wants, w) {
		s.replan()
	}
}

// replan makes the plan for other choices: at once before the sign-in, and after a pause
// where it is read for that.
func (s *Session) replan() {
	phase := s.state.Setup.Phase
	if !phase.SignedIn() {
		s.update(func(*State) { s.planOffline() })
	}
	if phase != SetupPlanned {
		return
	}
	s.update(func(st *State) { st.Setup.Reading = true }) // the plan is that of other choices
	if s.setup.rest != nil {
		s.setup.rest()
	}
	s.setup.rest = s.deps.Scheduler.Later(DiscoverPause, s.readAgain)
}

// samePlan reports whether two choices lead to the same plan.
func samePlan(a, b SetupWants) bool {
	return a.Name == b.Name && a.Secret == b.Secret && a.ConsentPage == b.ConsentPage && a.Role == b.Role && a.RoleName == b.RoleName && a.Depth == b.Depth &&
		slices.EqualFunc(a.Tables, b.Tables, func(x, y TableRights) bool { return x.Table == y.Table && maps.Equal(x.Verbs, y.Verbs) })
}

// target returns what a plan of the user's choices aims at.
func (w SetupWants) target(classic bool) plan.Target {
	t := plan.Target{Name: strings.TrimSpace(w.Name), Classic: classic, ConsentPage: classic && w.ConsentPage}
	if w.Secret {
		t.Credential = plan.NewSecret
	}
	switch w.Role {
	case RoleExisting:
		t.Role = strings.TrimSpace(w.RoleName)
	case RoleMinimal:
		t.Role, t.Privileges = plan.Minimal, w.privileges()
	}
	return t
}

// privileges returns those that are ticked.
func (w SetupWants) privileges() []plan.Privilege {
	var list []plan.Privilege
	for _, row := range w.Tables {
		table := strings.ToLower(strings.TrimSpace(row.Table))
		for _, verb := range Verbs {
			if !row.Verbs[verb] || table == "" {
				continue
			}
			p := plan.Privilege{Table: table, Verb: verb, Depth: w.Depth}
			if !slices.Contains(list, p) {
				list = append(list, p)
			}
			if verb == "append" { // a row is appended to another one
				list = append(list, plan.Privilege{Table: table, Verb: "appendto", Depth: w.Depth})
			}
		}
	}
	return list
}

// wanted returns the target of the user's choices, with the steps that are ticked.
func (s *Session) wanted() plan.Target {
	u := s.state.Setup
	classic := s.classic()
	t := u.Wants.target(classic)
	if t.ConsentPage {
		t.RedirectURI = strings.TrimSpace(s.setupForm().RedirectURI)
	}
	if classic && u.Wants.Role == RoleExisting && t.Role == "" {
		// The copy of System Administrator is made only where the user chose it.
		t.Only = without(t.Only, plan.Role)
	}
	for id := range u.Left {
		t.Only = without(t.Only, id)
	}
	if about := u.Plan.Connection; s.setup.made.Values != nil {
		t.Environment, t.ClientID = about.Environment, about.ClientID
		t.TakeUp(s.setup.made)
	}
	return t
}

// without returns the steps without one; nil are all.
func without(only []plan.ID, id plan.ID) []plan.ID {
	if only == nil {
		only = plan.IDs()
	}
	return slices.DeleteFunc(slices.Clone(only), func(have plan.ID) bool { return have == id })
}

// planOffline shows the whole set-up, as far as it is known before the sign-in.
func (s *Session) planOffline() {
	target, err := s.doctor().PlanTarget(s.setupForm(), s.wanted())
	if err != nil {
		return
	}
	u := &s.state.Setup
	u.Plan = plan.Make(target, plan.State{Made: target.Known})
	u.Client, _ = s.signIn().Client(target)
	u.Consents = ""
	if target.TenantID != "" && u.Client.ID != "" && !s.state.Sandbox.Active {
		u.Consents = "https://" + target.Cloud.Login + "/" + url.PathEscape(target.TenantID) + "/adminconsent?client_id=" + u.Client.ID
	}
}

// SetupChoice is one of the user's choices.
type SetupChoice string

// The choices that a plan can wait for.
const (
	NoChoice   SetupChoice = ""
	ChooseRole SetupChoice = "role"
	ChooseName SetupChoice = "name" // of the saved connection
	ChooseSave SetupChoice = "save" // whether the connection is saved
	ChooseFile SetupChoice = "file" // of the certificate
)

// SetupObstacle returns why the plan cannot be done as it is; empty where it can.
func (u Setup) SetupObstacle() text.Text {
	why, _ := u.obstacle()
	return why
}

// Missing returns the choice that the plan waits for, or [NoChoice].
func (u Setup) Missing() SetupChoice {
	_, choice := u.obstacle()
	return choice
}

func (u Setup) obstacle() (text.Text, SetupChoice) {
	role := u.Plan.Step(plan.Role)
	switch {
	case u.Phase != SetupPlanned:
		return text.F("Sign in first."), NoChoice
	case u.Reading:
		return text.F("Reading what the choice leads to…"), NoChoice
	case role.Status == plan.Manual && !u.Left[plan.Role], u.choosesNoRole():
		return text.F("Choose a security role first."), ChooseRole
	case u.FirstBlocked() != "":
		return text.F("A step is blocked: see the reason there, and untick the steps that another administrator does."), NoChoice
	case u.Wants.Save && strings.TrimSpace(u.Wants.SaveAs) == "":
		return text.F("Give the connection a name, such as Contoso UAT."), ChooseName
	case u.keeps() && !u.Wants.Save && u.Wants.Secret:
		return text.F("A client secret is shown once: save the connection to keep it."), ChooseSave
	case u.keeps() && !u.Wants.Save && strings.TrimSpace(u.Wants.File) == "":
		return text.F("Choose the file for the certificate."), ChooseFile
	}
	return text.Text{}, NoChoice
}

// LacksRights reports whether the administrator lacks the rights to do a step, or to read
// the plan.
func (u Setup) LacksRights() bool {
	if u.Phase == SetupChoosing {
		return u.Failure != nil && u.Failure.Rights
	}
	return u.Phase == SetupPlanned && slices.ContainsFunc(u.Plan.Steps, func(s plan.Step) bool {
		return s.Status == plan.Blocked && s.Cause == catalog.AdminNoRights && !u.Left[s.ID]
	})
}

// choosesNoRole reports whether the classic path, which copies a role by itself, waits
// for a role that was not chosen.
func (u Setup) choosesNoRole() bool {
	return u.Classic && u.Wants.Role == RoleExisting && strings.TrimSpace(u.Wants.RoleName) == "" && !u.Left[plan.Role]
}

// keeps reports whether the plan makes a credential that has to be kept.
func (u Setup) keeps() bool {
	return u.Plan.Step(plan.Credential).Status == plan.Todo && !u.Left[plan.Credential] && !u.Practice
}

// SetupText returns the plan for others: a card in Markdown, or a script of one of
// [core.SetupFormats]. It is about what this administrator may not or does not want to
// do, or else about all that is left.
func (s *Session) SetupText(format string) string {
	u := s.state.Setup
	var only []plan.ID
	for _, step := range u.Plan.Steps {
		if u.Left[step.ID] || step.Status == plan.Blocked {
			only = append(only, step.ID)
		}
	}
	if s.setup.work != nil {
		return s.setup.work.Script(format, only)
	}
	target, err := s.doctor().PlanTarget(s.setupForm(), s.wanted())
	if err != nil {
		return ""
	}
	target.Only = only
	return core.PlanText(format, target, plan.Make(target, plan.State{Made: target.Known}))
}
