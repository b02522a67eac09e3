package consent

import "golang.org/x/sys/windows"

// The system's errors for a port that cannot be used. On Windows these are
// Winsock's numbers: syscall's namesakes there are never returned.
const (
	errInUse     = windows.WSAEADDRINUSE
	errForbidden = windows.WSAEACCES
)
