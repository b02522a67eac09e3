package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
)

// saveProfiles writes profiles where the command looks for them, and returns the
// home folder.
func saveProfiles(t *testing.T, profiles ...map[string]string) (home string) {
	t.Helper()
	home = t.TempDir()
	for i, p := range profiles {
		p["name"], p["saved"] = fmt.Sprint("Connection ", i+1), "2026-11-22T12:00:00Z"
	}
	raw, err := json.Marshal(map[string]any{"version": 1, "profiles": profiles})
	if err != nil {
		t.Fatal(err)
	}
	folder := filepath.Join(home, ".config", "S2S Doctor")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "profiles.json"), raw, 0o600); err != nil {
		t.Fatal(err)
	}
	return home
}

// busy counts, for each host, the requests that are under way at the same time.
type busy struct {
	mu        sync.Mutex
	now, most map[string]int
}

func (b *busy) around(next http.Handler) http.HandlerFunc {
	b.now, b.most = map[string]int{}, map[string]int{}
	change := func(host string, by int) {
		b.mu.Lock()
		defer b.mu.Unlock()
		b.now[host] += by
		b.most[host] = max(b.most[host], b.now[host])
	}
	return func(w http.ResponseWriter, r *http.Request) {
		change(r.Host, 1)
		defer change(r.Host, -1)
		time.Sleep(20 * time.Millisecond) // long enough for other requests to arrive
		next.ServeHTTP(w, r)
	}
}

func (o outcome) reports(t *testing.T) []exam.Report {
	t.Helper()
	var all struct{ Results []exam.Report }
	if err := json.Unmarshal([]byte(o.stdout), &all); err != nil {
		t.Fatalf("%v: %s %s", err, o.stdout, o.stderr)
	}
	return all.Results
}

// TestAllIsPolite guards NE-10: at most four requests at the same time to an environment,
// regardless of how many saved connections lead there.
func TestAllIsPolite(t *testing.T) {
	world := startMicrosoft(t)
	var counted busy
	world.handler.Store(counted.around(world))
	env := []string{"S2S_CLIENT_SECRET=" + world.secret, "S2S_CLIENT_ID=" + world.client}
	var profiles []map[string]string
	for range 8 {
		profiles = append(profiles, map[string]string{"environment": "https://" + world.environment, "clientId": world.client})
	}
	got := world.command(t, "", append(env, "HOME="+saveProfiles(t, profiles...)), "--all", "--format", "json")
	reports := got.reports(t)
	if len(reports) != 8 || got.status != exitHealthy {
		t.Errorf("%d reports, status %d: %s", len(reports), got.status, got.stderr)
	}
	for _, r := range reports {
		if !r.Healthy {
			t.Errorf("%s: %s", r.Profile, r.RootCause)
		}
	}
	counted.mu.Lock()
	defer counted.mu.Unlock()
	if n := counted.most[world.environment]; n < 2 || n > 4 {
		t.Errorf("%d requests at once to one environment, want 4 at most", n)
	}
}

// TestAllSendsASecretToItsApplicationOnly guards that the secret of S2S_CLIENT_SECRET is
// not tried with other applications or in other tenants.
func TestAllSendsASecretToItsApplicationOnly(t *testing.T) {
	const other = "aaaa1111-2222-4333-8444-555566667777"
	world := startMicrosoft(t)
	for _, test := range []struct {
		name    string
		env     []string
		profile map[string]string
		cause   catalog.Cause
		summary string
	}{
		{"named", []string{"S2S_CLIENT_ID=" + world.client}, nil, "", ""},
		{"named in capitals", []string{"S2S_CLIENT_ID=" + strings.ToUpper(world.client)}, nil, "", ""},
		{"named with its tenant", []string{"S2S_CLIENT_ID=" + world.client, "S2S_TENANT_ID=" + world.tenant}, nil, "", ""},
		{"not named", nil, nil, "input.secret-missing", "S2S_CLIENT_ID has to name the application"},
		{"another application", []string{"S2S_CLIENT_ID=" + other}, nil, "input.secret-missing", "S2S_CLIENT_ID has to name the application"},
		{"another tenant than the saved one", []string{"S2S_CLIENT_ID=" + world.client, "S2S_TENANT_ID=" + other}, map[string]string{"tenantId": world.tenant}, "input.secret-missing", "names another tenant"},
		{"another tenant than the environment's", []string{"S2S_CLIENT_ID=" + world.client, "S2S_TENANT_ID=" + other}, nil, "tenant.not-found", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := map[string]string{"environment": "https://" + world.environment, "clientId": world.client}
			for key, value := range test.profile {
				p[key] = value
			}
			var tokens busy
			var mu sync.Mutex
			sent := 0
			world.handler.Store(tokens.around(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.FormValue("client_secret") != "" {
					mu.Lock()
					sent++
					mu.Unlock()
				}
				world.ServeHTTP(w, r)
			})))
			got := world.command(t, "", append(test.env, "HOME="+saveProfiles(t, p), "S2S_CLIENT_SECRET="+world.secret), "--all", "--format", "json")
			r := got.reports(t)[0]
			if r.RootCause != test.cause || !strings.Contains(got.stdout, test.summary) {
				t.Errorf("got %q, want %q: %s", r.RootCause, test.cause, got.stdout)
			}
			mu.Lock()
			defer mu.Unlock()
			if want := map[bool]int{true: 1}[test.cause == ""]; sent != want {
				t.Errorf("the secret was sent %d times, want %d", sent, want)
			}
		})
	}
}
