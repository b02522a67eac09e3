package session

import (
	"strings"
	"testing"

	"github.com/s2sdoctor/s2sdoctor/core/cloud"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

func TestReportTeachesFacts(t *testing.T) {
	run(t, func(b *bench) {
		b.s.Fill(filledForm())
		r := testReport(exam.Pass)
		r.WhoAmI = &exam.WhoAmI{OrganizationName: "Contoso UAT"}
		b.finish(r)
		if got := b.s.State().Form.Place.String(); got != "Contoso UAT · public cloud · EMEA" {
			b.Errorf("place %q", got)
		}
		if got := b.noted(connection.FieldTenant); got != "Discovered: "+testTenant {
			b.Errorf("tenant %q", got)
		}
		unreached := testReport(exam.Skip)
		set(&unreached, "inputs", exam.Fail, "input.secret-is-id")
		b.finish(unreached)
		if got := b.s.State().Form.Place.String(); got != "" {
			b.Errorf("Dataverse did not answer, and the place is %q", got)
		}
	})
}

// TestFactsOfSandbox guards that a cloud outside the table is named too.
func TestFactsOfSandbox(t *testing.T) {
	run(t, func(b *bench) {
		b.s.Fill(filledForm())
		r := testReport(exam.Pass)
		r.Connection.Cloud = "sandbox"
		r.Basis.Clouds = []cloud.Cloud{{Name: "sandbox", Title: text.F("Sandbox on this computer")}}
		b.finish(r)
		if got := b.s.State().Form.Place.String(); got != "contoso · Sandbox on this computer · EMEA" {
			b.Errorf("place %q", got)
		}
	})
}

// TestFailedEnvironmentForgetsDiscovery guards that the facts of an environment are not
// shown after it has stopped responding.
func TestFailedEnvironmentForgetsDiscovery(t *testing.T) {
	run(t, func(b *bench) {
		b.discoverable()
		b.s.Fill(filledForm())
		b.sleep(DiscoverPause)
		r := testReport(exam.Skip)
		r.Connection.TenantID = ""
		set(&r, "environment", exam.Fail, "environment.unreachable")
		b.finish(r)
		if form := b.s.State().Form; !form.Place.Empty() || form.Tenant != "" {
			b.Errorf("place %q, tenant %q", form.Place, form.Tenant)
		}
	})
}

func TestNameOf(t *testing.T) {
	for typed, want := range map[string]string{
		"":                                   "",
		contoso:                              "contoso",
		" contoso.crm4.dynamics.com/main":    "contoso",
		"https://":                           "",
		"user:password@contoso":              "",
		strings.Repeat("x", 60) + ".crm.com": "",
	} {
		if got := NameOf(typed); got != want {
			t.Errorf("%q: %q, want %q", typed, got, want)
		}
	}
}
