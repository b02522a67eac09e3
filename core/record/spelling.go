package record

import (
	"cmp"
	"encoding/base64"
	"encoding/hex"
	"html"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// matcher finds known identifiers in every spelling, the longest first.
type matcher struct {
	// spelled are the spellings by their first letter in lower case.
	spelled map[rune][]spelling
	texts   int // how many texts there are, without their spellings
}

// spelling is one form of a known text.
type spelling struct{ text, pseudonym string }

// begin starts a pass: every identifier that was met so far is known from now on.
// It reports whether there is a new one.
func (p *pseudonyms) begin() bool {
	if len(p.texts) == p.matcher.texts {
		return false
	}
	p.matcher = newMatcher(p.texts)
	return true
}

func (p *pseudonyms) known() *matcher { return p.matcher }

func newMatcher(texts map[string]string) *matcher {
	m := &matcher{spelled: map[rune][]spelling{}, texts: len(texts)}
	for text, made := range texts {
		for _, s := range spellings(text) {
			first, _ := utf8.DecodeRuneInString(s)
			first = unicode.ToLower(first)
			m.spelled[first] = append(m.spelled[first], spelling{s, made})
		}
	}
	for _, all := range m.spelled {
		slices.SortFunc(all, func(a, b spelling) int {
			return cmp.Or(len(b.text)-len(a.text), strings.Compare(a.text, b.text), strings.Compare(a.pseudonym, b.pseudonym))
		})
	}
	return m
}

// find returns the first known identifier in text that is not a part of another
// word by chance.
func (m *matcher) find(text string) (start, end int, made string, ok bool) {
	for start, first := range text {
		for _, s := range m.spelled[unicode.ToLower(first)] {
			end := start + len(s.text)
			if end <= len(text) && strings.EqualFold(text[start:end], s.text) && (len(s.text) >= safeInside || alone(text, start, end)) {
				return start, end, s.pseudonym, true
			}
		}
	}
	return 0, 0, "", false
}

// safeInside is the length from which a known text is replaced inside words, too:
// "contoso" in "contosoadmin". Shorter ones are parts of other words by chance.
const safeInside = 5

// alone reports whether no letter or digit is next to text[start:end].
func alone(text string, start, end int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:start])
	after, _ := utf8.DecodeRuneInString(text[end:])
	return !wordRune(before) && !wordRune(after)
}

func wordRune(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r))
}

// spellings are the forms in which a service may write a text. Text that is
// escaped as a whole is taken apart before; these are for text inside other text.
func spellings(text string) []string {
	all := []string{
		text, url.QueryEscape(text), url.PathEscape(text), html.EscapeString(text),
		strings.Trim(strconv.QuoteToASCII(text), `"`), strings.ReplaceAll(text, " ", ""),
	}
	const enough = 8 // shorter codes occur by chance
	add := func(coded string) {
		if len(coded) >= enough {
			all = append(all, coded)
		}
	}
	for _, cased := range []string{text, strings.ToUpper(text), title(text)} {
		add(hex.EncodeToString([]byte(cased)))
		for offset := range 3 {
			add(base64At(cased, offset, base64.RawStdEncoding))
			add(base64At(cased, offset, base64.RawURLEncoding))
		}
	}
	return slices.DeleteFunc(all, func(s string) bool { return len(s) < 2 })
}

func title(text string) string {
	words := strings.Fields(text)
	for i, w := range words {
		r, size := utf8.DecodeRuneInString(w)
		words[i] = string(unicode.ToUpper(r)) + w[size:]
	}
	return strings.Join(words, " ")
}

// base64At is what text looks like inside the base64 of a longer one when it
// starts at the given offset modulo 3, without the characters that its neighbours
// decide.
func base64At(text string, offset int, enc *base64.Encoding) string {
	coded := enc.EncodeToString([]byte(strings.Repeat("\x00", offset) + text))
	start, end := (offset*8+5)/6, len(coded)
	if (offset+len(text))%3 != 0 {
		end--
	}
	return coded[start:max(start, end)]
}

// sweep replaces known identifiers that the rules have left in what was made.
func (p *pseudonyms) sweep(text string) string {
	var b strings.Builder
	for {
		start, end, made, ok := p.known().find(text)
		if !ok {
			b.WriteString(text)
			break
		}
		if p.kept(text, start, end) || strings.ContainsAny(text[start:end], "\"<>{}\n") {
			made = text[start:end]
		}
		b.WriteString(text[:start] + made)
		text = text[end:]
	}
	return guid.ReplaceAllStringFunc(b.String(), func(found string) string {
		if _, original := p.given["guid\x00"+strings.ToLower(strings.ReplaceAll(found, "-", ""))]; original {
			return p.guid(found)
		}
		return found
	})
}

// kept reports whether a known identifier is part of a word or a phrase that is
// kept on purpose: the organisation "error" does not make a secret of the word.
func (p *pseudonyms) kept(text string, start, end int) bool {
	for start > 0 && wordRune(rune(text[start-1])) {
		start--
	}
	for end < len(text) && wordRune(rune(text[end])) {
		end++
	}
	return vocabulary()[strings.ToLower(text[start:end])]
}
