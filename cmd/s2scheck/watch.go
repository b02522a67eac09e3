package main

import (
	"context"
	"fmt"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/watch"
)

// watch examines until the connection is healthy or something else is wrong. It prints
// the last report, and each attempt to standard error.
func (p program) watch(ctx context.Context, f flags, doctor core.Doctor, form connection.Form) int {
	last := watch.Run(ctx, f.watchFor, func(ctx context.Context) exam.Report {
		ctx, cancel := context.WithTimeout(ctx, f.timeout)
		defer cancel()
		r := doctor.Examine(ctx, form, false, nil)
		r.Profile = f.profile
		return r
	}, p.tellAttempt)
	if f.format == "json" {
		watch.WriteJSON(p.out, last)
	} else {
		p.print(f.format, last.Report)
	}
	return status(last.Report)
}

// tellAttempt writes a line about one examination to standard error.
func (p program) tellAttempt(a watch.Attempt) {
	cause := string(a.Report.RootCause)
	if cause == "" && !a.Report.Healthy {
		cause = "not examined to the end"
	}
	elapsed := a.Elapsed.Round(time.Second)
	says := map[watch.Verdict]string{
		watch.Waiting:   fmt.Sprintf("%s; waiting, again in %s", cause, a.Pause),
		watch.Healthy:   fmt.Sprintf("healthy after %s", elapsed),
		watch.Changed:   fmt.Sprintf("%s now: something else is wrong", cause),
		watch.Pointless: fmt.Sprintf("%s: waiting does not help, the connection needs another value", cause),
		watch.Over:      fmt.Sprintf("%s still, after %s", cause, elapsed),
	}[a.Verdict]
	fmt.Fprintf(p.err, "s2scheck: %d. %s\n", a.Number, says)
}
