package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/certificate"
	"github.com/s2sdoctor/s2sdoctor/core/lifetime"
)

// TestExpiry saves an expiry date, and reads it and a certificate's expiry in every
// format.
func TestExpiry(t *testing.T) {
	home := saveProfiles(t, map[string]string{"environment": "https://contoso.crm4.dynamics.com", "clientId": "2015d711-8a4f-4d3c-9b2e-0f1a2b3c4d5e"})
	t.Setenv("HOME", home)
	t.Setenv("XDG_CONFIG_HOME", filepath.Join(home, ".config"))
	output := func(args ...string) (string, int) {
		var out bytes.Buffer
		p := program{in: strings.NewReader(""), out: &out, err: &out, getenv: func(string) string { return "" }}
		status := p.run(t.Context(), append([]string{"expiry"}, args...))
		return out.String(), status
	}
	day := time.Now().UTC().AddDate(0, 0, 20).Format(time.DateOnly)
	for _, bad := range [][]string{{"--ends", day}, {"--profile", "Connection 1", "--ends", "soon"}, {"--profile", "None", "--ends", day}, {"--profile", "None"}, {"--format", "xml"}, {"--within", "-1"}, {"x"}} {
		if _, status := output(bad...); status != exitUnusable {
			t.Errorf("%v: status %d", bad, status)
		}
	}
	if out, status := output(); status != exitHealthy || !strings.Contains(out, "Connection 1  secret, not known") {
		t.Errorf("status %d: %s", status, out)
	}
	if out, status := output("--profile", "connection 1", "--ends", day); status != exitHealthy || out != "" {
		t.Errorf("status %d: %s", status, out)
	}
	if out, status := output(); status != exitBroken || !strings.Contains(out, "ends on "+day) {
		t.Errorf("status %d: %s", status, out)
	}
	if _, status := output("--within", "10"); status != exitHealthy {
		t.Errorf("status %d", status)
	}
	if out, _ := output("--format", "ics"); !strings.Contains(out, "DTSTART;VALUE=DATE:"+strings.ReplaceAll(day, "-", "")) {
		t.Error(out)
	}
	made, err := certificate.Make("listed", time.Now().AddDate(-1, 0, 5), certificate.Lifetime)
	if err != nil {
		t.Fatal(err)
	}
	if err := made.Write(filepath.Join(home, "app.pem")); err != nil {
		t.Fatal(err)
	}
	list := filepath.Join(home, "list.csv")
	if err := os.WriteFile(list, []byte("name,credential,certificate,group\n=UAT,certificate,app.pem,Test\nIdentity,managed-identity,,\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	out, status := output("--connections", list, "--format", "json")
	var got struct{ Lifetimes []lifetime.Row }
	if err := json.Unmarshal([]byte(out), &got); err != nil || status != exitBroken || len(got.Lifetimes) != 2 {
		t.Fatalf("%v, status %d: %s", err, status, out)
	}
	if l := got.Lifetimes[0]; l.Profile != "=UAT" || l.Group != "Test" || l.Source != "certificate" || l.Warning != 7 || l.Thumbprint != made.Thumbprint() {
		t.Errorf("%+v", l)
	}
	if l := got.Lifetimes[1]; l.Source != "endless" || l.Days != nil {
		t.Errorf("%+v", l)
	}
	if out, _ := output("--connections", list, "--format", "csv"); !strings.Contains(out, "\n'=UAT,Test,,,certificate,certificate,") {
		t.Error(out)
	}
	if out, status := output("--profile", "Connection 1", "--ends", ""); status != exitHealthy {
		t.Errorf("status %d: %s", status, out)
	}
	if out, _ := output(); !strings.Contains(out, "not known") {
		t.Errorf("it is not forgotten: %s", out)
	}
}
