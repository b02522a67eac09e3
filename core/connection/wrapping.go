package connection

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// invisible tells characters that print as nothing or reorder what does: mail
// programs and chats put them beside what is copied, attackers inside it.
func invisible(r rune) bool {
	return unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Cc, r) || r == utf8.RuneError || r == '\u034F' || unicode.Is(unicode.Variation_Selector, r)
}

func blankOrInvisible(r rune) bool { return unicode.IsSpace(r) || invisible(r) }

// trimBlanks drops what cannot be seen around a value. A byte that is no text
// can be seen, as a question mark, and stays.
func trimBlanks(s string) string {
	return strings.TrimFunc(s, func(r rune) bool { return r != utf8.RuneError && blankOrInvisible(r) })
}

// pairs are what people and programs put around a value.
var pairs = []struct{ open, close string }{
	{`"`, `"`}, {"'", "'"}, {"`", "`"}, {"<", ">"}, {"“", "”"}, {"‘", "’"}, {"«", "»"}, {"„", "“"},
}

// unwrap drops blanks, quotes and angle brackets around a value. A quote on one
// side only goes too: it was left over by whoever selected the text.
func unwrap(s string) string {
	for {
		before := s
		s = trimBlanks(s)
		for _, p := range pairs {
			s = strings.TrimSuffix(strings.TrimPrefix(s, p.open), p.close)
		}
		if s == before {
			return s
		}
	}
}
