package record

import (
	"mime"
	"net/http"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
)

// dropped is in place of a header's value that is not kept.
const dropped = "[not kept]"

// header replaces the values of headers: an allow-list keeps what the services
// and the protocols define, every other header keeps its name alone.
func (p *pseudonyms) header(kept http.Header, droppedNames []string) http.Header {
	out := http.Header{}
	for name, values := range kept {
		key := p.headerName(name)
		for _, value := range values {
			out[key] = append(out[key], p.headerValue(http.CanonicalHeaderKey(name), value))
		}
	}
	for _, name := range droppedNames {
		key := p.headerName(name)
		out[key] = append(out[key], dropped)
	}
	return out
}

var headerShape = lazyregexp.New(`^[A-Za-z0-9._-]+$`)

func (p *pseudonyms) headerName(name string) string {
	if p.clean(name) && headerShape.MatchString(name) && blobless(name) {
		return name
	}
	return "X-" + p.name("Header", name)
}

func blobless(name string) bool {
	return guid.FindString(name) == "" && digitRun.FindString(name) == ""
}

var (
	digitRun     = lazyregexp.New(`\d{4,}`)
	productShape = lazyregexp.New(`^([A-Za-z][A-Za-z-]*)(?:/(v?[\d.]+))?$`)
	estsShape    = lazyregexp.New(`^[\d.]+ - [A-Z0-9]+ ProdSlices$`)
	retryShape   = lazyregexp.New(`^(?:\d{1,6}(?:\.\d+)?|\d{1,3}:\d\d:\d\d)$`)
	squidError   = lazyregexp.New(`^[A-Z_]{3,40}(?: \d{1,4})?$`)
	shortNumber  = lazyregexp.New(`^[\d.,]{1,12}$`)
	challenge    = lazyregexp.New(`(?i)^(bearer|basic|digest|ntlm|negotiate|kerberos|pop|dpop)\b\s*`)
	parameter    = lazyregexp.New(`([A-Za-z_-]+)\s*=\s*(?:"([^"]*)"|([^",\s]+))`)
)

func (p *pseudonyms) headerValue(name, value string) string {
	switch name {
	case "Content-Type":
		return contentType(value)
	case "Content-Length", "Odata-Version", "X-Ms-Ratelimit-Burst-Remaining-Xrm-Requests", "X-Ms-Ratelimit-Time-Remaining-Xrm-Requests", "X-Ms-Dop-Hint":
		return keepShape(shortNumber, value)
	case "Date":
		if _, err := http.ParseTime(value); err == nil {
			return value
		}
	case "Retry-After":
		if _, err := http.ParseTime(value); err == nil {
			return value
		}
		return keepShape(retryShape, value)
	case "X-Ms-Ests-Server":
		return keepShape(estsShape, value)
	case "Location":
		return p.scrub(value)
	case "Server", "X-Powered-By", "X-Cache":
		return p.products(value)
	case "Via":
		return p.via(value)
	case "X-Squid-Error":
		return keepShape(squidError, value)
	case "Www-Authenticate", "Proxy-Authenticate":
		return p.challenge(value)
	case "X-Ms-Request-Id", "X-Ms-Service-Request-Id", "Client-Request-Id", "Req_id", "Authactivityid", "Request-Id",
		"X-Ms-Correlation-Request-Id", "X-Ms-Correlation-Id":
		ids := strings.Split(value, ",")
		for i, id := range ids {
			ids[i] = p.plain("id", id)
		}
		return strings.Join(ids, ",")
	}
	return dropped
}

func keepShape(shape *lazyregexp.Pattern, value string) string {
	if shape.MatchString(value) {
		return value
	}
	return dropped
}

// mediaTypes are those of the services and of pages.
var mediaTypes = lazyregexp.New(`^(?:text/(?:html|plain|xml|css|javascript)|application/(?:json|xml|soap\+xml|problem\+json|xhtml\+xml|jwt|octet-stream|x-www-form-urlencoded))$`)

// contentType keeps the type as it is written if it and its parameters are known.
func contentType(value string) string {
	kind, params, err := mime.ParseMediaType(value)
	if err != nil || !mediaTypes.MatchString(kind) {
		return dropped
	}
	for name, text := range params {
		switch {
		case strings.HasPrefix(name, "odata."), name == "ieee754compatible", name == "type":
		case name == "charset" && shortWord.MatchString(text):
			continue
		default:
			return kind
		}
		if !vocabulary()[strings.ToLower(text)] && !odataMetadata.MatchString(text) {
			return kind
		}
	}
	return value
}

var (
	shortWord     = lazyregexp.New(`^(?i:utf-?8|utf-?16(?:le|be)?|us-ascii|iso-8859-\d{1,2}|windows-125\d)$`)
	odataMetadata = lazyregexp.New(`^(?i:minimal|full|none|true|false)$`)
)

// products keeps the names of well-known servers and proxies.
func (p *pseudonyms) products(value string) string {
	words := strings.Fields(value)
	for i, text := range words {
		m := productShape.FindStringSubmatch(text)
		if m == nil || !ordinary(m[1]) || !p.clean(m[1]) {
			words[i] = p.name("server", text)
		}
	}
	return strings.Join(words, " ")
}

// via keeps protocol and product of each proxy (RFC 9110 section 7.6.3) and
// replaces its name.
func (p *pseudonyms) via(value string) string {
	hops := strings.Split(value, ",")
	for i, hop := range hops {
		words := strings.Fields(hop)
		for j, text := range words {
			inner := strings.Trim(text, "()")
			switch m := productShape.FindStringSubmatch(inner); {
			case j == 0 && shortNumber.MatchString(strings.TrimPrefix(text, "HTTP/")):
			case j == 1:
				words[j] = p.host(text)
			case m == nil || !ordinary(m[1]) || !p.clean(m[1]):
				words[j] = strings.Replace(text, inner, p.name("proxy", inner), 1)
			}
		}
		hops[i] = strings.Join(words, " ")
	}
	return strings.Join(hops, ", ")
}

// challenge keeps the scheme and the parameters that decide (RFC 6750 section 3,
// and Microsoft's authorization_uri and resource_id).
func (p *pseudonyms) challenge(value string) string {
	scheme := challenge.FindString(value)
	if scheme == "" {
		return dropped
	}
	rest := value[len(scheme):]
	var out strings.Builder
	out.WriteString(scheme)
	from := 0
	for _, at := range parameter.FindAllStringSubmatchIndex(rest, -1) {
		start, end := at[4], at[5]
		if start < 0 {
			start, end = at[6], at[7]
		}
		between := rest[from:at[0]]
		if strings.Trim(between, ", \t\"") != "" {
			between = ", "
		}
		out.WriteString(between + rest[at[0]:start] + p.parameter(strings.ToLower(rest[at[2]:at[3]]), rest[start:end]))
		from = end
	}
	if tail := rest[from:]; tail == `"` {
		out.WriteString(tail)
	}
	return strings.TrimSpace(out.String())
}

func (p *pseudonyms) parameter(name, value string) string {
	switch name {
	case "authorization_uri", "resource_id", "trusted_issuers":
		return p.scrub(value)
	case "error", "error_description", "stale", "algorithm", "qop":
		return p.scrub(value)
	case "claims", "nonce", "opaque":
		return "[not-kept]"
	}
	return p.plain("text", value)
}
