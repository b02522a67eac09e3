package session

import (
	"context"
	"testing"
	"testing/synctest"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/paste"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
)

const (
	testTenant = "12b5c856-4a7e-4c1d-9f3b-5d0c8e6a7b91"
	testClient = "2015d711-8a4f-4d3c-9b2e-0f1a2b3c4d5e"
	contoso    = "https://contoso.crm4.dynamics.com"
	fabrikam   = "https://fabrikam.crm4.dynamics.com"
)

// filledForm returns a form that can be examined.
func filledForm() connection.Form {
	return connection.Form{Environment: contoso, ClientID: testClient, Secret: secret.New("0123456789"), RedirectURI: "http://localhost"}
}

// bench is a session whose environment is played by the test.
type bench struct {
	*testing.T
	*loop
	s      *Session
	doctor *fakeDoctor
	events []Event
}

// fakeDoctor returns results from the test. The zero value finds nothing, and examines
// until it is cancelled.
type fakeDoctor struct {
	core.Doctor // for methods without network
	pasted      paste.Result
	notes       []connection.Note
	problems    []connection.Problem
	examine     func(ctx context.Context, form connection.Form, observe func(exam.Event)) exam.Report
	discover    func(ctx context.Context, form connection.Form) (core.Discovered, bool)
	lifetime    func(ctx context.Context, form connection.Form) core.Lifetime // nil returns the zero Lifetime
	// looked counts the checks of the form; forms are the forms that were examined.
	looked int
	forms  []connection.Form

	consent func(ctx context.Context, g core.ConsentRequest) core.ConsentResult // nil waits
	read    func(ctx context.Context, g core.ConsentRequest, pasted string) core.ConsentResult
	grants  []core.ConsentRequest // the requests so far
}

func (d *fakeDoctor) Check(connection.Form) ([]connection.Note, []connection.Problem) {
	d.looked++
	return d.notes, d.problems
}

func (d *fakeDoctor) Examine(ctx context.Context, form connection.Form, _ bool, observe func(exam.Event)) exam.Report {
	d.forms = append(d.forms, form)
	if d.examine == nil {
		<-ctx.Done()
		return testReport(exam.Skip)
	}
	return d.examine(ctx, form, observe)
}

func (d *fakeDoctor) Discover(ctx context.Context, form connection.Form) (core.Discovered, bool) {
	if d.discover == nil {
		<-ctx.Done()
		return core.Discovered{}, false
	}
	return d.discover(ctx, form)
}

func (d *fakeDoctor) Lifetime(ctx context.Context, form connection.Form) core.Lifetime {
	if d.lifetime == nil {
		return core.Lifetime{}
	}
	return d.lifetime(ctx, form)
}

func (d *fakeDoctor) Paste(string) paste.Result { return d.pasted }

// run runs a test of a session in a bubble; prepare may change its environment.
func run(t *testing.T, test func(b *bench), prepare ...func(*Deps)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		b := &bench{T: t, loop: &loop{}, doctor: &fakeDoctor{}}
		deps := Deps{Scheduler: b.loop, Doctor: b.doctor, Browsers: fakeBrowsers{}}
		for _, f := range prepare {
			f(&deps)
		}
		b.s = New(deps)
		b.s.Listen(func(e Event) { b.events = append(b.events, e) })
		test(b)
		b.s.Close()
		b.pump()
	})
}

// edit changes the form as a typing user does.
func (b *bench) edit(change func(*Typed)) {
	t := b.s.State().Form.Typed
	change(&t)
	b.s.Edit(t)
}

// notices returns the texts of all notices, in order.
func (b *bench) notices() []string {
	var all []string
	for _, e := range b.events {
		if n, ok := e.(*Notice); ok {
			all = append(all, n.Text.String())
		}
	}
	return all
}

// attention returns the field that was shown last, or "".
func (b *bench) attention() (field connection.Field) {
	for _, e := range b.events {
		if a, ok := e.(Attention); ok {
			field = a.Field
		}
	}
	return field
}

func (b *bench) problem(field connection.Field) string {
	return b.s.State().Form.Problems[field].String()
}

func (b *bench) noted(field connection.Field) string { return b.s.State().Form.Notes[field].String() }

// testReport returns a report whose checks all have the same outcome.
func testReport(status exam.Status) exam.Report {
	r := exam.Report{
		Complete: status != exam.Skip, Healthy: status == exam.Pass,
		Connection: exam.Subject{Environment: contoso, Cloud: "public", TenantID: testTenant, ClientID: testClient},
	}
	for _, c := range exam.Checks() {
		r.Checks = append(r.Checks, exam.Result{ID: c.ID, Title: c.Title, Status: status})
	}
	return r
}

// set sets the outcome of a check of a report.
func set(r *exam.Report, id exam.CheckID, status exam.Status, cause catalog.Cause) {
	for i := range r.Checks {
		if r.Checks[i].ID == id {
			r.Checks[i].Status, r.Checks[i].Cause = status, cause
		}
	}
	if status == exam.Fail {
		r.Healthy, r.RootCause = false, cause
	}
}

// answer makes the next examinations end with a report, step by step.
func (b *bench) answer(r exam.Report) {
	b.doctor.examine = func(_ context.Context, _ connection.Form, observe func(exam.Event)) exam.Report {
		for i, c := range r.Checks {
			observe(exam.Event{Index: i, Total: len(r.Checks), Phase: exam.Running, Result: exam.Result{ID: c.ID, Title: c.Title}})
			observe(exam.Event{Index: i, Total: len(r.Checks), Phase: exam.Done, Result: c})
		}
		return r
	}
}

// finish runs an examination to its end with a report.
func (b *bench) finish(r exam.Report) {
	b.answer(r)
	b.s.Test()
	b.pump()
}
