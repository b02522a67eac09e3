package transport_test

import (
	"bytes"
	"context"
	"crypto/x509"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/internal/far"
	"github.com/s2sdoctor/s2sdoctor/core/transport"
)

// remote is a service one second away, and its client. Everything is in memory, so that
// in a bubble only the network takes time.
type remote struct {
	client *transport.Client
	// dials counts the requested connections, open the open connections; most is the
	// largest value of open.
	dials, open, most atomic.Int32

	mu    sync.Mutex
	conns []net.Conn
}

const (
	away  = time.Second
	there = "https://example.com/"
)

// connect starts the service in the bubble. dial opens the nth connection, from 1; nil
// opens it in the usual way.
func connect(t *testing.T, http1 bool, h http.HandlerFunc, dial func(ctx context.Context, n int32) (net.Conn, error)) *remote {
	t.Helper()
	l := far.Listen()
	server := httptest.NewUnstartedServer(h)
	server.Listener.Close()
	server.Listener, server.EnableHTTP2, server.Config.ErrorLog = l, !http1, quiet()
	server.StartTLS()
	roots := x509.NewCertPool()
	roots.AddCert(server.Certificate())
	r := &remote{}
	network := far.Network{RTT: away, Near: l.Dial}
	r.client = transport.New(transport.Options{Roots: roots, Wait: noWait, Dial: func(ctx context.Context, name, addr string) (net.Conn, error) {
		n := r.dials.Add(1)
		if dial != nil {
			if conn, err := dial(ctx, n); conn != nil || err != nil {
				return conn, err
			}
		}
		conn, err := network.Dial(ctx, name, addr)
		if err != nil {
			return nil, err
		}
		return r.count(conn), nil
	}})
	t.Cleanup(func() {
		r.client.Close()
		time.Sleep(away) // the connections are being closed
		server.Close()
		time.Sleep(away)
		if n := r.open.Load(); n != 0 {
			t.Errorf("%d connections are still open", n)
		}
	})
	return r
}

func (r *remote) count(conn net.Conn) net.Conn {
	n := r.open.Add(1)
	for old := r.most.Load(); n > old && !r.most.CompareAndSwap(old, n); old = r.most.Load() {
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.conns = append(r.conns, conn)
	return &counted{Conn: conn, closed: func() { r.open.Add(-1) }}
}

// cut closes every connection, as a host does after its idle timeout.
func (r *remote) cut() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, c := range r.conns {
		c.Close()
	}
}

type counted struct {
	net.Conn
	once   sync.Once
	closed func()
}

func (c *counted) Close() error {
	c.once.Do(c.closed)
	return c.Conn.Close()
}

// first sends the request that opens three connections in advance.
func (r *remote) first(ctx context.Context) *transport.Error {
	_, err := r.client.Do(transport.WithConnectionsAhead(ctx, 3), transport.Request{Method: http.MethodGet, URL: there, Header: http.Header{}})
	return transport.AsError(err)
}

// together sends n requests in parallel and returns how long they took.
func (r *remote) together(t *testing.T, n int) time.Duration {
	t.Helper()
	start := time.Now()
	var all sync.WaitGroup
	for range n {
		all.Go(func() {
			_, err := r.client.Do(t.Context(), transport.Request{Method: http.MethodPost, URL: there, Header: http.Header{}, Body: []byte("whole")})
			if err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	return time.Since(start)
}

func answer(w http.ResponseWriter, r *http.Request) {
	if body, err := io.ReadAll(r.Body); err != nil || r.Method == http.MethodPost && !bytes.Equal(body, []byte("whole")) {
		http.Error(w, "not the whole body", http.StatusBadRequest)
		return
	}
	fmt.Fprint(w, "{}")
}

func TestConnectionsOpenedAhead(t *testing.T) {
	for _, tc := range []struct {
		name              string
		http1             bool
		then              time.Duration // between the first response and the other requests
		together          int
		connections, took int // in round trips
	}{
		{"HTTP/1.1", true, away, 4, 4, 1},
		{"HTTP/1.1, while they are being opened", true, 0, 4, 4, 1},
		{"HTTP/1.1, more requests than connections", true, away, 10, 4, 3},
		{"HTTP/2 needs one", false, 0, 10, 1, 1},
	} {
		t.Run(tc.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				r := connect(t, tc.http1, answer, nil)
				if f := r.first(t.Context()); f != nil {
					t.Fatal(f)
				}
				time.Sleep(tc.then)
				took := r.together(t, tc.together)
				if want := time.Duration(tc.took) * away; took != want {
					t.Errorf("took %s, want %s", took, want)
				}
				if got := int(r.most.Load()); got > 4 || tc.http1 && got != tc.connections {
					t.Errorf("%d connections at once, want %d", got, tc.connections)
				}
				if !tc.http1 {
					time.Sleep(away)
					if got := int(r.open.Load()); got != tc.connections {
						t.Errorf("%d connections are kept, want %d", got, tc.connections)
					}
				}
			})
		})
	}
}

// TestAheadFailsSilently guards against a diagnosis of a connection that no request
// needed.
func TestAheadFailsSilently(t *testing.T) {
	for name, fail := range map[string]func(context.Context) error{
		"refused": func(context.Context) error { return refused() },
		"no answer": func(ctx context.Context) error {
			select {
			case <-ctx.Done():
				return ctx.Err()
			case <-time.After(10 * time.Second):
				return os.ErrDeadlineExceeded
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				r := connect(t, true, answer, func(ctx context.Context, n int32) (net.Conn, error) {
					if n > 1 {
						return nil, fail(ctx)
					}
					return nil, nil
				})
				if f := r.first(t.Context()); f != nil {
					t.Fatal(f)
				}
				// One after the other on the existing connection.
				if took := r.together(t, 4); took != 4*away {
					t.Errorf("took %s, want %s", took, 4*away)
				}
				for _, e := range r.client.Exchanges() {
					if e.Err != nil || e.Status != http.StatusOK {
						t.Errorf("exchange %d: %d, %v", e.Number, e.Status, e.Err)
					}
				}
			})
		})
	}
}

func TestFirstConnectionFails(t *testing.T) {
	for name, fail := range map[string]func(client net.Conn) error{
		"refused": func(net.Conn) error { return refused() },
		"in the handshake": func(client net.Conn) error {
			client.Close()
			return nil
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				r := connect(t, true, answer, func(_ context.Context, n int32) (net.Conn, error) {
					time.Sleep(away)
					if n > 1 {
						time.Sleep(time.Minute)
					}
					client, _ := net.Pipe()
					return client, fail(client)
				})
				start := time.Now()
				f := r.first(t.Context())
				if f == nil {
					t.Fatal("no failure")
				}
				if took := time.Since(start); took > away {
					t.Errorf("failed after %s, want %s: %v", took, away, f)
				}
				if n := len(r.client.Exchanges()); n != 1 {
					t.Errorf("%d exchanges, want 1", n)
				}
				time.Sleep(2 * time.Minute)
			})
		})
	}
}

// TestAheadSharesItsFailure guards against waiting for a host twice: a request without a
// connection fails together with the connections that are being opened.
func TestAheadSharesItsFailure(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const patience = 10 * time.Second
		r := connect(t, true, answer, func(_ context.Context, n int32) (net.Conn, error) {
			if n == 1 {
				return nil, nil
			}
			time.Sleep(patience)
			return nil, &net.OpError{Op: "dial", Err: os.ErrDeadlineExceeded}
		})
		if f := r.first(t.Context()); f != nil {
			t.Fatal(f)
		}
		r.cut()
		synctest.Wait()
		start := time.Now()
		_, f := get(t, r.client, there)
		if f == nil || f.Kind != transport.Timeout {
			t.Errorf("got %v, want a timeout", f)
		}
		if took := time.Since(start); took > patience {
			t.Errorf("failed after %s, want at most %s", took, patience)
		}
	})
}

// TestClosedWhileIdle guards requests on a connection that the host has closed.
func TestClosedWhileIdle(t *testing.T) {
	for _, http1 := range []bool{true, false} {
		t.Run(fmt.Sprintf("http1=%v", http1), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				r := connect(t, http1, answer, nil)
				if f := r.first(t.Context()); f != nil {
					t.Fatal(f)
				}
				time.Sleep(5 * away)
				r.cut()
				r.together(t, 4)
			})
		})
	}
}

// TestCutConnectionIsNotRetried guards against a second request to a host that closes
// connections instead of responding.
func TestCutConnectionIsNotRetried(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var requests atomic.Int32
		r := connect(t, true, func(http.ResponseWriter, *http.Request) {
			requests.Add(1)
			panic(http.ErrAbortHandler)
		}, nil)
		f := r.first(t.Context())
		if f == nil || f.Kind != transport.Broken || requests.Load() != 1 {
			t.Errorf("got %v after %d requests, want the failure of the only one", f, requests.Load())
		}
	})
}

func TestCancelWhileOpening(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := connect(t, true, answer, nil)
		ctx, cancel := context.WithTimeout(t.Context(), away*5/2)
		defer cancel()
		start := time.Now()
		f := r.first(ctx)
		if f == nil || f.Kind != transport.Timeout {
			t.Errorf("got %v, want a timeout", f)
		}
		if took := time.Since(start); took != away*5/2 {
			t.Errorf("ended after %s", took)
		}
		r.client.Close()
		time.Sleep(3 * away)
		if n := r.open.Load(); n != 0 {
			t.Errorf("%d connections are open after Close", n)
		}
	})
}

func refused() error {
	return &net.OpError{Op: "dial", Err: os.NewSyscallError("connect", syscall.ECONNREFUSED)}
}
