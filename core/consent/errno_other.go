//go:build !windows

package consent

import "syscall"

// The system's errors for a port that cannot be used.
const (
	errInUse     = syscall.EADDRINUSE
	errForbidden = syscall.EACCES
)
