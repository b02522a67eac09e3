package main

import (
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// The test binary runs as the command, so that scripts and the tests below start it as a
// process.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"s2scheck": main, "s2scheck-crashing": crashing, "az": standInAz})
}

// TestScripts runs testdata/*.txt. Each file is a scenario, with the commands that a user
// types at a prompt.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{Dir: "testdata", RequireExplicitExec: false})
}
