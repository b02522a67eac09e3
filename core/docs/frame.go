package docs

import (
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"html"
	"strings"
)

// style is everything that the pages look like.
//
//go:embed style.css
var style string

// policy lets a page show itself and its own style, and nothing else.
// https://www.w3.org/TR/CSP3/
func policy() string {
	sum := sha256.Sum256([]byte(style))
	return "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'; base-uri 'none'; form-action 'none'"
}

// frame puts a rendered document between the list of all and the end of the page.
func frame(d document, all []document, body []byte) []byte {
	var b strings.Builder
	b.WriteString("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
	b.WriteString(`<meta http-equiv="Content-Security-Policy" content="` + html.EscapeString(policy()) + "\">\n")
	b.WriteString("<meta name=\"referrer\" content=\"no-referrer\">\n")
	b.WriteString("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
	b.WriteString("<title>" + html.EscapeString(d.title()) + " · S2S Doctor</title>\n")
	b.WriteString("<style>" + style + "</style>\n</head>\n<body>\n<nav aria-label=\"Documents\">\n<strong>S2S Doctor</strong>\n")
	for _, other := range all {
		current := ""
		if other.name == d.name {
			current = ` aria-current="page"`
		}
		b.WriteString(`<a href="` + html.EscapeString(other.page()) + `"` + current + ">" + html.EscapeString(other.title()) + "</a>\n")
	}
	b.WriteString("</nav>\n<main>\n")
	b.Write(body)
	b.WriteString("</main>\n</body>\n</html>\n")
	return []byte(b.String())
}
