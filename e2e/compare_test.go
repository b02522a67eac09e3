//go:build e2e

package e2e

import (
	"strings"
	"testing"

	"github.com/s2sdoctor/s2sdoctor/e2e/desktop"
	"github.com/s2sdoctor/s2sdoctor/ui"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// TestCompare compares the active scenario with another by keyboard only, and copies the
// differences.
func TestCompare(t *testing.T) {
	d := desktop.Start(t)
	w := d.Open(ui.Title, program, "--sandbox", "--theme", "light", "--size", "1000x700")
	w.Key("ctrl+d")
	w.Screenshot(screens("compare-0-empty.png"))
	w.Key("Return") // B
	w.Type("mistake-2")
	w.Screenshot(screens("compare-1-choose.png"))
	w.Key("Return", "Return")
	w.Until("both are examined", func() bool { return w.Count(light(theme.Warning)) > 30 })
	w.Screenshot(screens("compare-2-differences.png"))
	w.Key("ctrl+shift+c")
	w.Until("it is copied", func() bool { return strings.Contains(d.Copied(), "System Administrator: – → direct") })
	w.Key("Escape")
	w.Until("the form is there again", func() bool { return w.Count(light(theme.Warning)) == 0 })
	w.Close()
}
