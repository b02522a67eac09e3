package transport

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"

	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// Limits of a response's body, after decompression (rule NE-7). An error never
// needs more, and MSAL has no limit.
const (
	bodyLimit   = 10 << 20
	tokenLimit  = 1 << 20 // tokens and metadata
	errorLimit  = 64 << 10
	recordLimit = 64 << 10
)

// longBody is the length in bytes from which bodies are read and redacted one at a time,
// so that several hostile bodies do not add up.
const longBody = 1 << 20

// maxConnections is the largest number of connections for a request. Without it a host
// that closes each of them (such as with HTTP/2 GOAWAY) would cause endless retries.
const maxConnections = 4

var errConnections = errors.New("every connection was closed before an answer came")

type limitKey struct{}

// withLimit lowers the longest body of a response, in bytes.
func withLimit(ctx context.Context, limit int64) context.Context {
	return context.WithValue(ctx, limitKey{}, limit)
}

func limitOf(ctx context.Context, status int) int64 {
	limit, ok := ctx.Value(limitKey{}).(int64)
	if !ok || limit <= 0 {
		limit = bodyLimit
	}
	if status >= 400 {
		limit = min(limit, errorLimit)
	}
	return limit
}

// readAll reads the whole body, as UTF-8. It ends with ctx, whatever the body
// does: that of a protocol switch is the connection itself, which no context
// ends (golang/go#30876). The caller calls done when it has dealt with the body.
func (c *Client) readAll(ctx context.Context, resp *http.Response) (body []byte, done func(), err error) {
	done = func() {}
	defer resp.Body.Close()
	if resp.StatusCode < http.StatusOK {
		return nil, done, errStatus{resp.StatusCode}
	}
	stop := context.AfterFunc(ctx, func() { _ = resp.Body.Close() })
	defer stop()
	limit := limitOf(ctx, resp.StatusCode)
	body, err = io.ReadAll(io.LimitReader(resp.Body, min(limit, longBody)+1))
	if err == nil && len(body) > longBody && limit > longBody {
		if done, err = c.alone(ctx); err == nil {
			body, err = readRest(body, resp.Body, limit)
		}
	}
	switch {
	case ctx.Err() != nil:
		return nil, done, ctx.Err()
	case cut(err):
		// The head has come: what HTTP/1.1 reports as an unexpected end.
		return nil, done, io.ErrUnexpectedEOF
	case err != nil:
		return nil, done, err
	case int64(len(body)) > limit:
		return nil, done, errTooLong{limit}
	}
	return toUTF8(body), done, nil
}

// alone waits until no other long body is in memory.
func (c *Client) alone(ctx context.Context) (done func(), err error) {
	select {
	case c.long <- struct{}{}:
		return func() { <-c.long }, nil
	case <-ctx.Done():
		return func() {}, ctx.Err()
	}
}

// readRest reads the bytes after start, up to one byte more than limit, into a single
// buffer.
func readRest(start []byte, rest io.Reader, limit int64) ([]byte, error) {
	b := bytes.NewBuffer(make([]byte, 0, limit+bytes.MinRead))
	b.Write(start)
	_, err := b.ReadFrom(io.LimitReader(rest, limit+1-int64(len(start))))
	return b.Bytes(), err
}

// errStatus is a response that cannot be used: 101 switches to another protocol, which
// was not asked for.
type errStatus struct{ status int }

func (e errStatus) Error() string { return e.Message().String() }

func (e errStatus) Message() text.Text {
	return text.F("it answered HTTP %d, which no service sends here", e.status)
}

type errTooLong struct{ limit int64 }

func (e errTooLong) Error() string { return e.Message().String() }

func (e errTooLong) Message() text.Text {
	return text.F("the answer is longer than %d KiB", e.limit>>10)
}

// recordedBody is a body that was already read and redacted: programs parse the raw body,
// and users may see the Response.
type recordedBody struct {
	*bytes.Reader
	response Response
}

// Close does nothing: the body is in memory.
func (recordedBody) Close() error { return nil }

// responseOf returns the redacted answer of a response that came through the
// recorder.
func responseOf(resp *http.Response) Response {
	if body, ok := resp.Body.(recordedBody); ok {
		return body.response
	}
	return Response{Status: resp.StatusCode}
}
