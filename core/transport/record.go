package transport

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/plain"
)

// recorder sends a request, reads the whole response within its limits, and records both.
// Because it reads here rather than in the caller, a body that never ends or never
// arrives is reported as an error of the network, and every call has the same limits,
// including MSAL's.
type recorder struct{ c *Client }

// RoundTrip returns a *Error for everything that is not an answer.
func (r recorder) RoundTrip(req *http.Request) (*http.Response, error) {
	e := r.c.begin(req)
	ctx, cancel := context.WithTimeout(req.Context(), callTime)
	defer cancel()
	ctx, give := context.WithCancelCause(ctx)
	defer give(nil)
	var asked time.Time
	connections := 0
	trace := &httptrace.ClientTrace{
		GetConn: func(string) { asked = time.Now() },
		GotConn: func(info httptrace.GotConnInfo) {
			if info.Reused {
				return
			}
			if connections++; connections > maxConnections {
				give(errConnections)
			}
			r.c.update(e, func(e *Exchange) { e.Connect = time.Since(asked) })
		},
	}
	resp, err := r.c.via(req).RoundTrip(req.WithContext(httptrace.WithClientTrace(ctx, trace)))
	if err != nil {
		if errors.Is(context.Cause(ctx), errConnections) {
			err = errConnections
		}
		return nil, r.c.fail(e, req, err)
	}
	body, done, err := r.c.readAll(ctx, resp)
	defer done()
	if err != nil {
		return nil, r.c.fail(e, req, err)
	}
	r.c.take(ctx, body)
	answer, err := r.c.finish(ctx, e, resp, body)
	if err != nil {
		return nil, r.c.fail(e, req, err)
	}
	resp.Body = recordedBody{bytes.NewReader(body), answer}
	resp.ContentLength = int64(len(body))
	return resp, nil
}

func (c *Client) begin(req *http.Request) *Exchange {
	c.mu.Lock()
	defer c.mu.Unlock()
	e := &Exchange{
		Number:     len(c.exchanges) + 1,
		Check:      checkOf(req.Context()),
		Method:     req.Method,
		URL:        shown(req.URL),
		Authorized: req.Header.Get("Authorization") != "",
		Start:      time.Now(),
	}
	c.exchanges = append(c.exchanges, e)
	return e
}

func (c *Client) update(e *Exchange, change func(*Exchange)) {
	c.mu.Lock()
	defer c.mu.Unlock()
	change(e)
}

func (c *Client) fail(e *Exchange, req *http.Request, err error) *Error {
	f := c.errorOf(req, err)
	c.update(e, func(e *Exchange) { e.Err, e.Duration = f, time.Since(e.Start) })
	return f
}

// finish redacts an answer, once, and records it.
func (c *Client) finish(ctx context.Context, e *Exchange, resp *http.Response, body []byte) (Response, error) {
	clean, err := c.secrets.Bytes(ctx, body)
	if err != nil {
		return Response{}, err
	}
	answer := Response{Status: resp.StatusCode, Header: c.cleanHeader(resp.Header), Body: clean}
	text := string(clean[:min(len(clean), recordLimit)])
	if len(clean) > recordLimit {
		text = strings.ToValidUTF8(text, "") + "\n… (cut)"
	}
	c.update(e, func(e *Exchange) {
		e.Status, e.Proto, e.Header, e.Body = resp.StatusCode, resp.Proto, allowed(answer.Header), text
		e.Dropped = dropped(answer.Header)
		e.Duration = time.Since(e.Start)
	})
	return answer, nil
}

// maxHeader is the longest header value that is kept, in bytes.
const maxHeader = 8 << 10

// cleanHeader returns the headers for display: redacted, on a single line, bounded.
func (c *Client) cleanHeader(h http.Header) http.Header {
	out := make(http.Header, len(h))
	for name, values := range h {
		for _, value := range values {
			name := plain.LineTo(c.secrets.Text(name), maxHeader)
			out[name] = append(out[name], plain.LineTo(c.secrets.Text(value), maxHeader))
		}
	}
	return out
}

// shown is the URL without what might be private: of the query only OData's own
// options remain.
func shown(u *url.URL) string {
	out := url.URL{Scheme: u.Scheme, Host: u.Host, Path: u.Path}
	var kept []string
	for _, pair := range strings.Split(u.RawQuery, "&") {
		name, _, _ := strings.Cut(pair, "=")
		if plainName, err := url.QueryUnescape(name); err == nil && strings.HasPrefix(plainName, "$") {
			if text, err := url.QueryUnescape(pair); err == nil {
				kept = append(kept, text)
			}
		}
	}
	if len(kept) > 0 {
		return out.String() + "?" + strings.Join(kept, "&")
	}
	return out.String()
}

// headers are those an examination may need; everything else, cookies above
// all, is not kept.
var headers = []string{
	"Content-Type", "Content-Length", "Date", "Location", "Retry-After", "Server", "Via",
	"WWW-Authenticate", "Proxy-Authenticate", "OData-Version",
	"X-Ms-Request-Id", "X-Ms-Service-Request-Id", "X-Ms-Ests-Server", "Client-Request-Id",
	"X-Squid-Error", "X-Cache", "X-Powered-By",
	"REQ_ID", "AuthActivityId", "X-Ms-Dop-Hint",
	"X-Ms-Ratelimit-Burst-Remaining-Xrm-Requests", "X-Ms-Ratelimit-Time-Remaining-Xrm-Requests",
}

func allowed(h http.Header) http.Header {
	out := http.Header{}
	for _, name := range headers {
		if values := h.Values(name); len(values) > 0 {
			out[http.CanonicalHeaderKey(name)] = append([]string(nil), values...)
		}
	}
	if where := out.Get("Location"); where != "" {
		// Only where to: a redirect's query may carry anything.
		if u, err := url.Parse(where); err == nil {
			out.Set("Location", (&url.URL{Scheme: u.Scheme, Host: u.Host, Path: u.Path}).String())
		} else {
			out.Del("Location")
		}
	}
	return out
}

// dropped are the names of the headers that [allowed] leaves out.
func dropped(h http.Header) []string {
	var names []string
	for name := range h {
		if !slices.ContainsFunc(headers, func(kept string) bool { return strings.EqualFold(kept, name) }) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// AsError finds the *Error in an error that passed through other hands
// (MSAL, net/http), or nil.
func AsError(err error) *Error {
	var f *Error
	if errors.As(err, &f) {
		return f
	}
	return nil
}
