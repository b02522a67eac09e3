package session

import (
	"context"
	"testing"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/watch"
)

// turns returns an examination with these causes in turn, "" for healthy; the last cause
// stays.
func turns(count *int, causes ...catalog.Cause) func(context.Context, connection.Form, func(exam.Event)) exam.Report {
	return func(context.Context, connection.Form, func(exam.Event)) exam.Report {
		cause := causes[min(*count, len(causes)-1)]
		*count++
		return exam.Report{RootCause: cause, Healthy: cause == "", Complete: true}
	}
}

func TestWatch(t *testing.T) {
	for name, c := range map[string]struct {
		causes       []catalog.Cause
		verdict      watch.Verdict
		examinations int
		elapsed      time.Duration
	}{
		"until it is healthy":      {[]catalog.Cause{catalog.AppUserMissing, catalog.AppUserMissing, catalog.ServiceThrottled, ""}, watch.Healthy, 4, 20 * time.Second},
		"until something else":     {[]catalog.Cause{catalog.AppUserMissing, catalog.AppUserNoRole}, watch.Changed, 2, 5 * time.Second},
		"another value is needed":  {[]catalog.Cause{catalog.InputSecretMissing}, watch.Pointless, 1, 0},
		"it never becomes healthy": {[]catalog.Cause{catalog.AppUserMissing}, watch.Over, 36, 29*time.Minute + 35*time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			run(t, func(b *bench) {
				count := 0
				b.doctor.examine = turns(&count, c.causes...)
				b.s.Watch()
				b.s.Watch() // a watch runs already
				b.pump()
				b.sleep(time.Hour)
				w := b.s.State().Watch
				if w.Active || w.Verdict != c.verdict || w.Examinations != c.examinations || count != c.examinations || w.Elapsed != c.elapsed {
					b.Errorf("%+v, %d examinations", w, count)
				}
			})
		})
	}
}

// TestWatchEnds guards that no examination begins after the user has gone to another
// screen or connection.
func TestWatchEnds(t *testing.T) {
	for name, turn := range map[string]func(*Session){
		"stopped":            (*Session).StopWatching,
		"tested by the user": (*Session).Test,
		"another connection": (*Session).forgetReport,
		"another form":       (*Session).outdate,
	} {
		t.Run(name, func(t *testing.T) {
			run(t, func(b *bench) {
				count := 0
				b.doctor.examine = turns(&count, catalog.AppUserMissing)
				b.s.Watch()
				b.pump()
				b.sleep(6 * time.Second)
				if w := b.s.State().Watch; !w.Active || w.Examinations != 2 || w.Next.IsZero() {
					b.Fatalf("%+v", w)
				}
				turn(b.s)
				b.pump()
				before := count
				b.sleep(time.Hour)
				if w := b.s.State().Watch; w.Active || count != before {
					b.Errorf("%+v, %d more examinations", w, count-before)
				}
			})
		})
	}
}
