package sandbox

import (
	"net/http"
	"net/url"
	"time"
)

// maxRecorded bounds the record of a sandbox that is left running.
const maxRecorded = 2000

// Request is a request that arrived, without its secrets.
type Request struct {
	At     time.Time
	Proto  string
	Host   string
	Method string
	Path   string
	// Query is the query, parsed.
	Query url.Values
	// Authorization is the scheme alone: "Bearer", "Basic", "".
	Authorization string
	// Grant is grant_type, where a token was asked for.
	Grant string
	// Status is that of the response; 0 without a response.
	Status int
}

// Requests returns those that arrived, in order.
func (s *Server) Requests() []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Request(nil), s.requests...)
}

// recorder records a request when it arrives, and its status with the response.
type recorder struct {
	http.ResponseWriter
	server *Server
	index  int
	status int
}

func (s *Server) record(w http.ResponseWriter, r *http.Request, host string) *recorder {
	scheme, _, _ := cutAuthorization(r)
	s.mu.Lock()
	defer s.mu.Unlock()
	rec := &recorder{ResponseWriter: w, server: s, index: -1}
	if len(s.requests) < maxRecorded {
		rec.index = len(s.requests)
		s.requests = append(s.requests, Request{
			At: time.Now(), Proto: r.Proto, Host: host, Method: r.Method, Path: r.URL.Path, Query: r.URL.Query(),
			Authorization: scheme,
		})
	}
	return rec
}

func (r *recorder) grant(name string) { r.note(func(req *Request) { req.Grant = name }) }

func (r *recorder) note(f func(*Request)) {
	r.server.mu.Lock()
	defer r.server.mu.Unlock()
	if r.index >= 0 {
		f(&r.server.requests[r.index])
	}
}

// WriteHeader implements [http.ResponseWriter].
func (r *recorder) WriteHeader(status int) {
	if r.status == 0 {
		r.status = status
	}
	r.ResponseWriter.WriteHeader(status)
}

// Write implements [http.ResponseWriter].
func (r *recorder) Write(b []byte) (int, error) {
	if r.status == 0 {
		r.status = http.StatusOK
	}
	return r.ResponseWriter.Write(b)
}

// Unwrap serves [http.ResponseController].
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }

func (r *recorder) done() { r.note(func(req *Request) { req.Status = r.status }) }
