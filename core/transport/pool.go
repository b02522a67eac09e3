package transport

import (
	"context"
	"crypto/tls"
	"net/http"
	"net/http/httptrace"
	"slices"
	"sync"
	"sync/atomic"
)

// pool is the connections to a host, some of them opened before a request needs them:
// net/http's own pool opens a connection only for a waiting request.
type pool struct {
	base *http.Transport
	addr string // host:port
	// ahead is the number of further connections that the first connection starts.
	ahead int

	ctx     context.Context // ends with close
	cancel  context.CancelFunc
	changed broadcast

	mu      sync.Mutex
	started bool // the first connection was asked for
	conns   []*conn
	// opening counts the connections being opened, waiting the requests that have
	// no connection yet.
	opening, waiting int
	// failures counts the failures that a request without any connection shares;
	// failure is the last.
	failures int
	failure  error
}

// conn is a connection of a pool.
type conn struct {
	*http.ClientConn
	used bool
}

func newPool(base *http.Transport, addr string, ahead int) *pool {
	ctx, cancel := context.WithCancel(context.Background())
	return &pool{base: base, addr: addr, ahead: ahead, ctx: ctx, cancel: cancel}
}

// RoundTrip sends a request on a free connection. As in net/http, a request that
// met a connection which the host has closed meanwhile is sent on another.
func (p *pool) RoundTrip(req *http.Request) (*http.Response, error) {
	for {
		p.trace(req).GetConn(p.addr)
		c, fresh, err := p.get(req.Context())
		if err != nil {
			if req.Body != nil {
				req.Body.Close()
			}
			return nil, err
		}
		p.trace(req).GotConn(httptrace.GotConnInfo{Reused: !fresh})
		var answered atomic.Bool
		ctx := httptrace.WithClientTrace(req.Context(), &httptrace.ClientTrace{
			GotFirstResponseByte: func() { answered.Store(true) },
		})
		resp, err := c.RoundTrip(req.WithContext(ctx))
		stale := err != nil && !fresh && !answered.Load() && c.Available() == 0
		if !stale || req.Context().Err() != nil || isTimeout(err) {
			return resp, err
		}
		again, rewound := rewind(req)
		if !rewound {
			return nil, err
		}
		req = again
	}
}

// trace returns the recorder's hooks, which net/http calls for its own pool.
func (p *pool) trace(req *http.Request) *httptrace.ClientTrace {
	return httptrace.ContextClientTrace(req.Context())
}

// rewind returns the request as it was before it was sent; false when its body
// cannot be had again.
func rewind(req *http.Request) (*http.Request, bool) {
	if req.Body == nil || req.Body == http.NoBody {
		return req, true
	}
	if req.GetBody == nil {
		return nil, false
	}
	body, err := req.GetBody()
	if err != nil {
		return nil, false
	}
	again := req.Clone(req.Context())
	again.Body = body
	return again, true
}

// get returns a connection that is reserved for a request. fresh reports whether it was
// opened while the request waited. A request that waits while there is no connection
// fails with the next attempt to open a connection, and does not wait for a second
// attempt.
func (p *pool) get(ctx context.Context) (c *conn, fresh bool, err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.waiting++
	defer func() { p.waiting-- }()
	failures := p.failures
	for waited := false; ; waited = true {
		changed := p.changed.next()
		if c := p.free(); c != nil {
			fresh = waited && !c.used
			c.used = true
			return c, fresh, nil
		}
		failed := p.failures > failures
		switch {
		case failed && len(p.conns) == 0:
			return nil, false, p.failure
		case !failed && p.opening < p.waiting && len(p.conns)+p.opening < 1+p.ahead:
			p.open()
		}
		p.mu.Unlock()
		select {
		case <-changed:
		case <-ctx.Done():
		}
		p.mu.Lock()
		if ctx.Err() != nil {
			return nil, false, context.Cause(ctx)
		}
	}
}

// free reserves a connection for a request; nil when all are in use. p.mu is
// held.
func (p *pool) free() *conn {
	p.conns = slices.DeleteFunc(p.conns, func(c *conn) bool { return c.Err() != nil })
	for _, c := range p.conns {
		if c.Reserve() == nil {
			return c
		}
	}
	return nil
}

// open starts to open a connection; the first connection starts the others. p.mu is held.
func (p *pool) open() {
	if p.started {
		p.dial(p.ctx, false)
		return
	}
	p.started = true
	further, enough := context.WithCancel(p.ctx)
	var once sync.Once
	p.dial(httptrace.WithClientTrace(p.ctx, &httptrace.ClientTrace{
		// The host, or the proxy in front of it, accepts connections. What is opened
		// from here on has no handshake behind it when this one's is over.
		TLSHandshakeStart: func() { once.Do(func() { p.dialAhead(further) }) },
		TLSHandshakeDone: func(state tls.ConnectionState, err error) {
			if err != nil || state.NegotiatedProtocol == "h2" {
				enough()
			}
		},
	}), false)
}

func (p *pool) dialAhead(ctx context.Context) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for range p.ahead {
		p.dial(ctx, true)
	}
}

// dial opens a connection in the background. A connection opened ahead may fail while
// another is being opened, because no request waits for it. p.mu is held.
func (p *pool) dial(ctx context.Context, ahead bool) {
	p.opening++
	go func() {
		c, err := p.base.NewClientConn(ctx, "https", p.addr)
		p.mu.Lock()
		defer p.mu.Unlock()
		defer p.changed.wake()
		p.opening--
		switch {
		case err == nil && ctx.Err() == nil:
			c.SetStateHook(func(*http.ClientConn) { p.changed.wake() })
			p.conns = append(p.conns, &conn{ClientConn: c})
		case err == nil:
			c.Close() // not needed any more
		case ctx.Err() == nil && (!ahead || p.opening == 0):
			p.failures, p.failure = p.failures+1, err
		}
	}()
}

// close ends every connection, and those being opened.
func (p *pool) close() {
	p.cancel()
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, c := range p.conns {
		c.Close()
	}
	p.conns = nil
}

// broadcast wakes all waiting goroutines. The zero value is ready for use. It has its own
// lock, because connections report changes while the pool is locked.
type broadcast struct {
	mu sync.Mutex
	ch chan struct{}
}

// next returns a channel that is closed by the next wake.
func (b *broadcast) next() <-chan struct{} {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.ch == nil {
		b.ch = make(chan struct{})
	}
	return b.ch
}

func (b *broadcast) wake() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.ch != nil {
		close(b.ch)
		b.ch = nil
	}
}
