// Package smuggle spells secrets as services and attackers do, and finds them again.
// Tests use it to prove that no output contains a secret in any spelling.
package smuggle

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html"
	"net/url"
	"regexp"
	"strings"
	"unicode/utf16"
)

// Spelling is a way to write a text.
type Spelling struct {
	Name  string
	Write func(string) string
}

// Spellings are the ways in which a text may be echoed. New entries go to the end: the
// corpora of fuzz targets refer to entries by index.
var Spellings = []Spelling{
	{"plain", func(s string) string { return s }},
	{"query", url.QueryEscape},
	{"path", url.PathEscape},
	{"percent, lower", func(s string) string { return each(s, "%%%02x") }},
	{"percent, upper", func(s string) string { return each(s, "%%%02X") }},
	{"percent, tilde only", func(s string) string { return strings.NewReplacer("~", "%7e", ".", "%2E", "-", "%2d").Replace(s) }},
	{"JSON", quoted},
	{"JSON, every character", func(s string) string { return each(s, `\u%04x`) }},
	{"JSON, upper", func(s string) string { return each(s, `\u%04X`) }},
	{"JSON, slashes", func(s string) string { return strings.NewReplacer("/", `\/`, "~", `\u007E`, "+", `\u002b`).Replace(s) }},
	{"JavaScript", func(s string) string { return each(s, `\x%02x`) }},
	{"HTML", html.EscapeString},
	{"references", func(s string) string { return each(s, "&#x%X;") }},
	{"references, decimal", func(s string) string { return each(s, "&#%d;") }},
	{"references, zeros", func(s string) string { return each(s, "&#x%016x;") }},
	{"references, open", func(s string) string { return each(s, "&#%d") + " " }},
	{"hex", func(s string) string { return hex.EncodeToString([]byte(s)) }},
	{"hex, upper", func(s string) string { return strings.ToUpper(hex.EncodeToString([]byte(s))) }},
	{"hex, dashes", func(s string) string { return strings.TrimSuffix(each(s, "%02X-"), "-") }},
	{"base64", func(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }},
	{"base64, offset 1", func(s string) string { return base64.StdEncoding.EncodeToString([]byte("x" + s + "y")) }},
	{"base64url, offset 2", func(s string) string { return base64.RawURLEncoding.EncodeToString([]byte("xy" + s + "z")) }},
	{"base64, lines", func(s string) string { return broken(base64.StdEncoding.EncodeToString([]byte(s)), 16, "\r\n") }},
	{"UTF-16", utf16le},
	{"UTF-16, base64", func(s string) string { return base64.StdEncoding.EncodeToString([]byte(utf16le(s))) }},
	{"zero width between", func(s string) string { return strings.Join(strings.Split(s, ""), "\u200b") }},
	{"marks between", func(s string) string { return strings.Join(strings.Split(s, ""), "\u202e") }},
	{"NUL between", func(s string) string { return strings.Join(strings.Split(s, ""), "\x00") }},
	{"soft hyphens", func(s string) string { return broken(s, 5, "\u00ad") }},
	{"wrapped", func(s string) string { return broken(s, 20, "\r\n") }},
	{"plus", func(s string) string { return strings.ReplaceAll(s, " ", "+") }},
	{"typographic quotes", func(s string) string { return strings.NewReplacer(`'`, "’", `"`, "”").Replace(s) }},
	{"cut", func(s string) string { return s[:len(s)*2/3] }},
	{"beheaded", func(s string) string { return s[len(s)/3:] }},
	{"query, lower", func(s string) string { return percent.ReplaceAllStringFunc(url.QueryEscape(s), strings.ToLower) }},
	{"marks between, escaped", func(s string) string {
		var b strings.Builder
		for _, c := range s {
			b.WriteString(quoted(string(c)) + `\u200b`)
		}
		return b.String()
	}},
	{"quotes gone", func(s string) string { return strings.NewReplacer(`'`, "", `"`, "").Replace(s) }},
}

// Write returns a text in the spelling with a name, which must exist.
func Write(name, text string) string {
	for _, s := range Spellings {
		if s.Name == name {
			return s.Write(text)
		}
	}
	panic("no spelling " + name)
}

// Compose returns a text in the spellings that how chooses, applied in order, with
// invisible characters between every few bytes.
func Compose(text string, how []byte) string {
	for _, b := range how[:min(len(how), layers)] {
		text = Spellings[int(b)%len(Spellings)].Write(text)
	}
	if len(how) > layers {
		between := []string{"", "\u200b", "\u202e", "\x00", "\u00ad", "\r\n", "\ufeff", "\u2060"}[how[layers]%8]
		text = broken(text, 3+int(how[layers]/8), between)
	}
	if len(how) > layers+2 {
		from := int(how[layers+1]) % (len(text)/3 + 1)
		text = text[from : len(text)-int(how[layers+2])%(len(text)/3+1)]
	}
	return text
}

// layers is the largest number of nested encodings.
const layers = 3

func each(s, format string) string {
	var b strings.Builder
	for i := range len(s) {
		fmt.Fprintf(&b, format, s[i])
	}
	return b.String()
}

var percent = regexp.MustCompile(`%[0-9A-F]{2}`)

func quoted(s string) string {
	raw, _ := json.Marshal(s)
	return string(raw[1 : len(raw)-1])
}

// broken inserts between after every n bytes.
func broken(s string, n int, between string) string {
	var b strings.Builder
	for ; len(s) > n; s = s[n:] {
		b.WriteString(s[:n] + between)
	}
	return b.String() + s
}

func utf16le(s string) string {
	var b strings.Builder
	for _, u := range utf16.Encode([]rune(s)) {
		b.WriteByte(byte(u))
		b.WriteByte(byte(u >> 8))
	}
	return b.String()
}
