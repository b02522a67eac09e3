//go:build !windows

package consent

import "syscall"

// What the system says of a port that cannot be had.
const (
	errInUse     = syscall.EADDRINUSE
	errForbidden = syscall.EACCES
)
