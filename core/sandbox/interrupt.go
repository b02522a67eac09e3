package sandbox

import (
	"net/http"
	"strings"
)

// interrupted serves a request, unless [Tenant.Interrupt] is about it.
func (s *Server) interrupted(w http.ResponseWriter, r *http.Request, host string, serve func(http.ResponseWriter, *http.Request)) {
	in, hit := s.meet(r, host)
	if !hit {
		serve(w, r)
		return
	}
	if in.After {
		serve(&unheard{header: http.Header{}}, r)
	}
	switch in.Status {
	case 0:
		panic(http.ErrAbortHandler)
	case http.StatusTooManyRequests:
		s.retryAfter(w, &Service{RetryAfter: 1}, 0)
		throttled(w, host)
	case http.StatusServiceUnavailable:
		overloaded(w, host)
	default:
		failed(w, host, in.Status)
	}
}

// meet counts a request that changes something, and reports whether it is to be
// interrupted.
func (s *Server) meet(r *http.Request, host string) (Interruption, bool) {
	directory := host == GraphHost || host == AdminAPIHost
	if r.Method == http.MethodGet || r.Method == http.MethodHead || !directory && (organizationOf(host) == nil || !strings.HasPrefix(r.URL.Path, "/api/")) {
		return Interruption{}, false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.changes++
	in := s.tenant.Interrupt
	return in, in.Number == s.changes || in.Every && s.changes%2 == 1
}

// Changes returns how many requests have arrived, since the tenant was configured,
// that change something of Graph or of an environment.
func (s *Server) Changes() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.changes
}

// failed is an unexpected failure as each service words it.
//
// Guess: the text of Graph's.
func failed(w http.ResponseWriter, host string, status int) {
	if host == GraphHost {
		writeJSON(w, status, object{{"error", object{{"code", "InternalServerError"}, {"message", "Unexpected exception occurred while processing the request."}}}})
		return
	}
	writeJSON(w, status, object{{"error", object{{"code", "0x80040216"}, {"message", "An unexpected error occurred."}}}})
}

// unheard is where a response goes that never arrives.
type unheard struct{ header http.Header }

// Header implements [http.ResponseWriter].
func (u *unheard) Header() http.Header { return u.header }

// Write implements [http.ResponseWriter].
func (u *unheard) Write(b []byte) (int, error) { return len(b), nil }

// WriteHeader implements [http.ResponseWriter].
func (u *unheard) WriteHeader(int) {}
