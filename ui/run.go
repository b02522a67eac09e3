package ui

import (
	"context"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
)

// run is one examination under way, and what came of the last.
type run struct {
	// number tells events of this run from late ones of an earlier.
	number   int
	active   bool
	stopping bool
	cancel   context.CancelFunc
	started  time.Time
	progress progress
	tick     func()
	report   *exam.Report
}

// progress is how far an examination is.
type progress struct {
	Done, Total int
	// check is the ID of the check that began last, Doing its title, Note what it
	// says it does.
	check       string
	Doing, Note string
	Elapsed     time.Duration
	Stopping    bool
}

// testOrCancel is the big button.
func (w *Window) testOrCancel() {
	if w.run.active {
		w.cancelTest()
		return
	}
	w.test()
}

// test examines what is in the form. What cannot be used is examined too: the
// answer names it, and the field shows it.
func (w *Window) test() {
	if w.run.active {
		return
	}
	w.form.tried = true
	w.form.changed()
	form := w.form.form()
	ctx := w.begin()
	number := w.run.number
	w.background(func() func() {
		report := w.deps.Examine(ctx, form, func(e exam.Event) {
			w.deps.Do(func() { w.observe(number, e) })
		})
		return func() { w.finish(number, report) }
	}, func() {
		if number == w.run.number {
			w.dropTest()
			w.answer.forget()
		}
	})
}

// begin puts the window into the state of an examination and gives its context.
func (w *Window) begin() context.Context {
	ctx, cancel := context.WithCancel(w.ctx)
	w.run.number++
	w.run.active, w.run.stopping, w.run.cancel, w.run.report = true, false, cancel, nil
	w.run.started, w.run.progress = w.now(), progress{Total: len(w.answer.checks.rows)}
	w.form.busy(true)
	w.answer.begin(w.run.progress)
	w.scheduleTick(w.run.number)
	return ctx
}

// cancelTest asks the examination to end; it says when it has.
func (w *Window) cancelTest() {
	if !w.run.active || w.run.stopping {
		return
	}
	w.run.stopping, w.run.progress.Stopping = true, true
	w.run.cancel()
	w.answer.advance(w.run.progress)
}

// dropTest ends the examination and does not wait to hear of it: the window is
// about to be about something else.
func (w *Window) dropTest() {
	if !w.run.active {
		return
	}
	w.run.number++ // what it still says is not for this connection
	w.run.active, w.run.stopping = false, false
	w.run.cancel()
	if w.run.tick != nil {
		w.run.tick()
	}
	w.form.busy(false)
	w.toasts.Retract(stillRunning.String())
}

// observe shows one step.
func (w *Window) observe(number int, e exam.Event) {
	if number != w.run.number || !w.run.active {
		return
	}
	p := &w.run.progress
	p.Total = e.Total
	switch e.Phase {
	case exam.Running:
		p.check, p.Doing, p.Note = e.Result.ID, i18n.Said(e.Result.Title), i18n.Said(e.Note)
	case exam.Done:
		p.Done++
		if p.check == e.Result.ID {
			p.Note = ""
		}
	}
	w.answer.checks.observe(e)
	w.answer.advance(*p)
}

// finish shows the outcome.
func (w *Window) finish(number int, report exam.Report) {
	if number != w.run.number || !w.run.active {
		return
	}
	w.run.active = false
	w.run.cancel()
	if w.run.tick != nil {
		w.run.tick()
	}
	w.form.busy(false)
	w.toasts.Retract(stillRunning.String())
	w.adopt(report)
	if root, failed := report.Root(); failed && root.ID == "inputs" {
		w.form.firstProblem()
	}
}

// adopt shows a report, whoever asked for it.
func (w *Window) adopt(report exam.Report) {
	w.run.report = &report
	w.form.learned(report)
	w.answer.stale.Hide()
	w.answer.finish(report)
}

// scheduleTick counts the seconds while an examination runs; nothing else in the
// window moves by itself.
func (w *Window) scheduleTick(number int) {
	w.run.tick = w.deps.Later(time.Second, func() {
		if number != w.run.number || !w.run.active {
			return
		}
		w.run.progress.Elapsed = w.now().Sub(w.run.started)
		w.answer.advance(w.run.progress)
		w.scheduleTick(number)
	})
}

func (w *Window) now() time.Time {
	if w.deps.Now != nil {
		return w.deps.Now()
	}
	return time.Now()
}
