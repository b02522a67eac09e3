package explain

import (
	"encoding/base64"
	"encoding/json"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
)

// harPair is a name with its value in a HAR file.
type harPair struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// harEntry is the part of an entry of a HAR file that is read.
//
// Source: w3c.github.io/web-performance/specs/HAR/Overview.html, HTTP Archive 1.2.
type harEntry struct {
	Request struct {
		Method  string    `json:"method"`
		URL     string    `json:"url"`
		Headers []harPair `json:"headers"`
	} `json:"request"`
	Response struct {
		Status  int       `json:"status"`
		Headers []harPair `json:"headers"`
		Content struct {
			MimeType string `json:"mimeType"`
			Text     string `json:"text"`
			Encoding string `json:"encoding"`
		} `json:"content"`
	} `json:"response"`
}

// looksLikeHAR reports whether a text begins as a HAR file does.
func looksLikeHAR(text string) bool {
	start := strings.TrimSpace(text[:min(len(text), 4<<10)])
	return strings.HasPrefix(strings.TrimPrefix(start, "\ufeff"), "{") && strings.Contains(start, `"log"`)
}

// readHAR returns the exchanges of a HAR file that are about our services, nil
// for any other text. Requests that the browser did not send have no status.
func readHAR(text string) []exchange {
	if !looksLikeHAR(text) {
		return nil
	}
	var found []exchange
	scanner := harScanner{take: func(raw []byte) {
		if x, ok := readEntry(raw); ok {
			found = append(found, x)
		}
	}}
	for len(text) > 0 {
		piece := text[:min(len(text), harPiece)]
		scanner.write([]byte(piece))
		text = text[len(piece):]
	}
	return found
}

// harPiece is how much of a HAR file is scanned at once, in bytes.
const harPiece = 1 << 20

// readEntry reads one entry; false for one that is not about a connection.
func readEntry(raw []byte) (exchange, bool) {
	var e harEntry
	if !mayTell(raw) || json.Unmarshal(raw, &e) != nil {
		return exchange{}, false
	}
	x := exchange{
		method: e.Request.Method, url: e.Request.URL, status: e.Response.Status,
		header: headerOf(e.Response.Headers), body: e.Response.Content.Text,
	}
	if e.Response.Content.Encoding == "base64" {
		if raw, err := base64.StdEncoding.DecodeString(x.body); err == nil {
			x.body = string(raw)
		}
	}
	x.body = x.body[:min(len(x.body), maxText)]
	if x.status == 0 || !telling(x) {
		return exchange{}, false
	}
	authorized := ""
	for _, h := range e.Request.Headers {
		if strings.EqualFold(h.Name, "Authorization") {
			authorized = "Authorization: Bearer\n"
		}
	}
	x.text = x.method + " " + x.url + "\n" + authorized + "\n" + statusText(x.status) + "\n" + headerLines(e.Response.Headers) + "\n" + x.body
	return x, true
}

var (
	// apiPath is in the addresses that programs ask: Dataverse's Web API and
	// Organization Service, Entra's endpoints, and Graph's.
	apiPath   = lazyregexp.New(`(?i)/api/data/v|/XRMServices/|/oauth2/|/adminconsent|/\.well-known/openid-configuration|/discovery/instance|//graph\.microsoft\.`)
	errorSign = lazyregexp.New(`(?i)AADSTS[0-9]{5}|[?&#]error=`)
)

// telling reports whether an exchange is about a connection: a browser records
// pages, scripts and pictures next to it.
func telling(x exchange) bool {
	return apiPath.MatchString(x.url) || errorSign.MatchString(x.body) || errorSign.MatchString(x.header.Get("Location"))
}

func headerLines(pairs []harPair) string {
	var b strings.Builder
	for _, p := range pairs {
		b.WriteString(p.Name + ": " + p.Value + "\n")
	}
	return b.String()
}
