package redact

import (
	"html"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"s2sdoctor/core/plain"
)

// view is a text as it reads once escapes are undone and characters that do not
// count are dropped. at holds, for each byte, where it comes from in the text.
type view struct {
	text string
	// from and to are the ends of the original bytes of each byte of text.
	from, to []int32
}

// rounds is how many layers of escapes are undone: JSON inside a form inside JSON.
const rounds = 3

func identity(text string) view {
	v := view{text: text, from: make([]int32, len(text)), to: make([]int32, len(text))}
	for i := range text {
		_, size := utf8.DecodeRuneInString(text[i:])
		for j := i; j < i+size; j++ {
			v.from[j], v.to[j] = int32(i), int32(i+size)
		}
	}
	return v
}

// builder collects the bytes of a view with their origins.
type builder struct {
	text     []byte
	from, to []int32
}

func newBuilder(size int) *builder {
	return &builder{make([]byte, 0, size), make([]int32, 0, size), make([]int32, 0, size)}
}

// add writes s, which v has at the bytes from i to before j.
func (b *builder) add(s string, v view, i, j int) {
	for k := range len(s) {
		b.text = append(b.text, s[k])
		b.from, b.to = append(b.from, v.from[i]), append(b.to, v.to[j-1])
	}
}

func (b *builder) view() view { return view{string(b.text), b.from, b.to} }

// fold drops what does not count: white space and "+", which form encoding
// writes for it, quotation marks in every form, and characters that do not show.
func (v view) fold() view {
	b := newBuilder(len(v.text))
	for i := 0; i < len(v.text); {
		if c := v.text[i]; c < utf8.RuneSelf {
			if c > ' ' && c != 0x7f && !dropped[c] {
				b.text, b.from, b.to = append(b.text, c), append(b.from, v.from[i]), append(b.to, v.to[i])
			}
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(v.text[i:])
		if !ignored(r) {
			b.add(v.text[i:i+size], v, i, i+size)
		}
		i += size
	}
	return b.view()
}

var dropped = [utf8.RuneSelf]bool{'+': true, '"': true, '\'': true, '`': true}

func ignored(r rune) bool {
	switch r {
	case '´', '‘', '’', '‚', '‛', '“', '”', '„', '‟', '«', '»', '‹', '›', '′', '″', '\u00a0', utf8.RuneError:
		return true
	}
	return plain.Blank(r)
}

// foldText is fold for a text that is looked for.
func foldText(text string) string { return identity(text).fold().text }

// decode undoes one layer of escapes and reports whether there was any.
func (v view) decode() (view, bool) {
	if !strings.ContainsAny(v.text, `\%&`) {
		return v, false
	}
	b, changed := newBuilder(len(v.text)), false
	for i := 0; i < len(v.text); {
		plain, size := escape(v.text[i:])
		if size == 0 {
			b.text, b.from, b.to = append(b.text, v.text[i]), append(b.from, v.from[i]), append(b.to, v.to[i])
			i++
			continue
		}
		b.add(plain, v, i, i+size)
		changed, i = true, i+size
	}
	return b.view(), changed
}

// escape reads the escape that text begins with: of JSON and JavaScript, of a URL
// (RFC 3986 section 2.1 and the older %uXXXX), of XML and HTML. size is 0 for
// none.
func escape(text string) (decoded string, size int) {
	switch text[0] {
	case '\\':
		return backslash(text)
	case '%':
		if n, ok := hexDigits(text, 1, 2); ok {
			return string([]byte{byte(n)}), 3
		}
		if len(text) > 1 && (text[1] == 'u' || text[1] == 'U') {
			if n, ok := hexDigits(text, 2, 4); ok {
				return string(rune(n)), 6
			}
		}
	case '&':
		return entity(text)
	}
	return "", 0
}

// escapes are those of one character (RFC 8259 section 7, and JavaScript's).
var escapes = map[byte]string{
	'"': `"`, '\\': `\`, '/': "/", '\'': "'", '`': "`",
	'n': "\n", 'r': "\r", 't': "\t", 'b': "\b", 'f': "\f", 'v': "\v", '0': "\x00",
}

func backslash(text string) (string, int) {
	if len(text) < 2 {
		return "", 0
	}
	switch c := text[1]; c {
	case 'u', 'U':
		n, ok := hexDigits(text, 2, 4)
		if !ok {
			return "", 0
		}
		if low, ok := hexDigits(text, 8, 4); ok && utf16.IsSurrogate(rune(n)) && strings.HasPrefix(text[6:], `\u`) {
			return string(utf16.DecodeRune(rune(n), rune(low))), 12
		}
		return string(rune(n)), 6
	case 'x':
		if n, ok := hexDigits(text, 2, 2); ok {
			return string(rune(n)), 4
		}
		return "", 0
	default:
		if plain, ok := escapes[c]; ok {
			return plain, 2
		}
		return "", 0
	}
}

// longestEntity is the longest character reference that is read, "&" and ";"
// included.
const longestEntity = 12

func entity(text string) (string, int) {
	end := strings.IndexByte(text[:min(len(text), longestEntity)], ';')
	if end < 2 {
		return "", 0
	}
	if decoded := html.UnescapeString(text[:end+1]); decoded != text[:end+1] {
		return decoded, end + 1
	}
	return "", 0
}

// hexDigits reads digits hexadecimal digits of text at an index.
func hexDigits(text string, at, digits int) (uint64, bool) {
	if len(text) < at+digits {
		return 0, false
	}
	n, err := strconv.ParseUint(text[at:at+digits], 16, 32)
	return n, err == nil && text[at] != '+' && text[at] != '-'
}
