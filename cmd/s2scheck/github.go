package main

import (
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
)

// writeGitHub writes workflow commands: an error for each broken connection, a
// warning for each check that came out with one.
//
// Source: docs.github.com/actions/reference/workflow-commands-for-github-actions.
func writeGitHub(w io.Writer, reports []exam.Report) {
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
func called(r exam.Report) string { return firstOf(r.Profile, r.Connection.Environment, "connection") }

// summarize appends a table to the page of the workflow's run, where there is one.
func (p program) summarize(reports []exam.Report) {
	path := p.getenv("GITHUB_STEP_SUMMARY")
	if path == "" {
		return
	}
	file, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err == nil {
		writeMarkdown(file, reports)
		err = file.Close()
	}
	if err != nil {
		fmt.Fprintf(p.err, "s2scheck: the summary of the run could not be written: %s\n", reason(err))
	}
}

// writeMarkdown writes a table with a row for each connection.
func writeMarkdown(w io.Writer, reports []exam.Report) {
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
