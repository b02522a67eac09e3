package report

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
)

type junitSuites struct {
	XMLName xml.Name     `xml:"testsuites"`
	Suites  []junitSuite `xml:"testsuite"`
}

type junitSuite struct {
	Name     string `xml:"name,attr"`
	Tests    int    `xml:"tests,attr"`
	Failures int    `xml:"failures,attr"`
	Skipped  int    `xml:"skipped,attr"`
	// Errors is always 0; Jenkins' schema requires it.
	Errors int         `xml:"errors,attr"`
	Time   string      `xml:"time,attr"`
	Cases  []junitCase `xml:"testcase"`
}

type junitCase struct {
	Name    string        `xml:"name,attr"`
	Class   string        `xml:"classname,attr"`
	Failure *junitMessage `xml:"failure"`
	Skipped *junitMessage `xml:"skipped"`
	Out     string        `xml:"system-out,omitempty"`
}

type junitMessage struct {
	Message string `xml:"message,attr"`
	Type    string `xml:"type,attr,omitempty"`
	Text    string `xml:",chardata"`
}

// JUnit writes the report as pipelines read it: a suite a connection, a test
// case a check. A warning is a passed case with output.
func JUnit(w io.Writer, reports []exam.Report) {
	var all junitSuites
	for _, r := range reports {
		all.Suites = append(all.Suites, suite(r))
	}
	fmt.Fprint(w, xml.Header)
	enc := xml.NewEncoder(w)
	enc.Indent("", "  ")
	_ = enc.Encode(all)
	fmt.Fprintln(w)
}

func suite(r exam.Report) junitSuite {
	s := junitSuite{
		Name: called(r), Tests: len(r.Checks),
		Time: fmt.Sprintf("%.3f", float64(r.DurationMS)/1000),
	}
	for _, c := range r.Checks {
		test := junitCase{Name: string(c.ID) + ": " + c.Title.String(), Class: "s2scheck"}
		switch c.Status {
		case exam.Fail:
			s.Failures++
			test.Failure = &junitMessage{Message: c.Summary.String(), Type: string(c.Cause), Text: advice(c)}
		case exam.Skip, exam.Manual:
			s.Skipped++
			test.Skipped = &junitMessage{Message: c.Summary.String()}
		default:
			test.Out = strings.TrimSpace(strings.Join([]string{string(c.Cause), c.Summary.String()}, " "))
		}
		s.Cases = append(s.Cases, test)
	}
	return s
}

func advice(c exam.Result) string {
	lines := []string{"Who: " + string(c.Owner)}
	if also := catalog.AlternativesText(c.Alternatives); !also.Empty() {
		lines = append(lines, also.String())
	}
	for i, step := range c.Fix {
		lines = append(lines, fmt.Sprintf("%d. %s", i+1, step))
	}
	for _, l := range c.Links {
		lines = append(lines, l.Title.String()+": "+l.URL)
	}
	return strings.Join(append(lines, Evidence(c.Evidence)...), "\n")
}
