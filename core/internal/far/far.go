// Package far is a network with latency, for tests and benchmarks: a dialer, a
// CONNECT proxy and a listener in memory.
//
// Its cost is counted in round trips: a TCP handshake takes one, and whatever is
// sent takes half of one in either direction. Nothing else takes time, so that
// inside a synctest bubble the elapsed time divided by RTT is the exact number
// of sequential round trips.
package far

import (
	"bufio"
	"bytes"
	"context"
	"net"
	"net/http"
	"time"
)

// Network is a network with latency between the client and everything else.
type Network struct {
	// RTT is the time of one round trip. 0 is no latency.
	RTT time.Duration
	// Near opens a connection without latency.
	Near func(ctx context.Context, network, addr string) (net.Conn, error)
}

// Dial opens a connection with latency. It returns after one round trip, whether
// the connection could be opened or not.
func (n Network) Dial(ctx context.Context, network, addr string) (net.Conn, error) {
	if err := wait(ctx, n.RTT); err != nil {
		return nil, err
	}
	near, err := n.Near(ctx, network, addr)
	if err != nil {
		return nil, err
	}
	client, middle := net.Pipe()
	link(middle, near, n.RTT/2)
	return client, nil
}

// ServeProxy answers CONNECT (RFC 9110 section 9.3.6) on l until l is closed.
// The latency is between the client and the proxy; the proxy is near to every
// host.
func (n Network) ServeProxy(l net.Listener) {
	for {
		conn, err := l.Accept()
		if err != nil {
			return
		}
		go n.tunnel(conn)
	}
}

func (n Network) tunnel(client net.Conn) {
	// Accepting took no time: TCP's handshake is counted here.
	time.Sleep(n.RTT)
	conn, middle := net.Pipe()
	link(client, middle, n.RTT/2)
	defer conn.Close()
	request, err := http.ReadRequest(bufio.NewReader(conn))
	if err != nil || request.Method != http.MethodConnect {
		return
	}
	host, err := n.Near(context.Background(), "tcp", request.Host)
	if err != nil {
		_, _ = conn.Write([]byte("HTTP/1.1 502 Bad Gateway\r\n\r\n"))
		return
	}
	if _, err := conn.Write([]byte("HTTP/1.1 200 Connection established\r\n\r\n")); err != nil {
		host.Close()
		return
	}
	<-link(conn, host, 0)
}

// link copies between a and b until either is closed, and then closes both. The
// channel is closed when both directions are done.
func link(a, b net.Conn, delay time.Duration) <-chan struct{} {
	done, back := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(back)
		carry(a, b, delay)
	}()
	go func() {
		defer close(done)
		carry(b, a, delay)
		<-back
	}()
	return done
}

// packet is data that arrives at its time.
type packet struct {
	due  time.Time
	data []byte
}

// carry copies from src to dst. What is sent while earlier data is under way
// does not wait for its arrival.
func carry(dst, src net.Conn, delay time.Duration) {
	way := make(chan packet, 256)
	go func() {
		defer close(way)
		buffer := make([]byte, 32<<10)
		for {
			n, err := src.Read(buffer)
			// Without data it is the end, which takes as long.
			way <- packet{time.Now().Add(delay), bytes.Clone(buffer[:n])}
			if err != nil {
				return
			}
		}
	}()
	for p := range way {
		time.Sleep(time.Until(p.due))
		if _, err := dst.Write(p.data); err != nil {
			break
		}
	}
	dst.Close()
	src.Close()
	for range way {
	}
}

func wait(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}
