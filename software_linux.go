package main

import (
	"os"

	"golang.org/x/sys/unix"
)

// softwareVariables are set for the second try. Mesa reads this one:
// https://docs.mesa3d.org/envvars.html
var softwareVariables = []string{"LIBGL_ALWAYS_SOFTWARE"}

// inSoftware becomes this program once more, with Mesa told to draw in software.
// Whoever has told it so already knows how that ends.
func inSoftware(args, environ []string) (status int, ok bool) {
	self, err := os.Executable()
	if err != nil || os.Getenv("LIBGL_ALWAYS_SOFTWARE") != "" {
		return 0, false
	}
	environ = append(environ, "LIBGL_ALWAYS_SOFTWARE=1")
	_ = unix.Exec(self, append([]string{os.Args[0]}, args...), environ) // comes back only when it failed
	return 0, false
}
