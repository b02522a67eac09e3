package catalog

import (
	"bytes"
	"mime"
	"net/http"
	"net/url"
	"strings"

	"s2sdoctor/core/pattern"
)

// maxBody is how much of a body is read; no service says what is wrong later
// than that.
const maxBody = 256 << 10

// Diagnose reads an answer and recognises it: [Read] and [Recognise] in one,
// with the deciding mark noted in the evidence.
func Diagnose(service Service, status int, header http.Header, body []byte) (Verdict, Evidence) {
	signs, evidence := Read(service, status, header, body)
	verdict := Recognise(signs)
	evidence.RecognisedBy = verdict.By
	if strings.HasPrefix(verdict.By, "AADSTS") {
		evidence.Code = verdict.By
	}
	return verdict, evidence
}

// Read turns an answer into the signs that it shows and the evidence that a
// person may need. It never fails: what cannot be read shows no signs.
//
// The body may be Entra's JSON (RFC 6749 section 5.2 with Microsoft's
// additions), Dataverse's or Graph's JSON, a SOAP fault, HTML, or nothing. The
// caller has taken secrets out of it. A token answer leaves no trace of the
// token.
func Read(service Service, status int, header http.Header, body []byte) (Signs, Evidence) {
	body = bytes.TrimPrefix(body, []byte("\xef\xbb\xbf"))
	body = bytes.TrimSpace(body[:min(len(body), maxBody)])
	a := answer{signs: Signs{Service: service, Status: status}}
	a.evidence.HTTPStatus = status
	switch {
	case len(body) == 0:
	case a.readJSON(body):
	case isHTML(header, body):
		a.readHTML(header, body)
	case a.readSOAP(body):
	case status/100 != 2:
		a.say(string(body))
	}
	a.readHeader(header)
	return a.done()
}

// ReadRedirect reads the query of a redirect address. An error is read whatever
// else is there: admin_consent=True comes on failures too.
func ReadRedirect(query url.Values) (Signs, Evidence) {
	a := answer{signs: Signs{Service: Entra}}
	fields := object{}
	for _, key := range []string{"error", "error_description", "error_uri", "error_subcode"} {
		if value := query.Get(key); value != "" {
			fields[key] = value
		}
	}
	a.readOAuth(fields)
	return a.done()
}

// answer is what has been read so far.
type answer struct {
	signs    Signs
	evidence Evidence
}

// say keeps the service's own words.
func (a *answer) say(text string) {
	if a.evidence.Message == "" {
		a.evidence.Message = Clean(text)
	}
}

// fact keeps one more thing seen, if there is anything to keep.
func (a *answer) fact(name, value string) {
	const enough = 512
	if value = cleanTo(value, enough); value != "" {
		a.evidence.Facts = append(a.evidence.Facts, Seen(name, value))
	}
}

func (a *answer) done() (Signs, Evidence) {
	a.signs.AADSTS = specificFirst(a.signs.AADSTS)
	if a.signs.Text == "" {
		a.signs.Text = a.evidence.Message
	}
	e := &a.evidence
	switch {
	case len(a.signs.AADSTS) > 0:
		e.Code = aadstsName(a.signs.AADSTS[0])
	case a.signs.Dataverse != "":
		e.Code = a.signs.Dataverse
	case a.signs.Graph != "":
		e.Code = a.signs.Graph
	}
	e.Error = a.signs.OAuth
	if a.signs.Suberror != "" {
		e.Error += "/" + a.signs.Suberror
	}
	return a.signs, a.evidence
}

// readHeader takes the ids that Microsoft's support asks for.
func (a *answer) readHeader(header http.Header) {
	const enough = 128
	first := func(names ...string) string {
		for _, name := range names {
			// Dataverse sends its request id twice; the last is the one it logs.
			if values := header.Values(name); len(values) > 0 {
				return cleanTo(values[len(values)-1], enough)
			}
		}
		return ""
	}
	fill := func(field *string, names ...string) {
		if *field == "" {
			*field = first(names...)
		}
	}
	fill(&a.evidence.RequestID, "REQ_ID", "x-ms-service-request-id", "x-ms-request-id", "request-id")
	fill(&a.evidence.CorrelationID, "x-ms-correlation-request-id", "x-ms-correlation-id", "client-request-id")
	fill(&a.evidence.Timestamp, "Date")
	for _, id := range header.Values("x-ms-service-request-id") {
		if id = cleanTo(id, enough); id != a.evidence.RequestID {
			a.fact("service request id", id)
		}
	}
	a.fact("authentication activity id", first("AuthActivityId"))
	a.fact("Retry-After", first("Retry-After"))
	a.readChallenge(header)
}

var (
	challengeTenant = pattern.New(`(?i)authorization_uri="?https://([a-z0-9.-]{1,253})/([a-z0-9.-]{1,253})/`)
	challengeError  = pattern.New(`(?i)\berror="?([a-z_]{1,64})`)
)

// readChallenge reads what a refused Bearer token brought back (RFC 6750
// section 3, and Microsoft's authorization_uri).
func (a *answer) readChallenge(header http.Header) {
	for _, challenge := range header.Values("WWW-Authenticate") {
		if !isBearer(challenge) {
			continue
		}
		if m := challengeTenant.FindStringSubmatch(challenge); m != nil {
			a.fact("environment belongs to tenant", m[2])
			a.fact("environment's login host", m[1])
		}
		if m := challengeError.FindStringSubmatch(challenge); m != nil && a.signs.OAuth == "" {
			a.signs.OAuth = strings.ToLower(m[1])
		}
	}
}

func isBearer(challenge string) bool {
	scheme, _, _ := strings.Cut(strings.TrimSpace(challenge), " ")
	return strings.EqualFold(scheme, "Bearer")
}

func isHTML(header http.Header, body []byte) bool {
	kind, _, _ := mime.ParseMediaType(header.Get("Content-Type"))
	if kind == "text/html" || kind == "application/xhtml+xml" {
		return true
	}
	start := strings.ToLower(string(body[:min(len(body), 64)]))
	return strings.HasPrefix(start, "<!doctype html") || strings.HasPrefix(start, "<html")
}
