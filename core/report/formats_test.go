package report_test

import (
	"bytes"
	"encoding/csv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/report"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// fleetReports returns a healthy connection with a warning, a broken connection whose
// names contain markup, and a connection whose examination was cancelled.
func fleetReports() []exam.Report {
	healthy := exam.Report{
		Profile: "Contoso UAT", Healthy: true, Complete: true, DurationMS: 812, Warnings: []catalog.Cause{"certificate.expires-soon", "appuser.licensed"},
		Connection: exam.Subject{Environment: "https://contoso.crm4.dynamics.com", TenantID: "12b5c856-4a7e-4c1d-9f3b-5d0c8e6a7b91", ClientID: "2015d711-8a4f-4d3c-9b2e-0f1a2b3c4d5e"},
		WhoAmI:     &exam.WhoAmI{UserName: "# s2s"},
		Checks: []exam.Result{
			{ID: "whoami", Status: exam.Pass},
			{ID: "credential-expiry", Status: exam.Warn, Cause: "certificate.expires-soon", Owner: "Application owner", Summary: text.Raw("It ends in 10 days."), Fix: []text.Text{text.Raw("Make a new one.")}},
		},
	}
	healthy.Basis.CertificateUntil = time.Date(2026, 12, 9, 12, 0, 0, 0, time.UTC)
	broken := exam.Report{
		Profile: "=1+1\"\\|,:%\n::error::x", RootCause: "secret.wrong", Complete: true, DurationMS: 1500,
		WhoAmI: &exam.WhoAmI{UserName: "@SUM(1)"},
		Checks: []exam.Result{{ID: "token", Status: exam.Fail, Cause: "secret.wrong", Owner: "Entra administrator", Summary: text.Raw("100 % wrong\n::error::y"), Fix: []text.Text{text.Raw("Copy the Value.")}}},
	}
	return []exam.Report{healthy, broken, {Profile: "late", RootCause: ""}}
}

func TestFormats(t *testing.T) {
	for name, c := range map[string]struct {
		write func(*bytes.Buffer)
		want  string
	}{
		"csv": {func(b *bytes.Buffer) { report.CSV(b, fleetReports()) }, `name,environment,tenantId,clientId,healthy,rootCause,warnings,userName,credentialEnds,durationMs
Contoso UAT,https://contoso.crm4.dynamics.com,12b5c856-4a7e-4c1d-9f3b-5d0c8e6a7b91,2015d711-8a4f-4d3c-9b2e-0f1a2b3c4d5e,true,,certificate.expires-soon appuser.licensed,# s2s,2026-12-09T12:00:00Z,812
"'=1+1""\|,:%
::error::x",,,,false,secret.wrong,,'@SUM(1),,1500
late,,,,false,,,,,0
`},
		"prometheus": {func(b *bytes.Buffer) { report.Prometheus(b, fleetReports()) }, `# HELP s2s_up 1 if the connection is healthy.
# TYPE s2s_up gauge
s2s_up{name="Contoso UAT",environment="https://contoso.crm4.dynamics.com"} 1
s2s_up{name="=1+1\"\\|,:%\n::error::x",environment=""} 0
s2s_up{name="late",environment=""} 0
# HELP s2s_check 1 for the status that a check has.
# TYPE s2s_check gauge
s2s_check{name="Contoso UAT",environment="https://contoso.crm4.dynamics.com",check="whoami",status="pass"} 1
s2s_check{name="Contoso UAT",environment="https://contoso.crm4.dynamics.com",check="credential-expiry",status="warn"} 1
s2s_check{name="=1+1\"\\|,:%\n::error::x",environment="",check="token",status="fail"} 1
# HELP s2s_root_cause 1 for the first broken link.
# TYPE s2s_root_cause gauge
s2s_root_cause{name="=1+1\"\\|,:%\n::error::x",environment="",cause="secret.wrong"} 1
# HELP s2s_credential_expiry_timestamp_seconds When the credential ends, where that is known.
# TYPE s2s_credential_expiry_timestamp_seconds gauge
s2s_credential_expiry_timestamp_seconds{name="Contoso UAT",environment="https://contoso.crm4.dynamics.com"} 1796817600
# HELP s2s_duration_seconds How long the examination took.
# TYPE s2s_duration_seconds gauge
s2s_duration_seconds{name="Contoso UAT",environment="https://contoso.crm4.dynamics.com"} 0.812
s2s_duration_seconds{name="=1+1\"\\|,:%\n::error::x",environment=""} 1.5
s2s_duration_seconds{name="late",environment=""} 0
`},
		"github": {func(b *bytes.Buffer) { report.GitHub(b, fleetReports()) }, `::warning title=Contoso UAT%3A certificate.expires-soon::It ends in 10 days.%0AWho: Application owner%0A1. Make a new one.
::error title==1+1"\|%2C%3A%25%0A%3A%3Aerror%3A%3Ax%3A secret.wrong::100 %25 wrong%0A::error::y%0AWho: Entra administrator%0A1. Copy the Value.
::error title=late::It was not examined to the end.
`},
		"summary": {func(b *bytes.Buffer) { report.Markdown(b, fleetReports()) }, `| Connection | Result | What was found | Who |
| --- | --- | --- | --- |
| Contoso UAT | healthy | certificate.expires-soon, appuser.licensed |  |
| =1+1"\\\|,:% ::error::x | secret.wrong | 100 % wrong ::error::y | Entra administrator |
| late | not examined to the end |  |  |

`},
	} {
		t.Run(name, func(t *testing.T) {
			var got bytes.Buffer
			c.write(&got)
			if diff := cmp.Diff(c.want, got.String()); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestCSVIsReadAgain guards the shape of each row, for any name.
func TestCSVIsReadAgain(t *testing.T) {
	var out bytes.Buffer
	report.CSV(&out, fleetReports())
	rows, err := csv.NewReader(&out).ReadAll()
	if err != nil || len(rows) != 4 || rows[2][0] != "'"+fleetReports()[1].Profile {
		t.Errorf("%v: %q", err, rows)
	}
}
