package browser

import (
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
)

// find looks where applications are installed: for all users, then for this user.
func find(p product) (string, bool) {
	folders := []string{"/Applications"}
	if home, err := os.UserHomeDir(); err == nil {
		folders = append(folders, filepath.Join(home, "Applications"))
	}
	for _, folder := range folders {
		if path := filepath.Join(folder, p.mac); isProgram(path) {
			return path, true
		}
	}
	return "", false
}

// detach keeps Ctrl+C in our terminal away from the browser.
func detach(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true} }
