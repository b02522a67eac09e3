package main

import (
	"bufio"
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// trap is a server that misbehaves at one step of a connection. A nil step is done
// correctly; the steps after a step that is set are never reached.
type trap struct {
	// connect handles the request for a tunnel.
	connect func(net.Conn)
	// handshake handles the connection after the tunnel is open.
	handshake func(net.Conn)
	// http1 and h2 handle the connection after the TLS handshake; http1 after it has read
	// a request.
	http1 func(net.Conn)
	h2    func(net.Conn)
}

// trapped starts a proxy in which tr handles the connections to host. reached is closed
// when a connection arrives.
func (f *fakeMicrosoft) trapped(t *testing.T, host string, tr trap) (proxy string, reached <-chan struct{}) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &trapProxy{fake: f, host: host, trap: tr, reached: make(chan struct{}), open: map[net.Conn]bool{}}
	t.Cleanup(func() { _ = l.Close(); p.close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go p.serve(conn)
		}
	}()
	return "http://" + l.Addr().String(), p.reached
}

type trapProxy struct {
	fake    *fakeMicrosoft
	host    string
	trap    trap
	once    sync.Once
	reached chan struct{}

	mu   sync.Mutex
	open map[net.Conn]bool
}

func (p *trapProxy) close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for conn := range p.open {
		_ = conn.Close()
	}
}

func (p *trapProxy) note(conn net.Conn) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.open[conn] = true
}

func (p *trapProxy) serve(conn net.Conn) {
	p.note(conn)
	defer conn.Close()
	r, err := http.ReadRequest(bufio.NewReader(conn))
	if err != nil || r.Method != http.MethodConnect {
		return
	}
	if !strings.HasPrefix(r.Host, p.host) {
		p.pass(conn)
		return
	}
	if p.trap.connect != nil {
		p.hit()
		p.trap.connect(conn)
		return
	}
	fmt.Fprint(conn, "HTTP/1.1 200 OK\r\n\r\n")
	if p.trap.handshake != nil {
		if _, err := conn.Read(make([]byte, 1)); err != nil { // the client sends first
			return
		}
		p.hit()
		p.trap.handshake(conn)
		return
	}
	protocol := "http/1.1"
	if p.trap.h2 != nil {
		protocol = "h2"
	}
	secure := tls.Server(conn, &tls.Config{Certificates: []tls.Certificate{p.fake.leaf}, NextProtos: []string{protocol}})
	defer secure.Close()
	if secure.Handshake() != nil {
		return
	}
	if p.trap.h2 != nil {
		p.hit()
		p.trap.h2(secure)
		return
	}
	if _, err := http.ReadRequest(bufio.NewReader(secure)); err == nil {
		p.hit()
		p.trap.http1(secure)
	}
}

func (p *trapProxy) hit() { p.once.Do(func() { close(p.reached) }) }

// pass connects a tunnel to the fake.
func (p *trapProxy) pass(near net.Conn) {
	far, err := net.Dial("tcp", p.fake.origin)
	if err != nil {
		return
	}
	p.note(far)
	defer far.Close()
	fmt.Fprint(near, "HTTP/1.1 200 OK\r\n\r\n")
	go func() { _, _ = io.Copy(far, near); far.Close() }()
	_, _ = io.Copy(near, far)
}

// full returns the address of a listener that accepts nothing. Its queue is full, so the
// system drops new connections, as a firewall does.
func full(t *testing.T) string {
	t.Helper()
	fd, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM|syscall.SOCK_CLOEXEC, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = syscall.Close(fd) })
	if err := syscall.Bind(fd, &syscall.SockaddrInet4{Addr: [4]byte{127, 0, 0, 1}}); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Listen(fd, 0); err != nil {
		t.Fatal(err)
	}
	name, err := syscall.Getsockname(fd)
	if err != nil {
		t.Fatal(err)
	}
	address := fmt.Sprintf("127.0.0.1:%d", name.(*syscall.SockaddrInet4).Port)
	for range 8 { // fills its queue
		conn, err := net.DialTimeout("tcp", address, 100*time.Millisecond)
		if err != nil {
			return address
		}
		t.Cleanup(func() { _ = conn.Close() })
	}
	t.Fatal("the listener's queue has no end")
	return ""
}
