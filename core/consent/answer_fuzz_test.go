package consent

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/s2sdoctor/s2sdoctor/core/cloud"
)

// FuzzAnswer guards that a request to the listener ends the wait only with the exact
// method, path and state, and that no response repeats any part of it.
func FuzzAnswer(f *testing.F) {
	f.Add("GET", "/", "code=x&state="+aState, "localhost:8765", "")
	f.Add("POST", "/", "state="+aState, "localhost:8765", "code=x")
	f.Add("GET", "//", "code=x&state="+aState+"&state=y", "evil.test", "")
	f.Add("GET", "/%2e", "error=access_denied&state="+aState+"%00", "127.0.0.1:8765", "")
	redirect := &url.URL{Scheme: "http", Host: "localhost:8765"}
	f.Fuzz(func(t *testing.T, method, path, query, host, body string) {
		r := &http.Request{
			Method: method, URL: &url.URL{Path: path, RawQuery: query}, Host: host, Header: http.Header{},
			Body: http.NoBody, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		}
		if body != "" {
			r = r.Clone(t.Context())
			r.Body = httptest.NewRequest(http.MethodPost, "/", strings.NewReader(body)).Body
		}
		a, err := build(aRequest(Authorize, cloud.Table[1]), fixed)
		if err != nil {
			t.Fatal(err)
		}
		d := &callback{listener: &Listener{redirect: redirect, hosts: []string{"localhost:8765"}}, attempt: a, pages: Locale{}.pages(), answers: make(chan Outcome, 1)}
		w := httptest.NewRecorder()
		d.ServeHTTP(w, r)
		if strings.Contains(w.Body.String(), aState) || len(query) > 20 && strings.Contains(w.Body.String(), query) {
			t.Error("the response repeats the request")
		}
		if len(d.answers) == 0 {
			return
		}
		q := r.URL.Query()
		if method != http.MethodGet || r.URL.EscapedPath() != "/" || !strings.EqualFold(host, "localhost:8765") || len(q["state"]) != 1 || q.Get("state") != aState {
			t.Errorf("%s %q?%s of %q ended the wait", method, path, query, host)
		}
	})
}
