package drift

import (
	"cmp"
	"fmt"
	"io"

	"github.com/s2sdoctor/s2sdoctor/core/jsondoc"
	"github.com/s2sdoctor/s2sdoctor/core/quote"
	"github.com/s2sdoctor/s2sdoctor/core/report"
)

// WriteJSON writes the snapshot: docs/schema/snapshot.json.
func (s Snapshot) WriteJSON(w io.Writer) { jsondoc.Write(w, s) }

// WriteJSON writes a comparison: docs/schema/comparison.json.
func WriteJSON(w io.Writer, a, b Snapshot, differences []Difference) {
	jsondoc.Write(w, struct {
		Version     int          `json:"version"`
		A           Snapshot     `json:"a"`
		B           Snapshot     `json:"b"`
		Differences []Difference `json:"differences"`
		Unread      []Area       `json:"unread"`
	}{1, a, b, differences, Unread(a, b)})
}

// WriteText writes a comparison for a reader: what was compared, and then area by area.
func WriteText(w io.Writer, a, b Snapshot, differences []Difference, c report.Colours) {
	for i, s := range []Snapshot{a, b} {
		fmt.Fprintf(w, "%s%c%s  %s  %s, %s\n", c.Bold, 'A'+rune(i), c.Off, cmp.Or(s.Name, "(no name)"), s.Connection.Environment, s.Taken.Format("2006-01-02 15:04Z"))
	}
	var area Area
	for _, d := range differences {
		if d.Area != area {
			area = d.Area
			fmt.Fprintf(w, "\n%s%s%s\n", c.Bold, area, c.Off)
		}
		fmt.Fprintf(w, "  %s: %s → %s\n", d.Item, cmp.Or(d.A, "–"), cmp.Or(d.B, "–"))
	}
	if len(differences) == 0 {
		fmt.Fprintf(w, "\n%sNo difference.%s\n", c.Good, c.Off)
	}
	for _, unread := range Unread(a, b) {
		fmt.Fprintf(w, "\nNot compared: %s, which could not be read.\n", unread)
	}
}

// WriteMarkdown writes a comparison as a page: what was compared, and then a table for
// each area.
func WriteMarkdown(w io.Writer, a, b Snapshot, differences []Difference) {
	fmt.Fprintf(w, "# Comparison\n\n| | Connection | Environment | Taken |\n| --- | --- | --- | --- |\n")
	for i, s := range []Snapshot{a, b} {
		fmt.Fprintf(w, "| %c | %s | %s | %s |\n", 'A'+rune(i), quote.Markdown(cmp.Or(s.Name, "(no name)")), quote.MarkdownCode(s.Connection.Environment), s.Taken.Format("2006-01-02 15:04Z"))
	}
	var area Area
	for _, d := range differences {
		if d.Area != area {
			area = d.Area
			fmt.Fprintf(w, "\n## %s\n\n| Item | A | B |\n| --- | --- | --- |\n", area)
		}
		fmt.Fprintf(w, "| %s | %s | %s |\n", quote.Markdown(d.Item), quote.Markdown(cmp.Or(d.A, "–")), quote.Markdown(cmp.Or(d.B, "–")))
	}
	if len(differences) == 0 {
		fmt.Fprintln(w, "\nNo difference.")
	}
	for _, unread := range Unread(a, b) {
		fmt.Fprintf(w, "\nNot compared: %s, which could not be read.\n", unread)
	}
}
