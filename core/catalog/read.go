package catalog

import (
	"bytes"
	"net/http"
	"net/url"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/challenge"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// maxBody is how much of a body is read; no service states the error later
// than that.
const maxBody = 256 << 10

// Read turns an answer into the signs that it shows and the evidence that a
// user may need. It never fails: what cannot be read shows no signs.
//
// The body may be Entra's JSON (RFC 6749 section 5.2 with Microsoft's
// additions), Dataverse's or Graph's JSON, a SOAP fault, HTML, or nothing. The
// caller has taken secrets out of it. A token answer leaves no trace of the
// token.
func Read(service Service, status int, header http.Header, body []byte) (Signs, Evidence) {
	body = bytes.TrimSpace(bytes.TrimPrefix(body[:min(len(body), maxBody)], []byte("\xef\xbb\xbf")))
	a := answer{signs: Signs{Service: service, Status: status}}
	a.evidence.HTTPStatus = status
	switch {
	case len(body) == 0:
	case a.readJSON(body):
	case IsPage(body):
		a.readHTML(body)
	case a.readSOAP(body):
	case status/100 != 2:
		a.addAADSTS(nil, "", string(body))
		a.say(string(body))
	}
	a.readHeader(header)
	a.readOrigin(header, body)
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
func (a *answer) say(words string) {
	if a.evidence.Message.Empty() {
		a.evidence.Message = text.Raw(Clean(words))
	}
}

// fact keeps one more thing seen, if there is anything to keep.
func (a *answer) fact(name FactName, value string) {
	const enough = 512
	if value = cleanTo(value, enough); value != "" {
		a.evidence.Facts = append(a.evidence.Facts, NewFact(name, value))
	}
}

func (a *answer) done() (Signs, Evidence) {
	a.signs.AADSTS = specificFirst(a.signs.AADSTS)
	if a.signs.Text == "" {
		a.signs.Text = a.evidence.Message.String()
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
			if values := ids(header, name); len(values) > 0 {
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
	if a.evidence.Timestamp == "" {
		a.evidence.Timestamp = cleanTo(header.Get("Date"), enough)
	}
	for _, id := range ids(header, "x-ms-service-request-id") {
		if id = cleanTo(id, enough); id != a.evidence.RequestID {
			a.fact("service request id", id)
		}
	}
	a.fact("authentication activity id", first("AuthActivityId"))
	a.fact("Retry-After", first("Retry-After"))
	a.readChallenge(header)
}

// ids returns the values of a header that holds ids: one a header, or several
// in one, separated by commas (RFC 9110 section 5.3).
func ids(header http.Header, name string) []string {
	var all []string
	for _, value := range header.Values(name) {
		for _, id := range strings.Split(value, ",") {
			if id = strings.TrimSpace(id); id != "" {
				all = append(all, id)
			}
		}
	}
	return all
}

// readChallenge reads what a refused Bearer token brought back (RFC 6750
// section 3, and Microsoft's authorization_uri).
func (a *answer) readChallenge(header http.Header) {
	c, ok := challenge.Bearer(header.Values("WWW-Authenticate"))
	if !ok {
		return
	}
	if c.Authority() != "" {
		a.fact(FactEnvironmentTenant, cleanTo(c.Authority(), 253))
		a.fact("environment's login host", cleanTo(c.Login(), 253))
	}
	if code := c.Get("error"); code != "" && a.signs.OAuth == "" {
		a.signs.OAuth = strings.ToLower(cleanTo(code, 64))
	}
}

// readOrigin notes who answered, and the mark of a proxy or filter.
func (a *answer) readOrigin(header http.Header, body []byte) {
	a.signs.Origin = originOf(a, header, body)
	if a.signs.Origin != OriginBetween {
		return
	}
	a.fact("answered by", between(header))
	if a.signs.Status != http.StatusProxyAuthRequired {
		a.signs.Network = "intercepted"
	}
}
