package core

import (
	"context"
	"sync"
)

// Gate lets examinations of several connections run side by side: at most
// [MaxConcurrent] in all, and one at a time for each environment: one examination
// opens four connections to it, as many as one computer should (rule NE-10). The zero value is ready to use, and it is safe for concurrent use.
type Gate struct {
	mu    sync.Mutex
	hosts map[string]chan struct{}
	slots chan struct{}
}

// Enter waits for a place to examine the environment on host, and returns how to
// leave it again. An empty host is an environment of its own. The error is that of
// ctx, which ended first.
func (g *Gate) Enter(ctx context.Context, host string) (leave func(), err error) {
	own, slots := g.lanes(host)
	// The host first: who waits for it holds no slot that others could use.
	if err := take(ctx, own); err != nil {
		return nil, err
	}
	if err := take(ctx, slots); err != nil {
		<-own
		return nil, err
	}
	return func() { <-slots; <-own }, nil
}

// lanes returns the channels that hold a token for each examination under way.
func (g *Gate) lanes(host string) (own, slots chan struct{}) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.slots == nil {
		g.slots, g.hosts = make(chan struct{}, MaxConcurrent), map[string]chan struct{}{}
	}
	if host == "" {
		return make(chan struct{}, 1), g.slots
	}
	if g.hosts[host] == nil {
		g.hosts[host] = make(chan struct{}, 1)
	}
	return g.hosts[host], g.slots
}

func take(ctx context.Context, lane chan struct{}) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	select {
	case lane <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
