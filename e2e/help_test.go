//go:build e2e

package e2e

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/s2sdoctor/s2sdoctor/e2e/desktop"
	"github.com/s2sdoctor/s2sdoctor/ui"
)

// TestOpensItsDocuments guards that F1 in a field writes the documents and opens the
// first page in the browser, and that Ctrl+2 goes to the checks, which were never drawn
// before.
func TestOpensItsDocuments(t *testing.T) {
	dir := t.TempDir()
	asked := filepath.Join(dir, "asked")
	if err := os.WriteFile(filepath.Join(dir, "xdg-open"), []byte("#!/bin/sh\nprintf '%s' \"$1\" > '"+asked+"'\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", dir+string(os.PathListSeparator)+os.Getenv("PATH"))
	d := desktop.Start(t)
	w := d.Open(ui.Title, program)
	w.Key("F1")
	var address string
	w.Until("the browser is asked to open the page", func() bool {
		raw, _ := os.ReadFile(asked)
		address = string(raw)
		return address != ""
	})
	path, local := strings.CutPrefix(address, "file://")
	page, err := os.ReadFile(path)
	if !local || err != nil || !strings.Contains(string(page), "User guide") {
		t.Errorf("it was asked to open %q: %v", address, err)
	}

	w.Key("ctrl+2", "ctrl+c")
	w.Until("the first check is copied", func() bool { return strings.HasPrefix(d.Copied(), "Not examined: The form can be used") })
	w.Screenshot(screens("checks.png"))
	w.Close()
}
