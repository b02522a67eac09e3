package setup_test

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/s2sdoctor/s2sdoctor/core/plan"
	"github.com/s2sdoctor/s2sdoctor/core/sandbox"
	"github.com/s2sdoctor/s2sdoctor/internal/race"
	"github.com/s2sdoctor/s2sdoctor/internal/sample"
)

func sortedLines(lines []string) []string {
	slices.Sort(lines)
	return lines
}

// empty removes the application and its user.
func empty(t *sandbox.Tenant) { t.Application.Missing, t.User.Missing = true, true }

func adopted(t *plan.Target) { t.ClientID = sandbox.ClientID }

// situations are the tenants and the targets of the property; each needs a change.
var situations = map[string]struct {
	tenant func(*sandbox.Tenant)
	target func(*plan.Target)
}{
	"empty, certificate": {empty, nil},
	"empty, secret":      {empty, func(t *plan.Target) { t.Credential = plan.NewSecret }},
	"empty, minimal role": {empty, func(t *plan.Target) {
		t.Role = plan.Minimal
		t.Privileges, _ = plan.ParsePrivileges("account:read:org,contact:write:bu")
	}},
	"empty, classic": {empty, func(t *plan.Target) { t.Classic, t.Role = true, "" }},
	"two business units": {func(t *sandbox.Tenant) { empty(t); t.Environment.ChildUnit = true }, func(t *plan.Target) {
		t.Role = plan.Minimal
		t.Privileges, _ = plan.ParsePrivileges("account:read:org")
	}},
	"adopted, everything off": {func(t *sandbox.Tenant) {
		t.Application.Disabled, t.Application.SecretExpired, t.User.Disabled, t.User.NoRole = true, true, true, true
	}, adopted},
	"adopted, in a child unit": {func(t *sandbox.Tenant) {
		t.Environment.ChildUnit, t.User.InChildUnit, t.User.NoRole = true, true, true
	}, func(t *plan.Target) {
		adopted(t)
		t.Credential, t.Role = plan.NewCertificate, plan.Minimal
		t.Privileges, _ = plan.ParsePrivileges("account:read:bu")
	}},
	"adopted, user deleted": {func(t *sandbox.Tenant) { t.User.Deleted = true }, func(t *plan.Target) {
		adopted(t)
		t.Credential = plan.NewCertificate
	}},
	"adopted, before consent": {func(t *sandbox.Tenant) {
		t.Application.NotConsented, t.Application.NoServicePrincipal, t.User.Missing = true, true, true
	}, func(t *plan.Target) {
		adopted(t)
		t.Classic, t.Role, t.Credential = true, "S2S Integration", plan.NewSecret
	}},
	"adopted, licensed": {func(t *sandbox.Tenant) { t.User.Licensed, t.User.NoRole = true, true }, func(t *plan.Target) {
		adopted(t)
		t.Classic, t.Role, t.Credential = true, "S2S Integration", plan.NewCertificate
	}},
}

// TestApplyOnSandbox applies each situation without interruption: it ends in WhoAmI, a
// second run sends no change, and undo restores everything that can be restored.
func TestApplyOnSandbox(t *testing.T) {
	for name, c := range situations {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := begun(t, c.tenant, c.target)
			before := p.server.State()
			planned, err := p.run().Apply(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			for _, s := range planned.Steps {
				if s.Status == plan.Todo && s.ID != plan.Proof || s.Status == plan.Failed || s.Status == plan.Blocked {
					t.Errorf("%s is %s: %s", s.ID, s.Status, s.Reason)
				}
			}
			if r := p.examine(); r.WhoAmI == nil {
				t.Errorf("WhoAmI does not answer: %s", r.RootCause)
			}
			changes := p.server.Changes()
			if _, err := p.run().Apply(t.Context()); err != nil || p.server.Changes() != changes {
				t.Errorf("the second run sent %d changes: %v", p.server.Changes()-changes, err)
			}
			for range 2 { // undo can be repeated
				if err := p.undo(); err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(restorable(before), p.server.State()); diff != "" {
					t.Errorf("after undo: -want +got\n%s", diff)
				}
			}
		})
	}
}

// restorable returns a state without the soft-deleted rows: a row that was in the way is
// purged, which cannot be undone.
func restorable(state string) string {
	return strings.Join(slices.DeleteFunc(strings.SplitAfter(state, "\n"), func(line string) bool { return strings.Contains(line, `"deletedstate":1`) }), "")
}

// interruptions are the possible interruptions of a change.
var interruptions = map[string]sandbox.Interruption{
	"cut before":    {},
	"cut after":     {After: true},
	"500 before":    {Status: http.StatusInternalServerError},
	"503 after":     {Status: http.StatusServiceUnavailable, After: true},
	"429 before":    {Status: http.StatusTooManyRequests},
	"killed before": {},
	"killed after":  {After: true},
}

// TestApplyInterruptedOnSandbox guards the property of a set-up: if any of its changes
// fails or is interrupted, a second run completes it without duplicates, the connection
// works, and undo restores the tenant. It interrupts every sixth change; with -args
// -every, every change.
func TestApplyInterruptedOnSandbox(t *testing.T) {
	some := 6
	if race.Enabled {
		some = 36
	}
	cases, tested := 0, 0
	for _, name := range slices.Sorted(maps.Keys(situations)) {
		c := situations[name]
		whole := begun(t, c.tenant, c.target)
		before := whole.server.State()
		if _, err := whole.run().Apply(t.Context()); err != nil {
			t.Fatal(name, err)
		}
		want, changes := comparable(whole.server.State(), before), whole.server.Changes()
		for _, kind := range slices.Sorted(maps.Keys(interruptions)) {
			in := interruptions[kind]
			for n := 1; n <= changes; n++ {
				if cases++; !sample.Has(some, cases) {
					continue
				}
				tested++
				t.Run(fmt.Sprintf("%s, %s %d", name, kind, n), func(t *testing.T) {
					t.Parallel()
					in := in
					in.Number = n
					p := begun(t, func(tenant *sandbox.Tenant) { c.tenant(tenant); tenant.Interrupt = in }, c.target)
					before := p.server.State()
					ctx, kill := context.WithCancel(t.Context())
					defer kill()
					killed := strings.HasPrefix(kind, "killed")
					if killed {
						p.server.Use(killAt(p, n, kill))
					}
					_, err := p.run().Apply(ctx)
					p.server.Use(nil)
					if killed != (err != nil) {
						t.Errorf("the first run: %v", err)
					}
					if err != nil {
						if _, err := p.run().Apply(t.Context()); err != nil {
							t.Fatal(err)
						}
					}
					if diff := cmp.Diff(want, comparable(p.server.State(), before)); diff != "" {
						t.Errorf("-undisturbed +got\n%s", diff)
					}
					if r := p.examine(); r.WhoAmI == nil {
						t.Errorf("WhoAmI does not answer: %s", r.RootCause)
					}
					if err := p.undo(); err != nil {
						t.Fatal(err)
					}
					if diff := cmp.Diff(restorable(before), p.server.State()); diff != "" {
						t.Errorf("after undo: -want +got\n%s", diff)
					}
				})
			}
		}
	}
	t.Logf("%d cases of %d", tested, cases)
}

// killAt ends a run at the n-th change, and breaks its connection.
func killAt(p *practice, n int, kill func()) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			defer func() {
				if p.server.Changes() == n && r.Method != http.MethodGet {
					kill()
				}
			}()
			next.ServeHTTP(w, r)
		})
	}
}
