package paste

import (
	"strconv"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
)

var (
	numberedLine = lazyregexp.New(`^[ \t]*(\d{1,6})(?:\t|: ?|[ ]{0,3}[|│][ ]?|[ ]{2})`)
	stampedLine  = lazyregexp.New(`^\[?\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(?:[.,]\d+)?(?:Z|[+-]\d{2}:?\d{2})?\]?(?:[ \t]|$)`)
	foundLine    = lazyregexp.New(`^(?:[A-Za-z]:)?[^\s:=;,"']*[/\\.][^\s:=;,"']*:(?:\d+[:-])?`)
	diffHeader   = lazyregexp.New(`^(?:diff --git |index [0-9a-f]+\.\.|--- |\+\+\+ |@@ |new file mode |deleted file mode |\\ No newline)`)
)

// withoutLineMarks drops what programs put before each line of a text: line numbers, the
// time, the name of the file, the marks of a diff.
func withoutLineMarks(text string) string {
	lines := strings.Split(text, "\n")
	for _, strip := range []func([]string) []string{withoutDiff, withoutNumbers, withoutStamps, withoutFile} {
		lines = strip(lines)
	}
	return strings.Join(lines, "\n")
}

// dedented drops the blanks that all lines of a text begin with.
func dedented(text string) string {
	lines := strings.Split(text, "\n")
	common, seen := "", false
	for _, line := range lines {
		if strings.TrimSpace(line) == "" {
			continue
		}
		indent := line[:len(line)-len(strings.TrimLeft(line, " \t"))]
		if !seen {
			common, seen = indent, true
		}
		for !strings.HasPrefix(indent, common) {
			common = common[:len(common)-1]
		}
	}
	if common == "" {
		return text
	}
	for i, line := range lines {
		lines[i] = strings.TrimPrefix(line, common)
	}
	return strings.Join(lines, "\n")
}

// stripped applies a function to the lines that are not blank, if it takes all of them and
// there are enough.
func stripped(lines []string, fewest int, strip func(string) (string, bool)) []string {
	count := 0
	all := make([]string, len(lines))
	for i, line := range lines {
		if strings.TrimSpace(line) == "" {
			continue
		}
		rest, ok := strip(line)
		if !ok {
			return lines
		}
		all[i] = rest
		count++
	}
	if count < fewest {
		return lines
	}
	return all
}

func withoutNumbers(lines []string) []string {
	last := -1
	return stripped(lines, 2, func(line string) (string, bool) {
		m := numberedLine.FindStringSubmatchIndex(line)
		if m == nil {
			return "", bare(line, last)
		}
		n, _ := strconv.Atoi(line[m[2]:m[3]])
		ok := last < 0 || n > last && n-last < 4
		last = n
		return line[m[1]:], ok
	})
}

// bare reports whether a line is the number of an empty one.
func bare(line string, last int) bool {
	n, err := strconv.Atoi(strings.TrimSpace(line))
	return err == nil && last >= 0 && n == last+1
}

func withoutStamps(lines []string) []string {
	return stripped(lines, 1, func(line string) (string, bool) {
		at := stampedLine.FindStringIndex(line)
		if at == nil {
			return "", false
		}
		return line[at[1]:], true
	})
}

// withoutFile drops the name of the file that searches print before each line.
func withoutFile(lines []string) []string {
	name := ""
	return stripped(lines, 2, func(line string) (string, bool) {
		mark := foundLine.FindString(line)
		file := strings.TrimRight(mark, ":-0123456789")
		if mark == "" || strings.Contains(file, "://") || name != "" && file != name {
			return "", false
		}
		name = file
		return line[len(mark):], true
	})
}

// withoutDiff keeps the lines of a diff that are there after the change.
func withoutDiff(lines []string) []string {
	added, kept := 0, make([]string, 0, len(lines))
	for _, line := range lines {
		switch {
		case line == "", diffHeader.MatchString(line):
			kept = append(kept, "")
		case line[0] == '+':
			added++
			kept = append(kept, line[1:])
		case line[0] == '-':
			kept = append(kept, "")
		case line[0] == ' ':
			kept = append(kept, line[1:])
		default:
			return lines
		}
	}
	if added < 2 {
		return lines
	}
	return kept
}
