package transport

import (
	"bytes"
	"io"
	"net/http"
	"strings"
	"sync"

	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// Login is MSAL's HTTP client: it sends requests only to a single login host, even if a
// metadata document names another, because the requests contain the client secret.
type Login struct {
	client *Client
	host   string

	mu       sync.Mutex
	preloads map[string][]byte
	last     Response
	err      error
}

// Login returns a client for a single login host (lower-case, no port).
func (c *Client) Login(host string) *Login {
	return &Login{client: c, host: host, preloads: map[string][]byte{}}
}

// Preload spares MSAL a request: a GET of this URL (query aside) is answered
// with body, which the caller has just fetched from the same place.
func (l *Login) Preload(url string, body []byte) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.preloads[url] = body
}

// Last returns the newest response, redacted, or the error. A diagnosis reads it instead
// of MSAL's errors, whose details contain the secret.
func (l *Login) Last() (Response, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.last, l.err
}

// Do implements MSAL's HTTP client.
func (l *Login) Do(req *http.Request) (*http.Response, error) {
	if req.URL.Scheme != "https" || req.URL.Host != l.host && req.URL.Host != l.host+":443" {
		f := &Error{Kind: Intercepted, Host: req.URL.Hostname(), Detail: text.F("refused to send the credential there: tokens come from %s", l.host)}
		l.keep(Response{}, f)
		return nil, f
	}
	if resp := l.preloaded(req); resp != nil {
		return resp, nil
	}
	if err := l.client.addFormSecrets(req); err != nil {
		f := l.client.errorOf(req, err)
		l.keep(Response{}, f)
		return nil, f
	}
	resp, err := l.client.send(req.WithContext(withLimit(req.Context(), tokenLimit)))
	if err != nil {
		l.keep(Response{}, err)
		return nil, err
	}
	l.keep(responseOf(resp), nil)
	return resp, nil
}

// CloseIdleConnections implements MSAL's HTTP client; the connections belong to
// the examination, which closes them itself.
func (l *Login) CloseIdleConnections() {}

func (l *Login) keep(a Response, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.last, l.err = a, err
}

func (l *Login) preloaded(req *http.Request) *http.Response {
	if req.Method != http.MethodGet {
		return nil
	}
	url, _, _ := strings.Cut(req.URL.String(), "?")
	l.mu.Lock()
	body, ok := l.preloads[url]
	l.mu.Unlock()
	if !ok {
		return nil
	}
	return &http.Response{
		Status: "200 OK", StatusCode: http.StatusOK, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: http.Header{"Content-Type": {"application/json"}}, Request: req,
		Body: io.NopCloser(bytes.NewReader(body)), ContentLength: int64(len(body)),
	}
}
