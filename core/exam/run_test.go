package exam

import (
	"context"
	"testing"
	"time"

	"s2sdoctor/core/connection"
	"s2sdoctor/core/prose"
)

// A check that panics is a failed check; those that need it are skipped, the
// others go on.
func TestPanicIsAFailedCheck(t *testing.T) {
	for name, where := range map[string]Check{
		"while gathering": {Gather: func(context.Context, *session, Facts) func(*Facts) { panic("secret-in-a-panic") }},
		"while judging":   {Judge: func(Facts) Finding { panic("secret-in-a-panic") }},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRun(connection.Form{}, Options{Now: time.Now})
			defer r.session.client.Close()
			where.ID, where.Title = "bad", "Bad"
			good := Check{ID: "good", Title: "Good", Judge: func(Facts) Finding { return pass(prose.F("well")) }}
			needy := Check{ID: "needy", Title: "Needy", Needs: []string{"bad"}, Judge: good.Judge}
			r.checks = []Check{where, good, needy}
			for _, c := range r.checks {
				r.over[c.ID] = make(chan struct{})
			}
			for i, c := range r.checks {
				r.one(t.Context(), i, c)
			}
			got := r.known().Results
			if got["bad"].Status != Fail || got["bad"].Cause != "unknown" || got["good"].Status != Pass || got["needy"].Status != Skip {
				t.Errorf("got %v", got)
			}
		})
	}
}
