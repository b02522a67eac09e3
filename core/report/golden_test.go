package report_test

import (
	"bytes"
	"flag"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/report"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

var update = flag.Bool("update", false, "write the goldens")

// detailedReports adds reports with details that only the longer formats show.
func detailedReports() []exam.Report {
	reports := fleetReports()
	broken := &reports[1].Checks[0]
	broken.Title, broken.Alternatives = text.Raw("Entra gives a token"), []catalog.Cause{"secret.expired"}
	broken.Links = []catalog.Link{{Title: text.Raw("App registration"), URL: "https://entra.microsoft.com/"}}
	broken.Evidence = catalog.Evidence{
		HTTPStatus: 401, Code: "AADSTS7000215", Error: "invalid_client", Message: text.Raw("Invalid <client> secret."),
		RequestID: "r", TraceID: "t", CorrelationID: "c", Timestamp: "2026-11-22 12:00:00Z",
		Facts: []catalog.Fact{{Name: "token endpoint", Value: text.Raw("https://login.microsoftonline.com/")}},
	}
	again := *broken
	again.ID, again.Title = "graph", text.Raw("Graph answers")
	reports[1].Checks = append(reports[1].Checks, again, exam.Result{ID: "role", Title: text.Raw("It has a role"), Status: exam.Skip, Summary: text.Raw("It waits\nfor a token.")})
	return reports
}

// TestGoldens guards the formats with long output, byte for byte.
func TestGoldens(t *testing.T) {
	for file, write := range map[string]func(*bytes.Buffer){
		"testdata/text.golden": func(b *bytes.Buffer) {
			for i, r := range detailedReports() {
				report.Text(b, r, report.Palette(i == 0))
			}
		},
		"testdata/junit.golden": func(b *bytes.Buffer) { report.JUnit(b, detailedReports()) },
	} {
		t.Run(file, func(t *testing.T) {
			var got bytes.Buffer
			write(&got)
			if *update {
				if err := os.WriteFile(file, got.Bytes(), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got.String()); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
