package consent

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/cloud"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var english = Locale{}.pages()

// waiting is a listener that waits for the response to an attempt.
type waiting struct {
	*Listener
	t       *testing.T
	attempt Attempt
	state   string
	outcome chan Outcome
	cancel  context.CancelFunc
}

func wait(t *testing.T, style Style, redirect string) *waiting {
	t.Helper()
	l, err := Listen(t.Context(), redirect)
	if err != nil {
		t.Fatal(err)
	}
	r := aRequest(style, cloud.Table[1])
	r.RedirectURI = l.RedirectURI()
	a, err := Build(r)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	w := &waiting{Listener: l, t: t, attempt: a, outcome: make(chan Outcome, 1), cancel: cancel}
	w.state = plain(a.state)
	ready := make(chan struct{})
	go func() { w.outcome <- l.Wait(ctx, a, func() { close(ready) }) }()
	<-ready
	t.Cleanup(func() {
		cancel()
		select {
		case <-w.outcome:
		default:
		}
	})
	return w
}

// reply is the response to the browser.
type reply struct {
	status int
	header http.Header
	body   string
	err    error
}

func (w *waiting) send(r *http.Request) reply {
	w.t.Helper()
	return sendTo(w.t, r)
}

func sendTo(t *testing.T, r *http.Request) reply {
	t.Helper()
	transport := &http.Transport{DisableKeepAlives: true, DialContext: loopback}
	defer transport.CloseIdleConnections()
	client := http.Client{Transport: transport, Timeout: 20 * time.Second, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := client.Do(r)
	if err != nil {
		return reply{err: err}
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(resp.Body)
	return reply{resp.StatusCode, resp.Header, string(body), err}
}

// loopback dials localhost on systems without a hosts file, such as a bare container,
// where these tests hung.
func loopback(ctx context.Context, network, address string) (net.Conn, error) {
	if port, ok := strings.CutPrefix(address, "localhost:"); ok {
		address = net.JoinHostPort("127.0.0.1", port)
	}
	return (&net.Dialer{}).DialContext(ctx, network, address)
}

func (w *waiting) request(method, target string, body io.Reader) *http.Request {
	w.t.Helper()
	r, err := http.NewRequestWithContext(w.t.Context(), method, target, body)
	if err != nil {
		w.t.Fatal(err)
	}
	return r
}

// yes returns the genuine response.
func (w *waiting) yes() string {
	return w.RedirectURI() + "?code=" + aCode + "&state=" + url.QueryEscape(w.state)
}

func (w *waiting) finish() Outcome {
	w.t.Helper()
	got := w.send(w.request(http.MethodGet, w.yes(), nil))
	if got.status != http.StatusOK || got.body != english.answered.body {
		w.t.Errorf("the genuine answer got %d %v %q", got.status, got.err, got.body)
	}
	return <-w.outcome
}

// TestNothingElseEndsTheWait guards rule OA-4: unrelated requests of every kind get an
// empty page, and the genuine response is still accepted.
func TestNothingElseEndsTheWait(t *testing.T) {
	const redirect = "http://localhost/come/back"
	mutate := func(change func(u *url.URL, q url.Values)) func(w *waiting) *http.Request {
		return func(w *waiting) *http.Request {
			u, _ := url.Parse(w.yes())
			q := u.Query()
			change(u, q)
			u.RawQuery = q.Encode()
			return w.request(http.MethodGet, u.String(), nil)
		}
	}
	method := func(m, contentType, body string) func(w *waiting) *http.Request {
		return func(w *waiting) *http.Request {
			r := w.request(m, w.yes(), strings.NewReader(body))
			r.Header.Set("Content-Type", contentType)
			return r
		}
	}
	host := func(h string) func(w *waiting) *http.Request {
		return func(w *waiting) *http.Request {
			r := w.request(http.MethodGet, w.yes(), nil)
			r.Host = strings.ReplaceAll(h, "PORT", w.redirect.Port())
			return r
		}
	}
	for name, make := range map[string]func(w *waiting) *http.Request{
		"bare path":              mutate(func(_ *url.URL, q url.Values) { clear(q) }),
		"root":                   mutate(func(u *url.URL, q url.Values) { u.Path = "/"; clear(q) }),
		"favicon":                mutate(func(u *url.URL, q url.Values) { u.Path = "/favicon.ico"; clear(q) }),
		"wrong path":             mutate(func(u *url.URL, _ url.Values) { u.Path = "/come/back/" }),
		"path in another case":   mutate(func(u *url.URL, _ url.Values) { u.Path = "/Come/Back" }),
		"path with dots":         mutate(func(u *url.URL, _ url.Values) { u.Path = "/come/x/../back" }),
		"escaped path":           mutate(func(u *url.URL, _ url.Values) { u.RawPath = "/come%2Fback" }),
		"wrong state":            mutate(func(_ *url.URL, q url.Values) { q.Set("state", aState) }),
		"state with one more":    mutate(func(_ *url.URL, q url.Values) { q.Set("state", q.Get("state")+"x") }),
		"missing state":          mutate(func(_ *url.URL, q url.Values) { q.Del("state") }),
		"empty state":            mutate(func(_ *url.URL, q url.Values) { q.Set("state", "") }),
		"two states":             mutate(func(_ *url.URL, q url.Values) { q.Add("state", "x") }),
		"error without state":    mutate(func(_ *url.URL, q url.Values) { clear(q); q.Set("error", "access_denied") }),
		"error with wrong state": mutate(func(_ *url.URL, q url.Values) { q.Set("error", "x"); q.Set("state", "x") }),
		"state and nothing else": mutate(func(_ *url.URL, q url.Values) { q.Del("code") }),
		"POST of a form":         method(http.MethodPost, "application/x-www-form-urlencoded", "code=1&state=2"),
		"POST of JSON":           method(http.MethodPost, "application/json", `{"code":"1"}`),
		"POST of a MiB":          method(http.MethodPost, "text/plain", strings.Repeat("x", 1<<20)),
		"HEAD":                   method(http.MethodHead, "", ""),
		"OPTIONS":                method(http.MethodOptions, "", ""),
		"PUT":                    method(http.MethodPut, "", ""),
		"Host of a rebound name": host("evil.example:PORT"),
		"Host without port":      host("localhost"),
		"Host is the number":     host("127.0.0.1:PORT"),
		"Host with another port": host("localhost:1"),
		"Host with a dot":        host("localhost.:PORT"),
	} {
		t.Run(name, func(t *testing.T) {
			w := wait(t, V2, redirect)
			r := make(w)
			got := w.send(r)
			// The connection may break if the body is too long.
			if got.err == nil {
				if got.status != http.StatusNotFound || got.body != english.unrelated.body && r.Method != http.MethodHead {
					t.Errorf("got %d %q, want the page that says nothing", got.status, got.body)
				}
				checkHeaders(t, got.header)
			} else if r.ContentLength < 1<<20 {
				t.Error(got.err)
			}
			select {
			case out := <-w.outcome:
				t.Fatalf("it ended the wait: %s %s", out.Ending, out.Summary)
			default:
			}
			out := w.finish()
			if out.Ending != Consented || plain(out.Code) != aCode {
				t.Errorf("the genuine answer ends as %s %q", out.Ending, out.Cause)
			}
			if out.UnrelatedRequests != 1 {
				t.Errorf("counted %d strays, want 1", out.UnrelatedRequests)
			}
		})
	}
}

func checkHeaders(t *testing.T, h http.Header) {
	t.Helper()
	want := map[string]string{
		"Content-Type":            "text/html; charset=utf-8",
		"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
		"X-Content-Type-Options":  "nosniff",
		"Referrer-Policy":         "no-referrer",
		"Cache-Control":           "no-store",
	}
	for name, value := range want {
		if got := h.Get(name); got != value {
			t.Errorf("%s is %q, want %q", name, got, value)
		}
	}
	for name := range h {
		if strings.HasPrefix(name, "Access-Control-") || name == "Set-Cookie" || name == "Server" {
			t.Errorf("there is a header %s", name)
		}
	}
}

func TestBothAnswersEndTheWait(t *testing.T) {
	for name, c := range map[string]struct {
		style  Style
		query  string
		ending Ending
		cause  catalog.Cause
	}{
		"yes":                {V2, "code=" + aCode, Consented, ""},
		"yes of the article": {Authorize, "code=" + aCode + "&session_state=1", Consented, ""},
		"yes for all":        {AdminConsent, "admin_consent=True&tenant=" + aTenant, Consented, ""},
		"no":                 {AdminConsent, "error=access_denied&error_description=AADSTS65004%3a+no&admin_consent=True", Failed, "consent.declined"},
	} {
		t.Run(name, func(t *testing.T) {
			w := wait(t, c.style, "http://localhost")
			got := w.send(w.request(http.MethodGet, w.RedirectURI()+"/?"+c.query+"&state="+w.state, nil))
			if got.status != http.StatusOK || got.body != english.answered.body {
				t.Errorf("the browser got %d %q", got.status, got.body)
			}
			checkHeaders(t, got.header)
			out := <-w.outcome
			if out.Ending != c.ending || out.Cause != c.cause {
				t.Errorf("got %s %q, want %s %q", out.Ending, out.Cause, c.ending, c.cause)
			}
			if out.Attempt.RedirectURI != w.RedirectURI() {
				t.Errorf("redeeming needs %s, the outcome has %s", w.RedirectURI(), out.Attempt.RedirectURI)
			}
		})
	}
}

// TestAnAnswerCountsOnce calls the handler itself: after the response the port is closed,
// so that a repeated request would not reach it.
func TestAnAnswerCountsOnce(t *testing.T) {
	l, err := Listen(t.Context(), "http://localhost")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	a := attempt(t, V2)
	d := &callback{listener: l, attempt: a, pages: english, answers: make(chan Outcome, 1)}
	for i, want := range []page{english.answered, english.replayed, english.replayed} {
		r, _ := http.NewRequestWithContext(t.Context(), http.MethodGet, l.RedirectURI()+"/?code="+aCode+"&state="+aState, http.NoBody)
		rec := newRecorder()
		d.ServeHTTP(rec, r)
		if rec.status != want.status || rec.String() != want.body {
			t.Errorf("request %d got %d, want %d", i+1, rec.status, want.status)
		}
	}
	if len(d.answers) != 1 {
		t.Errorf("%d answers, want 1", len(d.answers))
	}
	if out := l.Wait(canceled(t), a, nil); out.Ending != Canceled {
		t.Errorf("a canceled wait ends as %s", out.Ending)
	}
	if out := l.Wait(t.Context(), a, nil); out.Ending != Canceled {
		t.Errorf("a second wait ends as %s", out.Ending)
	}
}

func canceled(t *testing.T) context.Context {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	return ctx
}

// recorder is a ResponseWriter that stores its bytes.
type recorder struct {
	bytes.Buffer
	header http.Header
	status int
}

func newRecorder() *recorder                { return &recorder{header: http.Header{}} }
func (r *recorder) Header() http.Header     { return r.header }
func (r *recorder) WriteHeader(status int)  { r.status = status }
func (r *recorder) Flush()                  {}
func (w *waiting) dial(address string) bool { return dials(address) }

func dials(address string) bool {
	conn, err := net.DialTimeout("tcp", address, 5*time.Second)
	if err == nil {
		_ = conn.Close()
	}
	return err == nil
}

// TestPagesAreTheSameBytes guards rule OA-6: every request gets one of three pages, and
// no page contains the state.
func TestPagesAreTheSameBytes(t *testing.T) {
	w := wait(t, V2, "http://localhost/back")
	d := &callback{listener: w.Listener, attempt: w.attempt, pages: english, answers: make(chan Outcome, 1000)}
	random := rand.New(rand.NewPCG(1, 2))
	bits := []string{"<script>", "state", "code", "error", w.state, "=", "&", "%3c", "/back", "/", "?", "\"", "é", aCode, "access_denied"}
	pages := map[string]bool{english.answered.body: true, english.unrelated.body: true, english.replayed.body: true}
	seen := map[string]bool{}
	for range 1000 {
		var q strings.Builder
		for range random.IntN(12) {
			q.WriteString(bits[random.IntN(len(bits))])
		}
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, w.RedirectURI(), http.NoBody)
		if err != nil {
			t.Fatal(err)
		}
		r.URL.RawQuery = "state=" + w.state + "&" + q.String()
		if random.IntN(2) == 0 {
			r.URL.RawQuery = q.String()
		}
		r.Header.Set("Referer", "https://evil.example/<b>")
		rec := newRecorder()
		d.unrelated.Store(0)
		d.ServeHTTP(rec, r)
		if !pages[rec.String()] {
			t.Fatalf("%q got bytes of its own: %q", r.URL.RawQuery, rec.String())
		}
		if strings.Contains(fmt.Sprint(rec.header)+rec.String(), w.state) {
			t.Fatalf("%q got the state back", r.URL.RawQuery)
		}
		seen[rec.String()] = true
	}
	if len(seen) != len(pages) {
		t.Errorf("only %d of the %d pages were met", len(seen), len(pages))
	}
}

// TestPagesAreTranslated guards that translated texts are escaped, and that
// missing texts are in English.
func TestPagesAreTranslated(t *testing.T) {
	german := Locale{"de", func(english string) string {
		if english == "S2S Doctor has the answer" {
			return "S2S Doctor hat die Antwort <b>&"
		}
		return english
	}}.pages()
	for _, want := range []string{`<html lang="de">`, "<h1>S2S Doctor hat die Antwort &lt;b&gt;&amp;</h1>", "<p>Close this window"} {
		if !strings.Contains(german.answered.body, want) {
			t.Errorf("the page has no %s:\n%s", want, german.answered.body)
		}
	}
	if !strings.Contains(english.answered.body, `<html lang="en">`) {
		t.Errorf("without a language the page is not in English:\n%s", english.answered.body)
	}
}

// TestRunUsesLanguage guards that the language of the request reaches the
// page. The browser is a separate program: its request outlives the opener's context,
// which ends with the response.
func TestRunUsesLanguage(t *testing.T) {
	r := flowRequest(V2, "http://localhost")
	r.Locale = Locale{"vi", strings.ToUpper}
	pages := make(chan string, 1)
	Run(patient(t), r, func(_ context.Context, address string) error {
		u, err := url.Parse(address)
		if err != nil {
			return err
		}
		q := u.Query()
		back, err := http.NewRequestWithContext(t.Context(), http.MethodGet, q.Get("redirect_uri")+"/?error=access_denied&state="+q.Get("state"), http.NoBody)
		if err != nil {
			return err
		}
		pages <- sendTo(t, back).body
		return nil
	}, nil)
	if got := <-pages; !strings.Contains(got, `lang="vi"`) || !strings.Contains(got, "<h1>S2S DOCTOR HAS THE ANSWER</h1>") {
		t.Errorf("the browser got\n%s", got)
	}
}

func TestStraysAreCapped(t *testing.T) {
	w := wait(t, V2, "http://localhost")
	dropped := 0
	for range MaxUnrelatedRequests + 5 {
		if got := w.send(w.request(http.MethodGet, w.RedirectURI()+"/favicon.ico", nil)); got.err != nil {
			dropped++
		} else if got.body != english.unrelated.body {
			t.Fatalf("got %d %q", got.status, got.body)
		}
	}
	if dropped != 5 {
		t.Errorf("%d requests beyond the cap were dropped, want 5", dropped)
	}
	if out := w.finish(); out.Ending != Consented || out.UnrelatedRequests != MaxUnrelatedRequests {
		t.Errorf("then the genuine answer ends as %s after %d strays", out.Ending, out.UnrelatedRequests)
	}
}

// TestWhereItListens guards rule OA-1: literal loopback addresses, both families for
// localhost, and no other interface.
func TestWhereItListens(t *testing.T) {
	haveIPv6 := false
	if l, err := net.Listen("tcp6", "[::1]:0"); err == nil {
		haveIPv6 = true
		_ = l.Close()
	}
	for redirect, want := range map[string][]string{
		"http://localhost":        {"127.0.0.1", "::1"},
		"http://LOCALHOST/path":   {"127.0.0.1", "::1"},
		"http://127.0.0.1/back":   {"127.0.0.1"},
		"http://[::1]/back?a=b":   {"::1"},
		"http://localhost:/empty": {"127.0.0.1", "::1"},
	} {
		if strings.Contains(redirect, "::1") && !haveIPv6 {
			continue
		}
		if !haveIPv6 {
			want = want[:1]
		}
		l, err := Listen(t.Context(), redirect)
		if err != nil {
			t.Errorf("%s: %v", redirect, err)
			continue
		}
		var got []string
		port := 0
		for _, b := range l.bound {
			address := b.Addr().(*net.TCPAddr)
			got, port = append(got, address.IP.String()), address.Port
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: -want +got\n%s", redirect, diff)
		}
		u, _ := url.Parse(l.RedirectURI())
		before, _ := url.Parse(redirect)
		if u.Port() != fmt.Sprint(port) || u.Hostname() != before.Hostname() || u.Path != before.Path || u.RawQuery != before.RawQuery {
			t.Errorf("%s became %s on port %d", redirect, l.RedirectURI(), port)
		}
		for _, ip := range otherAddresses(t) {
			if dials(net.JoinHostPort(ip, u.Port())) {
				t.Errorf("%s can be reached through %s", redirect, ip)
			}
		}
		l.Close()
	}
}

func otherAddresses(t *testing.T) (ips []string) {
	t.Helper()
	addresses, err := net.InterfaceAddrs()
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range addresses {
		if n, ok := a.(*net.IPNet); ok && !n.IP.IsLoopback() && !n.IP.IsLinkLocalUnicast() {
			ips = append(ips, n.IP.String())
		}
	}
	return ips
}

func TestPortInUse(t *testing.T) {
	for _, family := range []string{"127.0.0.1:0", "[::1]:0"} {
		taken, err := net.Listen("tcp", family)
		if err != nil {
			if family == "127.0.0.1:0" {
				t.Fatal(err)
			}
			continue // no IPv6 here
		}
		port := taken.Addr().(*net.TCPAddr).Port
		l, err := Listen(t.Context(), fmt.Sprintf("http://localhost:%d/x", port))
		var wrong *ListenError
		if !errors.As(err, &wrong) || wrong.Port != port || !strings.Contains(err.Error(), fmt.Sprint(port)) || !strings.Contains(err.Error(), "in use") {
			t.Errorf("%s is taken: %v, %v; want an error that names port %d", family, l, err, port)
		}
		_ = taken.Close()
		l, err = Listen(t.Context(), fmt.Sprintf("http://localhost:%d/x", port))
		if err != nil || l.RedirectURI() != fmt.Sprintf("http://localhost:%d/x", port) {
			t.Errorf("%s is free again: %v", family, err)
			continue
		}
		l.Close()
	}
}

func TestListenRefuses(t *testing.T) {
	for _, redirect := range []string{
		"", "https://localhost", "https://contoso.com/back", "http://192.168.1.1", "http://0.0.0.0:1", "http://localhost.evil.example",
		"http://user@localhost", "http://localhost:99999", "http://localhost:0", "urn:ietf:wg:oauth:2.0:oob", "http://[::", "http://[::]:1",
	} {
		l, err := Listen(t.Context(), redirect)
		var wrong *ListenError
		if !errors.As(err, &wrong) || err.Error() == "" {
			t.Errorf("%q: %v, %v; want a ListenError", redirect, l, err)
		}
	}
	if l, err := Listen(canceled(t), "http://localhost"); err == nil {
		l.Close()
		t.Error("it listens though its context has ended")
	}
}

func TestTheWaitEndsWithItsContext(t *testing.T) {
	w := wait(t, V2, "http://localhost")
	address := w.redirect.Host
	if !w.dial("127.0.0.1:" + w.redirect.Port()) {
		t.Fatalf("%s is not open while it waits", address)
	}
	w.cancel()
	if out := <-w.outcome; out.Ending != Canceled || out.Cause != "" {
		t.Errorf("it ends as %s %q", out.Ending, out.Cause)
	}
	if dials("127.0.0.1:" + w.redirect.Port()) {
		t.Error("the port is still open afterwards")
	}
}

// TestASlowClientDoesNotHoldTheEnd guards that a connection with an unfinished request is
// closed when the response has arrived.
func TestASlowClientDoesNotHoldTheEnd(t *testing.T) {
	w := wait(t, V2, "http://localhost")
	conn, err := net.Dial("tcp", "127.0.0.1:"+w.redirect.Port())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	if _, err := io.WriteString(conn, "GET / HTTP/1.1\r\nHost: loc"); err != nil {
		t.Fatal(err)
	}
	if out := w.finish(); out.Ending != Consented {
		t.Errorf("it ends as %s", out.Ending)
	}
	if _, err := io.ReadAll(conn); err != nil && errors.Is(err, context.DeadlineExceeded) {
		t.Error(err)
	}
	if dials("127.0.0.1:" + w.redirect.Port()) {
		t.Error("the port is still open afterwards")
	}
}
