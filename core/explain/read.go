package explain

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"s2sdoctor/core/catalog"
	"s2sdoctor/core/pattern"
	"s2sdoctor/core/prose"
)

// reading is what was found in a text.
type reading struct {
	// text is the last layer: everything decoded and scrubbed.
	text     string
	signs    catalog.Signs
	evidence catalog.Evidence
	// well says in one sentence why all is well; nothing where nothing says so.
	well prose.Text
}

// read looks for the most telling thing in the text: an answer as it came
// (HTTP, JSON, SOAP), the address of a redirect, then codes and words wherever
// they stand.
func read(text string) reading {
	all := layers(text)
	r := reading{text: all[len(all)-1]}
	for _, layer := range all {
		for _, find := range []func(string) (catalog.Signs, catalog.Evidence, bool){
			answer, redirect, fragment,
		} {
			if signs, evidence, ok := find(layer); ok {
				r.signs, r.evidence = signs, evidence
				return r.complete(layer)
			}
		}
	}
	r.signs, r.evidence = catalog.ReadText(r.text)
	r = r.complete(r.text)
	r.well = well(all, &r.evidence)
	return r
}

// complete adds what the text around the answer tells: status, service, codes
// and ids that the answer did not have itself.
func (r reading) complete(layer string) reading {
	signs, evidence := catalog.ReadText(layer)
	s, e := &r.signs, &r.evidence
	if len(s.AADSTS) == 0 && s.Dataverse == "" && s.Graph == "" {
		s.AADSTS, s.Dataverse, e.Code = signs.AADSTS, signs.Dataverse, evidence.Code
		if e.Code != "" {
			s.Text = signs.Text
		}
	}
	for _, field := range []struct{ mine, found *string }{
		{&e.RequestID, &evidence.RequestID}, {&e.CorrelationID, &evidence.CorrelationID},
		{&e.TraceID, &evidence.TraceID}, {&e.Timestamp, &evidence.Timestamp}, {&e.Message, &evidence.Message},
	} {
		if *field.mine == "" {
			*field.mine = *field.found
		}
	}
	if s.Service == "" {
		s.Service = service(r.text)
	}
	if s.Status == 0 {
		s.Status = status(r.text)
		e.HTTPStatus = s.Status
	}
	if s.Text == "" {
		s.Text = signs.Text
	}
	r.addFacts()
	return r
}

// answer reads a text that is an answer as a whole: a dump of HTTP, a JSON
// object, a SOAP envelope, a page.
func answer(layer string) (catalog.Signs, catalog.Evidence, bool) {
	code, header, body := splitHTTP(layer)
	if code == 0 && !looksLikeBody(body) {
		return catalog.Signs{}, catalog.Evidence{}, false
	}
	from := service(layer)
	signs, evidence := catalog.Read(from, code, header, []byte(body))
	return signs, evidence, telling(signs) || code >= 400 || code != 0 && signs.Network != ""
}

func looksLikeBody(text string) bool {
	text = strings.TrimSpace(text)
	return strings.HasPrefix(text, "{") || strings.HasPrefix(text, "<")
}

// fragment reads an answer that stands somewhere inside the text, as logs and
// exceptions have it.
func fragment(layer string) (catalog.Signs, catalog.Evidence, bool) {
	from := service(layer)
	for _, body := range slices.Concat(objects(layer), envelopes(layer)) {
		signs, evidence := catalog.Read(from, 0, nil, []byte(body))
		if telling(signs) {
			return signs, evidence, true
		}
	}
	return catalog.Signs{}, catalog.Evidence{}, false
}

func telling(s catalog.Signs) bool {
	return len(s.AADSTS) > 0 || s.Dataverse != "" || s.Graph != "" || s.OAuth != ""
}

const (
	// attempts and longest bound the search for answers inside a text.
	attempts = 32
	longest  = 64 << 10
)

var (
	objectStart   = pattern.New(`\{\s*"`)
	envelopeStart = pattern.New(`<(?:\w+:)?(?:Envelope|Fault|OrganizationServiceFault)\b`)
)

// objects are the JSON objects in a text, outermost first.
func objects(text string) []string {
	var found []string
	for _, at := range objectStart.FindAllStringIndex(text, attempts) {
		if body := balanced(text[at[0]:min(len(text), at[0]+longest)]); body != "" {
			found = append(found, body)
		}
	}
	return found
}

// envelopes are what may be SOAP in a text; XML that ends early is read as far
// as it goes.
func envelopes(text string) []string {
	var found []string
	for _, at := range envelopeStart.FindAllStringIndex(text, attempts) {
		found = append(found, text[at[0]:min(len(text), at[0]+longest)])
	}
	return found
}

// balanced is the JSON object at the beginning of text, "" when it does not end.
func balanced(text string) string {
	depth, inString := 0, false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case inString && c == '\\':
			i++
		case c == '"':
			inString = !inString
		case inString:
		case c == '{':
			depth++
		case c == '}':
			if depth--; depth == 0 {
				return text[:i+1]
			}
		}
	}
	return ""
}

// splitHTTP takes a dump such as curl -i makes apart. Without a status line all
// of it is body.
func splitHTTP(layer string) (code int, header http.Header, body string) {
	m := statusLine.FindAllStringSubmatchIndex(layer, 8)
	if m == nil {
		return 0, nil, layer
	}
	last := m[len(m)-1] // the answer after "100 Continue", a proxy's CONNECT, redirects
	code, _ = strconv.Atoi(layer[last[2]:last[3]])
	header = http.Header{}
	_, rest, _ := strings.Cut(layer[last[1]:], "\n")
	for rest != "" {
		var line string
		line, rest, _ = strings.Cut(rest, "\n")
		line = strings.TrimSpace(strings.TrimLeft(line, "<>* "))
		if line == "" {
			break
		}
		name, value, ok := strings.Cut(line, ":")
		if !ok || strings.ContainsAny(name, " {}\"<>") {
			rest = line + "\n" + rest // no blank line: the body begins here
			break
		}
		header.Add(strings.TrimSpace(name), strings.TrimSpace(value))
	}
	return code, header, rest
}
