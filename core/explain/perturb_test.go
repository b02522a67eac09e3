package explain

import (
	"html"
	"maps"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/s2sdoctor/s2sdoctor/internal/race"
)

// perturbations are changes by users and tools that do not change what a text reports. A
// new perturbation needs only a line here.
var perturbations = map[string]func(string) string{
	"CRLF":              func(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") },
	"blank lines":       func(s string) string { return "\n\n" + s + "\n\n\n" },
	"indented":          eachLine("    "),
	"quoted in a mail":  eachLine("> "),
	"log of a pipeline": eachLine("2026-10-04T08:15:02.1234567Z "),
	"fenced":            func(s string) string { return "```\n" + s + "\n```" },
	"asked about":       func(s string) string { return "Hi all,\nsince today we see this:\n\n" + s + "\n\nAny idea? Thanks!" },
	"escaped for HTML":  html.EscapeString,
	"in JSON":           func(s string) string { return `{"level":"info","body":"` + escapeJSON(s) + `"}` },
	"percent-encoded":   func(s string) string { return strings.ReplaceAll(url.PathEscape(s), "%3B", ";") },
}

func eachLine(prefix string) func(string) string {
	return func(s string) string { return prefix + strings.ReplaceAll(s, "\n", "\n"+prefix) }
}

// TestPerturbations guards that a perturbation does not change the cause of a text. Each
// text of the long list gets two of them, in turn.
func TestPerturbations(t *testing.T) {
	race.Skip(t, race.OneGoroutine)
	names := slices.Sorted(maps.Keys(perturbations))
	for _, c := range fieldCases(t, "testdata/field.jsonl") {
		for _, name := range names {
			holdPerturbed(t, c, name)
		}
	}
	for i, c := range fieldCases(t, "testdata/heldout.jsonl") {
		holdPerturbed(t, c, names[i%len(names)])
		holdPerturbed(t, c, names[(i/len(names)+i+5)%len(names)])
	}
}

func holdPerturbed(t *testing.T, c fieldCase, name string) {
	t.Helper()
	if name == "percent-encoded" && strings.Contains(c.Text, "AuthType=") {
		return // the keys of such a string are not well-formed
	}
	if e := Explain(perturbations[name](c.Text)); !slices.Contains(c.Right, e.Cause) {
		t.Errorf("%s, %s: got %q by %q, want one of %q", c.ID, name, e.Cause, e.Evidence.RecognisedBy, c.Right)
	}
}
