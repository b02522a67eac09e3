package main

import (
	"testing"

	"github.com/s2sdoctor/s2sdoctor/core/plan"
)

// TestPlanCountsRolesThroughTeams guards that a healthy connection whose role comes
// through a team is complete. The step role was manual before.
func TestPlanCountsRolesThroughTeams(t *testing.T) {
	w := serveContoso(t, "healthy-team-role", administrator)
	w.Form.Secret.Use(func(plain string) { w.env = append(w.env, "S2S_CLIENT_SECRET="+plain) })
	p, got := w.plan(t, "--client-id", w.Form.ClientID)
	if got.status != 0 || !p.Complete {
		t.Errorf("status %d: %s", got.status, p.statuses())
	}
}

// TestPlanNamesTheObstacle guards that a plan that cannot be read names the cause, and
// exits with 3 only if there is no network. Before, a busy or disabled environment had no
// cause or that of an administrator without rights, and no network exited with 1.
func TestPlanNamesTheObstacle(t *testing.T) {
	for name, c := range map[string]struct {
		scenario string
		env      []string
		args     []string
		cause    string
		status   int
	}{
		"disabled":    {"environment-disabled", nil, nil, "environment.disabled", 1},
		"busy":        {"service-throttled", nil, nil, "service.throttled", 1},
		"down":        {"service-unavailable", nil, nil, "service.unavailable", 1},
		"no network":  {"healthy", []string{"HTTPS_PROXY=http://127.0.0.1:9"}, nil, "network.refused", 3},
		"out of time": {"healthy", nil, []string{"--timeout", "1ns"}, "network.timeout", 3},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := serveContoso(t, c.scenario, administrator)
			w.env = append(w.env, c.env...)
			p, got := w.plan(t, append(c.args, "--client-id", w.Form.ClientID)...)
			if got.status != c.status {
				t.Errorf("status %d, want %d", got.status, c.status)
			}
			for _, s := range p.Steps {
				if s.ID == string(plan.ApplicationUser) && (s.Status != string(plan.Blocked) || s.Cause != c.cause) {
					t.Errorf("%s: %q, want %q", s.Status, s.Cause, c.cause)
				}
			}
		})
	}
}
