package main

import (
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// The test binary plays the command itself, so that scripts and the tests below
// run the real thing as a process of its own.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"s2scheck": main, "s2scheck-crashing": crashing, "az": standInAz})
}

// TestScripts runs testdata/*.txt: one scenario a file, as a person at a prompt
// would type it.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{Dir: "testdata", RequireExplicitExec: false})
}
