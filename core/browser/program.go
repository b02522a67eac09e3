//go:build darwin || windows

package browser

import "os"

// isProgram reports whether path is an existing file.
func isProgram(path string) bool {
	info, err := os.Stat(path)
	return err == nil && !info.IsDir()
}
