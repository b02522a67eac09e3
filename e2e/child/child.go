//go:build e2e

// Package child starts programs that do not outlive the test which started them,
// even one that ends by panic or by signal, where no clean-up runs.
package child

import "os/exec"

// Start starts cmd.
func Start(cmd *exec.Cmd) error {
	bind(cmd)
	return cmd.Start()
}
