//go:build e2e && !linux

package child

import "os/exec"

// bind can do nothing here: only Linux ends a child with its parent.
func bind(*exec.Cmd) {}
