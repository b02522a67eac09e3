package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/handoff"
	"github.com/s2sdoctor/s2sdoctor/core/jsondoc"
	"github.com/s2sdoctor/s2sdoctor/core/plain"
	"github.com/s2sdoctor/s2sdoctor/core/plan"
	"github.com/s2sdoctor/s2sdoctor/core/setup"
	"github.com/s2sdoctor/s2sdoctor/core/text"
	"github.com/s2sdoctor/s2sdoctor/core/transport"
)

// plan prints what is missing in the set-up of a connection; with --apply it does it,
// with --undo it takes back what was done.
func (p program) plan(ctx context.Context, args []string) int {
	f, want, err := parsePlan(args)
	if err != nil {
		return p.unusable(err)
	}
	ctx, cancel := context.WithTimeout(ctx, f.timeout)
	defer cancel()
	if f.undo != "" {
		return p.undoPlan(ctx, f)
	}
	made, err := p.handedOver(ctx, &f)
	if err != nil {
		return p.refusePlan(f.format, want, err)
	}
	doctor, form, done, err := p.subject(ctx, f.flags)
	if refused := (*fromError)(nil); errors.As(err, &refused) {
		return p.refusePlan(f.format, want, err)
	}
	if err != nil {
		return p.unusable(err)
	}
	defer done()
	target, err := doctor.PlanTarget(form, want)
	if err == nil {
		target.TakeUp(made)
	}
	switch {
	case err != nil:
		return p.refusePlan(f.format, want, err)
	case f.offline:
		return p.printPlan(f.format, target, plan.Make(target, plan.State{Made: target.Known}))
	case f.apply:
		return p.applyPlan(ctx, f, doctor, form, target)
	}
	return p.readPlan(ctx, f, doctor, form, target)
}

// refusePlan writes which input cannot be used; as JSON in the form of every other plan,
// with each step blocked.
func (p program) refusePlan(format string, want plan.Target, err error) int {
	if format != "json" {
		return p.refuse(format, err)
	}
	planned := plan.Make(want, plan.State{})
	planned.Refuse(causeOf(err), text.Raw(err.Error()))
	for i := range planned.Steps { // no request has a host
		s := &planned.Steps[i]
		s.Change, s.Requests, s.Undo = text.Text{}, []plan.Request{}, []plan.Request{}
	}
	jsondoc.Write(p.out, struct {
		plan.Plan
		Cause   catalog.Cause `json:"cause"`
		Summary string        `json:"summary"`
	}{planned, causeOf(err), err.Error()})
	return exitUnusable
}

// handedOver reads the result of a script in the text of --from, which is read as a
// connection as well.
func (p *program) handedOver(ctx context.Context, f *planFlags) (handoff.Result, error) {
	if !f.given["from"] {
		return handoff.Result{}, nil
	}
	data, err := await(ctx, func() ([]byte, error) { return p.readFrom(f.from) })
	if err != nil {
		return handoff.Result{}, err
	}
	if f.from == "-" {
		p.in = bytes.NewReader(data) // standard input can be read once
	}
	made, _ := handoff.Read(plain.Decode(data))
	return made, nil
}

// readPlan reads as an administrator the state of the set-up, and changes nothing.
func (p program) readPlan(ctx context.Context, f planFlags, doctor core.Doctor, form connection.Form, target plan.Target) int {
	session, err := doctor.OpenSetup(ctx, form, target, p.signIn(f, doctor))
	if err != nil {
		return p.noPlan(ctx, f.format, target, err)
	}
	defer session.Close()
	state, err := session.Read(ctx, session.Held)
	if err != nil {
		return p.noPlan(ctx, f.format, session.Target(), err)
	}
	return p.printPlan(f.format, session.Target(), plan.Make(session.Target(), state))
}

// noPlan prints the plan with the obstacle in each step that is left, or in place of a
// script the obstacle alone, and returns the exit status: 1 for a refusal, 3 where the network or the time ended it.
func (p program) noPlan(ctx context.Context, format string, target plan.Target, err error) int {
	planned := plan.Make(target, plan.State{})
	summary := text.OfError(err)
	if errors.Is(err, context.DeadlineExceeded) {
		summary = text.Raw("The time of --timeout was up.")
	}
	planned.Refuse(setup.CauseOf(err), summary)
	switch format {
	case "az", "powershell", "terraform": // a script without a step would seem to have worked
		fmt.Fprintf(p.err, "s2scheck: there is no script, because the plan could not be read: %s\n", summary)
	default:
		p.printPlan(format, target, planned)
	}
	p.suggest(err, target)
	var failure *transport.Error
	if ctx.Err() != nil || errors.As(err, &failure) {
		return exitUnfinished
	}
	return exitBroken
}

func (p program) printPlan(format string, target plan.Target, planned plan.Plan) int {
	switch format {
	case "json":
		plan.WriteJSON(p.out, planned)
	case "markdown":
		fmt.Fprint(p.out, plan.Markdown(planned))
	case "az":
		fmt.Fprint(p.out, plan.AZ(target, planned))
	case "powershell":
		fmt.Fprint(p.out, plan.PowerShell(target, planned))
	case "terraform":
		fmt.Fprint(p.out, plan.Terraform(target, planned))
	default:
		plan.WriteText(p.out, planned)
	}
	for _, s := range planned.Steps {
		if s.Status == plan.Blocked && s.Cause.Family() == catalog.FamilyInput {
			return exitUnusable
		}
	}
	if planned.Complete {
		return exitHealthy
	}
	return exitBroken
}
