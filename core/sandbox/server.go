package sandbox

import (
	"context"
	"crypto/rand"
	"crypto/tls"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"
)

// Server is a running sandbox. It serves until [Server.Close]; the zero value
// is not usable, see [Start].
type Server struct {
	authority *authority
	rogue     *authority // no client trusts it
	secret    string
	// microsoftNames is [Tenant.MicrosoftNames] at the start.
	microsoftNames bool

	listeners []net.Listener
	tls, page *http.Server
	proxy     *http.Server
	identity  *http.Server // see identityEndpoint
	gateway   *http.Server // see [Server.Expose], or nil
	pagePort  string
	// Where each of them is reached: "127.0.0.1:41234".
	tlsAddr, pageAddr, proxyAddr, identityAddr string

	serving   sync.WaitGroup
	closed    chan struct{}
	closeOnce sync.Once

	mu       sync.Mutex
	tenant   Tenant
	objects  *objects
	changes  int // see meet
	requests []Request
	codes    map[string]grant // authorization codes that wait to be redeemed
	flows    map[string]*flow // pages that wait for a user
	// refreshes are the refresh tokens of users, devices the device codes.
	refreshes map[string]userGrant
	devices   map[string]*deviceFlow
	// consented are the accounts that have consented for themselves.
	consented  map[string]bool
	arcKeys    map[string]string // keys of Azure Arc, and their files
	middleware func(http.Handler) http.Handler
	// replicatingFrom is the first request that [Organization.Replicating] met; zero
	// before.
	replicatingFrom time.Time
	folder          string // of certificate files, made when first needed
	files           map[Certificate]certificateFile
}

// Start serves a copy of t on loopback; nil is the healthy tenant.
func Start(t *Tenant) (*Server, error) {
	s := &Server{
		secret: SecretOf(ClientID), closed: make(chan struct{}),
		codes: map[string]grant{}, flows: map[string]*flow{}, refreshes: map[string]userGrant{}, devices: map[string]*deviceFlow{}, consented: map[string]bool{}, arcKeys: map[string]string{},
		files: map[Certificate]certificateFile{},
	}
	if t != nil {
		s.tenant, s.microsoftNames = *t, t.MicrosoftNames
	}
	s.objects = seed(s.tenant, time.Now().Add(s.tenant.Clock))
	var err error
	if s.authority, err = newAuthority("Sandbox CA (this computer only)", s.permitted()); err == nil {
		s.rogue, err = newAuthority("Contoso TLS Inspection CA (sandbox)", s.permitted())
	}
	if err != nil {
		return nil, err
	}
	if err := s.serve(); err != nil {
		_ = s.Close()
		return nil, err
	}
	return s, nil
}

// Close ends every connection and removes what was written. It is safe to call
// twice.
func (s *Server) Close() error {
	var errs []error
	s.closeOnce.Do(func() {
		close(s.closed)
		for _, server := range []*http.Server{s.tls, s.page, s.proxy, s.identity, s.gateway} {
			if server != nil {
				errs = append(errs, server.Close())
			}
		}
		for _, l := range s.listeners {
			_ = l.Close()
		}
		s.serving.Wait()
		s.mu.Lock()
		defer s.mu.Unlock()
		for _, path := range s.arcKeys {
			_ = os.Remove(path)
		}
		if s.folder != "" {
			errs = append(errs, os.RemoveAll(s.folder))
		}
	})
	return errors.Join(errs...)
}

// Configure changes the tenant while it is being served. Consent that was given and
// objects that were changed before are forgotten.
func (s *Server) Configure(f func(*Tenant)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f(&s.tenant)
	s.objects = seed(s.tenant, time.Now().Add(s.tenant.Clock))
	s.changes = 0
	clear(s.consented)
	s.replicatingFrom = time.Time{}
}

// Reset makes the tenant healthy, and then changes it.
func (s *Server) Reset(f func(*Tenant)) {
	s.Configure(func(t *Tenant) {
		*t = Tenant{IPv6Only: t.IPv6Only, MicrosoftNames: t.MicrosoftNames}
		f(t)
	})
}

// Use puts middleware around the handlers of every host from the next request
// on; nil removes it. Tests use it to change answers on their way.
func (s *Server) Use(middleware func(http.Handler) http.Handler) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.middleware = middleware
}

// wrapped returns next behind the current middleware.
func (s *Server) wrapped(next http.HandlerFunc) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		middleware := s.middleware
		s.mu.Unlock()
		if middleware == nil {
			next(w, r)
			return
		}
		middleware(next).ServeHTTP(w, r)
	})
}

// now returns a copy of the tenant, with its objects.
func (s *Server) now() Tenant {
	s.mu.Lock()
	defer s.mu.Unlock()
	t := s.tenant
	t.objects = s.objects
	return t
}

// spend lowers a number of requests, and reports whether any was left.
func (s *Server) spend(n func(*Tenant) *int) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	left := n(&s.tenant)
	if *left <= 0 {
		return false
	}
	if *left != Always {
		*left--
	}
	return true
}

// clock is [Server.time] for a caller that holds the lock.
func (s *Server) clock() time.Time { return time.Now().Add(s.tenant.Clock).UTC() }

// time returns the time by the services' clocks.
func (s *Server) time() time.Time { return time.Now().Add(s.now().Clock).UTC() }

// serve opens the listeners, all on loopback: TLS for programs, plain HTTP for a
// browser, which does not know the sandbox's authority, for the proxy and for the
// managed identity.
func (s *Server) serve() error {
	quiet := log.New(io.Discard, "", 0)
	s.tls = s.newTLSServer(quiet)
	s.page = &http.Server{
		Handler: s.wrapped(s.browser), ErrorLog: quiet,
		ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 30 * time.Second, MaxHeaderBytes: 32 << 10,
	}
	s.proxy = &http.Server{
		Handler: s.wrapped(s.demandProxyAuth), ErrorLog: quiet, ReadHeaderTimeout: 10 * time.Second,
	}
	s.identity = &http.Server{
		Handler: s.wrapped(s.identityEndpoint), ErrorLog: quiet, ReadHeaderTimeout: 10 * time.Second, MaxHeaderBytes: 32 << 10,
	}
	for _, l := range []struct {
		server *http.Server
		addr   *string
	}{
		{s.tls, &s.tlsAddr}, {s.page, &s.pageAddr}, {s.proxy, &s.proxyAddr}, {s.identity, &s.identityAddr},
	} {
		opened, err := listen(s.tenant.IPv6Only)
		if err != nil {
			return fmt.Errorf("the sandbox cannot listen on loopback: %w", err)
		}
		s.listeners = append(s.listeners, opened...)
		*l.addr = opened[0].Addr().String()
		for _, one := range opened {
			s.serving.Go(func() {
				if l.server == s.tls {
					_ = l.server.ServeTLS(one, "", "")
				} else {
					_ = l.server.Serve(one)
				}
			})
		}
	}
	_, s.pagePort, _ = net.SplitHostPort(s.pageAddr)
	return nil
}

// newTLSServer returns a server that answers under the names of the services.
func (s *Server) newTLSServer(l *log.Logger) *http.Server {
	dispatch := http.HandlerFunc(s.dispatch)
	if s.microsoftNames {
		dispatch = exchangeNames(s.dispatch)
	}
	return &http.Server{
		Handler: s.wrapped(dispatch), ErrorLog: l,
		ReadHeaderTimeout: 10 * time.Second, MaxHeaderBytes: 64 << 10,
		TLSConfig: &tls.Config{MinVersion: tls.VersionTLS12, GetConfigForClient: s.handshake, NextProtos: []string{"h2", "http/1.1"}},
	}
}

// listen takes a port on 127.0.0.1, and the same on ::1 where it is free.
func listen(onlyIPv6 bool) ([]net.Listener, error) {
	var l net.ListenConfig
	ctx := context.Background()
	if onlyIPv6 {
		six, err := l.Listen(ctx, "tcp6", "[::1]:0")
		if err != nil {
			return nil, err
		}
		return []net.Listener{six}, nil
	}
	four, err := l.Listen(ctx, "tcp4", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	port := four.Addr().(*net.TCPAddr).Port
	if six, err := l.Listen(ctx, "tcp6", "[::1]:"+strconv.Itoa(port)); err == nil {
		return []net.Listener{four, six}, nil
	}
	return []net.Listener{four}, nil
}

// dispatch finds the service by the Host header, which must be the name that
// TLS was asked for.
func (s *Server) dispatch(w http.ResponseWriter, r *http.Request) {
	host := strings.ToLower(strings.TrimSuffix(r.Host, ":443"))
	rec := s.record(w, r, host)
	defer rec.done()
	rec.Header().Set("Date", s.time().Format(http.TimeFormat))
	if r.TLS == nil || !strings.EqualFold(s.Renamed(r.TLS.ServerName), host) {
		http.Error(rec, "Misdirected request", http.StatusMisdirectedRequest)
		return
	}
	serve := s.dataverse
	switch host {
	case LoginHost, GovLoginHost:
		serve = s.entra
	case GraphHost, govGraphHost:
		serve = s.graph
	case AdminAPIHost:
		serve = s.adminAPI
	case armHost:
		serve = s.arm
	case gitHubHost:
		serve = s.gitHub
	case devOpsHost:
		serve = s.devOps
	case gitHubIssuerHost, devOpsIssuerHost, clusterHost:
		serve = s.issuer
	}
	s.behind(rec, r, host, serve)
}

// serviceOf returns the faults of a host: of the environments only Contoso's has any.
func serviceOf(t *Tenant, host string) *Service {
	switch {
	case host == LoginHost:
		return &t.Login.Service
	case host == GraphHost:
		return &t.Graph.Service
	case host == gitHubHost || host == devOpsHost:
		return &t.Federation.Service
	case host == metadataAddress:
		return &t.Identity.Service
	case organizationOf(host) == contosoOrg:
		return &t.Environment.Service
	}
	// The others speak what Contoso's environment speaks.
	return &Service{HTTP1: t.Environment.HTTP1}
}

func random(n int) []byte {
	b := make([]byte, n)
	_, _ = rand.Read(b) // never fails since Go 1.24
	return b
}

func randomText() string { return base64.RawURLEncoding.EncodeToString(random(32)) }

func newID() string { return uuid.NewString() }
