package main

import (
	"errors"
	"syscall"
)

// errNoData is ERROR_NO_DATA: the pipe is being closed.
//
// Source: learn.microsoft.com/windows/win32/debug/system-error-codes--0-499-.
const errNoData = syscall.Errno(232)

// isUnread reports whether a write failed because the reader of a pipe is gone.
func isUnread(err error) bool {
	return errors.Is(err, syscall.ERROR_BROKEN_PIPE) || errors.Is(err, errNoData)
}
