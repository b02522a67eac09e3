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

// Dial connects to port 443 of any name of the sandbox and to the endpoint of the
// managed identity, and to nothing else.
func (s *Server) Dial(ctx context.Context, network, addr string) (net.Conn, error) {
	host, port, err := net.SplitHostPort(strings.ToLower(addr))
	if err != nil {
		return nil, err
	}
	var dialer net.Dialer
	if addr == proxyName {
		return dialer.DialContext(ctx, "tcp", s.proxyAddr)
	}
	if addr == metadataAddress || addr == s.identityAddr {
		return s.dialIdentity(ctx, network)
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
		return nil, s.dropPackets(ctx, network)
	case service.TLS == TLSNone:
		return dialer.DialContext(ctx, "tcp", s.pageAddr)
	}
	return dialer.DialContext(ctx, "tcp", s.tlsAddr)
}

// dropPackets waits as for a lost packet, shorter than a network would.
func (s *Server) dropPackets(ctx context.Context, network string) error {
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

// dialIdentity connects to the endpoint of the managed identity.
func (s *Server) dialIdentity(ctx context.Context, network string) (net.Conn, error) {
	var dialer net.Dialer
	switch i := s.now().Identity; {
	case i.NoEndpoint:
		return nil, &net.OpError{Op: "dial", Net: network, Err: os.NewSyscallError("connect", syscall.EHOSTUNREACH)}
	case i.Refused:
		return nil, &net.OpError{Op: "dial", Net: network, Err: os.NewSyscallError("connect", syscall.ECONNREFUSED)}
	case i.BlackHole:
		return nil, s.dropPackets(ctx, network)
	}
	return dialer.DialContext(ctx, "tcp", s.identityAddr)
}

// Proxy returns the proxy in front of every host, for a transport's proxy setting;
// nil while [Tenant.Proxy] is empty.
func (s *Server) Proxy(*url.URL) (*url.URL, error) {
	if s.now().Proxy == "" {
		return nil, nil
	}
	return &url.URL{Scheme: "http", Host: proxyName}, nil
}

// Transport returns the options to reach the sandbox: roots, network, proxy.
func (s *Server) Transport() transport.Options {
	return transport.Options{Roots: s.Roots(), Dial: s.Dial, Proxy: s.Proxy}
}
