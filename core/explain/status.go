package explain

import (
	"strconv"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
)

// reasons are the phrases of RFC 9110 that are next to a status.
const reasons = `(?:OK|Created|No Content|Found|Bad ?Request|Unauthori[sz]ed|Forbidden|Not ?Found|Method ?Not ?Allowed|` +
	`Proxy ?Authentication ?Required|Request ?Time-?out|Conflict|Precondition ?Failed|Too ?Many ?Requests|Internal ?Server ?Error|` +
	`Not ?Implemented|Bad ?Gateway|Service ?Unavailable|Gateway ?Time-?out|Network ?Authentication ?Required|Client ?Error|Server ?Error)`

// statusWords are the ways in which programs write a status.
var statusWords = []*lazyregexp.Pattern{
	lazyregexp.New(`(?i)\bHTTP(?:/[0-9.]+)?(?:["'])?[ :-]{1,3}(?:error[ :-]+|status(?:[ -]code)?[ :-]*|code[ :-]*)?([1-5][0-9]{2})\b`),
	// "status code: 401", statusCode=401, responseCode=401, "httpStatusCode":401,
	// StatusCode 'Unauthorized' comes below.
	lazyregexp.New(`(?i)\b(?:http|response)?[ _-]?(?:status|response|error)[ _-]?code\\*["']?(?:\s+does not indicate success)?(?:\s+(?:was|is|of))?\s*(?:[:=]|=>|->)?\s*\\*["']?([1-5][0-9]{2})\b`),
	lazyregexp.New(`(?i)\\*["']?\b(?:http_?)?status\\*["']?\s*(?:[:=]|=>|->)\s*\\*["']?([1-5][0-9]{2})\b`),
	// "gibt keinen Erfolg an: 429 ()", as .NET writes it in any language
	lazyregexp.New(`: ?([45][0-9]{2}) \([A-Za-z ]{0,40}\)`),
	// "(401) Unauthorized", "received: [403]"
	lazyregexp.New(`[(\[]([45][0-9]{2})[)\]]`),
	lazyregexp.New(`(?i)\b([1-5][0-9]{2})[ :,-]{1,3}["'(]?` + reasons + `\b`),
	// "a 403 error", "error 403", "resulted in 401", "returned 401"
	lazyregexp.New(`(?i)\b(40[0-9]|41[0-9]|429|50[0-4])[ -](?:error|response|status|page)\b`),
	lazyregexp.New(`(?i)\b(?:error|returned|returns|responded(?: with)?|responds(?: with)?|answered(?: with)?|resulted in|received|got|gets)(?: an?| the)?[: ]{1,2}(?:http )?["'` + "`" + `]?(40[0-9]|41[0-9]|429|50[0-4])\b`),
}

// statusNames are statuses written in words: StatusCode 'Unauthorized', of .NET's
// HttpStatusCode.
var (
	statusName  = lazyregexp.New(`(?i)\bstatus(?:[ _-]?code)?\\*["']?\s*(?:[:=]|=>|of|was|is)?\s*\\*["']?(unauthorized|forbidden|too ?many ?requests|service ?unavailable|bad ?gateway|gateway ?timeout|proxy ?authentication ?required)\b`)
	namedStatus = map[string]int{
		"unauthorized": 401, "forbidden": 403, "toomanyrequests": 429, "serviceunavailable": 503,
		"badgateway": 502, "gatewaytimeout": 504, "proxyauthenticationrequired": 407,
	}
)

// The two sentences of .NET's client behind which Dataverse's answer is lost
// (System.ServiceModel): the first was 403, the second 401.
var (
	forbidden    = lazyregexp.New(`(?i)HTTP request was forbidden with client authentication scheme`)
	unauthorized = lazyregexp.New(`(?i)HTTP request is unauthorized with client authentication scheme`)
)

// placed is a status and where it is.
type placed struct{ code, start, end int }

// statuses are the HTTP statuses that a text reports.
func statuses(text string) []placed {
	var found []placed
	for _, s := range []struct {
		pattern *lazyregexp.Pattern
		code    int
	}{{forbidden, 403}, {unauthorized, 401}} {
		if m := s.pattern.FindStringIndex(text); m != nil {
			found = append(found, placed{s.code, m[0], m[1]})
		}
	}
	const enough = 64
	for _, pattern := range statusWords {
		for _, m := range pattern.FindAllStringSubmatchIndex(text, enough) {
			code, _ := strconv.Atoi(text[m[2]:m[3]])
			found = append(found, placed{code, m[2], m[3]})
		}
	}
	for _, m := range statusName.FindAllStringSubmatchIndex(text, enough) {
		name := strings.ReplaceAll(strings.ToLower(text[m[2]:m[3]]), " ", "")
		found = append(found, placed{namedStatus[name], m[2], m[3]})
	}
	return found
}

// failures are the marks of a text, and its statuses.
func (r reading) failures() []event {
	var found []event
	for _, s := range r.marks {
		found = append(found, event{start: s.Start, end: s.End, sighting: s, verdict: catalog.Recognise(s.Signs)})
	}
	whole := service(r.text)
	for _, p := range r.statuses {
		if p.code < 400 {
			continue
		}
		s := catalog.Sighting{Start: p.start, End: p.end, Signs: catalog.Signs{Status: p.code}}
		line := lineAt(r.text, p.start, p.end)
		if s.Signs.Service = service(line); s.Signs.Service == "" && !othersIn(line) {
			s.Signs.Service = whole
		}
		verdict := catalog.Recognise(s.Signs)
		if verdict.Cause != catalog.Unknown {
			s.Strength = catalog.ByWords // such as 429, which means one thing
		}
		found = append(found, event{start: p.start, end: p.end, sighting: s, verdict: verdict})
	}
	return found
}

// statusNear returns the HTTP status that is nearest to a failure, or 0.
func (r reading) statusNear(failure *event) int {
	const far = catalog.MaxText
	code, nearest := 0, far
	for _, p := range r.statuses {
		distance := max(p.start-failure.end, failure.start-p.end, 0)
		if p.code >= 400 && distance < nearest {
			code, nearest = p.code, distance
		}
	}
	return code
}
