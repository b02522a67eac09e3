// Package watch examines a connection again and again after something was changed in a
// portal, until it is healthy or something else is wrong.
//
// It promises that pauses grow, that it ends, and that waiting is told from failing by a
// pure function.
package watch

import (
	"context"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
)

// pauses are those before each further examination; the last one repeats. Entra and
// Dataverse know most changes within seconds, some after minutes.
var pauses = []time.Duration{
	5 * time.Second, 5 * time.Second, 10 * time.Second, 10 * time.Second, 15 * time.Second, 20 * time.Second, 30 * time.Second, time.Minute,
}

// Limit is how long a watch lasts at most, where the caller names no other time.
const Limit = 30 * time.Minute

// Pause returns the pause after a number of examinations, counted from 1.
func Pause(examinations int) time.Duration {
	return pauses[min(max(examinations, 1), len(pauses))-1]
}

// Verdict is what an examination means for a watch. Its values are part of the command's
// interface.
type Verdict string

// The verdicts.
const (
	// Waiting is that the same is wrong as before, or that a service is busy: it may
	// still change.
	Waiting Verdict = "waiting"
	Healthy Verdict = "healthy"
	// Changed is that something else is wrong now.
	Changed Verdict = "changed"
	// Pointless is that no change in a portal helps: the form needs another value.
	Pointless Verdict = "pointless"
	// Over is that the time was up.
	Over Verdict = "over"
)

// Judge compares an examination with the first one of a watch.
func Judge(first, now exam.Report) Verdict {
	cause := now.RootCause
	switch {
	case now.Healthy && now.Complete:
		return Healthy
	case cause.Family() == catalog.FamilyInput || cause == catalog.CertificateExpired || cause == catalog.SecretExpired:
		return Pointless
	case cause == first.RootCause, !now.Complete, passing(cause), passing(first.RootCause) && cause == "":
		return Waiting
	}
	return Changed
}

// passing reports whether a cause goes away by itself.
func passing(cause catalog.Cause) bool {
	family := cause.Family()
	return family == catalog.FamilyService || family == catalog.FamilyNetwork
}

// Attempt is one examination of a watch.
type Attempt struct {
	Number  int
	Report  exam.Report
	Verdict Verdict
	// Elapsed is the time since the watch began, Pause that until the next examination;
	// 0 after the last.
	Elapsed, Pause time.Duration
}

// Run examines until the verdict is another one than [Waiting], the limit is up, or ctx
// ends. It calls observe (may be nil) with each attempt and returns the last.
func Run(ctx context.Context, limit time.Duration, examine func(context.Context) exam.Report, observe func(Attempt)) Attempt {
	began := time.Now()
	var first exam.Report
	for number := 1; ; number++ {
		a := Attempt{Number: number, Report: examine(ctx)}
		if number == 1 {
			first = a.Report
		}
		a.Verdict, a.Elapsed = Judge(first, a.Report), time.Since(began)
		if a.Verdict == Waiting {
			if a.Pause = Pause(number); a.Elapsed+a.Pause > limit || ctx.Err() != nil {
				a.Verdict, a.Pause = Over, 0
			}
		}
		if observe != nil {
			observe(a)
		}
		if a.Verdict != Waiting {
			return a
		}
		select {
		case <-time.After(a.Pause):
		case <-ctx.Done():
			a.Verdict, a.Elapsed, a.Pause = Over, time.Since(began), 0
			return a
		}
	}
}
