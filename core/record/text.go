package record

import (
	"encoding/base64"
	"encoding/hex"
	"html"
	"net/netip"
	"net/url"
	"regexp"
	"strings"

	"s2sdoctor/core/pattern"
	"s2sdoctor/core/secret"
)

// piece is a part of a text; done is true once it must not be looked at again.
type piece struct {
	text string
	done bool
}

// scrub takes every known identifier, and everything that looks like one, out of
// the words of a service, and keeps the rest.
func (p *pseudonyms) scrub(text string) string { return p.scrubTo(text, 0) }

// decoded writes the characters of JSON's escapes, where a text holds JSON once more.
func decoded(text string) string {
	return unicodeEscape.ReplaceAllStringFunc(text, func(code string) string {
		raw, err := hex.DecodeString(code[2:])
		if err != nil {
			return code
		}
		return string(rune(raw[0])<<8 | rune(raw[1]))
	})
}

func (p *pseudonyms) scrubTo(text string, depth int) string {
	pieces := []piece{{text: decoded(text)}}
	for _, rule := range p.rules(depth) {
		pieces = apply(pieces, rule)
	}
	return join(pieces)
}

// free is scrub for text of which not even the sender is known: words that are not
// in the vocabulary are replaced.
func (p *pseudonyms) free(text string) string {
	pieces := []piece{{text: decoded(text)}}
	for _, rule := range append(p.rules(0), rule{word, func(s string, _ []string) (string, bool) { return p.word(s), true }}) {
		pieces = apply(pieces, rule)
	}
	return join(pieces)
}

var word = pattern.New(`[\p{L}\p{M}]+`)

func (p *pseudonyms) word(s string) string {
	if vocabulary()[strings.ToLower(s)] {
		return s
	}
	return p.of("word", s, numbered("word"))
}

func join(pieces []piece) string {
	var b strings.Builder
	for _, part := range pieces {
		b.WriteString(part.text)
	}
	return b.String()
}

// rule replaces what its pattern matches. with returns false where it leaves a
// match to the rules that follow.
type rule struct {
	pattern *pattern.Pattern
	with    func(match string, groups []string) (string, bool)
}

// apply cuts the pieces that are not done at what a rule replaces.
func apply(pieces []piece, r rule) []piece {
	var out []piece
	for _, part := range pieces {
		if part.done {
			out = append(out, part)
			continue
		}
		out = append(out, r.cut(part.text)...)
	}
	return out
}

func (r rule) cut(text string) []piece {
	var out []piece
	from := 0
	for _, at := range r.pattern.FindAllStringSubmatchIndex(text, -1) {
		groups := make([]string, len(at)/2)
		for i := range groups {
			if at[2*i] >= 0 {
				groups[i] = text[at[2*i]:at[2*i+1]]
			}
		}
		replaced, ok := r.with(groups[0], groups)
		if !ok {
			continue
		}
		out = append(out, piece{text[from:at[0]], false}, piece{replaced, true})
		from = at[1]
	}
	return append(out, piece{text[from:], false})
}

var (
	redacted = pattern.New(regexp.QuoteMeta(secret.Redacted))
	// token is a JWT, or the start of one.
	token = pattern.New(`eyJ[A-Za-z0-9_=-]{8,}(?:\.[A-Za-z0-9_=-]*){0,4}`)
	// codes decide what is wrong, and say nothing about a tenant: AADSTS numbers,
	// HRESULTs in hexadecimal and as signed decimals, times.
	codes    = pattern.New(`AADSTS\d{4,9}\b|\b0[xX]8[0-9A-Fa-f]{7}\b|\b8[0-9A-Fa-f]{7}\b|-2\d{9}\b|\b\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d:\d\d(?:\.\d{1,7})?(?:Z|[+-]\d\d:\d\d)?)?\b|\b\d\d:\d\d:\d\d\b`)
	escaped  = pattern.New(`[^\s"'<>]*(?:%[0-9A-Fa-f]{2}|&#?\w{2,8};)[^\s"'<>]*`)
	address  = pattern.New(`(?i)\b([a-z][a-z0-9+.-]{1,15})://([^\s/?#"'<>\\,;(){}\]]*)([^\s"'<>\\]*)`)
	mail     = pattern.New(`[\p{L}0-9._%+#-]+@[\p{L}0-9-]+(?:\.[\p{L}0-9-]+)+`)
	guid     = pattern.New(`(?i)[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\b[0-9a-f]{32}\b`)
	subject  = pattern.New(`(?i)\b(CN|OU|O|L|S|ST|C|DC|E|UID|STREET|SERIALNUMBER|emailAddress)\s?=\s?("[^"]*"|(?:\\.|[^,+;/|\\"'<>()\r\n])+)`)
	account  = pattern.New(`[\p{L}0-9._-]+\\+[\p{L}0-9._$-]+(?:\\+[\p{L}0-9._$ -]+)*|\b[A-Za-z]:\\[^\s"'<>|]*|\\\\[^\s"'<>|]+`)
	ip6      = pattern.New(`(?i)\b[0-9a-f]{1,4}(?::[0-9a-f]{0,4}){2,7}(?:\d{1,3}(?:\.\d{1,3}){3})?|::(?:[0-9a-f]{1,4})(?::[0-9a-f]{1,4})*`)
	ip4      = pattern.New(`\b\d{1,3}(?:\.\d{1,3}){3}\b`)
	dotted   = pattern.New(`[\p{L}0-9_](?:[\p{L}0-9_-]*[\p{L}0-9_])?(?:\.[\p{L}0-9_](?:[\p{L}0-9_-]*[\p{L}0-9_])?)+`)
	longHex  = pattern.New(`\b[0-9A-Fa-f]{16,}\b`)
	blob     = pattern.New(`[A-Za-z0-9+/_-]{10,}={1,2}|[A-Za-z0-9+/_-]{16,}`)
	phone    = pattern.New(`\+\d[\d ()/.-]{6,}\d|\(\d{2,5}\)\s?\d[\d -]{3,}\d|\b0\d{1,5}[ /-]\d[\d /-]{3,}\d\b|\b\d{3}[-. ]\d{3}[-. ]\d{4}\b|\b\d{9,}\b|(?i:\b[0-9a-f]{2}(?:[:-][0-9a-f]{2}){5,}\b)`)
	custom   = pattern.New(`\bprv([A-Z][a-z]+)(\p{L}[\p{L}0-9]*_\w+)|\b[\p{L}]\w*_\w+\b`)
	quoted   = pattern.New("(?:^|[\\s(\\[,:=>])'([^'\\r\\n]{1,200})'|\"([^\"\\r\\n]{1,200})\"|“([^”]{1,200})”|«([^»]{1,200})»|„([^“”]{1,200})[“”]|`([^`]{1,200})`")
	called   = pattern.New(`\b((?i:named|called|tenant|directory|organization|by the user)) ([\p{Lu}\p{N}][^.,;:'"()\r\n]{0,80}?)(\.|,|;| and | was | is | has | does | \(|\s*$)`)
	inThe    = pattern.New(`\b((?i:in|of|from|to) (?:(?i:the) )?)([\p{Lu}\p{N}][^.,;:'"()\r\n]{0,60}?)( (?i:directory|tenant|organization)\b)`)
	inBraces = pattern.New(`('\)?|\d\)?)\s?\(([^()\r\n]{1,100})\)`)
)

// rules are in the order in which they must be applied: what decides is set
// aside, then what has a shape of its own, then what is known, then what only
// looks like an identifier.
func (p *pseudonyms) rules(depth int) []rule {
	keep := func(s string, _ []string) (string, bool) { return s, true }
	whole := func(f func(string) string) func(string, []string) (string, bool) {
		return func(s string, _ []string) (string, bool) { return f(s), true }
	}
	return []rule{
		{redacted, keep},
		{token, whole(func(string) string { return secret.Redacted })},
		{phrases(), p.phrase},
		{escaped, func(s string, _ []string) (string, bool) { return p.unescaped(s, depth) }},
		{address, func(_ string, g []string) (string, bool) { return p.address(g[1], g[2], g[3], depth), true }},
		{mail, whole(p.mail)},
		{guid, whole(p.guid)},
		{codes, keep},
		{subject, func(_ string, g []string) (string, bool) { return g[1] + "=" + p.name("name", g[2]), true }},
		{account, whole(func(s string) string { return p.name("account", s) })},
		{ip6, p.ifIP},
		{ip4, p.ifIP},
		{dotted, p.dotted},
		{everything, p.replaceKnown},
		{longHex, p.blob},
		{blob, p.blob},
		{phone, whole(func(s string) string { return p.name("number", s) })},
		{custom, p.custom},
		{quoted, p.quoted},
		{inBraces, p.inBraces},
		{called, p.called},
		{inThe, p.called},
	}
}

var everything = pattern.New(`(?s)^.+$`)

// replaceKnown replaces known identifiers; what is between them is left to the
// rules that follow, except where there is none.
func (p *pseudonyms) replaceKnown(text string, _ []string) (string, bool) {
	var b strings.Builder
	changed := false
	for {
		start, end, made, ok := p.known().find(text)
		if !ok {
			break
		}
		changed = true
		b.WriteString(p.afterKnown(text[:start]) + made)
		text = text[end:]
	}
	b.WriteString(p.afterKnown(text))
	return b.String(), changed
}

// afterKnown applies the rules that follow the known identifiers.
func (p *pseudonyms) afterKnown(text string) string {
	pieces := []piece{{text: text}}
	for i, rules := 0, p.rules(0); i < len(rules); i++ {
		if rules[i].pattern == everything {
			for _, rule := range rules[i+1:] {
				pieces = apply(pieces, rule)
			}
		}
	}
	return join(pieces)
}

// phrase keeps the words by which the catalogue recognises a cause, unless there
// is an identifier in them.
func (p *pseudonyms) phrase(s string, _ []string) (string, bool) {
	_, _, _, found := p.known().find(s)
	return s, !found
}

// unescaped takes an escaped run of text apart, replaces what is in it, and
// escapes it again if anything was.
func (p *pseudonyms) unescaped(s string, depth int) (string, bool) {
	const enough = 4
	plain := html.UnescapeString(s)
	if unescaped, err := url.QueryUnescape(plain); err == nil {
		plain = unescaped
	}
	switch {
	case plain == s || strings.Contains(s, "://"): // an address is taken apart first
		return "", false
	case depth >= enough:
		return p.name("text", s), true
	}
	if clean := p.scrubTo(plain, depth+1); clean != plain {
		return url.QueryEscape(clean), true
	}
	return s, true
}

var unicodeEscape = pattern.New(`\\u[0-9A-Fa-f]{4}`)

func (p *pseudonyms) ifIP(s string, _ []string) (string, bool) {
	if _, err := netip.ParseAddr(s); err != nil {
		return "", false
	}
	return p.ip(s), true
}

// dotted replaces hosts and names of classes that are not Microsoft's. Numbers of
// versions stay.
func (p *pseudonyms) dotted(s string, _ []string) (string, bool) {
	if made := p.texts[strings.ToLower(s)]; made != "" {
		return made, true
	}
	last := s[strings.LastIndexByte(s, '.')+1:]
	switch {
	case !word.MatchString(last), ordinaryDotted.MatchString(s):
		return s, !word.MatchString(s)
	case publicClass.MatchString(s) && p.clean(s):
		return s, true
	}
	return p.host(s), true
}

// ordinaryDotted are names of files and paths of the services.
var (
	ordinaryDotted = pattern.New(`^(?i:organization\.svc|main\.aspx|v[12]\.0|index\.html?|error\.html?|e\.g|i\.e)$`)
	publicClass    = pattern.New(`^(?:Microsoft|System|Azure|MSAL|ADAL|SAMLP?|odata|OData)\.[A-Za-z0-9_.]+$`)
)

// clean reports whether no known identifier is in s.
func (p *pseudonyms) clean(s string) bool {
	_, _, _, found := p.known().find(s)
	return !found
}

// blob replaces hashes, thumbprints, keys and other codes: what is long and mixes
// digits with letters of both cases, or is hexadecimal. The 16 bytes of a known
// GUID become those of its pseudonym.
func (p *pseudonyms) blob(s string, _ []string) (string, bool) {
	if made, ok := p.guidInBase64(s); ok {
		return made, true
	}
	if coded(s) {
		return p.name("code", s), true
	}
	return "", false
}

// coded reports whether a text is a hash or a key by its looks.
func coded(s string) bool {
	const short, long = 16, 20
	digit, lower, upper := strings.ContainsAny(s, "0123456789"), strings.ToUpper(s) != s, strings.ToLower(s) != s
	isHex := strings.Trim(strings.ToLower(s), "0123456789abcdef") == ""
	return strings.HasSuffix(s, "=") || len(s) >= short && digit && (isHex || lower && upper) || len(s) >= long && restless(s)
}

// restless reports whether a text changes between capitals and small letters too
// often to be words in camel case.
func restless(s string) bool {
	changes := 0
	for i := 1; i < len(s); i++ {
		if letterCase(s[i]) != letterCase(s[i-1]) {
			changes++
		}
	}
	return changes*20 > len(s)*9 // 45 % of random letters, words of three letters at most
}

func letterCase(c byte) int {
	switch {
	case c >= 'a' && c <= 'z':
		return 1
	case c >= 'A' && c <= 'Z':
		return 2
	}
	return 0
}

// guidInBase64 handles both orders of a GUID's bytes: as written (RFC 9562), and
// as .NET and Entra's opaque identifiers have it, with the first three parts
// reversed.
func (p *pseudonyms) guidInBase64(s string) (string, bool) {
	naked := strings.TrimRight(s, "=")
	for _, enc := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
		raw, err := enc.DecodeString(naked)
		if err != nil || len(raw) != 16 {
			continue
		}
		for _, order := range []func([]byte) []byte{func(b []byte) []byte { return b }, swapped} {
			known := hex.EncodeToString(order(raw))
			if _, ok := p.given["guid\x00"+known]; !ok && !publicGUID(known) {
				continue
			}
			made, _ := hex.DecodeString(p.guid(known))
			return enc.EncodeToString(order(made)) + s[len(naked):], true
		}
	}
	return "", false
}

// swapped reverses the first three parts of a GUID's bytes.
func swapped(b []byte) []byte {
	return []byte{b[3], b[2], b[1], b[0], b[5], b[4], b[7], b[6], b[8], b[9], b[10], b[11], b[12], b[13], b[14], b[15]}
}

// custom replaces the names of columns and tables that a publisher made, "cts_project",
// and their privileges, but not those of the services.
func (p *pseudonyms) custom(s string, g []string) (string, bool) {
	switch {
	case g[2] != "":
		return "prv" + g[1] + p.name("table", g[2]), true
	case ordinary(strings.ReplaceAll(s, "_", " ")):
		return s, true
	}
	return p.name("name", s), true
}

// quoted replaces what a message quotes: names of directories, applications and
// users. Words of the services stay.
func (p *pseudonyms) quoted(s string, g []string) (string, bool) {
	inner := strings.Join(g[1:], "")
	if ordinary(inner) {
		return s, true
	}
	return strings.Replace(s, inner, p.name("name", inner), 1), true
}

// inBraces replaces the name behind an ID: "Application '…'(Contoso App)".
func (p *pseudonyms) inBraces(s string, g []string) (string, bool) {
	if ordinary(g[2]) {
		return "", false
	}
	return strings.Replace(s, "("+g[2]+")", "("+p.name("name", g[2])+")", 1), true
}

// called replaces the name beside a word such as "tenant" or "named".
func (p *pseudonyms) called(s string, g []string) (string, bool) {
	if ordinary(g[2]) {
		return "", false
	}
	return strings.Replace(s, g[2], p.name("name", g[2]), 1), true
}

// ordinary reports whether all words of s are in the vocabulary.
func ordinary(s string) bool {
	for _, w := range word.FindAllString(s, -1) {
		if !vocabulary()[strings.ToLower(w)] {
			return false
		}
	}
	return !strings.ContainsAny(s, "0123456789")
}
