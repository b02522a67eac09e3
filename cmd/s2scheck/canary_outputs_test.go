package main

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/drift"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/lifetime"
	"github.com/s2sdoctor/s2sdoctor/core/plan"
	"github.com/s2sdoctor/s2sdoctor/core/report"
)

// tablesOf returns a report in the formats for many connections.
func tablesOf(examined exam.Report) string {
	var out bytes.Buffer
	for _, write := range []func(io.Writer, []exam.Report){report.CSV, report.Prometheus, report.GitHub, report.Markdown} {
		write(&out, []exam.Report{examined})
	}
	return out.String()
}

// snapshotsOf returns what snapshot and compare print about a report.
func snapshotsOf(examined exam.Report) string {
	var out bytes.Buffer
	now := time.Now()
	it, nothing := drift.Take("it", examined, now), drift.Take("nothing", exam.Report{}, now)
	differences := drift.Compare(it, nothing)
	it.WriteJSON(&out)
	drift.WriteJSON(&out, it, nothing, differences)
	drift.WriteText(&out, it, nothing, differences, report.Palette(true))
	drift.WriteMarkdown(&out, it, nothing, differences)
	return out.String()
}

// planOf returns the set-up of a form in each format for other administrators.
func planOf(doctor core.Doctor, form connection.Form) string {
	target, err := doctor.PlanTarget(form, plan.Target{})
	if err != nil {
		return fmt.Sprintf("%v %+v", err, err)
	}
	var out strings.Builder
	for _, format := range core.SetupFormats {
		fmt.Fprintln(&out, core.PlanText(format, target, plan.Make(target, plan.State{Made: target.Known})))
	}
	return out.String()
}

// expiryOf returns the expiry of a form's credential in every format and as a calendar.
func expiryOf(t *testing.T, name string, form connection.Form) string {
	t.Helper()
	var out bytes.Buffer
	now := time.Now()
	list := []lifetime.Lifetime{lifetimeOf(t.Context(), name, "", form, now.AddDate(0, 0, 20))}
	lifetime.WriteJSON(&out, list, now)
	lifetime.WriteCSV(&out, list, now)
	lifetime.WriteText(&out, list, now, report.Palette(true))
	if err := lifetime.Calendar(&out, list, now); err != nil {
		t.Error(err)
	}
	return out.String()
}
