//go:build unix

package harden

import "golang.org/x/sys/unix"

// noCore sets the limit for this process and those that it starts, and leaves the
// upper limit: they may raise it again.
func noCore() {
	var limit unix.Rlimit
	if unix.Getrlimit(unix.RLIMIT_CORE, &limit) == nil {
		limit.Cur = 0
		_ = unix.Setrlimit(unix.RLIMIT_CORE, &limit)
	}
}
