package guide

import (
	"slices"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/consent"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// State is the state of a step.
type State string

// The states.
const (
	// Done: proven by the examination.
	Done State = "done"
	// Ticked: the user ticked it, and nothing contradicts that.
	Ticked State = "ticked"
	// Broken: the evidence shows that it is not done, or done wrong.
	Broken State = "broken"
	// Todo: nothing shows that it is done.
	Todo State = "todo"
	// NotNeeded: it is no step for this connection.
	NotNeeded State = "not-needed"
	// Unseen: the examination went through and could not decide; or the question
	// has not been answered.
	Unseen State = "unknown"
)

// Progress is one step of one connection.
type Progress struct {
	Step  Step
	State State
	// Cause is what broke it; in any other state it is a warning. Result is
	// the check that shows it, or nil.
	Cause  catalog.Cause
	Result *exam.Result
	// Note is a sentence about this state; may be empty.
	Note text.Text
	// TakenBack is set when there is a tick that the evidence contradicts.
	TakenBack bool
	// First are the steps to repair before this step is done again: it was done out
	// of order.
	First []StepID
	// Mistake is the article's (1 to 6), or 0.
	Mistake int
}

// Input is what progress is judged by. Its zero value knows nothing.
type Input struct {
	// Report is the newest examination, nil before the first.
	Report *exam.Report
	// Ticks are what a user ticked, by step id.
	Ticks map[StepID]bool
	// SameTenant answers [TenantQuestion].
	SameTenant Answer
	// Credential is how the application proves itself; "" is a secret.
	Credential connection.Kind
	// Consent is what came of the newest journey to the consent page, nil before
	// the first.
	Consent *consent.Outcome
	// Seen is what an administrator's sign-in has read, by step id. A step that is not in
	// it was not read.
	Seen map[StepID]Seen
}

// Seen is what was read of a step.
type Seen struct {
	// Cause is what is wrong, "" where the step is done.
	Cause catalog.Cause
}

// Evaluate returns the progress of each step of the path, in order.
func (k Input) Evaluate(path Path) []Progress {
	var list []Progress
	if k.managed() {
		k.SameTenant = Yes // there is no other way
	}
	for _, s := range StepsBy(path, k.Credential) {
		if path == Classic {
			list = append(list, k.classic(s))
		} else {
			list = append(list, k.modern(s))
		}
	}
	k.noticeOrder(list)
	for i := range list {
		k.finish(&list[i], k.Ticks[list[i].Step.ID])
	}
	return list
}

// managed reports whether the application is the managed identity of a computer.
func (k Input) managed() bool { return k.Credential == connection.ManagedIdentityKind }

// Asks reports whether [TenantQuestion] decides anything.
func (k Input) Asks() bool { return !k.managed() }

// KeepTicks returns the ticks without those that the evidence took back.
func KeepTicks(ticks map[StepID]bool, list []Progress) map[StepID]bool {
	kept := map[StepID]bool{}
	for id, ticked := range ticks {
		if ticked {
			kept[id] = true
		}
	}
	for _, p := range list {
		if p.TakenBack {
			delete(kept, p.Step.ID)
		}
	}
	return kept
}

// assess judges a step by the evidence first, then by the user's tick.
func (k Input) assess(s Step) Progress {
	v := s.Proof.judge(k.Report)
	p := Progress{Step: s, State: v.state, Cause: v.cause, Result: v.result}
	p.TakenBack = v.state == Broken && !s.Tick.Empty() && k.Ticks[s.ID]
	k.addSeen(&p)
	if (p.State == Todo || p.State == Unseen) && !s.Tick.Empty() && k.Ticks[s.ID] {
		p.State = Ticked
	}
	if p.State == Unseen && !s.Tick.Empty() {
		p.Note = k.note("unseen")
	}
	if s.ID == WhoAmI && p.State == Todo {
		k.addMissing(&p)
	}
	return p
}

// cautions are the causes that are warnings where the article is not followed to the
// letter, as in an examination.
var cautions = []catalog.Cause{catalog.RoleSystemAdministrator, catalog.AppUserLicensed, catalog.AppUserWrongObjectID}

// addSeen settles a step that the examination could not see by what an administrator's
// sign-in has read. The examination is the newer evidence and decides where it can.
func (k Input) addSeen(p *Progress) {
	seen, read := k.Seen[p.Step.ID]
	if !read || p.State != Todo && p.State != Unseen {
		return
	}
	switch {
	case seen.Cause == "":
		p.State = Done
	case slices.Contains(cautions, seen.Cause) && !p.Step.Proof.Strict:
		p.State, p.Cause = Done, seen.Cause
	default:
		check := exam.CheckAppUser
		if len(p.Step.Proof.Checks) > 0 {
			check = p.Step.Proof.Checks[0]
		}
		result := exam.ResultOf(check, seen.Cause, nil)
		p.State, p.Cause, p.Result = Broken, seen.Cause, &result
		p.TakenBack = !p.Step.Tick.Empty() && k.Ticks[p.Step.ID]
	}
}

// addMissing names what the last step waits for.
func (k Input) addMissing(p *Progress) {
	if k.Report == nil {
		return
	}
	if root, ok := k.Report.Root(); ok {
		p.Result, p.Note = &root, k.note("waits", root.Title)
	}
}

// addConsentOutcome puts what came of the consent page on the step that it is about.
func (k Input) addConsentOutcome(p *Progress) {
	o := k.Consent
	if o == nil {
		return
	}
	aboutAddress := Proof{Breaks: address}.names(o.Cause)
	switch {
	case o.Ending == consent.Consented && p.Step.ID == Consent && p.State != Broken:
		p.State, p.Note = Ticked, k.note("page-said-yes")
	case o.Ending == consent.Failed && aboutAddress == (p.Step.ID == ConsentURL):
		p.State, p.Cause, p.Result = Broken, o.Cause, k.resultOf(o)
		p.Note, p.Mistake = text.Text{}, 0
	}
}

// resultOf shows a journey's failure as a check's, for one way of display.
func (k Input) resultOf(o *consent.Outcome) *exam.Result {
	r := exam.ResultOf(exam.ConsentPage, o.Cause, nil)
	r.Summary, r.Evidence = o.Summary, o.Evidence
	return &r
}

// consented reports whether the user ticked, or the page answered, that consent was given.
func (k Input) consented() bool {
	return k.Ticks[Consent] || k.Consent != nil && k.Consent.Ending == consent.Consented
}

func (k Input) finish(p *Progress, ticked bool) {
	k.addOtherAccount(p)
	if p.Mistake == 0 {
		p.Mistake = mistakes[p.Cause]
	}
	if p.Mistake == 0 && p.Step.ID == Role && p.Cause == catalog.AppUserMissing {
		p.Mistake = 1 // no user of the environment has the Application ID
	}
	p.TakenBack = p.TakenBack || p.State == Broken && ticked && !p.Step.Tick.Empty()
	if p.TakenBack {
		p.Note = join(k.note("taken-back"), p.Note)
	}
}

func join(a, b text.Text) text.Text { return text.Join(" ", a, b) }
