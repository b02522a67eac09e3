package main

import (
	"os"
	"slices"
)

// secondTry marks, in the environment, a process that the first try has started
// to draw in software: it never starts a third.
const secondTry = "S2SDOCTOR_SECOND_TRY"

// software is the other way to draw: slower, and with no graphics driver.
type software struct {
	second bool // this process is that way already
}

// thisProcess reads the mark and takes it away: whatever else we start, such as a
// browser, is to draw as ever.
func thisProcess() software {
	s := software{second: os.Getenv(secondTry) != ""}
	_ = os.Unsetenv(secondTry)
	return s
}

// settled is for when the window is there: what made it draw in software is no
// business of the programs that it starts.
func (s software) settled() {
	if !s.second {
		return
	}
	for _, name := range softwareVariables {
		_ = os.Unsetenv(name)
	}
}

// again starts the program once more, drawing in software, and gives that
// process's exit status. It is false where this process is that one, or where
// there is no such way.
func (s software) again(args []string) (status int, ok bool) {
	if s.second {
		return 0, false
	}
	environ := slices.Concat(os.Environ(), []string{secondTry + "=1"})
	return inSoftware(args, environ)
}
