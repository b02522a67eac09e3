package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/s2sdoctor/s2sdoctor/core/exam"
)

// TestSummaryIsAppended guards that the summary of an earlier step stays, and that a
// summary that cannot be written changes no result.
func TestSummaryIsAppended(t *testing.T) {
	path := filepath.Join(t.TempDir(), "summary.md")
	if err := os.WriteFile(path, []byte("# Before\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	var out, err bytes.Buffer
	for _, where := range []string{path, filepath.Join(path, "none"), ""} {
		p := program{out: &out, err: &err, getenv: func(string) string { return where }}
		p.printTable("github", []exam.Report{{Profile: "late"}})
	}
	page, readErr := os.ReadFile(path)
	if readErr != nil || !strings.HasPrefix(string(page), "# Before\n| Connection |") || strings.Count(err.String(), "could not be written") != 1 {
		t.Errorf("%v: %q, %s", readErr, page, err.String())
	}
}
