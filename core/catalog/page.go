package catalog

import (
	"bytes"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
)

// pageStart is how an HTML document or a fragment of one begins.
var pageStart = lazyregexp.New(`(?i)^<(?:!doctype\s+html|html|head|body|title|meta|script|style|link|center|table|div|span|form|iframe|h[1-6]|p|br|hr)\b`)

// IsPage reports whether a body is a web page, after white space, an XML
// declaration and comments. It is the only definition of HTML in the program.
// The Content-Type does not count: ASP.NET labels plain text text/html, and
// filters label their pages as they like.
func IsPage(body []byte) bool {
	start := strings.TrimPrefix(string(body[:min(len(body), 8<<10)]), "\ufeff")
	for {
		start = strings.TrimSpace(start)
		switch {
		case strings.HasPrefix(start, "<?xml"):
			_, start, _ = strings.Cut(start, "?>")
		case strings.HasPrefix(start, "<!--"):
			_, start, _ = strings.Cut(start, "-->")
		default:
			return pageStart.MatchString(start)
		}
	}
}

// refusal are words of a page that refuses access.
var refusal = lazyregexp.New(`(?i)\b(?:block(?:ed|s)|denied|not allowed|not permitted|permission|prohibited|policy|filter(?:ed)?|categor(?:y|ies)|authenticat\w+)\b`)

// IsFilterPage reports whether a body is a page with which a proxy or filter that names
// itself refuses a request.
func IsFilterPage(body []byte) bool {
	return IsPage(body) && refusal.MatchString(string(body)) && hasProduct(string(body), betweenProducts...)
}

// serverPage is the wording of the page that HTTP.sys and Kestrel send by
// themselves, before any application sees the request. It is not translated.
var serverPage = lazyregexp.New(`(?i)<h2>(?:Not Found|Bad Request[^<]{0,64})</h2>\s*<hr>\s*<p>HTTP Error 40[04]\.`)

// isServerPage reports whether a page is Microsoft's web server's own.
func isServerPage(body []byte) bool { return serverPage.MatchString(string(bytes.TrimSpace(body))) }
