package plan

import (
	"slices"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// step is the data of one of the eight: what it is, who does it, and the function
// that decides its status.
type step struct {
	id    ID
	title text.Text
	who   catalog.Owner
	plan  func(Target, State, *Step)
}

var steps = []step{
	{Application, text.F("Register the application"), catalog.OwnerEntraApplicationOwner, planApplication},
	{Credential, text.F("Give it a credential"), catalog.OwnerEntraApplicationOwner, planCredential},
	{ServicePrincipal, text.F("Create its service principal"), catalog.OwnerEntraApplicationOwner, planPrincipal},
	{Consent, text.F("Grant consent"), catalog.OwnerEntraAdministrator, planConsent},
	{ApplicationUser, text.F("Create the application user"), catalog.OwnerDataverseAdministrator, planUser},
	{Role, text.F("Give it a security role"), catalog.OwnerDataverseAdministrator, planRole},
	{Licence, text.F("Remove the licence"), catalog.OwnerEntraAdministrator, planLicence},
	{Proof, text.F("Test the connection"), catalog.OwnerWhoeverFillsInTheForm, planProof},
}

// Make returns the plan that leads from what was read to what is wanted.
func Make(t Target, s State) Plan {
	p := Plan{Connection: exam.Subject{
		Environment: t.Environment, Cloud: t.Cloud.Name, TenantID: t.TenantID, ClientID: t.ClientID, Credential: string(t.Given),
	}}
	for _, data := range steps {
		planned := Step{ID: data.id, Title: data.title, Who: data.who}
		switch {
		case t.Includes(data.id):
			data.plan(t, s, &planned)
		default:
			planned.skip(text.F("Left out: only other steps were asked for."))
		}
		if right := s.MayNot[data.id]; right != "" && planned.Status == Todo {
			planned.block(catalog.AdminNoRights, text.F("The signed-in administrator may not do this: %s is missing.", right))
		}
		s.handOver(&planned)
		p.Steps = append(p.Steps, planned)
	}
	p.prove()
	p.finish()
	return p
}

// prove settles the last step of a plan, which depends on the others.
func (p *Plan) prove() {
	proof := &p.Steps[len(p.Steps)-1]
	if proof.Status != Todo {
		return
	}
	for _, s := range p.Steps[:len(p.Steps)-1] {
		if s.Status.Left() {
			return
		}
	}
	proof.skip(text.F("Everything else is in place. Test the connection to prove it."))
}

// stranger is why a step waits for an administrator of the environment.
var stranger = text.F("Waits for a Dataverse administrator: the signed-in administrator is no user of the environment (0x80072560).")

// handOver blocks a step of the environment that waits for another administrator. A step
// of Entra stays to be done, and names who can do it for certain: no read shows whether
// Entra will refuse it.
func (s State) handOver(step *Step) {
	switch {
	case s.Stranger && step.Who == catalog.OwnerDataverseAdministrator && step.Status.Left():
		step.block(catalog.AdminNoRights, stranger)
	case s.Roleless && step.Status == Todo && step.ofEntra() && step.Reason.Empty():
		step.Reason = text.F("The sign-in shows no administrator role of Entra. If Entra refuses this, it waits for an Entra administrator.")
	}
}

// ofEntra reports whether a step changes the directory.
func (s *Step) ofEntra() bool {
	return s.Who == catalog.OwnerEntraAdministrator || s.Who == catalog.OwnerEntraApplicationOwner
}

// done marks a step as being so already.
func (s *Step) done(reason text.Text) { s.Status, s.Reason = Done, reason }

// made marks a step as done where the result of a script names what it made, and
// reports that.
func (s *Step) made(state State, v Value) bool {
	if state.Made[v] == "" {
		return false
	}
	s.done(text.F("The result of a script shows that it was done. It was not read again."))
	s.found(v, state.Made[v])
	return true
}

// skip marks a step as not needed.
func (s *Step) skip(reason text.Text) { s.Status, s.Reason = Optional, reason }

// ask marks a step that a user must decide.
func (s *Step) ask(reason text.Text) { s.Status, s.Reason = Manual, reason }

// block marks a step that has an obstacle; it sends nothing.
func (s *Step) block(cause catalog.Cause, reason text.Text) {
	s.Status, s.Cause, s.Reason = Blocked, cause, reason
	s.Requests, s.Undo, s.Change = nil, nil, text.Text{}
}

// do marks a step as to be done by requests, in order.
func (s *Step) do(change text.Text, requests ...Request) {
	s.Status, s.Change = Todo, change
	s.Requests = append(s.Requests, requests...)
	s.Undo = nil
	for _, r := range slices.Backward(s.Requests) {
		s.Undo = append(s.Undo, r.Back...)
	}
}

// found records the ID of what is there.
func (s *Step) found(v Value, id string) {
	if id == "" {
		return
	}
	if s.Result == nil {
		s.Result = map[Value]string{}
	}
	s.Result[v] = id
}

// Prove sets the last step by the examination that followed the others.
func (p *Plan) Prove(report exam.Report) {
	proof := &p.Steps[len(p.Steps)-1]
	if root, broken := report.Root(); broken {
		proof.Status, proof.Cause, proof.Reason = Failed, root.Cause, root.Summary
	} else if report.WhoAmI == nil {
		proof.Status, proof.Reason = Failed, text.F("The connection was not examined to the end.")
	} else {
		proof.Status, proof.Cause, proof.Reason = Applied, "", text.F("WhoAmI answers.")
	}
	p.Report = &report
	p.finish()
}

// Block marks a step that has an obstacle, which the caller found; it sends nothing.
func (p *Plan) Block(id ID, cause catalog.Cause, reason text.Text) {
	for i := range p.Steps {
		if p.Steps[i].ID == id {
			p.Steps[i].block(cause, reason)
		}
	}
	p.finish()
}

// Refuse marks what is to be done as blocked by one obstacle, such as a sign-in that
// did not succeed. The requests stay, so that a script can be made of them.
func (p *Plan) Refuse(cause catalog.Cause, reason text.Text) {
	for i := range p.Steps {
		if s := &p.Steps[i]; s.Status.Left() {
			s.Status, s.Cause, s.Reason = Blocked, cause, reason
		}
	}
	p.Complete = false
}
