package sandbox

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

// behind serves a host behind its faults.
func (s *Server) behind(w *recorder, r *http.Request, host string, serve func(http.ResponseWriter, *http.Request)) {
	tenant := s.now()
	faults := serviceOf(&tenant, host)
	if !s.pause(r, faults.Latency) {
		return
	}
	switch {
	case faults.Hang:
		s.pause(r, time.Duration(1<<62))
	case faults.Reset:
		panic(http.ErrAbortHandler)
	case faults.HTML:
		portalPage(w)
	case faults.RedirectTo != "":
		w.Header().Set("Location", faults.RedirectTo)
		w.WriteHeader(http.StatusFound)
	case faults.Truncated:
		s.truncated(w)
	case faults.Endless:
		s.endless(w, r, 0)
	case faults.Drip:
		s.endless(w, r, 200*time.Millisecond)
	case faults.GzipBomb:
		gzipBomb(w, r)
	case s.spend(func(t *Tenant) *int { return &serviceOf(t, host).Throttled }):
		s.retryAfter(w, faults, time.Second)
		throttled(w, host)
	case s.spend(func(t *Tenant) *int { return &serviceOf(t, host).Unavailable }):
		s.retryAfter(w, faults, 0)
		overloaded(w, host)
	default:
		s.interrupted(w, r, host, serve)
	}
}

// pause waits, and reports whether neither request nor sandbox ended first.
func (s *Server) pause(r *http.Request, d time.Duration) bool {
	if d <= 0 {
		return true
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-r.Context().Done():
	case <-s.closed:
	}
	return false
}

// retryAfter is RFC 9110 section 10.2.3, in either of its forms.
func (s *Server) retryAfter(w http.ResponseWriter, faults *Service, otherwise time.Duration) {
	wait := faults.RetryAfter
	if wait == 0 {
		wait = otherwise
	}
	switch {
	case wait == 0:
	case faults.RetryAfterDate:
		w.Header().Set("Retry-After", s.time().Add(wait).Format(http.TimeFormat))
	default:
		w.Header().Set("Retry-After", strconv.Itoa(int(wait.Round(time.Second)/time.Second)))
	}
}

// throttled is 429 as each service words it.
func throttled(w http.ResponseWriter, host string) {
	switch {
	case strings.HasPrefix(host, "login."):
		writeJSON(w, http.StatusTooManyRequests, object{
			{"error", "temporarily_unavailable"},
			{"error_description", "AADSTS90055: The server has terminated the request because the tenant has exceeded the number of requests."},
			{"error_codes", []int{90055}},
		})
	case strings.HasPrefix(host, "graph."):
		writeJSON(w, http.StatusTooManyRequests, object{{"error", object{{"code", "TooManyRequests"}, {"message", "Too many requests."}}}})
	case host == metadataAddress:
		// Guess: no public record has the body.
		writeJSON(w, http.StatusTooManyRequests, object{{"error", "throttled"}, {"error_description", "API rate limits have been exceeded."}})
	case host == gitHubHost || host == devOpsHost:
		// Guess: no public record has the body.
		writeJSON(w, http.StatusTooManyRequests, object{{"message", "Too many requests."}})
	default:
		writeJSON(w, http.StatusTooManyRequests, object{{"error", object{
			{"code", "0x80072322"},
			{"message", "Number of requests exceeded the limit of 6000 over time window of 300 seconds."},
		}}})
	}
}

// overloaded is 503 as each service words it.
func overloaded(w http.ResponseWriter, host string) {
	if strings.HasPrefix(host, "login.") {
		writeJSON(w, http.StatusServiceUnavailable, object{
			{"error", "temporarily_unavailable"},
			{"error_description", "AADSTS90033: A transient error has occurred. Please try again."},
			{"error_codes", []int{90033}},
		})
		return
	}
	unavailable(w)
}

// unavailable is the response of a gateway in front of a service.
//
// Source: the recorded message afd-503.
func unavailable(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "text/html")
	w.Header().Set("X-Azure-Ref", "0"+b64(random(40)))
	w.WriteHeader(http.StatusServiceUnavailable)
	_, _ = fmt.Fprint(w, "<h2>Our services aren't available right now</h2><p>We're working to restore all services as soon as possible. Please check back soon.</p>")
}

// portalPage is a captive portal's answer to everything: success, in HTML.
func portalPage(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = fmt.Fprint(w, "<!DOCTYPE html><html><head><title>Guest network (sandbox)</title></head><body><h1>Welcome to the guest network</h1><p>Accept the terms of use to go on.</p></body></html>")
}

// truncated promises more than it sends.
func (s *Server) truncated(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Content-Length", "4096")
	w.WriteHeader(http.StatusOK)
	_, _ = fmt.Fprint(w, `{"@odata.context":"https://contoso.crm4.`)
	_ = http.NewResponseController(w).Flush()
	panic(http.ErrAbortHandler)
}

// endless sends a JSON string without end: as fast as it is read, or drop by
// drop.
func (s *Server) endless(w http.ResponseWriter, r *http.Request, gap time.Duration) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	chunk := []byte(strings.Repeat("a", 32<<10))
	if gap > 0 {
		chunk = chunk[:1]
	}
	_, err := fmt.Fprint(w, `{"value":"`)
	flush := http.NewResponseController(w)
	for err == nil {
		if !s.pause(r, gap) || r.Context().Err() != nil {
			return
		}
		if _, err = w.Write(chunk); err == nil && gap > 0 {
			err = flush.Flush()
		}
	}
}

// gzipBomb writes 64 MiB in some 64 KiB, to clients that accept gzip.
func gzipBomb(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	if !strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		_, _ = fmt.Fprint(w, `{"value":"`)
		return
	}
	w.Header().Set("Content-Encoding", "gzip")
	_, _ = w.Write(bomb())
}

// bomb is a JSON string of 64 MiB without an end, packed.
var bomb = sync.OnceValue(func() []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	chunk := []byte(strings.Repeat("a", 64<<10))
	_, _ = fmt.Fprint(z, `{"value":"`)
	for range 1024 {
		_, _ = z.Write(chunk)
	}
	_ = z.Close()
	return b.Bytes()
})
