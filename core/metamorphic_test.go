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
	"github.com/s2sdoctor/s2sdoctor/internal/race"
)

// knownGUIDs are the IDs that are the same in every run.
var knownGUIDs = []string{
	sandbox.TenantID, sandbox.ClientID, sandbox.RegistrationObjectID, sandbox.ServicePrincipalID, sandbox.SecretID,
	sandbox.OrganizationID, sandbox.BusinessUnitID, sandbox.UserID, sandbox.ForeignTenantID, sandbox.GovTenantID, sandbox.UnknownTenantID,
}

// TestFormNeverDecides is metamorphic: a scenario has the same diagnosis if its responses
// are perturbed. [choosePerturbations] chooses which scenario is examined under which
// perturbation. A scenario that is run alone is examined under all of them: -run
// 'TestFormNeverDecides/./^secret-wrong$'.
func TestFormNeverDecides(t *testing.T) {
	var rows []*row
	for _, scenario := range race.Sample(core.Scenarios(), 5) {
		rows = append(rows, &row{scenario: scenario})
	}
	t.Run("unperturbed", func(t *testing.T) {
		for _, r := range rows {
			t.Run(r.scenario.Name, func(t *testing.T) {
				t.Parallel()
				r.diagnosis, r.messages = startBench(t, r.scenario).examine(t, perturbation{})
			})
		}
	})
	choosePerturbations(rows)
	t.Run("perturbed", func(t *testing.T) {
		for _, r := range rows {
			t.Run(r.scenario.Name, func(t *testing.T) {
				t.Parallel()
				r.perturb(t)
			})
		}
	})
	matrix := matrix{}
	for _, r := range rows {
		matrix[r.scenario.Name] = r.differences
	}
	matrix.log(t)
	matrix.judge(t)
}

// row is a scenario of the matrix.
type row struct {
	scenario scenario.Scenario
	// diagnosis and messages are those of the unperturbed scenario.
	diagnosis diagnosis
	messages  []message
	// perturbations are the perturbations of this scenario.
	perturbations []perturbation
	// differences has the difference of the diagnosis under each perturbation, "" if it
	// is the same.
	differences map[string]string
}

// perturb examines the scenario under its perturbations.
func (r *row) perturb(t *testing.T) {
	r.differences = map[string]string{}
	if len(r.perturbations) == 0 {
		return
	}
	var mu sync.Mutex
	try := func(b *bench, p perturbation) {
		got, _ := b.examine(t, p)
		mu.Lock()
		defer mu.Unlock()
		r.differences[p.name] = compare(r.diagnosis, got)
	}
	if !r.scenario.Slow {
		b := startBench(t, r.scenario)
		for _, p := range r.perturbations {
			try(b, p)
		}
		return
	}
	// Each examination takes until the caller's timeout, so they run in parallel.
	var wg sync.WaitGroup
	room := make(chan struct{}, 42)
	for _, p := range r.perturbations {
		room <- struct{}{}
		wg.Go(func() {
			defer func() { <-room }()
			try(startBench(t, r.scenario), p)
		})
	}
	wg.Wait()
}

// changes reports whether the perturbation changes a message.
func (p perturbation) changes(m message) bool {
	changed := m.clone()
	p.apply(&changed)
	return !changed.equal(m)
}

func (p perturbation) apply(m *message) {
	if p.change == nil || p.unless.applies != nil && p.unless.applies(*m) {
		return
	}
	p.change(m)
}

// bench is a running sandbox in a scenario, with the perturbation in front.
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
		// The packets are lost: a tenth of the timeout proves it as well.
		b.doctor.Transport.Dial = func(ctx context.Context, network, addr string) (net.Conn, error) {
			ctx, cancel := context.WithTimeout(ctx, 300*time.Millisecond)
			defer cancel()
			return server.Dial(ctx, network, addr)
		}
	}
	t.Cleanup(func() { _ = server.Close() })
	return b
}

// examine examines the scenario from its beginning under p, and returns the responses
// from before p.
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

// matrix maps scenarios and perturbations to the difference of the diagnosis, "" if it is
// the same.
type matrix map[string]map[string]string

// log prints a line for each scenario, with a mark for each perturbation, and a line for
// each perturbation with its figures.
func (m matrix) log(t *testing.T) {
	t.Log("scenarios down, perturbations across in the order of the table: . the same, X another diagnosis, blank where it is not examined")
	right, wrong := 0, 0
	total := map[string][2]int{}
	for _, scenario := range slices.Sorted(maps.Keys(m)) {
		var line strings.Builder
		for _, p := range perturbations {
			difference, ok := m[scenario][p.name]
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
	t.Logf("%d scenarios × %d perturbations: %d examinations, right %d, wrong %d", len(m), len(perturbations), right+wrong, right, wrong)
}

// judge fails for every difference that is not a known failure, and for every known
// failure that no longer occurs.
func (m matrix) judge(t *testing.T) {
	occurred := map[string]bool{}
	for _, scenario := range slices.Sorted(maps.Keys(m)) {
		for _, p := range perturbations {
			switch difference := m[scenario][p.name]; {
			case difference == "":
			case knownFailures[scenario] != "":
				occurred[scenario] = true
			default:
				t.Errorf("%s, %s: another diagnosis (-without +with):\n%s", scenario, p.name, difference)
			}
		}
	}
	for scenario, reason := range knownFailures {
		if !occurred[scenario] && !race.Enabled {
			t.Errorf("%s is a known failure (%s), and is right now", scenario, reason)
		}
	}
}

// knownFailures maps a scenario to the reason why the form of a response changes its
// diagnosis. It is empty: the diagnosis never depends on the form.
var knownFailures = map[string]string{}
