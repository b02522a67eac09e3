// Package fleet examines many connections: those of a list, or all that are saved.
//
// It promises that no more than eight are examined at the same time, one for each
// environment, that the results come in the order of the connections, and that a
// list of connections which may hold a secret is refused.
package fleet

import (
	"context"
	"iter"
	"sync"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/crash"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
)

// Member is a connection of a fleet.
type Member struct {
	Name string
	// Group is a label, such as "Production"; may be empty.
	Group string
	Form  connection.Form
	// Refused is why it cannot be examined; the zero Problem if it can.
	Refused connection.Problem
}

// Options change how a fleet is examined.
type Options struct {
	// Timeout is the time for each connection, from when its examination begins.
	Timeout time.Duration
	Offline bool
	// Doctor returns the doctor that examines a connection; nil uses the one of its cloud.
	Doctor func(connection.Form) Doctor
	// Begin is called when the examination of a member begins, by several goroutines. May be
	// nil.
	Begin func(index int)
	// Done is called with each report once it is there, by one goroutine at a time;
	// index is that of the member. May be nil.
	Done func(index int, r exam.Report)
}

// Doctor examines a connection: a [core.Doctor].
type Doctor interface {
	// Host returns the host of the environment, or "".
	Host(form connection.Form) string
	Examine(ctx context.Context, form connection.Form, offline bool, observe func(exam.Event)) exam.Report
}

// Examine examines the members as they come, several at a time, and returns their
// reports in the order of the members. It takes the next member while others are
// examined, so that a store which waits for its user delays no other connection.
func Examine(ctx context.Context, members iter.Seq[Member], o Options) []exam.Report {
	if o.Doctor == nil {
		o.Doctor = func(form connection.Form) Doctor { return core.Doctor{Clouds: core.CloudsFor(form)} }
	}
	f := &fleet{options: o}
	index := 0
	for m := range members {
		f.add(m.Name)
		i := index
		f.group.Go(func() {
			defer crash.Guard(func(string) { f.done(i, exam.Report{Profile: m.Name}) }) // an unfinished one
			f.done(i, f.examine(ctx, i, m))
		})
		index++
	}
	f.group.Wait()
	return f.reports
}

type fleet struct {
	options Options
	gate    core.Gate
	group   sync.WaitGroup

	mu      sync.Mutex
	reports []exam.Report
}

func (f *fleet) add(name string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.reports = append(f.reports, exam.Report{Profile: name})
}

func (f *fleet) done(i int, r exam.Report) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.reports[i] = r
	if f.options.Done != nil {
		f.options.Done(i, r)
	}
}

func (f *fleet) examine(ctx context.Context, i int, m Member) (r exam.Report) {
	defer func() { r.Profile = m.Name }()
	if m.Refused.Cause != "" {
		return exam.Refused(m.Form, m.Refused)
	}
	doctor := f.options.Doctor(m.Form)
	if leave, err := f.gate.Enter(ctx, doctor.Host(m.Form)); err == nil {
		defer leave()
	}
	if f.options.Begin != nil && ctx.Err() == nil {
		f.options.Begin(i)
	}
	ctx, cancel := context.WithTimeout(ctx, f.options.Timeout)
	defer cancel()
	return doctor.Examine(ctx, m.Form, f.options.Offline, nil)
}
