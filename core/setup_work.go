package core

import (
	"context"
	"path/filepath"
	"slices"

	"github.com/google/uuid"

	"github.com/s2sdoctor/s2sdoctor/core/admin"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/plan"
	"github.com/s2sdoctor/s2sdoctor/core/setup"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// SetupWork is an administrator at work on a set-up, as a window or a command sees it.
// Its methods block; one may be called at a time. Close it when done.
type SetupWork interface {
	// Plan reads the state of the set-up, and returns the plan for want, which may differ
	// from the last one.
	Plan(ctx context.Context, want plan.Target) (plan.Plan, error)
	// Roles returns the names of the security roles that the application user can get.
	Roles(ctx context.Context) ([]string, error)
	// Apply does the plan, keeps what it makes, and examines the connection.
	Apply(ctx context.Context, o SetupOrder) (SetupResult, error)
	// Undo takes back what a journal made.
	Undo(ctx context.Context, o SetupOrder) (SetupResult, error)
	// Script returns the plan in a format of [SetupFormats], for the administrators of
	// some steps; nil is for those of all that is left. What this administrator may not
	// do is in it.
	Script(format string, only []plan.ID) string
	// Target returns the target, with the tenant in it.
	Target() plan.Target
	// PasteSignIn takes what the user sees where the sign-in page does not come back, and
	// reports whether that decides anything.
	PasteSignIn(seen string) bool
	// Look reads what the administrator can see of the connection of a form, and the
	// application itself cannot.
	Look(ctx context.Context, form connection.Form) (Sight, error)
	// Account is the sign-in name of the administrator; "" before the first token.
	Account() string
	// Close signs the administrator out.
	Close()
}

// SetupOrder is how a plan is to be done.
type SetupOrder struct {
	Form connection.Form
	// Want is the target from now on; nil keeps that of the last plan.
	Want *plan.Target
	// Journal is the file in which the changes are kept; "" for one in the settings
	// folder.
	Journal string
	Kept    Kept
	// Observe is called with each step that begins or ends, and Examined with each event of
	// the examination at the end. Both may be nil, and are called on a goroutine of their
	// own.
	Observe  func(step plan.Step, note text.Text)
	Examined func(exam.Event)
}

// SetupResult is what came of an order.
type SetupResult struct {
	Plan plan.Plan
	// Form is the connection as it is now.
	Form connection.Form
	// Unsaved is why the connection was not saved at the end; nil where it was, or was
	// not wanted.
	Unsaved error
}

// Plan implements [SetupWork].
func (s *SetupSession) Plan(ctx context.Context, want plan.Target) (plan.Plan, error) {
	s.wish(want)
	state, err := s.Read(ctx, s.Held)
	if err != nil {
		return plan.Plan{}, err
	}
	s.state = state
	return plan.Make(s.Session.Target, state), nil
}

// Script implements [SetupWork].
func (s *SetupSession) Script(format string, only []plan.ID) string {
	target := s.Session.Target
	target.Only = only
	return PlanText(format, target, plan.Make(target, s.state.ForOthers()))
}

// SetupFormats are the formats of a plan that is handed to others.
var SetupFormats = []string{"markdown", "az", "powershell", "terraform"}

// PlanText returns a plan in one of [SetupFormats].
func PlanText(format string, t plan.Target, p plan.Plan) string {
	switch format {
	case "az":
		return plan.AZ(t, p)
	case "powershell":
		return plan.PowerShell(t, p)
	case "terraform":
		return plan.Terraform(t, p)
	}
	return plan.Markdown(p)
}

// wish sets the target to want, and keeps what is known about the connection.
func (s *SetupSession) wish(want plan.Target) {
	known := s.Session.Target
	want.Environment, want.Cloud, want.TenantID = known.Environment, known.Cloud, known.TenantID
	want.Given = known.Given
	if known.RedirectURI != "" {
		want.RedirectURI = known.RedirectURI
	}
	if known.ClientID != "" || want.Known == nil { // or else it is that of a script's result
		want.ClientID = known.ClientID
	}
	s.Session.Target = want
}

// Target implements [SetupWork].
func (s *SetupSession) Target() plan.Target { return s.Session.Target }

// Apply implements [SetupWork]. The error is a *[setup.JournalError] or a *[KeepError]
// where nothing was begun, and else that of [setup.Run.Apply], with a plan that tells
// how far it came.
func (s *SetupSession) Apply(ctx context.Context, o SetupOrder) (SetupResult, error) {
	if o.Want != nil {
		s.wish(*o.Want)
	}
	journal, err := s.doctor.openJournal(o.Journal, s.Session.Target)
	if err != nil {
		return SetupResult{}, err
	}
	defer journal.Close()
	if s.doctor.scratch != "" && o.Kept.Name == "" {
		// Nothing lasts longer than the sandbox.
		o.Kept.Session = true
		if o.Kept.File == "" {
			o.Kept.File = filepath.Join(s.doctor.scratch, uuid.NewString()+".pem")
		}
	}
	keep, err := newKeeper(ctx, o.Kept, s.Session.Target, journal)
	if err != nil {
		return SetupResult{}, err
	}
	run := &setup.Run{Session: &s.Session, Journal: journal, Held: s.Held, Keeper: keep, Unkept: keep.unkept, AtHand: keep.atHand, Observe: o.Observe}
	planned, err := run.Apply(ctx)
	result := SetupResult{Plan: planned, Form: keep.fill(o.Form)}
	if err != nil || planned.Obstructed() {
		return result, err
	}
	result.Unsaved = keep.save(result.Form)
	if proof := planned.Step(plan.Proof); proof.Status == plan.Todo || proof.Status == plan.Optional && s.Session.Target.Includes(plan.Proof) {
		report := s.doctor.ExamineReplicating(ctx, result.Form, o.Examined)
		result.Plan.Prove(report)
	}
	return result, nil
}

// Undo implements [SetupWork]. The error is a *[setup.JournalError] where there is
// nothing to take back.
func (s *SetupSession) Undo(ctx context.Context, o SetupOrder) (SetupResult, error) {
	journal, err := s.journal(o.Journal)
	if err != nil {
		return SetupResult{}, err
	}
	defer journal.Close()
	run := &setup.Run{Session: &s.Session, Journal: journal, Observe: o.Observe}
	err = run.Undo(ctx)
	if err == nil {
		if forget := forgetKept(ctx, o.Kept.Store, journal); forget != nil {
			err = &setup.StepError{Step: plan.Credential, Err: forget}
		}
	}
	return SetupResult{Plan: run.Undone(err), Form: o.Form}, err
}

// journal opens a journal that is there.
func (s *SetupSession) journal(path string) (*setup.Journal, error) {
	if path == "" {
		folder, err := s.doctor.journals()
		if err != nil {
			return nil, err
		}
		path = findJournal(folder, s.Session.Target)
	}
	return setup.Open(path)
}

// PasteSignIn implements [SetupWork].
func (s *SetupSession) PasteSignIn(seen string) bool {
	pages := []admin.Administrator{s.Admin}
	if two, ok := s.Admin.(*admin.Halves); ok {
		pages = []admin.Administrator{two.Entra, two.Dataverse}
	}
	return slices.ContainsFunc(pages, func(a admin.Administrator) bool {
		b, ok := a.(*admin.Browser)
		return ok && b.Paste(seen)
	})
}

// Account implements [SetupWork].
func (s *SetupSession) Account() string { return s.Admin.Account() }

// Roles implements [SetupWork].
func (s *SetupSession) Roles(ctx context.Context) ([]string, error) {
	roles, err := s.Session.Roles(ctx)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, r := range roles {
		names = append(names, r.Name)
	}
	return names, nil
}

// BeginSetup is [Doctor.OpenSetup] with a sign-in of the program's own.
func (d Doctor) BeginSetup(ctx context.Context, form connection.Form, target plan.Target, how SignIn) (SetupWork, error) {
	s, err := d.OpenSetup(ctx, form, target, func(t plan.Target) (admin.Administrator, error) {
		if begun, err := setup.Peek(d.UnfinishedSetup(t)); err == nil && how.Changes {
			how.Needs = append(how.Needs, SetupNeeds(begun)...)
		}
		return d.Administrator(t, how)
	})
	if err != nil {
		return nil, err // and no interface that holds nil
	}
	return s, nil
}

// UnfinishedSetup returns the journal of an earlier set-up of a target that has changes
// to take back, or "".
func (d Doctor) UnfinishedSetup(t plan.Target) string {
	folder, err := d.journals()
	if err != nil {
		return ""
	}
	path := findJournal(folder, t)
	if j, err := setup.Peek(path); path == "" || err != nil || !j.Standing() {
		return ""
	}
	return path
}
