package transport

import (
	"context"
	"net/http"
	"strings"
)

type aheadKey struct{}

// WithConnectionsAhead returns a context for the first request to a host that other
// requests will follow, several at a time. While the request under ctx is under
// way, up to n further connections to its host are opened for them, in the way
// that the request's own connection is: through the same proxy, with the same
// verification, and with nothing sent.
//
// No further connection is opened before the first one is accepted, and no spare one is
// kept when the host speaks HTTP/2, where one connection serves every request.
// One that fails is not reported, and the host never has more than n+1.
func WithConnectionsAhead(ctx context.Context, n int) context.Context {
	return context.WithValue(ctx, aheadKey{}, n)
}

// via returns who sends a request: net/http, or the pool of a host that has
// connections opened ahead.
func (c *Client) via(req *http.Request) http.RoundTripper {
	if c.replay != nil {
		return c.replay
	}
	if local, _ := req.Context().Value(localKey{}).(bool); local {
		return c.local
	}
	if req.URL.Scheme != "https" {
		return c.base
	}
	addr := strings.ToLower(req.URL.Host)
	if req.URL.Port() == "" {
		addr += ":443"
	}
	n, _ := req.Context().Value(aheadKey{}).(int)
	c.mu.Lock()
	defer c.mu.Unlock()
	if p, ok := c.pools[addr]; ok {
		return p
	}
	if n <= 0 {
		return c.base
	}
	p := newPool(c.base, addr, n)
	c.pools[addr] = p
	return p
}

// closePools ends the connections of every pool.
func (c *Client) closePools() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, p := range c.pools {
		p.close()
	}
}
