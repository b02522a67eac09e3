//go:build !windows

package desktop

import (
	"fmt"
	"os"
)

// Alert writes text to standard error: on these systems the output of a program
// that was started without a terminal goes to a log.
func Alert(_, text string) { fmt.Fprintln(os.Stderr, text) }
