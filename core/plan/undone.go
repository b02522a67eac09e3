package plan

import (
	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// TakenBack is what became of a step whose changes were to be taken back.
type TakenBack struct {
	// Left is the reason why a change is still there; empty where all are gone.
	Left text.Text
	// Kept is a note on a change that nothing can take back; it may be empty.
	Kept text.Text
	// Cause is the contract's word for Left, or "".
	Cause catalog.Cause
	// Requests are those that were sent once, Undo those that take them back.
	Requests, Undo []Request
	// Result holds the IDs that the step had made.
	Result map[Value]string
}

// Undo returns the plan after its changes were taken back: the steps of a journal are
// Undone or Failed, every other one is Optional.
func Undo(t Target, taken map[ID]TakenBack) Plan {
	p := Plan{Connection: exam.Subject{Environment: t.Environment, Cloud: t.Cloud.Name, TenantID: t.TenantID, ClientID: t.ClientID}}
	for _, data := range steps {
		s := Step{ID: data.id, Title: data.title, Who: data.who}
		back, changed := taken[data.id]
		switch {
		case !changed:
			s.skip(text.F("The journal changed nothing here."))
		case !back.Left.Empty():
			s.Status, s.Reason, s.Cause = Failed, back.Left, back.Cause
		case len(back.Undo) == 0:
			s.skip(back.Kept)
		default:
			s.Status, s.Reason = Undone, back.Kept
		}
		s.Requests, s.Undo, s.Result = back.Requests, back.Undo, back.Result
		p.Steps = append(p.Steps, s)
	}
	p.finish()
	return p
}
