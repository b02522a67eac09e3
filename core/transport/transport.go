// Package transport is the one constructor of HTTP clients.
//
// Every request of the program goes through a [Client]. It promises: TLS 1.2 or
// better, verified; the proxy that the environment names; no redirect followed;
// bounded time and bounded bodies, for MSAL too; a bearer token attached in one
// place and only for the host it was issued for; and a record of every exchange
// from which secrets and tokens are gone before anyone can read it.
package transport

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"net"
	"net/http"
	"net/url"
	"sync"
	"time"

	"golang.org/x/net/http/httpproxy"

	"github.com/s2sdoctor/s2sdoctor/core/redact"
)

// Time limits. A call that outlives them ends as [Timeout].
const (
	dialTime   = 10 * time.Second
	tlsTime    = 10 * time.Second
	headerTime = 30 * time.Second
	callTime   = 60 * time.Second
)

// maxHeaders is the size in bytes past which the head of a response is refused.
const maxHeaders = 64 << 10

// Options are the settings of the network. The zero value is right outside tests and the
// sandbox.
type Options struct {
	// Roots are the trusted authorities; nil means the operating system's.
	Roots *x509.CertPool
	// Dial replaces the network; nil means the real one. With it the computer's
	// proxies do not count: the dialer decides the way.
	Dial func(ctx context.Context, network, addr string) (net.Conn, error)
	// Proxy finds the proxy of a URL; nil means HTTPS_PROXY and NO_PROXY, and
	// otherwise the operating system's setting.
	Proxy func(*url.URL) (*url.URL, error)
	// Replay replaces network and TLS alike, for the replay of recorded answers;
	// nil means the real ones.
	Replay http.RoundTripper
	// Wait sleeps between tries; nil means a timer that ends with its context.
	Wait func(ctx context.Context, d time.Duration) error
}

// Client sends requests and keeps the record of them. It serves one
// examination; the zero value is not usable, see [New].
type Client struct {
	base *http.Transport
	// local reaches this computer and link-local addresses, without a proxy.
	local *http.Transport
	// replay replaces base if it is not nil.
	replay http.RoundTripper
	wait   func(context.Context, time.Duration) error

	opened  *connections
	secrets redact.Set
	// long is full while a long body is being read and redacted.
	long chan struct{}

	mu        sync.Mutex
	exchanges []*Exchange
	pools     map[string]*pool // by host:port
}

// New makes a client. Call [Client.Close] when done with it.
func New(o Options) *Client {
	base := &http.Transport{
		DialContext:           (&net.Dialer{Timeout: dialTime}).DialContext,
		TLSClientConfig:       newTLS(o),
		TLSHandshakeTimeout:   tlsTime,
		ResponseHeaderTimeout: headerTime,
		// Without it a custom TLS configuration would switch HTTP/2 off.
		ForceAttemptHTTP2:      true,
		MaxResponseHeaderBytes: maxHeaders,
		OnProxyConnectResponse: refusedByProxy,
	}
	if o.Dial != nil {
		base.DialContext = o.Dial
	}
	opened := &connections{open: map[*connection]bool{}}
	base.DialContext = opened.dialer(base.DialContext)
	c := &Client{base: base, local: newLocal(o, opened), opened: opened, replay: o.Replay, wait: o.Wait, long: make(chan struct{}, 1), pools: map[string]*pool{}}
	base.Proxy = c.proxyOf(o)
	if c.wait == nil {
		c.wait = sleep
	}
	return c
}

// newLocal is the way to the endpoints of managed identities.
func newLocal(o Options, opened *connections) *http.Transport {
	local := &http.Transport{
		DialContext:            (&net.Dialer{Timeout: identityDial, Control: onlyLocal}).DialContext,
		TLSClientConfig:        newTLS(o),
		TLSHandshakeTimeout:    identityDial,
		ResponseHeaderTimeout:  headerTime,
		MaxResponseHeaderBytes: maxHeaders,
	}
	if o.Dial != nil {
		local.DialContext = o.Dial
	}
	local.DialContext = opened.dialer(local.DialContext)
	return local
}

func newTLS(o Options) *tls.Config {
	return &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: o.Roots}
}

// send sends one request and reads the whole response. It uses no [http.Client]:
// that would follow redirects, and quotes a Location that it cannot parse. The
// error is always a *Error.
func (c *Client) send(req *http.Request) (*http.Response, error) { return recorder{c}.RoundTrip(req) }

// Close ends the client's connections; call it after the last request. It is safe
// to call twice.
func (c *Client) Close() {
	c.closePools()
	c.base.CloseIdleConnections()
	c.local.CloseIdleConnections()
	c.opened.close()
}

// Exchanges is the record so far, in the order the requests began.
func (c *Client) Exchanges() []Exchange {
	c.mu.Lock()
	defer c.mu.Unlock()
	out := make([]Exchange, len(c.exchanges))
	for i, e := range c.exchanges {
		out[i] = *e
	}
	return out
}

func (c *Client) proxyOf(o Options) func(*http.Request) (*url.URL, error) {
	find := o.Proxy
	switch {
	case find == nil && o.Dial != nil:
		return nil
	case find == nil:
		find = environmentProxy()
	}
	return func(r *http.Request) (*url.URL, error) {
		proxy, err := find(r.URL)
		c.addProxySecret(proxy)
		return proxy, err
	}
}

// environmentProxy is read again for each client: Go's own reads the environment
// once per process.
func environmentProxy() func(*url.URL) (*url.URL, error) {
	named := httpproxy.FromEnvironment()
	if named.HTTPSProxy == "" && named.HTTPProxy == "" {
		return systemProxy
	}
	return named.ProxyFunc()
}

func sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}
