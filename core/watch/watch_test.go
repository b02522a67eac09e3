package watch

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
)

func broken(cause catalog.Cause) exam.Report { return exam.Report{RootCause: cause, Complete: true} }

var (
	healthy    = exam.Report{Healthy: true, Complete: true}
	unfinished = exam.Report{}
)

func TestJudge(t *testing.T) {
	for _, c := range []struct {
		name       string
		first, now exam.Report
		want       Verdict
	}{
		{"healthy", broken(catalog.AppUserMissing), healthy, Healthy},
		{"the same", broken(catalog.AppUserMissing), broken(catalog.AppUserMissing), Waiting},
		{"one step further", broken(catalog.AppUserMissing), broken(catalog.AppUserNoRole), Changed},
		{"one step back", broken(catalog.AppUserMissing), broken(catalog.SecretWrong), Changed},
		{"throttled meanwhile", broken(catalog.AppUserMissing), broken(catalog.ServiceThrottled), Waiting},
		{"the network meanwhile", broken(catalog.AppUserMissing), broken(catalog.NetworkTimeout), Waiting},
		{"replicating", broken(catalog.ServiceReplicating), broken(catalog.ServiceReplicating), Waiting},
		{"not to the end", broken(catalog.AppUserMissing), unfinished, Waiting},
		{"the form", broken(catalog.InputSecretMissing), broken(catalog.InputSecretMissing), Pointless},
		{"an ended certificate", broken(catalog.CertificateExpired), broken(catalog.CertificateExpired), Pointless},
	} {
		if got := Judge(c.first, c.now); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

// TestRun guards the schedule: growing pauses, the end when healthy, and the time limit.
func TestRun(t *testing.T) {
	for name, c := range map[string]struct {
		limit   time.Duration
		after   int // healthy from this examination on
		then    exam.Report
		verdict Verdict
		number  int
		elapsed time.Duration
	}{
		"at once":          {Limit, 1, healthy, Healthy, 1, 0},
		"the fifth time":   {Limit, 5, healthy, Healthy, 5, 30 * time.Second},
		"something else":   {Limit, 3, broken(catalog.AppUserNoRole), Changed, 3, 10 * time.Second},
		"never":            {2 * time.Minute, 1000, healthy, Over, 8, 95 * time.Second},
		"longer than ever": {10 * time.Minute, 13, healthy, Healthy, 13, 6*time.Minute + 35*time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				examinations := 0
				var pauses []time.Duration
				last := Run(t.Context(), c.limit, func(context.Context) exam.Report {
					if examinations++; examinations >= c.after {
						return c.then
					}
					return broken(catalog.AppUserMissing)
				}, func(a Attempt) { pauses = append(pauses, a.Pause) })
				got := []any{last.Verdict, last.Number, last.Elapsed, examinations}
				if diff := cmp.Diff([]any{c.verdict, c.number, c.elapsed, c.number}, got); diff != "" {
					t.Errorf("(-want +got):\n%s", diff)
				}
				for i := 1; i < len(pauses)-1; i++ {
					if pauses[i] < pauses[i-1] {
						t.Errorf("pauses shrink: %v", pauses)
					}
				}
			})
		})
	}
}

func TestRunEndsWithItsCaller(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 7*time.Second)
		defer cancel()
		last := Run(ctx, Limit, func(context.Context) exam.Report { return broken(catalog.AppUserMissing) }, nil)
		if last.Verdict != Over || last.Elapsed != 7*time.Second || last.Number != 2 {
			t.Errorf("%+v", last)
		}
	})
}
