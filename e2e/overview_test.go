//go:build e2e

package e2e

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/profile"
	"github.com/s2sdoctor/s2sdoctor/e2e/desktop"
	"github.com/s2sdoctor/s2sdoctor/ui"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// TestAllConnections goes through 500 connections by keyboard only: it opens all of them,
// goes to the end and back, finds a connection by typing, and opens it.
func TestAllConnections(t *testing.T) {
	d := desktop.Start(t)
	folder := filepath.Join(d.Home, ".config", profile.Folder)
	saveMany(t, folder)
	w := d.Open(ui.Title, program, "--theme", "light", "--size", "1180x860")
	w.Until("what ends soon is told", func() bool { return w.Count(light(theme.Warning)) > 50 })
	w.Key("ctrl+l")
	w.Until("the rows are there", func() bool { return w.Count(light(theme.Success)) > 1000 })
	w.Screenshot(screens("overview-0-all.png"))
	w.Key("Tab", "Tab", "Tab", "End")
	w.Screenshot(screens("overview-1-end.png"))
	w.Key("Home")
	w.Type("fabrikam 07 uat") // in the list: the text goes to the search entry
	w.Until("one is found", func() bool { return w.Count(light(theme.Success)) < 500 })
	w.Screenshot(screens("overview-2-found.png"))
	w.Key("Return")
	w.Until("it is open", func() bool {
		data, _ := os.ReadFile(filepath.Join(folder, "profiles.json"))
		return strings.Contains(string(data), `"last": "Fabrikam 07 UAT"`)
	})
	w.Screenshot(screens("overview-3-opened.png"))
	w.Close()
}

// saveMany saves 500 tested connections, as another window would.
func saveMany(t *testing.T, folder string) {
	t.Helper()
	now := time.Now().UTC().Truncate(time.Second)
	var saved []profile.Profile
	var outcomes []profile.Outcome
	for i := range 500 {
		name := fmt.Sprintf("%s %02d %s", []string{"Contoso", "Fabrikam", "Litware", "Northwind"}[i/5%4], i/20+1, []string{"DEV", "TEST", "UAT", "PROD", "Sales"}[i%5])
		p := profile.Profile{
			Name: name, Environment: "https://" + strings.ToLower(strings.ReplaceAll(name, " ", "-")) + ".crm4.dynamics.com",
			ClientID: "2015d711-8a4f-4d3c-9b2e-0f1a2b3c4d5e", Saved: now,
		}
		if i%3 == 0 {
			p.Ends = now.AddDate(0, 0, i%150).Truncate(24 * time.Hour)
		}
		saved = append(saved, p)
		o := profile.Outcome{At: now.Add(-time.Duration(i) * time.Hour), Healthy: true, User: "# Integration"}
		if i%7 == 3 {
			o.Healthy, o.Cause, o.User = false, string(catalog.SecretExpired), ""
		}
		outcomes = append(outcomes, o.About(p))
	}
	for file, content := range map[string]any{
		"profiles.json":          map[string]any{"version": 3, "profiles": saved},
		"profiles.outcomes.json": map[string]any{"version": 1, "outcomes": outcomes},
	} {
		data, err := json.Marshal(content)
		if err == nil {
			err = os.MkdirAll(folder, 0o700)
		}
		if err == nil {
			err = os.WriteFile(filepath.Join(folder, file), data, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}
