package certificate

import (
	"context"
	"time"
)

// LoadWithin is [Load] with another limit of rounds. It returns how many rounds were run.
func LoadWithin(ctx context.Context, s Source, now time.Time, rounds int) (*Certificate, int, error) {
	w := &work{ctx, rounds, maximumKeys}
	cert, err := load(s, now, w)
	return cert, rounds - w.rounds, err
}
