package browser

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"

	"golang.org/x/sys/windows"
	"golang.org/x/sys/windows/registry"
)

// find asks the registry first, where installers of any place write themselves
// down, then looks at the usual folders.
//
// Source: learn.microsoft.com/windows/win32/shell/app-registration (App Paths).
func find(p product) (string, bool) {
	for _, root := range []registry.Key{registry.CURRENT_USER, registry.LOCAL_MACHINE} {
		if path, ok := registered(root, p.appPath); ok {
			return path, true
		}
	}
	for _, folder := range []string{"ProgramFiles", "ProgramFiles(x86)", "LocalAppData"} {
		base := os.Getenv(folder)
		if path := filepath.Join(base, p.windows); base != "" && filepath.IsAbs(path) && isProgram(path) {
			return path, true
		}
	}
	return "", false
}

func registered(root registry.Key, program string) (string, bool) {
	if program == "" {
		return "", false
	}
	key, err := registry.OpenKey(root, `SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\`+program, registry.QUERY_VALUE)
	if err != nil {
		return "", false
	}
	defer func() { _ = key.Close() }()
	path, _, err := key.GetStringValue("")
	if err != nil {
		return "", false
	}
	path = strings.Trim(path, `"`)
	ours := filepath.IsAbs(path) && strings.EqualFold(filepath.Base(path), program)
	return path, ours && isProgram(path)
}

// detach keeps Ctrl+C in our console away from the browser.
func detach(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{CreationFlags: windows.CREATE_NEW_PROCESS_GROUP}
}
