//go:build !windows && !linux

package main

// softwareVariables: there are none here.
var softwareVariables []string

// inSoftware has no way: macOS brings its own OpenGL, in software where need be.
func inSoftware([]string, []string) (status int, ok bool) { return 0, false }
