//go:build e2e

package child

import (
	"os/exec"
	"syscall"
)

// bind has the kernel end the child with us.
func bind(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL} }
