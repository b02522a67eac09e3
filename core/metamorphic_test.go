package core_test

import (
	"context"
	"maps"
	"net"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/sandbox"
	"github.com/s2sdoctor/s2sdoctor/core/sandbox/scenario"
)

// knownGUIDs are the ids that are the same in every run.
var knownGUIDs = []string{
	sandbox.TenantID, sandbox.ClientID, sandbox.RegistrationObjectID, sandbox.ServicePrincipalID, sandbox.SecretID,
	sandbox.OrganizationID, sandbox.BusinessUnitID, sandbox.UserID, sandbox.ForeignTenantID, sandbox.GovTenantID, sandbox.UnknownTenantID,
}

// TestFormNeverDecides is metamorphic: every scenario with every perturbation has
// the same diagnosis as without. Only a perturbation that changes none of a
// scenario's responses is left out.
func TestFormNeverDecides(t *testing.T) {
	var matrix matrix
	t.Run("scenarios", func(t *testing.T) {
		for _, scenario := range core.Scenarios() {
			t.Run(scenario.Name, func(t *testing.T) {
				t.Parallel()
				matrix.add(scenario.Name, perturb(t, scenario))
			})
		}
	})
	matrix.log(t)
	matrix.judge(t)
}

// perturb returns how the scenario differs under each perturbation: "" for not
// at all. Perturbations that change nothing are missing.
func perturb(t *testing.T, sc scenario.Scenario) map[string]string {
	b := startBench(t, sc)
	want, messages := b.examine(t, perturbation{})
	differences := map[string]string{}
	var mu sync.Mutex
	try := func(b *bench, p perturbation) {
		got, _ := b.examine(t, p)
		mu.Lock()
		defer mu.Unlock()
		differences[p.name] = compare(want, got)
	}
	var wg sync.WaitGroup
	room := make(chan struct{}, 42)
	for _, p := range perturbations {
		if !p.matters(messages) {
			continue
		}
		if !sc.Slow {
			try(b, p)
			continue
		}
		// It lasts as long as the caller's patience: side by side, then.
		room <- struct{}{}
		wg.Go(func() {
			defer func() { <-room }()
			try(startBench(t, sc), p)
		})
	}
	wg.Wait()
	return differences
}

// matters reports whether the perturbation changes any of the messages. Under the
// race detector only another order of the responses does.
func (p perturbation) matters(messages []message) bool {
	if underRace && !strings.HasPrefix(p.name, "order: ") {
		return false
	}
	for _, m := range messages {
		changed := m.clone()
		p.apply(&changed)
		if p.http1 || !changed.equal(m) {
			return true
		}
	}
	return false
}

func (p perturbation) apply(m *message) {
	if p.change == nil || p.unless.applies != nil && p.unless.applies(*m) {
		return
	}
	p.change(m)
}

// bench is a running sandbox in one scenario, with the perturbation in front.
type bench struct {
	scenario scenario.Scenario
	server   *sandbox.Server
	rewriter rewriter
	doctor   core.Doctor
}

func startBench(t *testing.T, sc scenario.Scenario) *bench {
	server, _, err := sc.Start()
	if err != nil {
		t.Fatal(err)
	}
	b := &bench{scenario: sc, server: server, doctor: core.Doctor{Clouds: server.Clouds(), Transport: server.Transport()}}
	b.server.Use(b.rewriter.wrap)
	b.doctor.Transport.Wait = func(ctx context.Context, _ time.Duration) error { return ctx.Err() }
	var tenant sandbox.Tenant
	if sc.Set(&tenant); tenant.Environment.BlackHole {
		// Packets never arrive: a tenth of the time proves it as well.
		b.doctor.Transport.Dial = func(ctx context.Context, network, addr string) (net.Conn, error) {
			ctx, cancel := context.WithTimeout(ctx, 300*time.Millisecond)
			defer cancel()
			return server.Dial(ctx, network, addr)
		}
	}
	t.Cleanup(func() { _ = server.Close() })
	return b
}

// examine examines the scenario from its beginning under p, and returns the
// responses as they were before p.
func (b *bench) examine(t *testing.T, p perturbation) (diagnosis, []message) {
	form := b.apply(p)
	limit := time.Minute
	if b.scenario.Slow {
		limit = 4 * time.Second
	}
	ctx, cancel := context.WithTimeout(t.Context(), limit)
	defer cancel()
	report := b.doctor.Examine(ctx, form, false, nil)
	return diagnose(report), b.rewriter.messages()
}

func (b *bench) apply(p perturbation) connection.Form {
	form := b.scenario.Apply(b.server)
	b.server.Configure(func(t *sandbox.Tenant) {
		t.Login.HTTP1, t.Environment.HTTP1, t.Federation.HTTP1 = p.http1, p.http1, p.http1
	})
	b.rewriter.use(p.apply)
	return form
}

func compare(want, got diagnosis) string {
	return cmp.Diff(want.outcome(), got.outcome())
}

// matrix is scenarios × perturbations.
type matrix struct {
	mu   sync.Mutex
	rows map[string]map[string]string
}

func (m *matrix) add(scenario string, differences map[string]string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.rows == nil {
		m.rows = map[string]map[string]string{}
	}
	m.rows[scenario] = differences
}

// log prints one line for each scenario, with a mark for each perturbation, and
// one for each perturbation with its figures.
func (m *matrix) log(t *testing.T) {
	t.Log("scenarios down, perturbations across in the order of the table: . the same, X another diagnosis, blank where nothing changes")
	right, wrong := 0, 0
	total := map[string][2]int{}
	for _, scenario := range slices.Sorted(maps.Keys(m.rows)) {
		var line strings.Builder
		for _, p := range perturbations {
			difference, ok := m.rows[scenario][p.name]
			n := total[p.name]
			switch {
			case !ok:
				line.WriteByte(' ')
			case difference == "":
				line.WriteByte('.')
				n[0]++
				right++
			default:
				line.WriteByte('X')
				n[1]++
				wrong++
			}
			total[p.name] = n
		}
		t.Logf("%-42s |%s|", scenario, line.String())
	}
	for _, p := range perturbations {
		t.Logf("%-46s right %3d, wrong %3d", p.name, total[p.name][0], total[p.name][1])
	}
	t.Logf("%d scenarios × %d perturbations: %d examinations, right %d, wrong %d", len(m.rows), len(perturbations), right+wrong, right, wrong)
}

// judge fails for every other diagnosis that is not a known failure, and for
// every known failure that no longer occurs.
func (m *matrix) judge(t *testing.T) {
	occurred := map[string]bool{}
	for _, scenario := range slices.Sorted(maps.Keys(m.rows)) {
		for _, p := range perturbations {
			switch difference := m.rows[scenario][p.name]; {
			case difference == "":
			case knownFailures[scenario] != "":
				occurred[scenario] = true
			default:
				t.Errorf("%s, %s: another diagnosis (-without +with):\n%s", scenario, p.name, difference)
			}
		}
	}
	for scenario, reason := range knownFailures {
		if !occurred[scenario] && !underRace {
			t.Errorf("%s is a known failure (%s), and is right now", scenario, reason)
		}
	}
}

// knownFailures are scenarios whose diagnosis depends on more than they should,
// with the reason.
var knownFailures = map[string]string{}
