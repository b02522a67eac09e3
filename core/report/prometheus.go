package report

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/exam"
)

// metrics are what a scraper reads, each with its samples of a report.
var metrics = []struct {
	name, help string
	samples    func(r exam.Report) []sample
}{
	{"s2s_up", "1 if the connection is healthy.", func(r exam.Report) []sample {
		if r.Healthy {
			return []sample{{value: 1}}
		}
		return []sample{{value: 0}}
	}},
	{"s2s_check", "1 for the status that a check has.", func(r exam.Report) []sample {
		var samples []sample
		for _, c := range r.Checks {
			samples = append(samples, sample{[]string{"check", string(c.ID), "status", string(c.Status)}, 1})
		}
		return samples
	}},
	{"s2s_root_cause", "1 for the first broken link.", func(r exam.Report) []sample {
		if r.RootCause == "" {
			return nil
		}
		return []sample{{[]string{"cause", string(r.RootCause)}, 1}}
	}},
	{"s2s_credential_expiry_timestamp_seconds", "When the credential ends, where that is known.", func(r exam.Report) []sample {
		if r.Basis.CertificateUntil.IsZero() {
			return nil
		}
		return []sample{{value: float64(r.Basis.CertificateUntil.Unix())}}
	}},
	{"s2s_duration_seconds", "How long the examination took.", func(r exam.Report) []sample {
		return []sample{{value: float64(r.DurationMS) / 1000}}
	}},
}

// sample is a value with the labels that it has besides name and environment, each
// with its value.
type sample struct {
	labels []string
	value  float64
}

// Prometheus writes the text format that node_exporter's textfile collector and
// the Pushgateway read.
//
// Source: prometheus.io/docs/instrumenting/exposition_formats.
func Prometheus(w io.Writer, reports []exam.Report) {
	for _, m := range metrics {
		fmt.Fprintf(w, "# HELP %s %s\n# TYPE %s gauge\n", m.name, m.help, m.name)
		for _, r := range reports {
			for _, s := range m.samples(r) {
				labels := append([]string{"name", r.Profile, "environment", r.Connection.Environment}, s.labels...)
				fmt.Fprintf(w, "%s{%s} %s\n", m.name, labelSet(labels), strconv.FormatFloat(s.value, 'f', -1, 64))
			}
		}
	}
}

var labelValue = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`)

func labelSet(pairs []string) string {
	var set []string
	for i := 0; i < len(pairs); i += 2 {
		set = append(set, pairs[i]+`="`+labelValue.Replace(pairs[i+1])+`"`)
	}
	return strings.Join(set, ",")
}
