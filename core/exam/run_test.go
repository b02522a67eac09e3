package exam

import (
	"context"
	"testing"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/crash"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// TestPanicIsAFailedCheck guards that a check that panics fails, that the checks
// depending on it are skipped, and that the others continue.
func TestPanicIsAFailedCheck(t *testing.T) {
	for name, where := range map[string]Check{
		"while gathering": {functions: functions{gather: func(context.Context, *session, Facts) func(*Facts) { panic("secret-in-a-panic") }}},
		"while judging":   {functions: functions{judge: func(Facts) Finding { panic("secret-in-a-panic") }}},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRun(connection.Form{}, Options{Now: time.Now})
			defer r.session.client.Close()
			where.ID, where.Title = "bad", text.F("Bad")
			well := functions{judge: func(Facts) Finding { return pass(text.F("well")) }}
			good := Check{ID: "good", Title: text.F("Good"), functions: well}
			needy := Check{ID: "needy", Title: text.F("Needy"), DependsOn: []CheckID{"bad"}, functions: well}
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

// TestObserverPanics guards that an observer that panics does not end the examination.
func TestObserverPanics(t *testing.T) {
	r := Run(t.Context(), connection.Form{}, Options{Offline: true, Observe: func(Event) { panic("secret-in-a-panic") }})
	if len(r.Checks) != len(Checks()) || r.RootCause == "" {
		t.Errorf("%d checks, root cause %q", len(r.Checks), r.RootCause)
	}
}

// TestParallelPanicKeepsItsStack guards that the note about a panic in a check's
// goroutine shows where the panic occurred.
func TestParallelPanicKeepsItsStack(t *testing.T) {
	defer func() {
		p := crash.Caught(recover())
		if p == nil || p.Error() != "panic: a value of type string" {
			t.Error(p)
		}
	}()
	async(func() int { panic("secret-in-a-panic") })()
}

// TestChecksHaveOwnersAndCode guards checks.json: an owner that is not in the catalogue
// has no translation, and a check without a judge panics.
func TestChecksHaveOwnersAndCode(t *testing.T) {
	owners := map[catalog.Owner]bool{}
	for _, e := range catalog.All() {
		owners[e.Owner] = true
	}
	for _, c := range Checks() {
		if !owners[c.Owner] || c.Title.Empty() || c.judge == nil {
			t.Errorf("%s: owner %q, title %q, judge %t", c.ID, c.Owner, c.Title, c.judge != nil)
		}
	}
	if len(functionsOf) != len(Checks()) {
		t.Errorf("code for %d checks, and %d checks in checks.json", len(functionsOf), len(Checks()))
	}
}
