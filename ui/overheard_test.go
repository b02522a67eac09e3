package ui

import (
	"bytes"
	"io"
	"net/http"
	"net/url"
	"sync"
)

// overheard is a network that records a member of the token requests.
type overheard struct {
	member string
	next   http.RoundTripper

	mu   sync.Mutex
	sent string
}

// value returns the member of the last request that had it, or "".
func (o *overheard) value() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.sent
}

func (o *overheard) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Body != nil {
		raw, err := io.ReadAll(r.Body)
		if err != nil {
			return nil, err
		}
		r.Body = io.NopCloser(bytes.NewReader(raw))
		if form, err := url.ParseQuery(string(raw)); err == nil && form.Get(o.member) != "" {
			o.mu.Lock()
			o.sent = form.Get(o.member)
			o.mu.Unlock()
		}
	}
	return o.next.RoundTrip(r)
}
