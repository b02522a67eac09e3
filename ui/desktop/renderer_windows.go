package desktop

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
)

// softwareVariables are set for the restarted process.
var softwareVariables = []string{"GALLIUM_DRIVER"}

// restart runs the copy of this program in the folder softgl next to it, where Mesa's
// opengl32.dll is. Windows searches the program's own folder first, and the DLL is
// loaded before any code of the program runs.
func restart(args, environ []string) (status int, ok bool) {
	self, err := os.Executable()
	if err != nil {
		return 0, false
	}
	folder := filepath.Join(filepath.Dir(self), "softgl")
	program := filepath.Join(folder, "s2sdoctor.exe")
	for _, file := range []string{program, filepath.Join(folder, "opengl32.dll")} {
		if _, err := os.Stat(file); err != nil {
			return 0, false
		}
	}
	cmd := exec.Command(program, args...)
	cmd.Env = append(environ, "GALLIUM_DRIVER=llvmpipe")
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	switch err := cmd.Run(); {
	case errors.As(err, new(*exec.ExitError)):
		return cmd.ProcessState.ExitCode(), true
	case err != nil:
		return 0, false
	}
	return 0, true
}
