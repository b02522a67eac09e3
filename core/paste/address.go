package paste

import (
	"net/url"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/cloud"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
)

var (
	appIDInLink  = lazyregexp.New(`(?i)/(?:appId|applicationId|clientId)/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:[/?#]|$)`)
	tenantInLink = lazyregexp.New(`(?i)#@([a-z0-9.-]+\.[a-z]+|[0-9a-f-]{36})(?:/|$)`)
	scanned      = lazyregexp.New(`(?i)^https?://(?:[a-z0-9-]+\.)?(?:safelinks\.protection\.outlook\.com|urldefense\.com|urldefense\.proofpoint\.com|www\.google\.com|linkprotect\.cudasvc\.com)/`)
	defence      = lazyregexp.New(`(?i)https?://urldefense\.com/v3/__(https?:.+?)__;`)
	// body is what forms and queries look like.
	body = lazyregexp.New(`[A-Za-z_][\w.-]*=[^\s&"'<>` + "`" + `]*(?:\s*&[A-Za-z_][\w.-]*=[^\s&"'<>` + "`" + `]*)+`)
)

// unprotect replaces the links that mail filters write by the addresses in them, and
// addresses that occur twice, as Outlook and Markdown write them.
func unprotect(text string) string {
	if !strings.Contains(text, "http") {
		return text
	}
	return urlInside.ReplaceAllStringFunc(text, func(address string) string {
		if !scanned.MatchString(address) {
			return address
		}
		if m := defence.FindStringSubmatch(address); m != nil {
			return m[1]
		}
		u, err := url.Parse(address)
		if err != nil {
			return address
		}
		for _, name := range []string{"url", "u", "q", "a"} {
			if inner := u.Query().Get(name); strings.HasPrefix(inner, "http") {
				return inner
			}
		}
		return address
	})
}

// bodies reads token requests and the queries of login addresses, and puts blanks in
// their places.
func (r *reader) bodies(text string) string {
	if !strings.Contains(text, "&") {
		return text
	}
	return body.ReplaceAllStringFunc(text, func(found string) string {
		if !credentialKey.MatchString(found) {
			return found
		}
		r.query(found)
		return keepLines(found)
	})
}

// credentialKey is a key that only requests for tokens have.
var credentialKey = lazyregexp.New(`(?i)client_?id=|client_?secret=|grant_?type=`)

// keepLines returns blanks in place of text, with its line breaks.
func keepLines(text string) string {
	return strings.Map(func(r rune) rune {
		if r == '\n' {
			return r
		}
		return ' '
	}, text)
}

// query takes key=value&key=value, percent-encoded.
func (r *reader) query(text string) {
	r.group++
	for part := range strings.SplitSeq(text, "&") {
		name, encoded, _ := strings.Cut(strings.TrimSpace(part), "=")
		r.add(pair{name: name, value: value{text: unescape(encoded), literal: true}, paragraph: -r.group, source: fromRequest})
	}
}

// unescape decodes percent-encoding; where that cannot be meant the text stays.
func unescape(text string) string {
	decoded, err := url.QueryUnescape(text)
	if err != nil {
		return text
	}
	if strings.Contains(text, "+") && strings.Contains(decoded, " ") && !strings.Contains(decoded, "://") {
		decoded, err = url.PathUnescape(text)
		if err != nil {
			return text
		}
	}
	return decoded
}

// addresses takes what the addresses of a text are of, as a last resort: the names
// next to them decide first. Queries are not looked into: main.aspx?appid= is no
// application that signs in.
func (r *reader) addresses(text string, line, paragraph int) string {
	if !strings.Contains(text, ".") {
		return text
	}
	rest := urlInside.ReplaceAllStringFunc(text, func(address string) string {
		r.address(address, line, paragraph)
		if cut := strings.IndexAny(address, "?#"); cut >= 0 {
			return address[:cut] + strings.Repeat(" ", len(address)-cut)
		}
		return address
	})
	hosts := hostInside.FindAllStringSubmatchIndex(text, 8)
	for i, at := range hosts {
		if host, v := judgeEnvironment(text[at[2]:at[3]]); v == usable {
			end := len(text)
			if i+1 < len(hosts) {
				end = hosts[i+1][0]
			}
			r.add(pair{
				value: value{text: host + text[at[3]:end]}, means: environment, rank: vague, line: line, paragraph: paragraph, source: sourceOf("https://" + text[at[2]:]),
			})
		}
	}
	return rest
}

func (r *reader) address(address string, line, paragraph int) {
	take := func(f field, text string, rank int) {
		r.add(pair{value: value{text: text}, means: f, rank: rank, line: line, paragraph: paragraph, source: fromPortal})
	}
	host, path, ok := connection.Host(strings.TrimRight(address, ".,;)"))
	switch {
	case !ok:
	case len(cloud.OfLogin(cloud.Table, host)) > 0:
		r.add(pair{value: value{text: address}, means: authority, rank: generic, line: line, paragraph: paragraph, source: fromLogin})
		if m := clientInLogin.FindStringSubmatch(address); m != nil {
			r.add(pair{value: value{text: m[1]}, means: client, rank: likely, line: line, paragraph: paragraph, source: fromLogin})
		}
	case isPortal(host):
		if m := appIDInLink.FindStringSubmatch(path); m != nil {
			take(client, m[1], likely)
		}
		if m := tenantInLink.FindStringSubmatch(path); m != nil {
			take(tenant, m[1], likely)
		}
	}
}

// clientInLogin is the application that signs in, in a sign-in or consent address.
var clientInLogin = lazyregexp.New(`(?i)[?&]client_id=([0-9a-f-]{36})(?:&|$)`)

func isPortal(host string) bool {
	for _, c := range cloud.Table {
		if host == c.Portal {
			return true
		}
	}
	return host == "portal.azure.com" || host == "portal.azure.us" || host == "portal.azure.cn"
}
