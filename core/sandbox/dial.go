package sandbox

import (
	"context"
	"fmt"
	"net"
	"net/url"
	"os"
	"strings"
	"syscall"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/transport"
)

// proxyName is the proxy of [Tenant.Proxy].
const proxyName = "proxy." + suffix + ":8080"

// Dial reaches port 443 of any name of the sandbox, and nothing else: the
// sandbox never reaches out, whatever it is asked for.
func (s *Server) Dial(ctx context.Context, network, addr string) (net.Conn, error) {
	host, port, err := net.SplitHostPort(strings.ToLower(addr))
	if err != nil {
		return nil, err
	}
	var dialer net.Dialer
	if addr == proxyName {
		return dialer.DialContext(ctx, "tcp", s.proxyAddr)
	}
	refused := &net.OpError{Op: "dial", Net: network, Err: os.NewSyscallError("connect", syscall.ECONNREFUSED)}
	if !ours(host) {
		return nil, fmt.Errorf("the sandbox does not reach out to %s: %w", host, refused)
	}
	if port != "443" {
		return nil, refused
	}
	tenant := s.now()
	service := serviceOf(&tenant, host)
	switch {
	case service.NoSuchHost:
		return nil, &net.OpError{Op: "dial", Net: network, Err: &net.DNSError{
			Err: "no such host", Name: host, IsNotFound: true,
		}}
	case service.Refused:
		return nil, refused
	case service.BlackHole:
		return nil, s.vanish(ctx, network)
	case service.TLS == TLSNone:
		return dialer.DialContext(ctx, "tcp", s.pageAddr)
	}
	return dialer.DialContext(ctx, "tcp", s.tlsAddr)
}

// vanish waits as for a lost packet. Its patience is shorter than a network's:
// nobody learns anything from the rest.
func (s *Server) vanish(ctx context.Context, network string) error {
	t := time.NewTimer(3 * time.Second)
	defer t.Stop()
	err := os.ErrDeadlineExceeded
	select {
	case <-ctx.Done():
		err = ctx.Err()
	case <-s.closed:
		err = net.ErrClosed
	case <-t.C:
	}
	return &net.OpError{Op: "dial", Net: network, Err: err}
}

// Proxy is the proxy in front of everything, for a transport's proxy setting;
// nil while [Tenant.Proxy] is empty.
func (s *Server) Proxy(*url.URL) (*url.URL, error) {
	if s.now().Proxy == "" {
		return nil, nil
	}
	return &url.URL{Scheme: "http", Host: proxyName}, nil
}

// Transport is how to reach the sandbox: its roots, its network, its proxy.
func (s *Server) Transport() transport.Options {
	return transport.Options{Roots: s.Roots(), Dial: s.Dial, Proxy: s.Proxy}
}
