package paste_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/s2sdoctor/s2sdoctor/core/paste"
	"github.com/s2sdoctor/s2sdoctor/internal/race"
)

// lineByLine returns a function that changes every line of a text.
func lineByLine(change func(n int, line string) string) func(string) string {
	return func(text string) string {
		lines := strings.Split(text, "\n")
		for i, line := range lines {
			lines[i] = change(i, line)
		}
		return strings.Join(lines, "\n")
	}
}

func before(mark string) func(string) string {
	return lineByLine(func(_ int, line string) string { return mark + line })
}

// TestPasteOfOtherPrograms reads texts as other programs show them: text around them or
// before their lines does not change the values.
func TestPasteOfOtherPrograms(t *testing.T) {
	race.Skip(t, race.OneGoroutine)
	dresses := []struct {
		name string
		on   func(string) string
		// except are the texts whose meaning would change: commands of one line, values
		// wrapped by a mail, tables in which the blanks count.
		except []string
	}{
		{"fence", func(text string) string { return "```\n" + text + "\n```" }, nil},
		{"mail", func(text string) string {
			return "Hi all,\n\nplease use these values:\n\n" + text + "\n\nBest regards\nAnna"
		}, []string{"s022"}},
		{"file name", func(text string) string { return "config/prod.txt\n" + text }, nil},
		{"indented", before("    "), nil},
		{"tabs", before("\t"), nil},
		{"quoted", before("> "), nil},
		{"diff", before("+"), []string{"s110", "n25"}},
		{"log", before("2026-11-20T08:00:01.1234567Z "), []string{"s110", "n25", "s003", "t001"}},
		{"numbers", lineByLine(func(n int, line string) string { return fmt.Sprintf("%4d\t%s", n+1, line) }), []string{"s110", "n25"}},
	}
	for _, dress := range dresses {
		for _, file := range []string{"testdata/unseen.jsonl", "testdata/stranger.jsonl", "testdata/second.jsonl"} {
			for _, c := range fieldCases(t, file) {
				if c.Right == (values{}) || slices.Contains(dress.except, c.ID) || strings.Count(c.Text, "\n") == 0 {
					continue
				}
				if d := cmp.Diff(c.Right, understood(paste.Read(dress.on(c.Text)))); d != "" {
					t.Errorf("%s of %s (%s): -want +got\n%s", dress.name, c.ID, c.Note, d)
				}
			}
		}
	}
}
