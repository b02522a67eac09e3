package record

import (
	"regexp"

	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
)

var (
	redacted = lazyregexp.New(regexp.QuoteMeta(secret.Redacted))
	// token is a JWT, or the start of one.
	token = lazyregexp.New(`eyJ[A-Za-z0-9_=-]{8,}(?:\.[A-Za-z0-9_=-]*){0,4}`)
	// codes decide what is wrong, and identify no tenant: AADSTS numbers,
	// HRESULTs in hexadecimal and as signed decimals, times.
	codes    = lazyregexp.New(`AADSTS\d{4,9}\b|\b0[xX]8[0-9A-Fa-f]{7}\b|\b8[0-9A-Fa-f]{7}\b|-2\d{9}\b|\b\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d:\d\d(?:\.\d{1,7})?(?:Z|[+-]\d\d:\d\d)?)?\b|\b\d\d:\d\d:\d\d\b`)
	escaped  = lazyregexp.New(`[^\s"'<>]*(?:%[0-9A-Fa-f]{2}|&#?\w{2,8};)[^\s"'<>]*`)
	address  = lazyregexp.New(`(?i)\b([a-z][a-z0-9+.-]{1,15})://([^\s/?#"'<>\\,;(){}\]]*)([^\s"'<>\\]*)`)
	mail     = lazyregexp.New(`[\p{L}0-9._%+#-]+@[\p{L}0-9-]+(?:\.[\p{L}0-9-]+)+`)
	guid     = lazyregexp.New(`(?i)[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\b[0-9a-f]{32}\b`)
	subject  = lazyregexp.New(`(?i)\b(CN|OU|O|L|S|ST|C|DC|E|UID|STREET|SERIALNUMBER|emailAddress)\s?=\s?("[^"]*"|(?:\\.|[^,+;/|\\"'<>()\r\n])+)`)
	account  = lazyregexp.New(`[\p{L}0-9._-]+\\+[\p{L}0-9._$-]+(?:\\+[\p{L}0-9._$ -]+)*|\b[A-Za-z]:\\[^\s"'<>|]*|\\\\[^\s"'<>|]+`)
	ip6      = lazyregexp.New(`(?i)\b[0-9a-f]{1,4}(?::[0-9a-f]{0,4}){2,7}(?:\d{1,3}(?:\.\d{1,3}){3})?|::(?:[0-9a-f]{1,4})(?::[0-9a-f]{1,4})*`)
	ip4      = lazyregexp.New(`\b\d{1,3}(?:\.\d{1,3}){3}\b`)
	dotted   = lazyregexp.New(`[\p{L}0-9_](?:[\p{L}0-9_-]*[\p{L}0-9_])?(?:\.[\p{L}0-9_](?:[\p{L}0-9_-]*[\p{L}0-9_])?)+`)
	longHex  = lazyregexp.New(`\b[0-9A-Fa-f]{16,}\b`)
	padded   = lazyregexp.New(`([A-Za-z0-9+/_-]{10,}={1,2})($|[\s,;.|)\]}"'&<])`)
	blob     = lazyregexp.New(`[A-Za-z0-9+/_-]{16,}`)
	phone    = lazyregexp.New(`\+\d[\d ()/.-]{6,}\d|\(\d{2,5}\)\s?\d[\d -]{3,}\d|\b0\d{1,5}[ /-]\d[\d /-]{3,}\d\b|\b\d{3}[-. ]\d{3}[-. ]\d{4}\b|\b\d{9,}\b|(?i:\b[0-9a-f]{2}(?:[:-][0-9a-f]{2}){5,}\b)`)
	custom   = lazyregexp.New(`\bprv(Create|Read|Write|Delete|AppendTo|Append|Assign|Share)(\p{L}[\p{L}0-9]*_\w+)|\b[\p{L}]\w*_\w+\b`)
	quoted   = lazyregexp.New("(?:^|[\\s(\\[,:=>])'([^'\\r\\n]{1,200})'|\"([^\"\\r\\n]{1,200})\"|“([^”]{1,200})”|«([^»]{1,200})»|„([^“”]{1,200})[“”]|`([^`]{1,200})`")
	called   = lazyregexp.New(`\b((?i:named|called|tenant|directory|organization|by the user)) ([\p{Lu}\p{N}][^.,;:'"()\r\n]{0,80}?)(\.|,|;| and | was | is | has | does | \(|\s*$)`)
	inThe    = lazyregexp.New(`\b((?i:in|of|from|to) (?:(?i:the) )?)([\p{Lu}\p{N}][^.,;:'"()\r\n]{0,60}?)( (?i:directory|tenant|organization)\b)`)
	inBraces = lazyregexp.New(`(^|'\)?|\d\)?)\s?\(([^()\r\n]{1,100})\)`)
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
		{quoted, func(s string, g []string) (string, bool) { return p.quoted(s, g, depth) }},
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
		{padded, p.padded},
		{blob, p.blob},
		{phone, whole(func(s string) string { return p.name("number", s) })},
		{custom, p.custom},
		{inBraces, p.inBraces},
		{called, p.called},
		{inThe, p.called},
	}
}
