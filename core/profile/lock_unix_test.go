//go:build unix

package profile

import "golang.org/x/sys/unix"

func init() {
	oddFiles["pipe"] = func(path string) error { return unix.Mkfifo(path, 0o600) }
}
