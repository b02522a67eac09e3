package main

import (
	"os"

	"golang.org/x/term"
)

// colourful follows no-color.org, and leaves files and pipes alone.
func colourful(f *os.File, getenv func(string) string) bool {
	return getenv("NO_COLOR") == "" && getenv("TERM") != "dumb" && term.IsTerminal(int(f.Fd()))
}
