package guide_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/consent"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/guide"
	"github.com/s2sdoctor/s2sdoctor/core/sandbox/scenario"
)

// examine examines a scenario of the sandbox.
func examine(t *testing.T, name string) *exam.Report {
	t.Helper()
	sc, ok := scenario.Find(name)
	if !ok {
		t.Fatalf("the sandbox has no scenario %s", name)
	}
	server, form, err := sc.Start()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = server.Close() }()
	options := server.Transport()
	options.Wait = func(ctx context.Context, _ time.Duration) error { return ctx.Err() }
	r := exam.Run(t.Context(), form, exam.Options{Clouds: server.Clouds(), Transport: options})
	return &r
}

// TestArticleInSandbox sets each of the article's mistakes as a fault and examines
// it: the guide names the mistake, and shows the right progress before it.
func TestArticleInSandbox(t *testing.T) {
	failed := func(cause catalog.Cause) *consent.Outcome {
		return &consent.Outcome{Ending: consent.Failed, Cause: cause}
	}
	consented := &consent.Outcome{Ending: consent.Consented}
	const works = "done done done done done done done done"
	for _, c := range []struct {
		scenario string
		consent  *consent.Outcome
		steps    string
		mistakes string
		targets  string
	}{
		{"article-done", consented, works, "", "done done done done"},
		{"article-before-consent", nil, "done done done done done todo todo done", "", "done broken done done"},
		{"article-mistake-1", nil, "done todo broken todo done todo todo broken", "role:1", "broken todo todo todo"},
		{"article-mistake-2", nil, "done done broken done done done done done", "role:2", "done done done broken"},
		{"article-mistake-3", failed("consent.wrong-account"), "done done done done done broken todo done", "consent:3", "done broken done done"},
		{"article-mistake-4", nil, "done done done broken done done done done", "licence:4", "done done broken done"},
		{"article-mistake-5", failed("consent.redirect-mismatch"), "done done done done broken todo todo done", "consent-url:5", "done broken done done"},
		{"article-mistake-6", consented, "done done done broken done broken broken done", "licence:4 consent:6 application-id-uri:6", "done broken broken done"},
	} {
		t.Run(c.scenario, func(t *testing.T) {
			report := examine(t, c.scenario)
			var steps, mistakes, targets []string
			for _, p := range (guide.Input{Report: report, Consent: c.consent}).Evaluate(guide.Classic) {
				steps = append(steps, string(p.State))
				if p.Mistake > 0 {
					mistakes = append(mistakes, string(p.Step.ID)+":"+string(rune('0'+p.Mistake)))
				}
			}
			for _, target := range guide.Targets(report) {
				targets = append(targets, string(target.State))
			}
			if diff := cmp.Diff(c.steps, strings.Join(steps, " ")); diff != "" {
				t.Errorf("steps -want +got\n%s", diff)
			}
			if diff := cmp.Diff(c.mistakes, strings.Join(mistakes, " ")); diff != "" {
				t.Errorf("mistakes -want +got\n%s", diff)
			}
			if diff := cmp.Diff(c.targets, strings.Join(targets, " ")); diff != "" {
				t.Errorf("targets -want +got\n%s", diff)
			}
		})
	}
}

// TestEveryScenario guards that, for any fault in the sandbox, a broken step has
// evidence, and that a healthy connection breaks no step of the modern path.
func TestEveryScenario(t *testing.T) {
	for _, sc := range scenario.All() {
		if sc.Slow || sc.Cause.Family() == catalog.FamilyNetwork {
			continue // no step covers the network
		}
		t.Run(sc.Name, func(t *testing.T) {
			t.Parallel()
			report := examine(t, sc.Name)
			broken := 0
			for _, p := range (guide.Input{Report: report, SameTenant: guide.Yes}).Evaluate(guide.Modern) {
				if p.State == guide.Broken {
					broken++
					if p.Result == nil || p.Result.Summary.Empty() || p.Cause == "" {
						t.Errorf("%s is broken and shows %+v", p.Step.ID, p.Result)
					}
				}
			}
			if report.Healthy && broken > 0 {
				t.Errorf("%d steps are broken in a healthy connection", broken)
			}
			if slices.Contains([]catalog.Family{"application", "secret", "certificate", "appuser", "role"}, sc.Cause.Family()) && broken == 0 {
				t.Errorf("%s breaks no step", sc.Cause)
			}
		})
	}
}
