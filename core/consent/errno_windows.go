package consent

import "golang.org/x/sys/windows"

// What the system says of a port that cannot be had. On Windows these are
// Winsock's numbers: syscall's namesakes there are never returned.
const (
	errInUse     = windows.WSAEADDRINUSE
	errForbidden = windows.WSAEACCES
)
