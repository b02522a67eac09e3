package explain

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// reading is what was found in a text.
type reading struct {
	// text is the last layer: everything decoded and scrubbed.
	text string
	// marks and statuses are what the last layer shows.
	marks    []catalog.Sighting
	statuses []placed
	// near is the part of the text that is about the failure; all of it where
	// nothing shows the part.
	near     string
	signs    catalog.Signs
	evidence catalog.Evidence
	verdict  catalog.Verdict
	// well is a sentence on why all is well; empty where nothing shows that.
	well text.Text
	// other is the service that the failure is about, where that is another service than ours.
	other string
}

// read looks for what decides: an answer as it came (HTTP, JSON, SOAP), the
// address of a redirect, then the last failure of a text in which marks are
// among other words.
func read(shown string) reading {
	all := layers(shown)
	r := reading{text: all[len(all)-1]}
	r.near, r.marks, r.statuses = r.text, catalog.Sightings(r.text), statuses(r.text)
	for _, layer := range all {
		for _, find := range []func(string) (catalog.Signs, catalog.Evidence, text.Text, bool){answer, redirect} {
			signs, evidence, well, ok := find(layer)
			if !ok {
				continue
			}
			r.signs, r.evidence, r.well = signs, evidence, well
			if r.complete(); r.decided() {
				return r
			}
		}
	}
	r.fromTimeline(all)
	return r
}

// silent reports whether a text holds neither a failure nor a success.
func (r reading) silent() bool {
	return r.well.Empty() && r.verdict.Cause == catalog.Unknown && r.verdict.By == "" && r.evidence.Code == "" && r.signs.Status == 0 && !troubled(r.text)
}

// decided judges the signs, and reports whether they lead to a cause.
func (r *reading) decided() bool {
	r.verdict = catalog.Recognise(r.signs)
	return !r.well.Empty() || r.verdict.Cause != "" && r.verdict.Cause != catalog.Unknown
}

// fromTimeline takes the last failure among all that the text reports.
func (r *reading) fromTimeline(all []string) {
	o := decide(r.text, append(r.failures(), successes(all)...))
	whole := r.evidence // of an answer that did not decide
	switch {
	case o.failure != nil:
		r.signs, r.evidence = o.failure.sighting.Read(r.text)
		r.signs.Status = r.statusNear(o.failure)
		r.near = window(r.text, o.failure.start, o.failure.end)
		r.verdict = o.failure.verdict
		r.other = otherService(r.text, o.failure)
		r.enrich(all)
	case o.success != nil && !o.troubled:
		r.well, r.evidence = o.success.well, catalog.Evidence{Facts: o.success.facts}
		r.verdict = catalog.Verdict{}
		return
	default:
		signs := r.signs
		r.signs, r.evidence = catalog.ReadStrongest(r.text, r.marks)
		if coded(signs) {
			r.signs, r.evidence = signs, whole
		}
		r.verdict = catalog.Verdict{Cause: catalog.Unknown}
		r.other = otherService(r.text, nil)
		r.enrich(all)
	}
	r.complete()
}

// enrich takes from a JSON or SOAP answer inside the text what the mark alone
// does not show: the OAuth error, IDs, the exact message.
func (r *reading) enrich(all []string) {
	for _, layer := range all {
		signs, evidence, ok := fragment(layer, r.signs)
		if !ok {
			continue
		}
		text := r.signs.Text
		r.signs, r.evidence = signs, evidence
		if r.verdict.Cause == catalog.Unknown && len(r.verdict.Alternatives) == 0 {
			if v := catalog.Recognise(signs); v.Cause != "" {
				r.verdict = v
			}
		}
		r.signs.Text = text
		return
	}
}

// complete adds what the text around the response contains: status, service, and the
// IDs that the answer did not have itself.
func (r *reading) complete() {
	s, e := &r.signs, &r.evidence
	signs, around := catalog.ReadStrongest(r.text, r.marks)
	if len(s.AADSTS) == 0 && s.Dataverse == "" && s.Graph == "" && around.Code != "" && r.well.Empty() {
		s.AADSTS, s.Dataverse, s.Graph, s.Text = signs.AADSTS, signs.Dataverse, signs.Graph, signs.Text
		e.Code = around.Code
	}
	for _, field := range []struct{ mine, found *string }{
		{&e.RequestID, &around.RequestID},
		{&e.CorrelationID, &around.CorrelationID},
		{&e.TraceID, &around.TraceID},
		{&e.Timestamp, &around.Timestamp},
	} {
		if *field.mine == "" {
			*field.mine = *field.found
		}
	}
	if e.Message.Empty() {
		e.Message = around.Message
	}
	if s.Service == "" {
		s.Service = service(r.text)
	}
	if s.Status == 0 && r.near == r.text && len(r.statuses) > 0 {
		s.Status = r.statuses[0].code
	}
	e.HTTPStatus = s.Status
	r.addFacts()
}

// answer reads a text that is an answer as a whole: a dump of HTTP, a JSON
// object, a SOAP envelope, a page.
func answer(layer string) (catalog.Signs, catalog.Evidence, text.Text, bool) {
	code, header, body := splitHTTP(layer)
	if code == 0 && !looksLikeBody(body) {
		return catalog.Signs{}, catalog.Evidence{}, text.Text{}, false
	}
	return judgeAnswer(code, header, layer, body)
}

// judgeAnswer reads one response; layer is the text that contains it, with its
// request where that is shown.
func judgeAnswer(code int, header http.Header, layer, body string) (catalog.Signs, catalog.Evidence, text.Text, bool) {
	if location := header.Get("Location"); code/100 == 3 && location != "" {
		if signs, evidence, well, ok := readAddress(location); ok {
			return signs, evidence, well, true
		}
	}
	from := service(layer)
	signs, evidence := catalog.Read(from, code, header, []byte(body))
	if well := noFailure(code, header, layer, body, signs); !well.Empty() {
		evidence.Message = text.Text{}
		return signs, evidence, well, true
	}
	return signs, evidence, text.Text{}, coded(signs) || code >= 400 || signs.Network != "" && (code != 0 || catalog.IsFilterPage([]byte(body)))
}

func looksLikeBody(text string) bool {
	text = strings.TrimSpace(text)
	return strings.HasPrefix(text, "{") && json.Valid([]byte(text)) || strings.HasPrefix(text, "<")
}

func coded(s catalog.Signs) bool {
	return len(s.AADSTS) > 0 || s.Dataverse != "" || s.Graph != "" || s.OAuth != ""
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

// statusLine is the first line of an answer, as curl -i and -v show it.
var statusLine = lazyregexp.New(`(?m)^[ \t<>*]*HTTP/[0-9](?:\.[0-9])?[ \t]+([1-5][0-9]{2})\b[^\n]*`)
