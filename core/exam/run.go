package exam

import (
	"context"
	"errors"
	"maps"
	"sync"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/cloud"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/crash"
	"github.com/s2sdoctor/s2sdoctor/core/dataverse"
	"github.com/s2sdoctor/s2sdoctor/core/text"
	"github.com/s2sdoctor/s2sdoctor/core/transport"
)

// Run examines one connection and returns when every check is over, or soon
// after ctx ends. It never fails: what went wrong is in the report.
func Run(ctx context.Context, form connection.Form, o Options) Report {
	if o.Clouds == nil {
		o.Clouds = cloud.Table
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	r := newRun(form, o)
	defer r.session.client.Close()
	started := time.Now()

	var wg sync.WaitGroup
	// Read while the first answers are under way, the catalogue delays no request.
	wg.Go(func() {
		defer crash.Guard(nil) // the checks need it too, and report it
		catalog.Lookup(catalog.Unknown)
	})
	for i, c := range r.checks {
		r.tell(Event{Index: i, Phase: Waiting, Result: r.blank(c)})
	}
	for i, c := range r.checks {
		wg.Go(func() { r.one(ctx, i, c) })
	}
	wg.Wait()
	access := r.access(ctx, o)
	report := r.report(ctx, started)
	report.Access = access
	return report
}

// access reads what the application may do, if that is wanted and can be asked.
func (r *run) access(ctx context.Context, o Options) *Access {
	f := r.known()
	if !o.Access || !f.WhoAmI.Answered() || ended(ctx) {
		return nil
	}
	a := &Access{RolesKnown: f.User.RolesKnown, TeamsKnown: f.User.TeamsKnown}
	if live := f.User.Live(); len(live) == 1 {
		a.User = live[0]
	}
	a.AccessFacts = dataverse.Access(ctx, r.session.client, withToken(f), f.WhoAmI.UserID)
	return a
}

// run is one examination under way.
type run struct {
	session session
	checks  []Check
	offline bool
	over    map[CheckID]chan struct{}

	mu    sync.Mutex
	facts Facts

	observe   func(Event)
	observing sync.Mutex
}

func newRun(form connection.Form, o Options) *run {
	r := &run{
		session: session{client: transport.New(o.Transport), form: form, clouds: o.Clouds, source: o.source, now: o.Now, patience: o.ReplicationTimeout, identitySource: o.IdentitySource},
		checks:  Checks(), offline: o.Offline, observe: o.Observe,
		over:  map[CheckID]chan struct{}{},
		facts: Facts{Clouds: o.Clouds, Now: o.Now(), Results: map[CheckID]Result{}},
	}
	for _, c := range r.checks {
		r.over[c.ID] = make(chan struct{})
	}
	r.session.wait = func(id CheckID) Facts {
		r.await([]CheckID{id})
		return r.known()
	}
	// A service may echo these; they are removed from what it sent.
	r.session.client.AddSecret(form.Secret)
	r.session.client.AddSecret(form.CertificatePassword)
	for _, v := range o.Secrets {
		r.session.client.AddSecret(v)
	}
	return r
}

// one takes a check from waiting to done. Its channel is closed in any case,
// so that no other check waits for ever.
func (r *run) one(ctx context.Context, i int, c Check) {
	defer close(r.over[c.ID])
	finding := r.find(ctx, i, c)
	result := r.fill(c, finding)
	r.mu.Lock()
	r.facts.Results[c.ID] = result
	r.mu.Unlock()
	r.tell(Event{Index: i, Phase: Done, Result: result})
}

func (r *run) find(ctx context.Context, i int, c Check) (finding Finding) {
	defer crash.Guard(func(string) { finding = crashed() })
	r.await(c.DependsOn)
	if c.Network && r.offline {
		return skip(text.F("Not examined: it needs the network, and this examination is offline."))
	}
	if broken, ok := r.firstBroken(c.DependsOn); ok {
		return skip(waits(broken))
	}
	if c.gather != nil {
		if ended(ctx) {
			return unexamined(ctx)
		}
		r.tell(Event{Index: i, Phase: Running, Result: r.blank(c)})
		ctx := transport.WithNotes(transport.WithCheck(ctx, string(c.ID)), func(note text.Text) {
			r.tell(Event{Index: i, Phase: Running, Result: r.blank(c), Note: note})
		})
		learn := c.gather(ctx, &r.session, r.known())
		r.mu.Lock()
		learn(&r.facts)
		r.mu.Unlock()
	}
	r.await(c.JudgeAfter)
	finding = c.judge(r.known())
	if errors.Is(ctx.Err(), context.Canceled) && finding.Status == Fail {
		return unexamined(ctx)
	}
	return finding
}

func (r *run) await(ids []CheckID) {
	for _, id := range ids {
		<-r.over[id]
	}
}

// firstBroken finds a check among ids that others cannot build on.
func (r *run) firstBroken(ids []CheckID) (Result, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, id := range ids {
		if result := r.facts.Results[id]; result.Status == Fail || result.Status == Skip {
			return result, true
		}
	}
	return Result{}, false
}

func (r *run) known() Facts {
	r.mu.Lock()
	defer r.mu.Unlock()
	f := r.facts
	f.Results = maps.Clone(f.Results)
	// By all responses so far: which check was first decides nothing.
	f.Clock = r.session.clock()
	return f
}

func (r *run) tell(e Event) {
	if r.observe == nil {
		return
	}
	e.Total = len(r.checks)
	r.observing.Lock()
	defer r.observing.Unlock()
	defer crash.Guard(nil) // an observer cannot end the examination
	r.observe(e)
}

// fill adds to a finding what the catalogue knows about its cause.
func (r *run) fill(c Check, f Finding) (result Result) {
	result = r.blank(c)
	defer crash.Guard(func(string) {
		f := crashed()
		result = r.blank(c)
		result.Status, result.Cause, result.Summary, result.Owner = f.Status, f.Cause, f.Summary, c.Owner
	})
	result.Status, result.Cause, result.Summary, result.Evidence = f.Status, f.Cause, f.Summary, f.Evidence
	result.Alternatives = f.Alternatives
	result.Links = append(result.Links, f.Links...)
	if f.Status != Pass {
		result.Owner = c.Owner
	}
	if f.Cause != "" {
		result = result.describe(places(r.known()))
	}
	result.Fix = append(result.Fix, f.Fix...)
	if f.Owner != "" {
		result.Owner = f.Owner
	}
	if c.Network {
		result = r.redacted(result)
	}
	return result
}

// lookup finds the catalogue's entry for a cause. Without a cause it does not wait
// for the catalogue to be read.
func lookup(cause catalog.Cause) (catalog.Entry, bool) {
	if cause == "" {
		return catalog.Entry{}, false
	}
	return catalog.Lookup(cause)
}

func (r *run) blank(c Check) Result {
	return Result{ID: c.ID, Title: c.Title, Fix: []text.Text{}, Links: []catalog.Link{}}
}

// places fill the deep links.
func places(f Facts) catalog.Vars {
	return catalog.Vars{
		"clientId": f.Connection.ClientID, "tenantId": f.TenantID(), "environment": f.Connection.Environment,
		"portal": f.Connection.Cloud.Portal, "admin": f.Connection.Cloud.Admin, "login": f.Connection.Cloud.Login,
	}
}

// waits returns the summary of a check that needs another one first.
func waits(first Result) text.Text { return text.F("Waits for: %s.", first.Title) }

func ended(ctx context.Context) bool { return ctx.Err() != nil }

func unexamined(ctx context.Context) Finding {
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return skip(text.F("Not examined: the time for the examination was up."))
	}
	return skip(text.F("Not examined: cancelled."))
}

// crashed returns the finding of a check that panicked. The panic's own text stays out: it may
// quote anything.
func crashed() Finding {
	return broken(catalog.Unknown, catalog.Evidence{},
		text.F("This check itself crashed. That is an error in S2S Doctor, not of your connection: please report it."))
}
