package explain

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// exchange is one request with its response, as a HAR file or a transcript of
// curl -v has them.
type exchange struct {
	method, url string
	status      int
	header      http.Header
	body        string
	// text is the exchange as it is, request included.
	text string
}

// step is what one exchange comes to.
type step struct {
	exchange
	signs    catalog.Signs
	evidence catalog.Evidence
	well     text.Text
	failed   bool
}

// byExchanges reads several exchanges in their order: the first broken link
// decides whose repetition did not succeed. It is false for other texts.
func byExchanges(text string) (reading, bool) {
	exchanges := readHAR(text)
	if exchanges == nil {
		exchanges = readTranscript(text)
	}
	if len(exchanges) == 0 {
		return reading{}, false
	}
	var steps []step
	for i, x := range exchanges {
		steps = append(steps, x.judge(i+1 < len(exchanges)))
	}
	best := steps[len(steps)-1]
	for i, s := range steps {
		if s.failed && !repeated(steps[i+1:], s) {
			return s.reading(), true
		}
		if len(successesIn(s.body)) > 0 {
			best = s
		}
	}
	return best.reading(), !best.well.Empty()
}

// judge reads a response. A redirect that another exchange follows is not a
// filter's; one that is the last may be.
func (x exchange) judge(followed bool) step {
	x.text, x.body = scrub(x.text), scrub(x.body)
	s := step{exchange: x}
	signs, evidence, well, _ := judgeAnswer(x.status, x.header, x.text, x.body)
	s.signs, s.evidence, s.well = signs, evidence, well
	switch verdict := catalog.Recognise(signs); {
	case !well.Empty():
	case pagePath.MatchString(x.url) && !coded(signs) && x.status < 400:
		// A page for a reader.
	case x.status/100 == 3 && followed, x.status/100 == 1:
	case x.status == http.StatusProxyAuthRequired && followed:
		// A proxy's handshake: what follows shows whether it succeeded.
	case verdict.Cause != "" && verdict.Cause != catalog.Unknown, x.status >= 400:
		s.failed = true
	default:
		s.well = wellOf(x)
	}
	return s
}

// pagePath is in the addresses that answer with a page.
var pagePath = lazyregexp.New(`(?i)/authorize\b|/adminconsent\b`)

// wellOf is the sentence of an exchange that went well.
func wellOf(x exchange) text.Text {
	if found := successesIn(x.body); len(found) > 0 {
		return found[len(found)-1].well
	}
	return text.F("All is well: the service answered with HTTP %d.", x.status)
}

// repeated reports whether a later exchange is the same request with success.
func repeated(later []step, failed step) bool {
	for _, s := range later {
		same := s.method == failed.method && s.path() == failed.path()
		if same && !s.failed && s.status/100 == 2 {
			return true
		}
	}
	return false
}

func (x exchange) path() string {
	path, _, _ := strings.Cut(x.url, "?")
	return strings.TrimSuffix(path, "/")
}

// reading is what is known from one exchange alone.
func (s step) reading() reading {
	all := layers(s.text)
	r := reading{text: all[len(all)-1], signs: s.signs, evidence: s.evidence, well: s.well}
	r.near = r.text
	r.marks, r.statuses = catalog.Sightings(r.text), statuses(r.text)
	if r.signs.Service == "" {
		r.signs.Service = service(s.url + "\n" + r.text)
	}
	r.complete()
	r.decided()
	return r
}

// requestLine is the first line of a request, as curl -v shows it.
var requestLine = lazyregexp.New(`(?m)^[ \t]*>?[ \t]*(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|CONNECT)[ \t]+(\S+)(?:[ \t]+HTTP/[0-9.]+)[ \t]*\r?$`)

// readTranscript takes a text apart at its request lines; nil where it has fewer
// than two.
func readTranscript(text string) []exchange {
	const most = 256
	starts := requestLine.FindAllStringSubmatchIndex(text, most)
	if len(starts) < 2 {
		return nil
	}
	var found []exchange
	for i, m := range starts {
		end := len(text)
		if i+1 < len(starts) {
			end = starts[i+1][0]
		}
		part := text[m[0]:end]
		x := exchange{text: part, method: text[m[2]:m[3]], url: hostOf(part) + text[m[4]:m[5]]}
		x.status, x.header, x.body = splitHTTP(part)
		if x.status == 0 || x.method == http.MethodConnect && x.status/100 == 2 || x.status == http.StatusContinue {
			continue
		}
		found = append(found, x)
	}
	return found
}

var hostHeader = lazyregexp.New(`(?im)^[ \t>]*host:[ \t]*([^\s]{1,253})`)

// hostOf is the host of a request with the scheme, or "".
func hostOf(part string) string {
	if m := hostHeader.FindStringSubmatch(part); m != nil {
		return "https://" + m[1]
	}
	return ""
}

// headerOf makes a header of name and value pairs.
func headerOf(pairs []harPair) http.Header {
	h := http.Header{}
	for _, p := range pairs {
		h.Add(p.Name, p.Value)
	}
	return h
}

func statusText(status int) string {
	return "HTTP/1.1 " + strconv.Itoa(status) + " " + http.StatusText(status)
}
