package profile

import (
	"context"
	"errors"
	"os"
	"time"
)

// lockTimeout is how long another copy of the program may be writing. It writes
// a few kilobytes, and may wait [VaultTimeout] for a store that hangs.
const lockTimeout = 10 * time.Second

var errLocked = errors.New("another copy of the program is writing")

// lock waits until no other program or goroutine has the lock. It is on a file of
// its own, since the file of profiles is replaced with every write. The operating
// system takes it back when the program ends, however that happens.
func lock(ctx context.Context, path string) (unlock func(), err error) {
	file, err := openLock(path)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeoutCause(ctx, lockTimeout, errLocked)
	defer cancel()
	again := time.NewTicker(10 * time.Millisecond)
	defer again.Stop()
	for {
		ours, err := tryLock(file)
		if ours {
			return func() { _ = file.Close() }, nil
		}
		if err != nil {
			_ = file.Close()
			return nil, err
		}
		select {
		case <-again.C:
		case <-ctx.Done():
			_ = file.Close()
			return nil, context.Cause(ctx)
		}
	}
}

// openLock opens the lock file for this user alone. The error is an [oddFile] if a
// link, a folder or a pipe is in its place.
func openLock(path string) (*os.File, error) {
	if info, err := os.Lstat(path); err == nil && !info.Mode().IsRegular() {
		return nil, &oddFile{path}
	}
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|openNoLink, 0o600)
	if err != nil {
		return nil, err
	}
	if err := makePrivate(file, path); err != nil {
		_ = file.Close()
		return nil, err
	}
	return file, nil
}

// makePrivate checks that an open file is the one at path, and takes the
// permissions of others away.
func makePrivate(file *os.File, path string) error {
	opened, err := file.Stat()
	if err != nil {
		return err
	}
	there, err := os.Lstat(path)
	if err != nil || !opened.Mode().IsRegular() || !os.SameFile(opened, there) {
		return &oddFile{path}
	}
	if opened.Mode().Perm()&0o077 == 0 {
		return nil
	}
	return file.Chmod(0o600)
}
