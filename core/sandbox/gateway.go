package sandbox

import (
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Expose starts an HTTP proxy for other programs, on 127.0.0.1, which leads to
// [Server.Hosts] and refuses every other name. Port 0 takes a free port. The proxy
// ends with [Server.Close]. Expose may be called once.
func (s *Server) Expose(port int) (proxy *url.URL, err error) {
	l, err := net.Listen("tcp4", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
	if err != nil {
		return nil, err
	}
	s.listeners = append(s.listeners, l)
	s.gateway = &http.Server{
		Handler: http.HandlerFunc(s.tunnel), ErrorLog: log.New(io.Discard, "", 0), ReadHeaderTimeout: 10 * time.Second,
	}
	s.serving.Go(func() { _ = s.gateway.Serve(l) })
	return &url.URL{Scheme: "http", Host: l.Addr().String()}, nil
}

// tunnel serves CONNECT (RFC 9110 section 9.3.6) to the sandbox's hosts.
func (s *Server) tunnel(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodConnect {
		w.Header().Set("Allow", http.MethodConnect)
		http.Error(w, "The sandbox's proxy knows CONNECT only.", http.StatusMethodNotAllowed)
		return
	}
	host, port, err := net.SplitHostPort(strings.ToLower(r.Host))
	if err != nil || port != "443" || !s.serves(host) {
		http.Error(w, "The sandbox's proxy leads to the sandbox only.", http.StatusForbidden)
		return
	}
	if s.now().Proxy != "" {
		s.demandProxyAuth(w, r)
		return
	}
	far, err := s.Dial(r.Context(), "tcp", net.JoinHostPort(s.Renamed(host), port))
	if err != nil {
		http.Error(w, "The sandbox's proxy cannot reach the host.", dialStatus(err))
		return
	}
	s.relay(w, far)
}

// dialStatus returns the status with which a proxy reports that it could not
// connect.
func dialStatus(err error) int {
	if errors.Is(err, os.ErrDeadlineExceeded) {
		return http.StatusGatewayTimeout
	}
	return http.StatusBadGateway
}

// relay answers 200 and copies both ways until either side or the sandbox ends.
func (s *Server) relay(w http.ResponseWriter, far net.Conn) {
	near, buffered, err := http.NewResponseController(w).Hijack()
	if err != nil {
		_ = far.Close()
		return
	}
	end := sync.OnceFunc(func() { _, _ = near.Close(), far.Close() })
	defer end()
	sent := make(chan struct{})
	go func() {
		defer close(sent)
		_, _ = io.Copy(far, buffered)
	}()
	go func() {
		select {
		case <-sent:
		case <-s.closed:
		}
		end()
	}()
	if _, err := io.WriteString(near, "HTTP/1.1 200 OK\r\n\r\n"); err == nil {
		_, _ = io.Copy(near, far)
	}
}

// CertificateFile writes the certificate of the sandbox's authority as PEM and
// returns the path. Its key never leaves memory. The file is for its owner
// alone and lives until [Server.Close].
func (s *Server) CertificateFile() (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	folder, err := s.privateFolder()
	if err != nil {
		return "", fmt.Errorf("the certificate of the sandbox cannot be written: %w", err)
	}
	path := filepath.Join(folder, "sandbox-ca.pem")
	return path, os.WriteFile(path, s.authority.pem(), 0o600)
}
