package transport

import (
	"bytes"
	"context"
	"net/http"
	"net/url"

	"github.com/s2sdoctor/s2sdoctor/core/secret"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// Bearer is an access token together with the only host that may receive it.
type Bearer struct {
	Token secret.Value
	// Host is lower-case, without port.
	Host string
}

// Request is a call to a service.
type Request struct {
	Method string
	URL    string
	Header http.Header
	Body   []byte
	// Bearer is attached when not nil; its host must be the URL's.
	Bearer *Bearer
	// Small limits the response to 1 MiB instead of 10, for a token or metadata.
	Small bool
}

// Response is a whole response as a user may see it: secrets and tokens are gone
// from its body and its headers.
type Response struct {
	Status int
	Header http.Header
	Body   []byte
}

// Do sends a request that may safely be sent twice: it is tried again when the
// service is busy, see [Client.Retry]. The error is always a *Error.
func (c *Client) Do(ctx context.Context, r Request) (Response, error) {
	var answer Response
	err := c.Retry(ctx, func() (int, http.Header, error) {
		var err error
		answer, err = c.once(ctx, r)
		return answer.Status, answer.Header, err
	})
	return answer, err
}

// Secret sends a request as [Client.Do] does, for a secret that is a member of the JSON
// response. The secret is redacted before the response is recorded; it is empty if the
// member is missing or not a string.
func (c *Client) Secret(ctx context.Context, r Request, member string) (secret.Value, Response, error) {
	taken := &takenSecret{member: member}
	answer, err := c.Do(context.WithValue(ctx, takenKey{}, taken), r)
	return taken.value, answer, err
}

// Once sends a request a single time, regardless of the response, because the request
// changes data. member is the member of a JSON response that is a secret, see
// [Client.Secret], or "". The error is always a *Error.
func (c *Client) Once(ctx context.Context, r Request, member string) (secret.Value, Response, error) {
	taken := &takenSecret{member: member}
	if member != "" {
		ctx = context.WithValue(ctx, takenKey{}, taken)
	}
	answer, err := c.once(ctx, r)
	return taken.value, answer, err
}

func (c *Client) once(ctx context.Context, r Request) (Response, error) {
	req, err := http.NewRequestWithContext(ctx, r.Method, r.URL, bytes.NewReader(r.Body))
	if err != nil {
		return Response{}, &Error{Kind: Broken, Host: r.URL, Detail: text.F("that is not a URL"), Err: err}
	}
	for name, values := range r.Header {
		req.Header[name] = values
	}
	if r.Small {
		req = req.WithContext(withLimit(ctx, tokenLimit))
	}
	if r.Bearer != nil {
		if err := r.Bearer.attach(req); err != nil {
			return Response{}, err
		}
		c.AddSecret(r.Bearer.Token)
	}
	resp, err := c.send(req)
	if err != nil {
		return Response{}, err
	}
	return responseOf(resp), nil
}

// attach is the only place where a token meets a request. It insists on https
// and on exactly the host the token is for (RFC 9700 section 2.3).
func (b *Bearer) attach(req *http.Request) error {
	if !b.fits(req.URL) {
		return &Error{Kind: Broken, Host: req.URL.Hostname(), Detail: text.F("refused to send the token there: it is for %s", b.Host)}
	}
	b.Token.Use(func(plain string) { req.Header.Set("Authorization", "Bearer "+plain) })
	return nil
}

func (b *Bearer) fits(u *url.URL) bool {
	return u.Scheme == "https" && u.User == nil && b.Host != "" &&
		(u.Host == b.Host || u.Host == b.Host+":443")
}
