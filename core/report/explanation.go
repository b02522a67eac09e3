package report

import (
	"fmt"
	"io"

	"github.com/s2sdoctor/s2sdoctor/core/explain"
)

// Explanation writes what is known about a pasted text for a reader.
func Explanation(w io.Writer, e explain.Explanation, c Colours) {
	fmt.Fprintf(w, "%s%s%s\n", c.Bold, e.Summary, c.Off)
	if e.Cause == "" {
		return
	}
	fmt.Fprintln(w)
	Finding(w, e.Result())
}
