package profile

import (
	"context"
	"errors"
	"os"
	"time"
)

// lockPatience is how long another copy of the program may be writing. It writes
// a few kilobytes.
const lockPatience = 5 * time.Second

var errLocked = errors.New("another copy of the program is writing")

// lock waits until nobody else writes. The lock is on a file of its own, since
// the file of profiles is replaced with every write.
func lock(ctx context.Context, path string) (unlock func(), err error) {
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeoutCause(ctx, lockPatience, errLocked)
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
