package consent

import (
	"html"
	"net/http"
	"strconv"

	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// Locale is the language of the pages that this program sends to the browser. The zero
// value is English.
type Locale struct {
	// Language is a BCP 47 tag: "pt-BR".
	Language string
	// Translate returns an English text in the language.
	Translate func(english string) string
}

// pages are the responses to the browser. Each is constant: nothing of a request is
// repeated in it (no name, no error, no state).
type pages struct{ answered, unrelated, replayed page }

type page struct {
	status int
	body   string
}

const style = `body{font:1.1rem/1.5 system-ui,sans-serif;max-width:32rem;margin:18vh auto;padding:0 1.5rem}h1{font-size:1.5rem}`

func (v Locale) pages() pages {
	return pages{
		answered: v.page(http.StatusOK, text.F("S2S Doctor has the answer"),
			text.F("Close this window and go back to S2S Doctor: it shows the answer.")),
		unrelated: v.page(http.StatusNotFound, text.F("Nothing to see here"),
			text.F("S2S Doctor waits at this address for the consent page. This was something else, and it was ignored.")),
		replayed: v.page(http.StatusGone, text.F("The answer was already used"),
			text.F("Close this window and go back to S2S Doctor.")),
	}
}

func (v Locale) page(status int, title, shown text.Text) page {
	language := v.Language
	if language == "" {
		language = "en"
	}
	return page{status, `<!doctype html><html lang="` + html.EscapeString(language) + `"><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
		`<meta name="color-scheme" content="light dark"><title>S2S Doctor</title><style>` + style + `</style>` +
		`<h1>` + html.EscapeString(title.In(v.Translate)) + `</h1><p>` + html.EscapeString(shown.In(v.Translate)) + "</p></html>\n"}
}

// serve writes the page with headers that keep the browser from running,
// framing, caching or forwarding anything.
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
