//go:build e2e

// Package child starts programs that end with the test that started them, even if the
// test ends by panic or by signal, so that no clean-up runs.
package child

import "os/exec"

func Start(cmd *exec.Cmd) error {
	bind(cmd)
	return cmd.Start()
}
