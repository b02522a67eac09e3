//go:build !windows

package main

import (
	"fmt"
	"os"
)

// alert says it on standard error: here a program that was started without a
// terminal has a log.
func alert(_, text string) { fmt.Fprintln(os.Stderr, text) }
