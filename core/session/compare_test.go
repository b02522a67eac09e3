package session

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/drift"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// comparable saves two connections. Each examination reaches a second check and then ends
// with the change of its name; without a change it equals the others.
func (l *library) comparable(change map[string]func(*drift.Snapshot, *exam.Report)) {
	l.t.Helper()
	for _, name := range []string{"Contoso UAT", "Contoso PROD"} {
		l.also(name, addressed(name))
	}
	l.snapshot = func(_ context.Context, name string, form connection.Form, observe func(exam.Event)) (drift.Snapshot, exam.Report) {
		checks := exam.Checks()
		for i, c := range checks {
			observe(exam.Event{Index: i, Total: len(checks), Phase: exam.Running, Result: exam.Result{ID: c.ID}})
			observe(exam.Event{Index: i, Total: len(checks), Phase: exam.Done, Result: exam.Result{ID: c.ID}})
		}
		r := testReport(exam.Pass)
		r.Started, r.Connection.Environment = l.Now(), form.Environment
		s := drift.Snapshot{
			Version: 1, Name: name, Taken: l.Now(), Connection: r.Connection, Healthy: true, ServerVersion: "9.2.1",
			User: &drift.User{ID: "1"}, Roles: []drift.Role{{Name: "Sales"}}, Privileges: map[string]string{"prvReadAccount": "Global"},
		}
		if f := change[name]; f != nil {
			f(&s, &r)
		}
		return s, r
	}
	l.Refresh()
	l.pump()
}

// differences returns the areas of a result as text, with the differences and the parts
// that could not be read.
func differences(r *ComparisonResult) (all []string) {
	if r == nil {
		return []string{"nothing was compared"}
	}
	for _, a := range r.Areas {
		for _, d := range a.Different {
			all = append(all, fmt.Sprintf("%s: %s: %s → %s", a.Title, d.Title, d.InA, d.InB))
		}
		if a.Unread != [2]bool{} {
			all = append(all, fmt.Sprintf("%s: unread %v", a.Title, a.Unread))
		}
	}
	return all
}

func TestCompare(t *testing.T) {
	for _, c := range []struct {
		name   string
		change map[string]func(*drift.Snapshot, *exam.Report)
		want   []string
		sides  []string
	}{
		{"nothing differs", nil, nil, []string{"done healthy", "done healthy"}},
		{"roles and privileges", map[string]func(*drift.Snapshot, *exam.Report){
			"Contoso PROD": func(s *drift.Snapshot, _ *exam.Report) {
				s.Roles, s.Privileges = []drift.Role{{Name: "Sales", Team: "All"}}, map[string]string{"prvReadAccount": "Local"}
			},
		}, []string{"Security roles: Sales: direct → through team All", "Privileges: prvReadAccount: Organization (Global) → Business unit (Local)"}, []string{"done healthy", "done healthy"}},
		{"broken", map[string]func(*drift.Snapshot, *exam.Report){
			"Contoso PROD": func(s *drift.Snapshot, r *exam.Report) {
				set(r, exam.CheckToken, exam.Fail, catalog.SecretExpired)
				*s = drift.Take(s.Name, *r, s.Taken)
			},
		}, []string{
			"Result: Result: Connected → The client secret has expired", "Application user: unread [false true]", "Security roles: unread [false true]",
			"Privileges: unread [false true]", "Server: unread [false true]",
		}, []string{"done healthy", "done broken The client secret has expired"}},
		{"no network", map[string]func(*drift.Snapshot, *exam.Report){
			"Contoso PROD": func(_ *drift.Snapshot, r *exam.Report) {
				set(r, exam.CheckEnvironment, exam.Fail, catalog.NetworkDNS)
				for i := range r.Checks {
					if r.Checks[i].ID == exam.CheckEnvironment {
						r.Checks[i].Summary = text.Raw("the name is not known")
					}
				}
			},
		}, []string{"nothing was compared"}, []string{"done healthy", "failed The name is not known."}},
		{"not to the end", map[string]func(*drift.Snapshot, *exam.Report){
			"Contoso UAT": func(_ *drift.Snapshot, r *exam.Report) { *r = testReport(exam.Skip) },
		}, []string{"nothing was compared"}, []string{"failed The test did not come to its end.", "done healthy"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			inLibrary(t, func(t *testing.T, l *library) {
				l.comparable(c.change)
				l.OpenComparison("Contoso UAT", "Contoso PROD")
				l.Compare()
				if got := l.State().Comparison; !got.Active || got.Sides[0].Phase != SideRunning {
					t.Errorf("it does not run: %+v", got)
				}
				l.pump()
				got := l.State().Comparison
				if diff := cmp.Diff(c.want, differences(got.Result)); diff != "" || got.Active {
					t.Errorf("active %v (-want +got):\n%s", got.Active, diff)
				}
				if r := got.Result; r != nil {
					if diff := cmp.Diff(drift.Compare(r.A, r.B), r.differences()); diff != "" {
						t.Errorf("the command prints something else (-command +window):\n%s", diff)
					}
				}
				var sides []string
				for _, s := range got.Sides {
					sides = append(sides, strings.TrimSpace(fmt.Sprintf("%s %s %s%s", s.Phase, s.Health, s.Verdict, s.Why)))
				}
				for i, want := range c.sides {
					if strings.Join(strings.Fields(sides[i]), " ") != want {
						t.Errorf("side %d is %q, want %q", i, sides[i], want)
					}
				}
			})
		})
	}
}

// TestCompareIsATest guards that a side's examination counts as the connection's last
// test.
func TestCompareIsATest(t *testing.T) {
	inLibrary(t, func(t *testing.T, l *library) {
		l.comparable(map[string]func(*drift.Snapshot, *exam.Report){
			"Contoso PROD": func(s *drift.Snapshot, r *exam.Report) {
				set(r, exam.CheckToken, exam.Fail, catalog.SecretExpired)
				s.RootCause = catalog.SecretExpired
			},
		})
		l.OpenOverview()
		l.pump()
		l.OpenComparison("Contoso UAT", "Contoso PROD")
		if l.State().Overview.Open {
			t.Error("the overview stays open behind it")
		}
		l.Compare()
		l.pump()
		l.CloseComparison()
		l.pump()
		if !l.State().Overview.Open || l.State().Comparison.Open {
			t.Error("it does not go back to the overview")
		}
		l.wantLines("Contoso PROD broken", "Contoso UAT healthy")
		l.restart()
		l.OpenOverview()
		l.pump()
		l.wantLines("Contoso PROD broken", "Contoso UAT healthy")
	})
}

// TestCompareProgressAndCancel counts the checks of each side, and cancels both.
func TestCompareProgressAndCancel(t *testing.T) {
	inLibrary(t, func(t *testing.T, l *library) {
		l.comparable(nil)
		l.snapshot = func(ctx context.Context, name string, _ connection.Form, observe func(exam.Event)) (drift.Snapshot, exam.Report) {
			if name == "Contoso UAT" {
				observe(exam.Event{Phase: exam.Running})
				observe(exam.Event{Phase: exam.Done})
			}
			<-ctx.Done()
			return drift.Snapshot{}, testReport(exam.Skip)
		}
		l.OpenComparison("Contoso UAT", "Contoso PROD")
		if l.CancelComparison() {
			t.Error("it is cancelled before it runs")
		}
		l.Compare()
		l.pump()
		c := l.State().Comparison
		if c.Sides[0].Done != 1 || c.Sides[1].Done != 0 || c.Sides[0].Total != len(exam.Checks()) {
			t.Errorf("%+v", c.Sides)
		}
		if !l.CancelComparison() || !l.State().Comparison.Stopping {
			t.Error("it does not stop")
		}
		l.pump()
		c = l.State().Comparison
		if c.Active || c.Stopping || c.Result != nil || c.Sides[0].Why.String() != "Cancelled" || c.Sides[1].Why.String() != "Cancelled" {
			t.Errorf("after it: %+v", c)
		}

		l.Compare()
		l.sleep(fleetTime)
		if c := l.State().Comparison; c.Active || c.Sides[0].Why.String() != "The test did not come to its end." {
			t.Errorf("after its time: %+v", c)
		}

		l.Compare()
		l.pump()
		l.ChooseSide(1, Compared{Connection: "Contoso UAT"}) // another connection during the comparison
		l.pump()
		if c := l.State().Comparison; c.Active || c.Sides[0].Phase != SideIdle || c.Sides[1].Title.String() != "Contoso UAT" {
			t.Errorf("after another choice: %+v", c)
		}
		l.Compare()
		l.CloseOverview()
		l.pump()
		if c := l.State().Comparison; c.Open || c.Result != nil {
			t.Errorf("after it was closed: %+v", c)
		}
	})
}

// TestCompareWithEarlier compares a connection with the file of an earlier snapshot, and
// guards that another file is refused with its reason.
func TestCompareWithEarlier(t *testing.T) {
	inLibrary(t, func(t *testing.T, l *library) {
		l.comparable(nil)
		file := filepath.Join(t.TempDir(), "earlier.json")
		write := func(content string) {
			if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		var earlier strings.Builder
		drift.Snapshot{Version: 1, Name: "Contoso UAT", Taken: l.Now().Add(-time.Hour), Healthy: true, Connection: exam.Subject{Environment: contoso, ClientID: testClient}, ServerVersion: "9.1"}.WriteJSON(&earlier)
		write(earlier.String())
		l.opens("Contoso UAT")
		l.redirect(changedURI)
		l.OpenComparison()
		l.wantNotice("The connection is compared as it is saved.")
		l.ChooseSide(1, Compared{File: file})
		if c := l.State().Comparison; c.Sides[0].Of.Connection != "Contoso UAT" || c.Sides[1].Title.String() != "earlier.json" || !c.Ready() {
			t.Fatalf("%+v", c)
		}
		l.Compare()
		l.pump()
		want := []string{"Application user: unread [false true]", "Security roles: unread [false true]", "Privileges: unread [false true]", "Server: Server version: 9.2.1 → 9.1"}
		c := l.State().Comparison
		if diff := cmp.Diff(want, differences(c.Result)); diff != "" || c.Sides[1].Title.String() != "Contoso UAT" {
			t.Errorf("%+v (-want +got):\n%s", c.Sides[1], diff)
		}
		write("[]")
		l.Compare()
		l.pump()
		if why := l.State().Comparison.Sides[1].Why.String(); why != "The file cannot be compared: it is no JSON." {
			t.Errorf("why: %q", why)
		}
	})
}

// TestCompareWithoutSecret guards that a connection without its secret is not examined.
func TestCompareWithoutSecret(t *testing.T) {
	inLibrary(t, func(t *testing.T, l *library) {
		l.comparable(nil)
		form := addressed("Contoso DEV")
		form.Secret = secret.Value{}
		l.also("Contoso DEV", form)
		l.OpenComparison("Contoso UAT", "Contoso DEV")
		l.Compare()
		l.pump()
		if c := l.State().Comparison; c.Result != nil || c.Sides[1].Phase != SideFailed || !strings.HasPrefix(c.Sides[1].Why.String(), "This connection has no secret yet.") {
			t.Errorf("%+v", c)
		}
	})
}

func TestComparisonChoices(t *testing.T) {
	titles := func(list []ComparisonChoice) (titles []string) {
		for _, c := range list {
			titles = append(titles, c.Title.String()+" · "+c.Detail.String())
		}
		return titles
	}
	inLibrary(t, func(t *testing.T, l *library) {
		l.comparable(nil)
		l.OpenComparison()
		if got := l.State().Comparison.Sides[0].Of; got != (Compared{}) {
			t.Errorf("%+v is chosen", got)
		}
		if diff := cmp.Diff([]string{"Contoso PROD · contoso-prod.crm4.dynamics.com"}, titles(l.ComparisonChoices("prod crm4"))); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	})
}

// TestCompareInTheSandbox compares two scenarios with real examinations, and does not
// change the active scenario.
func TestCompareInTheSandbox(t *testing.T) {
	q := make(queueOf, 10000)
	var opened atomic.Int32
	s := New(Deps{Scheduler: q, Doctor: core.Doctor{}, Scenarios: Scenarios(), OpenSandbox: func() (SandboxServer, error) {
		opened.Add(1)
		return core.OpenSandbox()
	}})
	defer s.Finish(t.Context())
	s.EnterSandbox("healthy")
	q.until(t, "the sandbox", func() bool { return s.State().Sandbox.Active })
	s.OpenComparison()
	if list := s.ComparisonChoices("mistake administrator"); len(list) != 1 || list[0].Of.Scenario != "article-mistake-2" {
		t.Fatalf("it finds %+v", list)
	}
	s.ChooseSide(1, Compared{Scenario: "article-mistake-2"})
	s.Compare()
	q.until(t, "the comparison", func() bool { return !s.State().Comparison.Active })
	all := strings.Join(differences(s.State().Comparison.Result), "\n")
	if !strings.Contains(all, "Security roles: System Administrator:  → direct\n") || !strings.Contains(all, "Privileges: prvReadContact:  → Organization (Global)") {
		t.Errorf("it finds\n%s", all)
	}
	if got := s.State().Sandbox.Scenario.Name; got != "healthy" || opened.Load() != 3 {
		t.Errorf("%q is played, %d sandboxes were opened", got, opened.Load())
	}
	s.PlayScenario("secret-wrong")
	if s.State().Comparison.Open {
		t.Error("it stays open over another scenario")
	}
}

// TestFindInComparison finds items by their names and values, in the language of the
// window and as the command prints them.
func TestFindInComparison(t *testing.T) {
	inLibrary(t, func(t *testing.T, l *library) {
		l.comparable(map[string]func(*drift.Snapshot, *exam.Report){
			"Contoso PROD": func(s *drift.Snapshot, _ *exam.Report) { s.Privileges["prvReadAccount"] = "Local" },
		})
		l.deps.Locale.Translate = func(english string) string {
			return map[string]string{"Business unit (Local)": "Division (Local)", "Security roles": "Rôles", "direct": "affecté"}[english]
		}
		l.FindInComparison("account")
		l.OpenComparison("Contoso UAT", "Contoso PROD")
		l.Compare()
		l.pump()
		for _, c := range []struct {
			query string
			want  string
		}{
			{"division account", "[privilege prvReadAccount]"}, {"global", "[privilege prvReadAccount]"}, {"AFFECTE", "[role Sales]"}, {"9.2", "[server version]"}, {"nothing", "[]"},
		} {
			l.FindInComparison(c.query)
			found := []string{}
			for _, a := range l.State().Comparison.Areas {
				for _, item := range slices.Concat(a.Different, a.Same) {
					found = append(found, string(item.Area)+" "+item.Item)
				}
			}
			if got := fmt.Sprint(found); got != c.want {
				t.Errorf("%q finds %s, want %s", c.query, got, c.want)
			}
		}
		l.FindInComparison("")
		if c := l.State().Comparison; len(c.Areas) != len(drift.Areas) || c.Result.Differences != 1 {
			t.Errorf("%d areas", len(c.Areas))
		}
	})
}

// closingSandbox counts how often it is closed, and examines until it is cancelled.
type closingSandbox struct {
	fakeSandbox
	closed atomic.Int32
}

func (s *closingSandbox) Play(string) (connection.Form, error) { return filledForm(), nil }
func (s *closingSandbox) Close() error                         { s.closed.Add(1); return nil }

func (s *closingSandbox) Snapshot(ctx context.Context, _ string, _ connection.Form, _ func(exam.Event)) (drift.Snapshot, exam.Report) {
	<-ctx.Done()
	return drift.Snapshot{}, testReport(exam.Skip)
}

// TestCompareEndsWithSession guards that no sandbox of a side outlives the session, and
// that its folder is deleted.
func TestCompareEndsWithSession(t *testing.T) {
	sandbox := &closingSandbox{}
	run(t, func(b *bench) {
		b.s.EnterSandbox("")
		b.pump()
		b.s.OpenComparison()
		b.s.ChooseSide(1, Compared{Scenario: "secret-wrong"})
		b.s.Compare()
		b.pump()
		b.s.Finish(b.Context())
		if got := sandbox.closed.Load(); got != 3 {
			t.Errorf("closed %d times, want both sides and the one in use", got)
		}
	}, func(d *Deps) {
		d.OpenSandbox = func() (SandboxServer, error) { return sandbox, nil }
		d.Scenarios = []Scenario{{Name: "healthy", Title: text.F("Healthy")}, {Name: "secret-wrong", Title: text.F("Secret")}}
	})
}
