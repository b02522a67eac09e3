package explain

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/challenge"
	"github.com/s2sdoctor/s2sdoctor/core/cloud"
	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// identity is what WhoAmI answers with.
var identity = []string{"UserId", "BusinessUnitId", "OrganizationId"}

const guid = `[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}`

// successes are what shows that something went well: WhoAmI was answered, a token
// was issued, a consent came back. They are looked for in the last layer, where
// the failures are; what only an earlier layer shows counts as its beginning.
func successes(all []string) []event {
	for i := len(all) - 1; i >= 0; i-- {
		found := successesIn(all[i])
		if len(found) == 0 {
			continue
		}
		if i < len(all)-1 {
			for j := range found {
				found[j].start, found[j].end = 0, 0
			}
		}
		return found
	}
	return nil
}

func successesIn(layer string) []event {
	var found []event
	if ids, start, end := whoAmI(layer); ids != nil {
		e := event{start: start, end: end, reach: reachWhoAmI, well: text.F("All is well: Dataverse answered WhoAmI.")}
		for i, id := range ids {
			e.facts = append(e.facts, catalog.NewFact(catalog.FactName(identity[i]), id))
		}
		found = append(found, e)
	}
	if m := orgWho.FindStringIndex(layer); m != nil {
		found = append(found, event{start: m[0], end: m[1], reach: reachWhoAmI, well: text.F("All is well: Dataverse answered WhoAmI.")})
	}
	if m := connectedAs.FindStringIndex(layer); m != nil {
		found = append(found, event{start: m[0], end: m[1], reach: reachWhoAmI, well: text.F("All is well: Dataverse answered WhoAmI.")})
	}
	for _, body := range objects(layer) {
		if tokenIssued(body.text) {
			found = append(found, event{start: body.start, end: body.end(), reach: reachToken, well: text.F("All is well: Entra issued a token.")})
		}
	}
	for _, m := range tokenWords.FindAllStringIndex(layer, 16) {
		const before = 24
		if !negated.MatchString(layer[max(0, m[0]-before):m[0]]) {
			found = append(found, event{start: m[0], end: m[1], reach: reachToken, well: text.F("All is well: Entra issued a token.")})
		}
	}
	found = append(found, answeredRequests(layer)...)
	if said, facts := consented(layer); !said.Empty() {
		found = append(found, event{reach: reachConsent, well: said, facts: facts})
	}
	return found
}

// member finds the value of a member of WhoAmI in JSON, in SOAP's key and value,
// or in the list that a shell prints.
func member(name string) *lazyregexp.Pattern {
	return lazyregexp.New(`(?i)\b` + name + `(?:["']?\s*[:=]\s*["']?|</[a-z:]*key>\s*<[^<>]*value[^<>]*>\s*|\s*</[a-z:]*key><[^<>]*>)(` + guid + `)`)
}

var members = []*lazyregexp.Pattern{member(identity[0]), member(identity[1]), member(identity[2])}

// whoAmI returns the three ids in the order of [identity], and their places;
// nil unless all are there. IDs of zeros mean no user.
func whoAmI(text string) (ids []string, start, end int) {
	start = len(text)
	for _, pattern := range members {
		m := pattern.FindStringSubmatchIndex(text)
		if m == nil || strings.Trim(text[m[2]:m[3]], "0-") == "" {
			return nil, 0, 0
		}
		ids = append(ids, text[m[2]:m[3]])
		start, end = min(start, m[0]), max(end, m[1])
	}
	return ids, start, end
}

// orgWho is what pac prints of an organisation after it asked WhoAmI.
var orgWho = lazyregexp.New(`(?is)\bConnected as\b.{1,400}\bOrg ID:\s*` + guid + `.{0,600}\bUser ID:\s*` + guid)

// connectedAs is what each command of pac prints once it has asked WhoAmI.
var connectedAs = lazyregexp.New(`(?is)\bConnected to\.\.\. ?[^\s.].{0,600}?\n[ \t]*Connected as [^\s.]\S*`)

// tokenWords are what programs print after they got a token.
var (
	tokenWords = lazyregexp.New(`(?im)\b(?:token (?:was |has been )?(?:successfully )?(?:acquired|obtained|retrieved)|(?:acquired|obtained|got|fetched) (?:an? |the )?(?:access )?token|token acquisition finished)(?: successfully)?(?: for https?:\S*| from \S+)?[ \t]*(?:[.!,;(\r]|$)|\bcredential selected: \S|\bauthenticated successfully\b`)
	negated    = lazyregexp.New(`(?i)\b(?:no|not|never|without|cannot|couldn't|failed|unable|after|before|if|when|once|until)\b[^.\n]*$`)
)

// loggedRequest is a request with its status behind it, on one line of a log.
var loggedRequest = lazyregexp.New(`(?m)\b(?:GET|POST|PATCH|PUT|DELETE|HEAD) ["']?https?://([^\s/"']+)(/[^\s"']*)["']?(?: HTTP/[0-9.]+["']?)?[ \t]*(?:(?:->|=>|[:=|,(\[-]|returned|responded|answered|with|status|code|HTTP)[ \t:=]*){0,4}([1-5][0-9]{2})\b(?:[^\n0-9.]|$)`)

// answeredRequests are the requests of a log that Entra or Dataverse answered with what was asked
// for.
func answeredRequests(layer string) []event {
	const enough = 256
	var found []event
	for _, m := range loggedRequest.FindAllStringSubmatchIndex(layer, enough) {
		code, _ := strconv.Atoi(layer[m[6]:m[7]])
		if code/100 != 2 {
			continue
		}
		host, path := strings.ToLower(layer[m[2]:m[3]]), strings.ToLower(layer[m[4]:m[5]])
		_, isEnvironment := cloud.OfEnvironment(cloud.Table, host)
		switch {
		case isEnvironment && strings.HasPrefix(path, "/api/data/"):
			found = append(found, event{start: m[0], end: m[7], reach: reachWhoAmI, well: text.F("All is well: the service answered with HTTP %d.", code)})
		case len(cloud.OfLogin(cloud.Table, host)) > 0 && strings.HasSuffix(path, "/token"):
			found = append(found, event{start: m[0], end: m[7], reach: reachToken, well: text.F("All is well: Entra issued a token.")})
		}
	}
	return found
}

// tokenIssued reports whether a JSON object is a token answer (RFC 6749 section
// 5.1). The token itself is gone by now.
func tokenIssued(body string) bool {
	var answer struct {
		Token string `json:"access_token"`
		Type  string `json:"token_type"`
	}
	return json.Unmarshal([]byte(body), &answer) == nil && answer.Token != "" && strings.EqualFold(answer.Type, "Bearer")
}

// consented reads the address on which a consent ended well.
func consented(shown string) (text.Text, []catalog.Fact) {
	for _, q := range queries(shown) {
		switch {
		case q.Get("error") != "":
		case strings.EqualFold(q.Get("admin_consent"), "true"):
			var facts []catalog.Fact
			if tenant := catalog.Clean(q.Get("tenant")); tenant != "" {
				facts = append(facts, catalog.NewFact("tenant in the address", tenant))
			}
			return text.F("All is well: an administrator has consented. Test the connection to prove it; an address alone proves nothing."), facts
		case q.Get("code") == secret.Redacted && (q.Has("state") || q.Has("session_state")):
			return text.F("All is well: the consent page came back with a code. Test the connection to prove it; an address alone proves nothing."), nil
		}
	}
	return text.Text{}, nil
}

// noFailure is why an answer is no failure by itself, empty where it is one or
// may be one.
func noFailure(code int, header http.Header, layer, body string, signs catalog.Signs) text.Text {
	switch {
	case signs.OAuth == "authorization_pending":
		return text.F("This is no failure: Entra waits until the user has finished the sign-in with the code.")
	case code == http.StatusUnauthorized && firstChallenge(header) && !authorization.MatchString(layer):
		return text.F("This is no failure by itself: Dataverse answers like this to a request without a token, and names its tenant. If a token was sent, it was not accepted: test the connection, which looks at the token.")
	case code/100 == 2 && !coded(signs) && signs.Network == "" && !empty(layer) && !troubled(behindBody(body)):
		if found := successesIn(layer); len(found) > 0 {
			return text.Text{} // it has a better sentence
		}
		return text.F("All is well: the service answered with HTTP %d.", code)
	}
	return text.Text{}
}

// behindBody is what a user wrote behind the body of a response.
func behindBody(body string) string {
	body = strings.TrimSpace(body)
	switch {
	case strings.HasPrefix(body, "{"):
		return strings.TrimPrefix(body, balanced(body))
	case strings.HasPrefix(body, "<"), strings.HasPrefix(body, "\ufeff<"):
		return body[strings.LastIndexByte(body, '>')+1:]
	}
	return ""
}

var authorization = lazyregexp.New(`(?im)^[ \t<>*]*authorization\s*:`)

// firstChallenge reports whether a head asks for a token and no more: the
// challenge of an environment, without an error.
func firstChallenge(header http.Header) bool {
	c, ok := challenge.Bearer(header.Values("WWW-Authenticate"))
	if !ok || !c.Names() || c.Get("error") != "" {
		return false
	}
	_, host, _ := strings.Cut(c.Get("resource_id"), "://")
	_, known := cloud.OfEnvironment(cloud.Table, strings.ToLower(strings.TrimRight(host, "/")))
	return known
}

// empty reports whether a response to WhoAmI names no user.
func empty(layer string) bool {
	for _, pattern := range members {
		if m := pattern.FindStringSubmatch(layer); m != nil && strings.Trim(m[1], "0-") == "" {
			return true
		}
	}
	return false
}
