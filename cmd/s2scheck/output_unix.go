//go:build !windows

package main

import (
	"errors"
	"syscall"
)

// isUnread reports whether a write failed because the reader of a pipe is gone.
func isUnread(err error) bool { return errors.Is(err, syscall.EPIPE) }
