package explain

import (
	"encoding/binary"
	"html"
	"strings"
	"unicode/utf16"

	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
)

// plainText is what was pasted, as UTF-8 of a bounded length. PowerShell
// writes files in UTF-16.
func plainText(text string) string {
	switch {
	case strings.HasPrefix(text, "\xff\xfe"):
		text = fromUTF16(text[2:], binary.LittleEndian)
	case strings.HasPrefix(text, "\xfe\xff"):
		text = fromUTF16(text[2:], binary.BigEndian)
	}
	text = strings.TrimPrefix(text, "\ufeff")
	if len(text) > maxText {
		head, tail := text[:maxText/2], text[len(text)-maxText/2:]
		// Whole lines only: half a line may be half a secret without its name.
		_, tail, _ = strings.Cut(tail, "\n")
		text = head + "\n" + tail
	}
	return unquoteMail(strings.ToValidUTF8(text, "\ufffd"))
}

// unquoteMail takes the mark of a quotation off every line. The marks of curl -v
// are not on all lines.
func unquoteMail(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		line = strings.TrimRight(line, " \t\r")
		rest, quoted := strings.CutPrefix(line, ">")
		if !quoted && line != "" || requestLine.MatchString(line) {
			return text
		}
		lines[i] = strings.TrimPrefix(rest, " ")
	}
	return strings.Join(lines, "\n")
}

// isUTF16 reports whether a text begins with the byte order mark of UTF-16.
func isUTF16(text string) bool {
	return strings.HasPrefix(text, "\xff\xfe") || strings.HasPrefix(text, "\xfe\xff")
}

func fromUTF16(text string, order binary.ByteOrder) string {
	units := make([]uint16, 0, len(text)/2)
	for ; len(text) >= 2; text = text[2:] {
		units = append(units, order.Uint16([]byte(text[:2])))
	}
	return string(utf16.Decode(units))
}

// layers are the text as it came and as it reads once its wrappings are taken
// off: HTML entities, percent-encoding, the backslashes of a quoted JSON.
// Every layer is scrubbed, because a secret may show only in one of them.
func layers(text string) []string {
	found := []string{scrub(text)}
	const deepest = 4 // a wrapping in a wrapping in a log
	for range deepest {
		before := len(found)
		top := found[before-1]
		for _, unwrap := range []func(string) string{html.UnescapeString, percentDecode, unquote} {
			next := unwrap(top)
			if next == top {
				continue
			}
			top = scrub(next)
			found = append(found, top)
		}
		if len(found) == before {
			break
		}
	}
	return found
}

// encodedBlank is a sign that "+" represents a blank: it is next to words.
var encodedBlank = lazyregexp.New(`[A-Za-z,.:%][0-9A-Fa-f]{0,2}\+[A-Za-z]{2}`)

// percentDecode decodes every valid %XX and leaves the rest: a pasted address
// is seldom whole.
func percentDecode(text string) string {
	if !strings.Contains(text, "%") {
		return text
	}
	if !strings.ContainsAny(strings.TrimSpace(text), " \t\r\n") && encodedBlank.MatchString(text) {
		text = strings.ReplaceAll(text, "+", " ") // a form: all of it is encoded
	}
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		if text[i] == '%' && i+2 < len(text) {
			high, low := hexDigit(text[i+1]), hexDigit(text[i+2])
			if high >= 0 && low >= 0 {
				b.WriteByte(byte(high<<4 | low))
				i += 2
				continue
			}
		}
		b.WriteByte(text[i])
	}
	return strings.ToValidUTF8(b.String(), "\ufffd")
}

// hexDigit is the value of a hexadecimal digit, -1 for any other byte.
func hexDigit(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}

// unquote takes off the backslashes that JSON puts into a string: \" \/ \r \n
// \t \uXXXX.
func unquote(text string) string {
	if !strings.Contains(text, `\`) {
		return text
	}
	text = strings.NewReplacer(`\"`, `"`, `\/`, `/`, `\r`, "\r", `\n`, "\n", `\t`, "\t").Replace(text)
	var b strings.Builder
	for {
		before, after, found := strings.Cut(text, `\u`)
		b.WriteString(before)
		if !found {
			return b.String()
		}
		unit := 0
		for i := 0; i < 4; i++ {
			if i >= len(after) || hexDigit(after[i]) < 0 {
				unit = -1
				break
			}
			unit = unit<<4 | hexDigit(after[i])
		}
		if unit < 0 {
			b.WriteString(`\u`)
			text = after
			continue
		}
		b.WriteRune(rune(unit)) // a lone surrogate becomes U+FFFD
		text = after[4:]
	}
}
