package consent

import (
	"net/http"
	"strconv"
)

// A page is one of three answers to the browser: always the same bytes. Whatever
// a request says, none of it comes back (no name, no error, no state).
type page struct {
	status int
	body   string
}

const (
	head = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
		`<meta name="color-scheme" content="light dark"><title>S2S Doctor</title>` +
		`<style>body{font:1.1rem/1.5 system-ui,sans-serif;max-width:32rem;margin:18vh auto;padding:0 1.5rem}h1{font-size:1.5rem}</style>`
	tail = "</html>\n"
)

var (
	answered = page{http.StatusOK, head + `<h1>S2S Doctor has the answer</h1><p>Close this window and go back to S2S Doctor: it says what the answer was.</p>` + tail}
	stray    = page{http.StatusNotFound, head + `<h1>Nothing to see here</h1><p>S2S Doctor waits at this address for the consent page. This was something else, and it was ignored.</p>` + tail}
	replayed = page{http.StatusGone, head + `<h1>The answer was already used</h1><p>Close this window and go back to S2S Doctor.</p>` + tail}
)

// serve writes the page with headers that keep the browser from running,
// framing, caching or sending on anything.
//
// Sources: OWASP ASVS 5.0 sections 3.4 and 14.3, www.w3.org/TR/CSP3.
func (p page) serve(w http.ResponseWriter) {
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cache-Control", "no-store")
	h.Set("Connection", "close")
	h.Set("Content-Length", strconv.Itoa(len(p.body)))
	w.WriteHeader(p.status)
	_, _ = w.Write([]byte(p.body))
}
