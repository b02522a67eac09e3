// Package plain removes what cannot be seen, or does not belong, around a value
// that was typed or pasted. It knows nothing of what the value is.
package plain

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Invisible reports whether r is a character that prints as nothing or reorder what does: mail
// programs and chats put them next to what is copied, attackers inside it.
func Invisible(r rune) bool {
	return unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Cc, r) || r == utf8.RuneError || r == '\u034F' || unicode.Is(unicode.Variation_Selector, r)
}

// Blank reports whether r is white space or invisible.
func Blank(r rune) bool { return unicode.IsSpace(r) || Invisible(r) }

// Trim drops what cannot be seen around a value. A byte that is no text
// can be seen, as a question mark, and stays.
func Trim(s string) string {
	return strings.TrimFunc(s, func(r rune) bool { return r != utf8.RuneError && Blank(r) })
}

// pairs are what people and programs put around a value.
var pairs = []struct{ open, close string }{
	{`"`, `"`}, {"'", "'"}, {"`", "`"}, {"<", ">"}, {"“", "”"}, {"‘", "’"}, {"«", "»"}, {"„", "“"},
}

// Unwrap drops blanks, quotes and angle brackets around a value. A quote on one
// side only goes too: it was left over when the text was selected.
func Unwrap(s string) string {
	for {
		before := s
		s = Trim(s)
		for _, p := range pairs {
			s = strings.TrimSuffix(strings.TrimPrefix(s, p.open), p.close)
		}
		if s == before {
			return s
		}
	}
}

// Squeeze returns the ASCII letters and digits of s in lower case, so that
// "Client-ID", "client_id" and "Client Id" are equal.
func Squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, strings.ToLower(s))
}
