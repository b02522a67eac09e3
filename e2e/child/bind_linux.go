//go:build e2e

package child

import (
	"os/exec"
	"syscall"
)

// bind makes the kernel end the child when this process ends.
func bind(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL} }
