package core_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// message is a response of the sandbox.
type message struct {
	method, host, path string

	status int
	header []field
	body   []byte
	// delay is the time before the response is sent. Zero: off.
	delay time.Duration
	// wire is the format of the response; the zero value leaves it to net/http.
	wire wire
}

// field is a header line.
type field struct{ name, value string }

// wire is the form of a response on the connection.
type wire struct {
	// byHand is true if [message.bytes] writes the bytes, over HTTP/1.1. Apart from
	// chunk, the fields below apply only then.
	byHand bool
	// proto and reason replace "HTTP/1.1" and the reason phrase of the status.
	proto, reason string
	noReason      bool
	// preface is written before the status line.
	preface string
	// colon separates name and value; "" is ": ".
	colon string
	// chunk is the size of the chunks of a chunked body. Zero: not chunked.
	chunk int
	// untilClose is true if the body ends with the connection.
	untilClose bool
	trailer    string
}

func (m message) clone() message {
	m.header, m.body = slices.Clone(m.header), bytes.Clone(m.body)
	return m
}

func (m message) equal(o message) bool { return reflect.DeepEqual(m, o) }

// get returns the first value of a header, regardless of its case.
func (m message) get(name string) string {
	for _, f := range m.header {
		if strings.EqualFold(f.name, name) {
			return f.value
		}
	}
	return ""
}

// set replaces all headers of that name; "" removes them.
func (m *message) set(name, value string) {
	m.remove(name)
	if value != "" {
		m.header = append(m.header, field{name, value})
	}
}

func (m *message) remove(name string) {
	m.header = slices.DeleteFunc(m.header, func(f field) bool { return strings.EqualFold(f.name, name) })
}

// encoded reports whether the body is compressed already.
func (m message) encoded() bool { return m.get("Content-Encoding") != "" }

// compress compresses the body with gzip.
func (m *message) compress() {
	if m.encoded() || len(m.body) == 0 {
		return
	}
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, _ = z.Write(m.body)
	_ = z.Close()
	m.body = b.Bytes()
	m.set("Content-Encoding", "gzip")
}

// bytes returns the response as HTTP/1 (RFC 9112), its header in the order given.
func (m message) bytes() []byte {
	w := m.wire
	proto, reason, colon := w.proto, w.reason, w.colon
	if proto == "" {
		proto = "HTTP/1.1"
	}
	if reason == "" && !w.noReason {
		reason = http.StatusText(m.status)
	}
	if colon == "" {
		colon = ": "
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s%s %d %s\r\n", w.preface, proto, m.status, reason)
	for _, f := range m.header {
		b.WriteString(f.name + colon + f.value + "\r\n")
	}
	b.WriteString("Connection" + colon + "close\r\n")
	switch {
	case w.chunk > 0:
		b.WriteString("Transfer-Encoding" + colon + "chunked\r\n\r\n")
		for part := range slices.Chunk(m.body, w.chunk) {
			fmt.Fprintf(&b, "%x;ext=1\r\n%s\r\n", len(part), part)
		}
		b.WriteString("0\r\n" + w.trailer + "\r\n")
	case w.untilClose:
		b.WriteString("\r\n")
		b.Write(m.body)
	default:
		fmt.Fprintf(&b, "Content-Length%s%d\r\n\r\n%s", colon, len(m.body), m.body)
	}
	return b.Bytes()
}

// send writes the response to the client.
func (m message) send(w http.ResponseWriter) {
	if m.delay > 0 {
		time.Sleep(m.delay)
	}
	if m.wire.byHand {
		conn, rw, err := w.(http.Hijacker).Hijack()
		if err != nil {
			panic(err) // an HTTP/2 connection, although the perturbation is not marked http1
		}
		_, _ = rw.Write(m.bytes())
		_ = rw.Flush()
		_ = conn.Close()
		return
	}
	h := w.Header()
	for _, f := range m.header {
		h[http.CanonicalHeaderKey(f.name)] = append(h[http.CanonicalHeaderKey(f.name)], f.value)
	}
	if m.get("Content-Type") == "" {
		h["Content-Type"] = nil // otherwise net/http would guess the type
	}
	if m.wire.chunk > 0 {
		w.WriteHeader(m.status)
		for part := range slices.Chunk(m.body, m.wire.chunk) {
			_, _ = w.Write(part)
			_ = http.NewResponseController(w).Flush()
		}
		return
	}
	if m.status != http.StatusNoContent {
		h.Set("Content-Length", strconv.Itoa(len(m.body)))
	}
	w.WriteHeader(m.status)
	_, _ = w.Write(m.body)
}

// rewriter is a middleware that applies a perturbation to every response.
type rewriter struct {
	mu     sync.Mutex
	change func(*message)
	seen   []message
}

// use sets the perturbation of all further responses, and clears the recorded responses.
func (p *rewriter) use(change func(*message)) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.change, p.seen = change, nil
}

// messages returns the unchanged responses since [rewriter.use].
func (p *rewriter) messages() []message {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.seen)
}

// wrap implements the middleware of [sandbox.Server.Use].
func (p *rewriter) wrap(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c := &capture{client: w, header: http.Header{}}
		next.ServeHTTP(c, r)
		if c.streaming {
			return
		}
		m := c.message(r)
		p.mu.Lock()
		change := p.change
		p.seen = append(p.seen, m.clone())
		p.mu.Unlock()
		if change != nil {
			change(&m)
		}
		m.send(w)
	})
}

// capture buffers a response until it is complete. A response that is flushed or exceeds
// the limit is a stream, and is sent unchanged.
type capture struct {
	client    http.ResponseWriter
	header    http.Header
	status    int
	body      bytes.Buffer
	streaming bool
}

const captureLimit = 256 << 10

func (c *capture) Header() http.Header {
	if c.streaming {
		return c.client.Header()
	}
	return c.header
}

func (c *capture) WriteHeader(status int) {
	if c.status == 0 {
		c.status = status
	}
}

func (c *capture) Write(b []byte) (int, error) {
	c.WriteHeader(http.StatusOK)
	if !c.streaming && c.body.Len()+len(b) > captureLimit {
		c.stream()
	}
	if c.streaming {
		return c.client.Write(b)
	}
	return c.body.Write(b)
}

// Flush implements [http.Flusher].
func (c *capture) Flush() {
	c.stream()
	_ = http.NewResponseController(c.client).Flush()
}

func (c *capture) stream() {
	if c.streaming {
		return
	}
	for name, values := range c.header {
		c.client.Header()[name] = values
	}
	c.client.WriteHeader(c.status)
	_, _ = c.client.Write(c.body.Bytes())
	c.streaming = true
}

func (c *capture) message(r *http.Request) message {
	c.WriteHeader(http.StatusOK)
	m := message{method: r.Method, host: strings.TrimSuffix(r.Host, ":443"), path: r.URL.Path, status: c.status, body: c.body.Bytes()}
	names := slices.Collect(func(yield func(string) bool) {
		for name := range c.header {
			if !yield(name) {
				return
			}
		}
	})
	slices.Sort(names)
	for _, name := range names {
		if name == "Content-Length" {
			continue
		}
		for _, value := range c.header[name] {
			m.header = append(m.header, field{name, value})
		}
	}
	return m
}
