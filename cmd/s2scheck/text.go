package main

import (
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// colours are the escape sequences of a terminal, empty where there is none.
type colours struct{ good, bad, warn, dim, bold, off string }

func palette(on bool) colours {
	if !on {
		return colours{}
	}
	return colours{"\x1b[32m", "\x1b[31m", "\x1b[33m", "\x1b[2m", "\x1b[1m", "\x1b[0m"}
}

// colourful follows no-color.org, and leaves files and pipes alone.
func colourful(f *os.File, getenv func(string) string) bool {
	return getenv("NO_COLOR") == "" && getenv("TERM") != "dumb" && term.IsTerminal(int(f.Fd()))
}

// writeText is the report for a person: a line a check, and under a broken one
// what was seen and what to do.
func writeText(w io.Writer, r exam.Report, c colours) {
	name := r.Connection.Environment
	if r.Profile != "" {
		name = r.Profile + "  " + name
	}
	if name == "" {
		name = "(no environment)"
	}
	fmt.Fprintf(w, "%s%s%s\n\n", c.bold, name, c.off)
	told := map[catalog.Cause]string{}
	for _, check := range r.Checks {
		writeCheck(w, check, c, told)
	}
	fmt.Fprintln(w)
	writeVerdict(w, r, c)
}

// words keep the state readable without colour.
var words = map[exam.Status]string{
	exam.Pass: "ok", exam.Warn: "warn", exam.Fail: "FAIL", exam.Skip: "skip", exam.Manual: "look",
}

// writeCheck tells a cause in full once; told remembers by which check.
func writeCheck(w io.Writer, check exam.Result, c colours, told map[catalog.Cause]string) {
	paint := map[exam.Status]string{exam.Pass: c.good, exam.Warn: c.warn, exam.Fail: c.bad, exam.Skip: c.dim, exam.Manual: c.dim}[check.Status]
	fmt.Fprintf(w, "  %s%-4s%s  %s\n", paint, words[check.Status], c.off, check.Title)
	if !check.Summary.Empty() {
		fmt.Fprintf(w, "        %s%s%s\n", c.dim, indent(check.Summary.String(), 8), c.off)
	}
	if check.Status != exam.Fail && check.Status != exam.Warn {
		return
	}
	if first, again := told[check.Cause]; again {
		field(w, "Cause", string(check.Cause)+", as above: "+first)
		fmt.Fprintln(w)
		return
	}
	told[check.Cause] = check.Title.String()
	field(w, "Cause", string(check.Cause))
	field(w, "Or", catalog.Also(check.Alternatives).String())
	advise(w, check.Owner, check.Fix, check.Links, check.Evidence)
	fmt.Fprintln(w)
}

// advise says who does what, where, and what was seen.
func advise(w io.Writer, owner catalog.Owner, fix []text.Text, links []catalog.Link, e catalog.Evidence) {
	field(w, "Who", string(owner))
	for i, step := range fix {
		field(w, label(i == 0, "Do"), fmt.Sprintf("%d. %s", i+1, step))
	}
	for i, l := range links {
		field(w, label(i == 0, "Open"), l.Title.String()+": "+l.URL)
	}
	for i, line := range seen(e) {
		field(w, label(i == 0, "Seen"), line)
	}
}

// seen is the evidence, a line each.
func seen(e catalog.Evidence) []string {
	var lines []string
	add := func(name, value string) {
		if value != "" {
			lines = append(lines, name+": "+value)
		}
	}
	if e.HTTPStatus != 0 {
		add("HTTP status", fmt.Sprint(e.HTTPStatus))
	}
	add("code", e.Code)
	add("error", e.Error)
	for _, f := range e.Facts {
		add(string(f.Name), f.Value.String())
	}
	add("message", e.Message.String())
	add("request ID", e.RequestID)
	add("trace ID", e.TraceID)
	add("correlation ID", e.CorrelationID)
	add("timestamp", e.Timestamp)
	return lines
}

func writeVerdict(w io.Writer, r exam.Report, c colours) {
	if who := r.WhoAmI; who != nil {
		fmt.Fprintf(w, "%sWhoAmI%s\n", c.bold, c.off)
		field(w, "UserId", named(who.UserID, who.UserName))
		field(w, "BusinessUnitId", who.BusinessUnitID)
		field(w, "OrganizationId", named(who.OrganizationID, who.OrganizationName))
		fmt.Fprintln(w)
	}
	root, isBroken := r.Root()
	switch {
	case isBroken:
		fmt.Fprintf(w, "%sNot healthy.%s First broken link: %s (%s)\n", c.bad, c.off, root.Title, root.Cause)
	case !r.Complete:
		fmt.Fprintf(w, "%sNot examined to the end.%s\n", c.warn, c.off)
	case r.WhoAmI == nil:
		fmt.Fprintf(w, "%sNothing wrong so far.%s The network was left out.\n", c.good, c.off)
	case len(r.Warnings) > 0:
		fmt.Fprintf(w, "%sHealthy%s, with something to think about: %s\n", c.good, c.off, strings.Join(catalog.Names(r.Warnings), ", "))
	default:
		fmt.Fprintf(w, "%sHealthy.%s\n", c.good, c.off)
	}
	fmt.Fprintf(w, "%s%d requests, %d ms%s\n", c.dim, r.Requests, r.DurationMS, c.off)
}

func field(w io.Writer, name, value string) {
	if value != "" {
		fmt.Fprintf(w, "        %-14s  %s\n", name, indent(value, 24))
	}
}

func label(first bool, name string) string {
	if first {
		return name
	}
	return ""
}

func named(id, name string) string {
	if name == "" {
		return id
	}
	return id + "  " + name
}

// indent keeps the lines of a longer text under its first.
func indent(text string, columns int) string {
	return strings.ReplaceAll(text, "\n", "\n"+strings.Repeat(" ", columns))
}
