package report

import (
	"cmp"
	"fmt"
	"io"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
)

// GitHub writes workflow commands: an error for each broken connection, a
// warning for each check that came out with one.
//
// Source: docs.github.com/actions/reference/workflow-commands-for-github-actions.
func GitHub(w io.Writer, reports []exam.Report) {
	for _, r := range reports {
		name := called(r)
		root, broken := r.Root()
		switch {
		case broken:
			annotate(w, "error", name+": "+string(r.RootCause), root)
		case !r.Healthy:
			fmt.Fprintf(w, "::error title=%s::%s\n", property(name), "It was not examined to the end.")
		}
		for _, c := range r.Checks {
			if c.Status == exam.Warn {
				annotate(w, "warning", name+": "+string(c.Cause), c)
			}
		}
	}
}

func annotate(w io.Writer, command, title string, c exam.Result) {
	lines := []string{c.Summary.String(), "Who: " + string(c.Owner)}
	for i, step := range c.Fix {
		lines = append(lines, fmt.Sprintf("%d. %s", i+1, step))
	}
	fmt.Fprintf(w, "::%s title=%s::%s\n", command, property(title), message(strings.Join(lines, "\n")))
}

var (
	commandMessage  = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	commandProperty = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

func message(s string) string  { return commandMessage.Replace(s) }
func property(s string) string { return commandProperty.Replace(s) }

// called returns how a connection is called.
func called(r exam.Report) string { return cmp.Or(r.Profile, r.Connection.Environment, "connection") }

// Markdown writes a table with a row for each connection.
func Markdown(w io.Writer, reports []exam.Report) {
	fmt.Fprint(w, "| Connection | Result | What was found | Who |\n| --- | --- | --- | --- |\n")
	for _, r := range reports {
		result, found, who := "healthy", strings.Join(catalog.Names(r.Warnings), ", "), ""
		if root, broken := r.Root(); broken {
			result, found, who = string(r.RootCause), root.Summary.String(), string(root.Owner)
		} else if !r.Healthy {
			result = "not examined to the end"
		}
		fmt.Fprintf(w, "| %s | %s | %s | %s |\n", cell(called(r)), cell(result), cell(found), cell(who))
	}
	fmt.Fprintln(w)
}

var markdown = strings.NewReplacer(
	"\r", " ", "\n", " ", "|", `\|`, "<", "&lt;", "&", "&amp;", `\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`)

func cell(s string) string { return markdown.Replace(s) }
