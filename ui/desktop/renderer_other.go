//go:build !windows && !linux

package desktop

var softwareVariables []string

// restart returns false: macOS has its own OpenGL, which falls back to software by
// itself.
func restart([]string, []string) (status int, ok bool) { return 0, false }
