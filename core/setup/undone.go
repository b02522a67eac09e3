package setup

import (
	"errors"
	"net/http"
	"slices"

	"github.com/s2sdoctor/s2sdoctor/core/admin"
	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/plan"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// StepError is the reason why a change of a step could not be taken back.
type StepError struct {
	Step plan.ID
	Err  error
}

// Error names the step and the reason.
func (e *StepError) Error() string { return string(e.Step) + ": " + e.Err.Error() }

// Unwrap returns the reason.
func (e *StepError) Unwrap() error { return e.Err }

// Undone returns the plan of a journal after [Run.Undo], which returned err.
func (r *Run) Undone(err error) plan.Plan {
	target := r.Target
	taken := map[plan.ID]plan.TakenBack{}
	for _, e := range r.Journal.Entries {
		if e.Method == "" || e.State != stateDone && e.State != stateUndone {
			continue
		}
		if id := e.Values[plan.ApplicationAppID]; id != "" {
			target.ClientID = id
		}
		taken[e.Step] = e.takenBack(taken[e.Step])
	}
	for _, failed := range stepErrors(err) {
		back := taken[failed.Step]
		back.Left, back.Cause = text.OfError(failed.Err), causeOf(failed.Err)
		taken[failed.Step] = back
	}
	p := plan.Undo(target, taken)
	p.Journal = r.Journal.Path()
	return p
}

// takenBack adds a change to those of its step.
func (e Entry) takenBack(back plan.TakenBack) plan.TakenBack {
	back.Requests = append(back.Requests, plan.Request{Method: e.Method, URL: e.URL})
	back.Undo = slices.Concat(e.Undo, back.Undo)
	for v, id := range e.Values {
		if v == thumbprintValue || v == profileValue {
			continue
		}
		if back.Result == nil {
			back.Result = map[plan.Value]string{}
		}
		back.Result[v] = id
	}
	if e.Method == http.MethodDelete && len(e.Undo) == 0 {
		back.Kept = text.F("A deleted application user was purged, because it was in the way. That cannot be taken back.")
	}
	return back
}

// stepErrors returns the errors of single steps in a joined one.
func stepErrors(err error) []*StepError {
	var all []*StepError
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		for _, e := range joined.Unwrap() {
			all = append(all, stepErrors(e)...)
		}
		return all
	}
	var step *StepError
	if errors.As(err, &step) {
		all = append(all, step)
	}
	return all
}

// causeOf returns the contract's word for an error, or "".
func causeOf(err error) catalog.Cause {
	var refused *Refusal
	var signIn *admin.Error
	switch {
	case errors.As(err, &refused):
		return refused.Cause
	case errors.As(err, &signIn):
		return signIn.Cause
	}
	return ""
}
