package setup

import (
	"context"
	"errors"
	"maps"
	"net/http"
	"slices"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/plan"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// Keeper makes and keeps what a registration proves itself with. Both methods return
// only after the credential is safe where it is kept.
type Keeper interface {
	// Certificate returns a certificate that is valid for at most lifetime: in DER,
	// without its key. It is the one that an earlier run made if known reports its
	// thumbprint and it ends in time, and else a new one, which takes its place.
	// announce records the thumbprint of a new one and is called before it is kept.
	Certificate(name string, lifetime time.Duration, known func(thumbprint string) bool, announce func(thumbprint string) error) (der []byte, thumbprint string, err error)
	// Secret keeps a client secret.
	Secret(value secret.Value) error
}

// Run does a plan, goes on with one, or takes one back.
type Run struct {
	*Session
	Journal *Journal
	Held    Held
	Keeper  Keeper
	// Unkept returns why a new credential could not be kept, empty where it can: a client
	// secret if secret is true, else a certificate. nil where all can be kept.
	Unkept func(secret bool) text.Text
	// AtHand reports whether the credential that an earlier run of the journal made is
	// still there to sign in with; nil where it always is.
	AtHand func() bool
	// Observe is called with each step that begins or ends; it may be nil.
	Observe func(step plan.Step, note text.Text)
	// Wait sleeps; nil for a timer that ends with its context.
	Wait func(ctx context.Context, d time.Duration) error
}

// Values of a run besides those of a plan.
const (
	thumbprintValue            = plan.Thumbprint
	profileValue    plan.Value = "credential.profile"
)

// Apply does what is to be done and reads again what it changed. A plan with a blocked
// step is returned as it is, and nothing is sent. It may be called again with the
// journal of a run that was interrupted at any point.
//
// A step that fails ends the run: the plan has which, and the journal what was done.
// The error is a *Refusal, a *ServiceError, an *admin.Error, a *transport.Error, or
// that of ctx.
func (r *Run) Apply(ctx context.Context) (plan.Plan, error) {
	if err := r.recover(ctx); err != nil {
		return plan.Plan{}, err
	}
	p, err := r.copied(ctx, r.Journal.madeLately)
	if err != nil {
		return p, err
	}
	if r.refuseUnkept(&p); p.Obstructed() {
		return p, nil
	}
	values := with(r.Target.Known, r.Journal.Values())
	for _, s := range p.Steps {
		maps.Copy(values, s.Result)
	}
	applied := map[plan.ID]plan.Step{}
	for i, s := range p.Steps {
		if s.Status != plan.Todo || len(s.Requests) == 0 {
			continue
		}
		r.tell(s, text.Text{})
		if err := r.step(ctx, s, values); err != nil {
			p.Steps[i].Status, p.Applied = plan.Failed, true
			p.Steps[i].Reason, p.Steps[i].Cause = text.OfError(err), CauseOf(err)
			var refused *Refusal
			if errors.As(err, &refused) {
				p.Steps[i].Reason = refused.Summary
			}
			p.Complete = false
			return p, err
		}
		s.Status = plan.Applied
		applied[s.ID] = s
		r.tell(s, text.Text{})
	}
	return r.reread(ctx, applied)
}

// plan reads the state and makes the plan, with what the journal made taken up.
func (r *Run) plan(ctx context.Context) (plan.Plan, error) {
	values := with(r.Target.Known, r.Journal.Values())
	if id := values[plan.ApplicationAppID]; id != "" {
		r.Target.ClientID = id
	}
	held := r.Held
	if r.AtHand == nil || r.AtHand() {
		held.keyID, held.thumbprint = values[plan.CredentialKeyID], values[thumbprintValue]
	}
	state, err := r.Read(ctx, held)
	if err != nil {
		return plan.Plan{}, err
	}
	state.Made = values
	p := plan.Make(r.Target, state)
	p.Journal = r.Journal.Path()
	return p, nil
}

// copied makes the plan, again and again while it lacks what one of the steps has
// made: a reading may meet a replica that does not know it yet.
func (r *Run) copied(ctx context.Context, made func(plan.ID) bool) (plan.Plan, error) {
	for try := 0; ; try++ {
		p, err := r.plan(ctx)
		if err != nil {
			return p, err
		}
		i := slices.IndexFunc(p.Steps, func(s plan.Step) bool {
			return made(s.ID) && (s.Status == plan.Todo && len(s.Requests) > 0 || s.Status == plan.Blocked || foreign(s))
		})
		if i < 0 || try >= len(pauses) {
			return p, nil
		}
		if err := r.pause(ctx, p.Steps[i], try); err != nil {
			return p, err
		}
	}
}

// foreign reports whether a registration looks like one of another tenant: only its
// service principal was read.
func foreign(s plan.Step) bool {
	return s.ID == plan.Application && s.Status == plan.Done && s.Result[plan.ApplicationID] == ""
}

// pause waits before a step is tried again, and shows that.
func (r *Run) pause(ctx context.Context, s plan.Step, try int) error {
	d := pauses[try] * time.Second
	r.tell(s, text.F("waiting %d s for Microsoft to copy what was made", d/time.Second))
	return r.wait(ctx, d)
}

// reread makes the plan again after the changes: a step that was applied and is so now
// is Applied, one that is not is Failed.
func (r *Run) reread(ctx context.Context, applied map[plan.ID]plan.Step) (plan.Plan, error) {
	p, err := r.copied(ctx, func(id plan.ID) bool { _, changed := applied[id]; return changed })
	if err != nil {
		return p, err
	}
	p.Applied = len(applied) > 0
	for i, s := range p.Steps {
		was, changed := applied[s.ID]
		switch {
		case !changed:
		case s.Status == plan.Todo || s.Status == plan.Blocked:
			p.Steps[i].Status, p.Steps[i].Reason = plan.Failed, text.F("It was done without an error, and does not show when it is read again.")
			p.Complete = false
		default:
			s.Status, s.Change, s.Requests, s.Undo = plan.Applied, was.Change, was.Requests, was.Undo
			p.Steps[i] = s
		}
	}
	return p, nil
}

// refuseUnkept blocks the step of a credential that could not be kept.
func (r *Run) refuseUnkept(p *plan.Plan) {
	if r.Unkept == nil || p.Step(plan.Credential).Status != plan.Todo {
		return
	}
	if why := r.Unkept(r.Target.Credential == plan.NewSecret); !why.Empty() {
		p.Block(plan.Credential, catalog.InputNoStore, why)
	}
}

// step sends the requests of a step, in order.
func (r *Run) step(ctx context.Context, s plan.Step, values map[plan.Value]string) error {
	for _, request := range s.Requests {
		send := r.once
		if s.ID == plan.Credential {
			send = r.credential
		}
		made, err := send(ctx, s, request, values)
		if err != nil {
			return err
		}
		maps.Copy(values, made)
	}
	return nil
}

// once completes a request and sends it.
func (r *Run) once(ctx context.Context, s plan.Step, request plan.Request, values map[plan.Value]string) (map[plan.Value]string, error) {
	if err := r.supply(ctx, request, values); err != nil {
		return nil, err
	}
	return r.change(ctx, s, request.Fill(values), values)
}

// supply adds the values that a request still needs: what can be read is read, what is
// to be made is made.
func (r *Run) supply(ctx context.Context, request plan.Request, values map[plan.Value]string) error {
	for _, v := range request.Fill(values).Missing() {
		switch v {
		default:
			id, err := r.find(ctx, v, values)
			if err != nil {
				return err
			}
			values[v] = id
		}
	}
	return nil
}

// find reads a value.
func (r *Run) find(ctx context.Context, v plan.Value, values map[plan.Value]string) (string, error) {
	source, ok := r.Target.Source(v)
	if !ok {
		return "", text.Error(text.F("A value of the plan is not known: %s.", string(v)))
	}
	address := plan.Request{URL: source.URL}.Fill(values).URL
	var raw map[string]any
	status, err := r.get(ctx, address, &raw)
	if err != nil {
		return "", err
	}
	if rows, ok := raw["value"].([]any); source.Listed && ok && len(rows) == 1 {
		raw, _ = rows[0].(map[string]any)
	}
	id, _ := raw[source.Field].(string)
	if status != http.StatusOK || id == "" {
		return "", text.Error(text.F("A value of the plan was not found: %s.", string(v)))
	}
	return id, nil
}

func (r *Run) tell(s plan.Step, note text.Text) {
	if r.Observe != nil {
		r.Observe(s, note)
	}
}

func (r *Run) wait(ctx context.Context, d time.Duration) error {
	if r.Wait != nil {
		return r.Wait(ctx, d)
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}
