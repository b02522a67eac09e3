package core_test

import (
	"net/http"
	"strings"
	"time"
)

// perturbation is a change of responses that must not change the diagnosis.
type perturbation struct {
	name   string
	change func(*message)
	// http1 is true if the hosts support HTTP/1.1 only.
	http1 bool
	// unless is the rule for the responses in which the change affects more than the
	// form: they stay unchanged. nil: no response.
	unless rule
}

// rule selects responses, with the reason why they stay unchanged.
type rule struct {
	applies func(message) bool
	why     string
}

// perturbations are all perturbations.
var perturbations = []perturbation{
	// A second run of the same scenario: it must not differ.
	{name: "nothing", change: func(m *message) { m.set("X-Nothing", "1") }},

	// The content type (RFC 9110 section 8.3).
	{name: "content type: none", change: contentType("")},
	{name: "content type: text/html", change: contentType("text/html")},
	{name: "content type: text/html; charset", change: contentType("text/html; charset=utf-8")},
	{name: "content type: TEXT/HTML ;blanks", change: contentType("TEXT/HTML ; Charset=UTF-8"), http1: true},
	{name: "content type: text/plain", change: contentType("text/plain")},
	{name: "content type: text/plain; charset", change: contentType(`text/plain; charset="us-ascii"`)},
	{name: "content type: text/xml", change: contentType("text/xml; charset=utf-8")},
	{name: "content type: application/soap+xml", change: contentType("application/soap+xml; charset=utf-8")},
	{name: "content type: application/json", change: contentType("application/json")},
	{name: "content type: application/json; charset", change: contentType("application/json; charset=utf-8")},
	{name: "content type: application/json; odata", change: contentType("application/json; odata.metadata=minimal; odata.streaming=true; IEEE754Compatible=false; charset=utf-8")},
	{name: "content type: application/json;odata", change: contentType("application/json;odata.metadata=full;charset=UTF-8")},
	{name: "content type: Application/JSON ;blanks", change: contentType("Application/JSON ;  Charset=UTF-8 "), http1: true},
	{name: "content type: application/octet-stream", change: contentType("application/octet-stream")},
	{name: "content type: unreadable", change: contentType("json; ;=")},

	// Header fields (RFC 9110 section 5).
	{name: "header: names in lower case", change: byHand(names(strings.ToLower)), http1: true},
	{name: "header: names in upper case", change: byHand(names(strings.ToUpper)), http1: true},
	{name: "header: order reversed", change: byHand(reversedHeader), http1: true},
	{name: "header: no blank after the colon", change: byHand(func(m *message) { m.wire.colon = ":" }), http1: true},
	{name: "header: blanks and tabs around values", change: byHand(func(m *message) { m.wire.colon = ": \t " }), http1: true},
	{name: "header: folded lines", change: byHand(folded), http1: true},
	{name: "header: unknown fields", change: unknownFields},
	{name: "header: Via and Age", change: passedOn, unless: bare},
	{name: "header: more cookies", change: cookies},
	{name: "header: two ids in one field", change: twoIDs(", ")},
	{name: "header: two ids, no blank", change: twoIDs(",")},
	{name: "header: one id of two", change: oneID},

	// The status line and the framing (RFC 9112).
	{name: "status: no reason phrase", change: byHand(func(m *message) { m.wire.noReason = true }), http1: true},
	{name: "status: another reason phrase", change: byHand(func(m *message) { m.wire.reason = "Nicht verfügbar" }), http1: true},
	{name: "status: 103 first", change: byHand(func(m *message) { m.wire.preface = "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" }), http1: true, unless: connect},
	{name: "framing: HTTP/1.1", change: func(*message) {}, http1: true},
	{name: "framing: HTTP/1.0 until the end", change: byHand(func(m *message) { m.wire.proto, m.wire.untilClose = "HTTP/1.0", true }), http1: true},
	{name: "framing: until the end", change: byHand(func(m *message) { m.wire.untilClose = true }), http1: true},
	{name: "framing: chunks with extensions, trailer", change: byHand(func(m *message) { m.wire.chunk, m.wire.trailer = 7, "X-Trailer: 1\r\n" }), http1: true},
	{name: "framing: small HTTP/2 frames", change: func(m *message) { m.wire.chunk = 64 }},
	{name: "framing: gzip", change: (*message).compress},
	{name: "framing: gzip, HTTP/1.1", change: (*message).compress, http1: true},

	// The body.
	{name: "body: byte order mark", change: body("\xef\xbb\xbf", "")},
	{name: "body: blank lines around it", change: body("\r\n\n ", "\n\r\n")},
	{name: "body: LF to CRLF", change: lineEnds("\r\n")},
	{name: "body: CRLF to LF", change: lineEnds("\n")},
	{name: "body: GUIDs in upper case", change: guids(strings.ToUpper)},
	{name: "body: codes in upper case", change: codes(strings.ToUpper)},
	{name: "body: codes in lower case", change: codes(strings.ToLower)},
	{name: "body: times with seven decimals", change: sevenDecimals},
	{name: "json: indented", change: inJSON(same, layout{newline: "\n", indent: "  "})},
	{name: "json: indented, CRLF and tabs", change: inJSON(same, layout{newline: "\r\n", indent: "\t"})},
	{name: "json: members in another order", change: inJSON(reversed, layout{})},
	{name: "json: unknown members after", change: inJSON(more(false), layout{})},
	{name: "json: unknown members before", change: inJSON(more(true), layout{})},
	{name: `json: \u escapes`, change: inJSON(same, layout{quote: escaped}), unless: numbersInText},
	{name: "xml: no declaration", change: inXML(xmlForm{})},
	{name: "xml: another declaration", change: inXML(xmlForm{head: "<?xml version='1.0' encoding='utf-8' standalone='yes'?>\n\n"})},
	{name: "xml: indented", change: inXML(xmlForm{before: "\r\n    "})},
	{name: "xml: comments", change: inXML(xmlForm{before: "<!-- - -->"})},
	{name: "xml: other prefixes", change: inXML(xmlForm{prefix: func(p string) string { return "ns." + p + p }})},
	{name: "xml: attributes in single quotes", change: inXML(xmlForm{quote: "'"})},
	{name: "xml: character references", change: inXML(xmlForm{text: numeric, attr: numeric})},
	{name: "xml: CDATA", change: inXML(xmlForm{text: cdata})},

	// The wording; codes, IDs, numbers and quoted names stay.
	{name: "words: Dutch", change: words(in(dutch)), unless: wordingDecides},
	{name: "words: Japanese", change: words(in(japanese)), unless: wordingDecides},
	{name: "words: none", change: words(func(string) string { return "" }), unless: wordingDecides},
	{name: "words: HTML entities", change: words(entities)},

	// WWW-Authenticate (RFC 9110 section 11.6.1).
	{name: "challenge: values quoted", change: challenge(rebuilt(func(c *scheme) { c.quote = `"` }))},
	{name: "challenge: other order", change: challenge(rebuilt(func(c *scheme) { c.reverse() }))},
	{name: "challenge: scheme in lower case", change: challenge(rebuilt(func(c *scheme) { c.name = "bearer" }))},
	{name: "challenge: scheme in upper case", change: challenge(rebuilt(func(c *scheme) { c.name = "BEARER" }))},
	{name: "challenge: names in upper case", change: challenge(rebuilt(func(c *scheme) { c.each(strings.ToUpper) }))},
	{name: "challenge: no blank after the comma", change: challenge(rebuilt(func(c *scheme) { c.comma = "," }))},
	{name: "challenge: blanks around everything", change: challenge(rebuilt(func(c *scheme) { c.quote, c.comma, c.equals, c.gap = `"`, " ,  ", " = ", "   " }))},
	{name: "challenge: a blank and no comma", change: challenge(rebuilt(func(c *scheme) { c.comma = " " }))},
	{name: "challenge: unknown parameters", change: challenge(rebuilt(func(c *scheme) {
		c.quote = `"`
		c.add("realm", "a, b=c")
		c.add("trusted_issuers", "x")
	}))},
	{name: "challenge: after another, one field", change: challenge(beside("Negotiate, NTLM, ", ""))},
	{name: "challenge: before another, one field", change: challenge(beside("", `, Basic realm="x, y", Negotiate`))},
	{name: "challenge: after Basic, one field", change: challenge(beside(`Basic realm="Bearer authorization_uri=https://a.example/x", `, ""))},
	{name: "challenge: after another, two fields", change: challenge(lines("Negotiate", `Basic realm="x"`, "*"))},
	{name: "challenge: before another, two fields", change: challenge(lines("*", "NTLM"))},
	{name: "challenge: after an empty Bearer", change: challenge(lines("Bearer", "*"))},

	// The time and the order in which responses arrive.
	{name: "order: login late", change: late("login.", "")},
	{name: "order: environment late", change: late("contoso.", "")},
	{name: "order: WhoAmI late", change: late("", "/whoami")},
	{name: "order: Organization Service late", change: late("", "/organization.svc")},
	{name: "order: user late", change: late("", "/systemusers")},
	{name: "order: environment's name late", change: late("", "/organizations")},
}

func contentType(value string) func(*message) {
	return func(m *message) {
		if len(m.body) > 0 {
			m.set("Content-Type", value)
		}
	}
}

// byHand marks the response of a change as written byte by byte, without net/http.
func byHand(change func(*message)) func(*message) {
	return func(m *message) {
		m.wire.byHand = true
		change(m)
	}
}

func names(change func(string) string) func(*message) {
	return func(m *message) {
		for i := range m.header {
			m.header[i].name = change(m.header[i].name)
		}
	}
}

// late returns a change that delays the responses of a host or a path.
func late(host, path string) func(*message) {
	return func(m *message) {
		if strings.HasPrefix(m.host, host) && strings.Contains(strings.ToLower(m.path), path) {
			m.delay = 5 * time.Millisecond
		}
	}
}

// connect selects a proxy's responses to CONNECT: net/http uses the first, even if it is
// an informational response.
var connect = rule{
	func(m message) bool { return m.method == http.MethodConnect },
	"net/http reads one response to CONNECT",
}

// bare selects responses without anything from the requested service. For them a trace of
// a proxy is evidence.
var bare = rule{
	func(m message) bool { return !m.proven() },
	"where no code, challenge or data proves the service, the name of a proxy shows that something else answered",
}

// wordingDecides selects responses that a service sends for several causes, which only
// the wording distinguishes.
var wordingDecides = rule{
	func(m message) bool {
		return m.status >= http.StatusBadRequest && (refined(m) || m.page() && !m.proven() || m.identity())
	},
	"the catalogue tells the causes of this code apart by the words, or there is nothing but words: a web server's own page, which no server translates, or the endpoint of a managed identity, which has no codes",
}

// numbersInText selects token responses. MSAL does not unescape the digits of their times.
var numbersInText = rule{
	func(m message) bool { return m.identity() && m.status == http.StatusOK },
	"MSAL reads expires_on without decoding the text",
}
