//go:build unix && !darwin

package browser

import (
	"os/exec"
	"path/filepath"
	"syscall"
)

// find looks along the PATH.
func find(p product) (string, bool) {
	for _, program := range p.programs {
		if path, err := exec.LookPath(program); err == nil && filepath.IsAbs(path) {
			return path, true
		}
	}
	return "", false
}

// detach keeps Ctrl+C in our terminal away from the browser.
func detach(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true} }
