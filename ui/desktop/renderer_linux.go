package desktop

import (
	"os"

	"golang.org/x/sys/unix"
)

// softwareVariables are set for the restarted process.
//
// Source: docs.mesa3d.org/envvars.html.
var softwareVariables = []string{"LIBGL_ALWAYS_SOFTWARE"}

// restart replaces this process by the program with Mesa's software renderer. It
// returns false if the variable is set already: the same would fail again.
func restart(args, environ []string) (status int, ok bool) {
	self, err := os.Executable()
	if err != nil || os.Getenv("LIBGL_ALWAYS_SOFTWARE") != "" {
		return 0, false
	}
	environ = append(environ, "LIBGL_ALWAYS_SOFTWARE=1")
	_ = unix.Exec(self, append([]string{os.Args[0]}, args...), environ) // returns only if it fails
	return 0, false
}
