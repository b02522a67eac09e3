package consent

import (
	"context"
	"io"
	"log"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// MaxUnrelatedRequests is how many requests other than the expected redirect a [Listener]
// answers with a page; more are dropped without one.
const MaxUnrelatedRequests = 50

// Listener waits on loopback for one answer of the consent page. It exists only
// while a flow runs, and serves once.
type Listener struct {
	// Locale is the language of its pages; set it before Wait.
	Locale Locale

	redirect *url.URL
	hosts    []string
	bound    []net.Listener
	served   atomic.Bool
}

// Listen opens the port of a loopback redirect URI, or one that the system
// chooses if the URI has no port. The error is a [*ListenError]. Close it, or
// have [Listener.Wait] close it.
func Listen(ctx context.Context, redirectURI string) (*Listener, error) {
	u, ok := loopbackRedirect(redirectURI)
	if !ok {
		return nil, &ListenError{Err: net.InvalidAddrError("not a loopback redirect URI")}
	}
	bound, port, err := bind(ctx, u)
	if err != nil {
		return nil, err
	}
	l := &Listener{redirect: u, bound: bound}
	name := strings.TrimSuffix(u.Host, ":"+u.Port())
	u.Host = name + ":" + strconv.Itoa(port)
	l.hosts = []string{u.Host}
	if port == 80 {
		l.hosts = append(l.hosts, name) // browsers leave the default port out
	}
	return l, nil
}

// RedirectURI is the one to ask for: the port is in it.
func (l *Listener) RedirectURI() string { return l.redirect.String() }

// Close frees the port. Wait does it too.
func (l *Listener) Close() {
	for _, b := range l.bound {
		_ = b.Close()
	}
}

// Wait serves until the answer to the attempt comes, or the context ends, and
// closes the listener. Only a GET of the exact path with the right Host and the
// right state is an answer, be it yes or no; everything else gets a page that
// shows nothing of it. A second Wait is canceled at once. ready, which may be nil, is
// called once requests are being served.
func (l *Listener) Wait(ctx context.Context, a Attempt, ready func()) Outcome {
	canceled := Outcome{Ending: Canceled, Attempt: a, Summary: text.F("Waiting for the answer was cancelled.")}
	if l.served.Swap(true) {
		return canceled
	}
	d := &callback{listener: l, attempt: a, pages: l.Locale.pages(), answers: make(chan Outcome, 1)}
	server := d.server()
	var serving sync.WaitGroup
	for _, b := range l.bound {
		serving.Go(func() { _ = server.Serve(b) })
	}
	defer serving.Wait()
	defer shutDown(server)
	if ready != nil {
		ready()
	}
	var out Outcome
	select {
	case out = <-d.answers:
	case <-ctx.Done():
		out = canceled
	}
	out.UnrelatedRequests = int(d.unrelated.Load())
	return out
}

// shutDown lets the last page out, then closes everything: browsers keep spare
// connections open that would make it wait.
func shutDown(server *http.Server) {
	ctx, cancel := context.WithTimeout(context.Background(), 500*time.Millisecond)
	defer cancel()
	_ = server.Shutdown(ctx)
	_ = server.Close()
}

// callback is where the requests of one Wait arrive.
type callback struct {
	listener  *Listener
	attempt   Attempt
	pages     pages
	answers   chan Outcome
	over      atomic.Bool
	unrelated atomic.Int32
}

// server has limits on everything: a client that reaches the port may be hostile.
func (d *callback) server() *http.Server {
	return &http.Server{
		Handler:           d,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       10 * time.Second,
		WriteTimeout:      10 * time.Second,
		IdleTimeout:       5 * time.Second,
		MaxHeaderBytes:    16 << 10,
		ErrorLog:          log.New(io.Discard, "", 0), // requests hold codes and states
	}
}

// ServeHTTP implements [http.Handler].
func (d *callback) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, 64<<10)
	if !d.isAnswer(r) {
		if d.unrelated.Add(1) > MaxUnrelatedRequests {
			d.unrelated.Store(MaxUnrelatedRequests)
			panic(http.ErrAbortHandler)
		}
		d.pages.unrelated.serve(w)
		return
	}
	if d.over.Swap(true) {
		d.pages.replayed.serve(w)
		return
	}
	d.pages.answered.serve(w)
	_ = http.NewResponseController(w).Flush()
	d.answers <- readAnswer(r.URL.Query(), d.attempt)
}

func (d *callback) isAnswer(r *http.Request) bool {
	want := d.listener.redirect.EscapedPath()
	if want == "" {
		want = "/"
	}
	host := false
	for _, h := range d.listener.hosts {
		host = host || strings.EqualFold(r.Host, h)
	}
	if r.Method != http.MethodGet || r.URL.EscapedPath() != want || !host {
		return false
	}
	q := r.URL.Query()
	return len(q["state"]) == 1 && d.attempt.StateMatches(q.Get("state")) && (q.Has("error") || q.Has("code") || q.Has("admin_consent"))
}
