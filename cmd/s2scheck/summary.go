package main

import (
	"fmt"
	"os"

	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/report"
)

// summarize appends a table to the page of the workflow's run, where there is one.
func (p program) summarize(reports []exam.Report) {
	path := p.getenv("GITHUB_STEP_SUMMARY")
	if path == "" {
		return
	}
	file, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err == nil {
		report.Markdown(file, reports)
		err = file.Close()
	}
	if err != nil {
		fmt.Fprintf(p.err, "s2scheck: the summary of the run could not be written: %s\n", reason(err))
	}
}
