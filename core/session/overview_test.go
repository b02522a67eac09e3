package session

import (
	"context"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/lifetime"
	"github.com/s2sdoctor/s2sdoctor/core/profile"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
)

// lines returns the overview as text: a heading with the number of its connections, a
// connection with its state.
func (l *library) lines() (lines []string) {
	for _, line := range l.State().Overview.Lines {
		if h := line.Heading; h != nil {
			lines = append(lines, strings.TrimSpace(fmt.Sprintf("# %d %s%s%s", len(h.Names), h.Title, h.Label, h.Kind)))
			continue
		}
		lines = append(lines, strings.TrimSpace(line.Row.Name+" "+string(line.Row.Health)))
	}
	return lines
}

func (l *library) wantLines(want ...string) {
	l.t.Helper()
	if diff := cmp.Diff(want, l.lines()); diff != "" {
		l.t.Errorf("lines (-want +got):\n%s", diff)
	}
}

// overviewed saves four connections, two of which share a secret, and shows them.
func (l *library) overviewed() {
	l.t.Helper()
	for i, name := range []string{"Contoso DEV", "Contoso PROD", "Fabrikam", "Contoso UAT"} {
		form := addressed(name)
		if i > 1 {
			form.Secret = secret.New(fmt.Sprintf("Zx9~qW8e.RtY7uIoP6aSdF5gHjK4lQmN3bVc%d", i))
		}
		l.also(name, form)
	}
	l.OpenOverview()
	l.pump()
}

// examineBy makes each connection end with the cause of its address in causes; "" is
// healthy.
func (l *library) examineBy(causes map[string]catalog.Cause) {
	l.examine = func(_ context.Context, form connection.Form) exam.Report {
		host := strings.TrimSuffix(strings.TrimPrefix(form.Environment, "https://"), ".crm4.dynamics.com")
		cause := causes[host]
		return exam.Report{
			Started: l.Now(), RootCause: cause, Healthy: cause == "", Complete: true,
			WhoAmI: &exam.WhoAmI{UserName: "S2S " + host}, Connection: exam.Subject{Environment: form.Environment},
		}
	}
}

func TestOverviewFindsSortsAndGroups(t *testing.T) {
	inLibrary(t, func(t *testing.T, l *library) {
		l.overviewed()
		l.wantLines("Contoso DEV", "Contoso PROD", "Contoso UAT", "Fabrikam")
		l.examineBy(map[string]catalog.Cause{"contoso-prod": catalog.SecretExpired, "contoso-uat": catalog.SecretExpired, "contoso-dev": catalog.AppUserMissing})
		l.TestAll()
		l.pump()
		l.wantLines("Contoso DEV broken", "Contoso PROD broken", "Contoso UAT broken", "Fabrikam healthy")
		l.wantNotice("All connections were tested: 3 of 4 are broken.")
		if tally := l.State().Overview.Tally; tally != (Tally{All: 4, Healthy: 1, Broken: 3}) {
			t.Errorf("%+v", tally)
		}

		l.FindInOverview("contoso EXPIRED")
		l.wantLines("Contoso PROD broken", "Contoso UAT broken")
		l.FindInOverview("production")
		l.wantLines("Contoso PROD broken")
		l.FindInOverview("s2s fabrikam")
		l.wantLines("Fabrikam healthy")
		l.FindInOverview("")

		l.SortOverview(SortLabel)
		l.wantLines("Contoso PROD broken", "Contoso UAT broken", "Contoso DEV broken", "Fabrikam healthy")
		l.AskEnds([]string{"Contoso UAT"})
		l.AnswerEnds(day(l.Now().AddDate(0, 0, 5)))
		l.pump()
		l.SortOverview(SortEnds)
		l.wantLines("Contoso UAT broken", "Contoso DEV broken", "Contoso PROD broken", "Fabrikam healthy")
		if got := l.State().Overview.Tally.Ending; got != 1 {
			t.Errorf("%d end soon", got)
		}

		l.SortOverview(SortName)
		l.GroupOverview(ByCause)
		l.wantLines("# 2 The client secret has expired", "Contoso PROD broken", "Contoso UAT broken",
			"# 1 There is no application user in this environment", "Contoso DEV broken", "# 1", "Fabrikam healthy")
		l.GroupOverview(ByLabel)
		l.wantLines("# 1 production", "Contoso PROD broken", "# 1 uat", "Contoso UAT broken", "# 1 dev", "Contoso DEV broken", "# 1", "Fabrikam healthy")
		l.GroupOverview(ByCredential)
		if !l.State().Overview.Reading {
			t.Error("Reading is false while credentials are read")
		}
		l.pump()
		l.wantLines("# 2 secret", "Contoso DEV broken", "Contoso PROD broken", "# 2", "Contoso UAT broken", "Fabrikam healthy")
	})
}

// TestOverviewOpensWithItsResult guards that a row opens with the report of its test, and
// that its health is shown after the next start.
func TestOverviewOpensWithItsResult(t *testing.T) {
	inLibrary(t, func(t *testing.T, l *library) {
		l.overviewed()
		l.examineBy(map[string]catalog.Cause{"fabrikam": catalog.SecretWrong})
		l.TestAll()
		l.pump()
		l.OpenFromOverview("Fabrikam")
		l.pump()
		state := l.State()
		if state.Overview.Open || state.Connections.Open != "Fabrikam" || state.Examination.Report == nil || state.Examination.Report.RootCause != catalog.SecretWrong {
			t.Fatalf("%q is open, report %+v", state.Connections.Open, state.Examination.Report)
		}
		l.restart()
		l.OpenOverview()
		l.pump()
		l.wantLines("Contoso DEV healthy", "Contoso PROD healthy", "Contoso UAT healthy", "Fabrikam broken")

		l.also("Fabrikam", addressed("Elsewhere"))
		l.OpenOverview()
		l.pump()
		l.wantLines("Contoso DEV healthy", "Contoso PROD healthy", "Contoso UAT healthy", "Fabrikam")
	})
}

// TestOverviewKnowsASingleTest guards that a test of the open connection counts, and a
// test of an edited form does not.
func TestOverviewKnowsASingleTest(t *testing.T) {
	inLibrary(t, func(t *testing.T, l *library) {
		l.overviewed()
		l.examineBy(map[string]catalog.Cause{"fabrikam": catalog.SecretWrong})
		l.OpenFromOverview("Fabrikam")
		l.pump()
		l.Test()
		l.pump()
		l.OpenOverview()
		l.wantLines("Contoso DEV", "Contoso PROD", "Contoso UAT", "Fabrikam broken")
		l.CloseOverview()
		l.examineBy(nil)
		l.redirect(changedURI)
		l.Test()
		l.pump()
		l.OpenOverview()
		l.wantLines("Contoso DEV", "Contoso PROD", "Contoso UAT", "Fabrikam broken")
	})
}

// TestCancelAll guards that at most eight are examined in parallel, that cancelling ends
// them, and that the state of the others does not change.
func TestCancelAll(t *testing.T) {
	inLibrary(t, func(t *testing.T, l *library) {
		for i := range 20 {
			l.also(fmt.Sprintf("Contoso %02d", i), addressed(fmt.Sprintf("Contoso %02d", i)))
		}
		l.OpenOverview()
		l.pump()
		var running atomic.Int32
		l.examine = func(ctx context.Context, form connection.Form) exam.Report {
			running.Add(1)
			if strings.Contains(form.Environment, "-00") {
				return exam.Report{Started: l.Now(), Healthy: true, Complete: true}
			}
			<-ctx.Done()
			return exam.Report{Started: l.Now()}
		}
		l.TestAll()
		l.TestAll() // a test runs already
		l.pump()
		if run := l.State().Overview.Run; !run.Active || run.Done != 1 || run.Total != 20 || running.Load() != 9 {
			t.Errorf("%+v, %d were begun", run, running.Load())
		}
		health := map[Health]int{}
		for _, line := range l.State().Overview.Lines {
			health[line.Row.Health]++
		}
		if diff := cmp.Diff(map[Health]int{HealthHealthy: 1, HealthRunning: 8, HealthWaiting: 11}, health); diff != "" {
			t.Errorf("states (-want +got):\n%s", diff)
		}
		if !l.CancelAll() {
			t.Error("nothing to cancel")
		}
		l.pump()
		if run := l.State().Overview.Run; run.Active || run.Stopping || l.CancelAll() {
			t.Errorf("%+v", run)
		}
		if tally := l.State().Overview.Tally; tally != (Tally{All: 20, Healthy: 1, Unknown: 19}) {
			t.Errorf("%+v", tally)
		}
	})
}

// TestOverviewRefusesWithoutSecret guards that a connection without its secret is shown
// as broken, and that no request is sent for it.
func TestOverviewRefusesWithoutSecret(t *testing.T) {
	inLibrary(t, func(t *testing.T, l *library) {
		l.overviewed()
		l.examine = func(context.Context, connection.Form) exam.Report {
			t.Error("it was examined")
			return exam.Report{}
		}
		l.vault.refuses(true)
		l.TestAll()
		l.pump()
		if tally := l.State().Overview.Tally; tally.Broken != 4 {
			t.Errorf("%+v", tally)
		}
	})
}

// TestCertificateEnds guards that the expiry of a certificate is known without a test,
// and wins over a typed date.
func TestCertificateEnds(t *testing.T) {
	ends := time.Date(2027, 1, 2, 3, 4, 5, 0, time.UTC)
	inLibrary(t, func(t *testing.T, l *library) {
		form := addressed("Contoso")
		form.Secret, form.Kind, form.Thumbprint = secret.Value{}, connection.CertificateStoreKind, "0F1E2D3C4B5A69788796A5B4C3D2E1F001234567"
		l.also("Contoso", form)
		l.lifetime = ends
		l.OpenOverview()
		l.pump()
		row := l.State().Overview.Lines[0].Row
		if !row.Lifetime.Ends.Equal(ends) || row.Lifetime.Source != "certificate" {
			t.Errorf("%+v", row.Lifetime)
		}
	})
}

func TestSetLabel(t *testing.T) {
	inLibrary(t, func(t *testing.T, l *library) {
		l.overviewed()
		l.SetLabel([]string{"Fabrikam"}, profile.Production)
		l.pump()
		if row := l.State().Overview.Lines[3].Row; row.Label != profile.Production {
			t.Errorf("%+v", row)
		}
	})
}

// TestSeenByAnAdministrator guards that an administrator's facts about the credential
// stay after a test without an administrator, and are dropped with another secret.
func TestSeenByAnAdministrator(t *testing.T) {
	inLibrary(t, func(t *testing.T, l *library) {
		l.also("Contoso", addressed("Contoso"))
		l.opens("Contoso")
		ends := time.Date(2027, 3, 31, 0, 0, 0, 0, time.UTC)
		r := testReport(exam.Pass)
		r.Started = l.Now()
		for i := range r.Checks {
			if r.Checks[i].ID == exam.CheckCredentialExpiry {
				r.Checks[i].Evidence.Facts = []catalog.Fact{catalog.NewFact(catalog.FactCredentialEnds, ends.Format(time.RFC3339))}
			}
		}
		l.report = r
		l.Test()
		l.pump()
		l.sleep(time.Hour)
		seen := l.Now().Add(-time.Hour).UTC().Truncate(time.Second)
		l.report = testReport(exam.Pass)
		l.report.Started = l.Now()
		l.Test()
		l.pump()
		row := func() *OverviewRow {
			l.restart()
			l.OpenOverview()
			l.pump()
			return l.State().Overview.Lines[0].Row
		}
		if r := row(); !r.Lifetime.Ends.Equal(ends) || r.Lifetime.Source != lifetime.Administrator || r.Seen.Sub(seen).Abs() > time.Minute || !r.Examined.After(r.Seen) {
			t.Errorf("%+v", r)
		}
		form := addressed("Contoso")
		form.Secret = secret.New(newSecret)
		l.also("Contoso", form)
		if r := row(); !r.Seen.IsZero() || !r.Lifetime.Ends.IsZero() {
			t.Errorf("with another secret: %+v", r)
		}
	})
}
