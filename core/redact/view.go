package redact

import (
	"html"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/s2sdoctor/s2sdoctor/core/plain"
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
	// The bytes of what does not show, each written as a character.
	return r >= 0x80 && r <= 0xff || plain.Blank(r)
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
		if plain, size := escape(v.text[i:]); size > 0 {
			b.add(plain, v, i, i+size)
			changed, i = true, i+size
			continue
		}
		b.text, b.from, b.to = append(b.text, v.text[i]), append(b.from, v.from[i]), append(b.to, v.to[i])
		i++
	}
	return b.view(), changed
}

// unmarked drops the markup that parsers of XML and HTML drop without a trace:
// comments, processing instructions and the brackets of CDATA sections.
func (v view) unmarked() (view, bool) {
	if !strings.Contains(v.text, "<!") && !strings.Contains(v.text, "<?") && !strings.Contains(v.text, "]]>") {
		return v, false
	}
	b, changed := newBuilder(len(v.text)), false
	m := markup{text: v.text}
	for i := 0; i < len(v.text); {
		if size := m.at(i); size > 0 {
			changed, i = true, i+size
			continue
		}
		b.text, b.from, b.to = append(b.text, v.text[i]), append(b.from, v.from[i]), append(b.to, v.to[i])
		i++
	}
	return b.view(), changed
}

// markup finds what parsers drop. It looks for each kind of end once, so that
// beginnings without an end cost nothing more.
type markup struct {
	text string
	ends [len(dropping)]int // where the next end is, for each kind
}

var dropping = [...]struct{ start, end string }{{"<!--", "-->"}, {"<?", "?>"}}

// at returns the length of what a parser drops at an index, 0 if it is nothing.
func (m *markup) at(i int) int {
	switch rest := m.text[i:]; {
	case rest[0] == ']' && strings.HasPrefix(rest, "]]>"):
		return len("]]>")
	case rest[0] != '<' || len(rest) < 2 || rest[1] != '!' && rest[1] != '?':
		return 0
	case strings.HasPrefix(rest, "<![CDATA["):
		return len("<![CDATA[")
	}
	for kind, d := range dropping {
		from := i + len(d.start)
		if !strings.HasPrefix(m.text[i:], d.start) {
			continue
		}
		if m.ends[kind] < from {
			m.ends[kind] = len(m.text) + 1
			if n := strings.Index(m.text[from:], d.end); n >= 0 {
				m.ends[kind] = from + n
			}
		}
		if m.ends[kind] <= len(m.text) {
			return m.ends[kind] + len(d.end) - i
		}
	}
	return 0
}

// escape reads the escape that text begins with: of JSON and JavaScript, of a URL
// (RFC 3986 section 2.1 and the older %uXXXX), of XML and HTML. size is 0 without
// an escape.
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

// longestEntity is the longest named character reference that is read, "&" and ";"
// included.
const longestEntity = 12

// legacy are the named references that parsers of HTML also read without ";"
// (HTML section 13.5), as far as they mean ASCII.
var legacy = []struct{ name, means string }{
	{"&amp", "&"}, {"&AMP", "&"}, {"&lt", "<"}, {"&LT", "<"}, {"&gt", ">"}, {"&GT", ">"}, {"&quot", `"`}, {"&QUOT", `"`},
}

func entity(text string) (string, int) {
	if strings.HasPrefix(text, "&#") {
		return numeric(text)
	}
	if end := strings.IndexByte(text[:min(len(text), longestEntity)], ';'); end >= 2 {
		if decoded := html.UnescapeString(text[:end+1]); decoded != text[:end+1] {
			return decoded, end + 1
		}
	}
	for _, l := range legacy {
		if rest, ok := strings.CutPrefix(text, l.name); ok {
			return l.means, len(l.name) + semicolon(rest)
		}
	}
	return "", 0
}

// numeric reads a numeric character reference. Parsers of HTML and XML take any
// number of zeros, and those of HTML need no ";".
func numeric(text string) (string, int) {
	digits, base := text[2:], 10
	if strings.HasPrefix(digits, "x") || strings.HasPrefix(digits, "X") {
		digits, base = digits[1:], 16
	}
	n, size := 0, 0
	for size < len(digits) {
		d, err := strconv.ParseUint(digits[size:size+1], base, 8)
		if err != nil {
			break
		}
		n, size = min(n*base+int(d), utf8.MaxRune+1), size+1
	}
	if size == 0 {
		return "", 0
	}
	end := len(text) - len(digits) + size
	return string(rune(n)), end + semicolon(text[end:])
}

// semicolon returns the length of the ";" that text begins with, escaped or not: what
// encodes a reference once more may have left its "&" alone.
func semicolon(text string) int {
	for _, s := range []string{";", "%3B", `\u003B`, `\x3B`} {
		if len(text) >= len(s) && strings.EqualFold(text[:len(s)], s) {
			return len(s)
		}
	}
	return 0
}

// hexDigits reads digits hexadecimal digits of text at an index.
func hexDigits(text string, at, digits int) (uint64, bool) {
	if len(text) < at+digits {
		return 0, false
	}
	n, err := strconv.ParseUint(text[at:at+digits], 16, 32)
	return n, err == nil && text[at] != '+' && text[at] != '-'
}
