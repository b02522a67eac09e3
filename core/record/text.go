package record

import (
	"encoding/hex"
	"html"
	"net/netip"
	"net/url"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
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

var word = lazyregexp.New(`[\p{L}\p{M}]+`)

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
	pattern *lazyregexp.Pattern
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

var everything = lazyregexp.New(`(?s)^.+$`)

// replaceKnown replaces known identifiers; what is between them is left to the
// rules that follow, except where there is no rule.
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

var unicodeEscape = lazyregexp.New(`\\u[0-9A-Fa-f]{4}`)

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
	case (publicClass.MatchString(s) || memberAccess.MatchString(s) && ordinary(strings.ReplaceAll(s, ".", " "))) && p.clean(s):
		return s, true
	}
	return p.host(s), true
}

// ordinaryDotted are names of files and paths of the services.
var (
	ordinaryDotted = lazyregexp.New(`^(?i:organization\.svc|main\.aspx|v[12]\.0|index\.html?|error\.html?|e\.g|i\.e)$`)
	publicClass    = lazyregexp.New(`^(?:Microsoft|System|Azure|MSAL|ADAL|SAMLP?|odata|OData)\.[A-Za-z0-9_.]+$`)
)

// memberAccess is the name of a property in a message: "context.Caller".
var memberAccess = lazyregexp.New(`^[a-z]+\.[A-Z][A-Za-z]+$`)

// clean reports whether no known identifier is in s.
func (p *pseudonyms) clean(s string) bool {
	_, _, _, found := p.known().find(s)
	return !found
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
// users. Words of the services stay, and what has a shape of its own keeps it. What
// is too long for a name stood between two quotations.
func (p *pseudonyms) quoted(s string, g []string, depth int) (string, bool) {
	const longName, enough = 80, 4
	inner := strings.Join(g[1:], "")
	var made string
	switch {
	case len(inner) > longName || strings.Contains(inner, ". ") || strings.ContainsAny(inner, "{}<>|"):
		return "", false
	case ordinary(inner) && p.clean(inner):
		return s, true
	case federatedSubject.MatchString(inner):
		made = p.name("subject", inner)
	case depth < enough && (shaped.MatchString(inner) || coded(inner) || guid.MatchString(inner) || strings.ContainsAny(inner, ":/=@%&\\")):
		made = p.scrubTo(inner, depth+1)
	default:
		made = p.name("name", inner)
	}
	return strings.Replace(s, inner, made, 1), true
}

// federatedSubject is the subject of a pipeline's or cluster's token: each part of it is
// a name that the customer chose.
var federatedSubject = lazyregexp.New(`^(?:repo:|sc://|system:serviceaccount:|/eid\d+/)`)

// inBraces replaces the name behind an ID: "Application '…'(Contoso App)".
func (p *pseudonyms) inBraces(s string, g []string) (string, bool) {
	if ordinary(g[2]) {
		return "", false
	}
	return strings.Replace(s, "("+g[2]+")", "("+p.name("name", g[2])+")", 1), true
}

// called replaces the name next to a word such as "tenant" or "named".
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
