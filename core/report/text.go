package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
)

// Colours are the escape sequences of a terminal; may be empty.
type Colours struct{ Good, Bad, Warn, Dim, Bold, Off string }

// Palette returns the colours of a terminal, or empty ones.
func Palette(on bool) Colours {
	if !on {
		return Colours{}
	}
	return Colours{"\x1b[32m", "\x1b[31m", "\x1b[33m", "\x1b[2m", "\x1b[1m", "\x1b[0m"}
}

// Text writes the report for a reader: a line a check, and under a broken one
// what was seen and what to do.
func Text(w io.Writer, r exam.Report, c Colours) {
	name := r.Connection.Environment
	if r.Profile != "" {
		name = r.Profile + "  " + name
	}
	if name == "" {
		name = "(no environment)"
	}
	fmt.Fprintf(w, "%s%s%s\n\n", c.Bold, name, c.Off)
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

// writeCheck describes a cause in full once; told is the check that did.
func writeCheck(w io.Writer, check exam.Result, c Colours, told map[catalog.Cause]string) {
	paint := map[exam.Status]string{exam.Pass: c.Good, exam.Warn: c.Warn, exam.Fail: c.Bad, exam.Skip: c.Dim, exam.Manual: c.Dim}[check.Status]
	fmt.Fprintf(w, "  %s%-4s%s  %s\n", paint, words[check.Status], c.Off, check.Title)
	if !check.Summary.Empty() {
		fmt.Fprintf(w, "        %s%s%s\n", c.Dim, indent(check.Summary.String(), 8), c.Off)
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
	Finding(w, check)
	fmt.Fprintln(w)
}

// Finding writes the cause of a check, who does what about it, where, and what was
// seen.
func Finding(w io.Writer, c exam.Result) {
	field(w, "Cause", string(c.Cause))
	field(w, "Or", catalog.AlternativesText(c.Alternatives).String())
	field(w, "Who", string(c.Owner))
	for i, step := range c.Fix {
		field(w, label(i == 0, "Do"), fmt.Sprintf("%d. %s", i+1, step))
	}
	for i, l := range c.Links {
		field(w, label(i == 0, "Open"), l.Title.String()+": "+l.URL)
	}
	for i, line := range Evidence(c.Evidence) {
		field(w, label(i == 0, "Seen"), line)
	}
}

func writeVerdict(w io.Writer, r exam.Report, c Colours) {
	if who := r.WhoAmI; who != nil {
		fmt.Fprintf(w, "%sWhoAmI%s\n", c.Bold, c.Off)
		field(w, "UserId", named(who.UserID, who.UserName))
		field(w, "BusinessUnitId", who.BusinessUnitID)
		field(w, "OrganizationId", named(who.OrganizationID, who.OrganizationName))
		fmt.Fprintln(w)
	}
	root, isBroken := r.Root()
	switch {
	case isBroken:
		fmt.Fprintf(w, "%sNot healthy.%s First broken link: %s (%s)\n", c.Bad, c.Off, root.Title, root.Cause)
	case !r.Complete:
		fmt.Fprintf(w, "%sNot examined to the end.%s\n", c.Warn, c.Off)
	case r.WhoAmI == nil:
		fmt.Fprintf(w, "%sNothing wrong so far.%s The network was left out.\n", c.Good, c.Off)
	case len(r.Warnings) > 0:
		fmt.Fprintf(w, "%sHealthy%s, with something to think about: %s\n", c.Good, c.Off, strings.Join(catalog.Names(r.Warnings), ", "))
	default:
		fmt.Fprintf(w, "%sHealthy.%s\n", c.Good, c.Off)
	}
	fmt.Fprintf(w, "%s%d requests, %d ms%s\n", c.Dim, r.Requests, r.DurationMS, c.Off)
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
