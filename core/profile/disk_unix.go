//go:build unix

package profile

import (
	"context"
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// openNoLink makes opening a link an error, and opening a pipe return.
const openNoLink = unix.O_NOFOLLOW | unix.O_NONBLOCK

// patiently calls f once: on Unix a file can be replaced while it is read.
func patiently(_ context.Context, f func() error) error { return f() }

func rename(from, to string) error { return os.Rename(from, to) }

// syncFolder makes the rename last through a power cut, where the file system
// lets one.
func syncFolder(path string) {
	if folder, err := os.Open(path); err == nil {
		_ = folder.Sync()
		_ = folder.Close()
	}
}

// tryLock takes the lock of an open file and reports whether it got it. The lock
// ends with the file, also when the program is killed.
func tryLock(file *os.File) (bool, error) {
	for {
		err := unix.Flock(int(file.Fd()), unix.LOCK_EX|unix.LOCK_NB)
		switch {
		case err == nil:
			return true, nil
		case errors.Is(err, unix.EWOULDBLOCK):
			return false, nil
		case !errors.Is(err, unix.EINTR):
			return false, err
		}
	}
}
