package core_test

import (
	"context"
	"encoding/json"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
)

// open starts a sandbox whose doctor does not wait between tries.
func open(t *testing.T) *core.Sandbox {
	t.Helper()
	s, err := core.OpenSandbox()
	if err != nil {
		t.Fatal(err)
	}
	s.Transport.Wait = func(ctx context.Context, _ time.Duration) error { return ctx.Err() }
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// tokenRequests counts the requests that carried the credential (rule NE-9: once).
func tokenRequests(r exam.Report) int {
	n := 0
	for _, e := range r.Exchanges {
		if e.Check == "token" && e.Method == http.MethodPost && !e.Authorized { // a pipeline's endpoint gets a bearer token
			n++
		}
	}
	return n
}

// TestEveryScenarioIsCalledByItsName guards that every scenario has the root cause and
// the warnings of its definition.
func TestEveryScenarioIsCalledByItsName(t *testing.T) {
	for _, scenario := range core.Scenarios() {
		t.Run(scenario.Name, func(t *testing.T) {
			t.Parallel()
			s := open(t)
			form, err := s.Play(scenario.Name)
			if err != nil {
				t.Fatal(err)
			}
			limit := time.Minute // decompression is slow with the race detector
			if scenario.Slow {
				limit = 2 * time.Second
			}
			ctx, cancel := context.WithTimeout(t.Context(), limit)
			defer cancel()
			r := s.Examine(ctx, form, false, nil)
			if r.RootCause != scenario.Cause {
				t.Errorf("root cause: got %q, want %q\n%s", r.RootCause, scenario.Cause, story(r))
			}
			if n := tokenRequests(r); n > 1 {
				t.Errorf("the credential was sent %d times", n)
			}
			if healthy := scenario.Cause == ""; r.Healthy != healthy {
				t.Errorf("healthy: got %v, want %v\n%s", r.Healthy, healthy, story(r))
			}
			want := slices.Clone(scenario.Warnings)
			slices.Sort(want)
			got := slices.Clone(r.Warnings)
			slices.Sort(got)
			if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("warnings (-want +got):\n%s\n%s", diff, story(r))
			}
			checkWords(t, r)
		})
	}
}

// checkWords checks what a user may expect of the text of every result.
func checkWords(t *testing.T, r exam.Report) {
	t.Helper()
	for _, c := range r.Checks {
		if c.Summary.Empty() {
			t.Errorf("%s says nothing", c.ID)
		}
		if c.Status != exam.Fail && c.Status != exam.Warn {
			continue
		}
		if _, ok := catalog.Lookup(c.Cause); !ok {
			t.Errorf("%s: cause %q is not in the catalogue", c.ID, c.Cause)
		}
		if len(c.Fix) == 0 || c.Owner == "" {
			t.Errorf("%s: %s says neither what to do nor who", c.ID, c.Cause)
		}
		said := urls(c.Links)
		for _, text := range append(c.Fix, c.Summary) {
			said = append(said, text.String())
		}
		for _, text := range said {
			if placeholder.MatchString(text) {
				t.Errorf("%s: a placeholder is left in %q", c.ID, text)
			}
		}
	}
}

// placeholder matches a placeholder that was not replaced: "{clientId}".
var placeholder = regexp.MustCompile(`\{[A-Za-z.-]+\}`)

func urls(links []catalog.Link) []string {
	var out []string
	for _, l := range links {
		out = append(out, l.URL)
	}
	return out
}

// TestHealthySandbox guards that a healthy tenant has no warnings.
func TestHealthySandbox(t *testing.T) {
	s := open(t)
	form, err := s.Play("")
	if err != nil {
		t.Fatal(err)
	}
	r := s.Examine(t.Context(), form, false, nil)
	if !r.Healthy || len(r.Warnings) != 0 || r.WhoAmI == nil || r.WhoAmI.UserName == "" || r.WhoAmI.OrganizationName == "" {
		t.Errorf("not healthy:\n%s", story(r))
	}
	if r.Requests > 7 {
		t.Errorf("%d requests, want at most 7", r.Requests)
	}
}

// story returns the report as JSON, for the message of a failure.
func story(r exam.Report) string {
	out, _ := json.MarshalIndent(r, "", " ")
	return string(out)
}

// TestMatrix prints every cause with its scenarios, and guards that each has a scenario,
// or a reason in the catalogue.
func TestMatrix(t *testing.T) {
	shows := map[catalog.Cause][]string{}
	for _, s := range core.Scenarios() {
		for _, cause := range append([]catalog.Cause{s.Cause, s.Consent}, s.Warnings...) {
			shows[cause] = append(shows[cause], s.Name)
		}
	}
	for _, e := range catalog.All() {
		switch names := shows[e.Cause]; {
		case len(names) == 0 && e.NoScenario == "":
			t.Errorf("%s has no scenario and no reason why not", e.Cause)
		case len(names) > 0 && e.NoScenario != "":
			t.Errorf("%s has scenarios (%s), and a reason why it has none", e.Cause, strings.Join(names, ", "))
		case len(names) > 0:
			t.Logf("%-30s %s", e.Cause, strings.Join(names, ", "))
		default:
			t.Logf("%-30s none: %s", e.Cause, e.NoScenario)
		}
	}
}
