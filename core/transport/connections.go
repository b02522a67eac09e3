package transport

import (
	"context"
	"net"
	"sync"
)

// connections are the open network connections of a client. net/http keeps a
// connection that a cancelled request was waiting for, and one whose host has
// announced its end; closing idle connections does not reach those.
type connections struct {
	mu     sync.Mutex
	open   map[*connection]bool
	closed bool
}

type dial = func(ctx context.Context, network, addr string) (net.Conn, error)

// dialer returns next with every connection noted.
func (c *connections) dialer(next dial) dial {
	return func(ctx context.Context, network, addr string) (net.Conn, error) {
		conn, err := next(ctx, network, addr)
		if err != nil {
			return nil, err
		}
		noted := &connection{Conn: conn, of: c}
		c.mu.Lock()
		defer c.mu.Unlock()
		if c.closed {
			_ = conn.Close()
			return nil, net.ErrClosed
		}
		c.open[noted] = true
		return noted, nil
	}
}

// close ends every connection, and those that are still being opened.
func (c *connections) close() {
	c.mu.Lock()
	all := c.open
	c.open, c.closed = map[*connection]bool{}, true
	c.mu.Unlock()
	for conn := range all {
		_ = conn.Conn.Close()
	}
}

// connection is a network connection that is forgotten when it is closed.
type connection struct {
	net.Conn
	of *connections
}

// Close ends the connection.
func (c *connection) Close() error {
	c.of.mu.Lock()
	delete(c.of.open, c)
	c.of.mu.Unlock()
	return c.Conn.Close()
}
