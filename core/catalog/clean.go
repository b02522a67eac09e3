package catalog

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// MaxText is the longest remote text that is kept, in bytes.
const MaxText = 2 << 10

const ellipsis = "…"

// Clean makes plain text of what a remote side said: valid UTF-8 on one line,
// without control, bidirectional and invisible characters, at most [MaxText]
// bytes. Runs of white space become one space.
func Clean(text string) string {
	return cleanTo(text, MaxText)
}

func cleanTo(text string, limit int) string {
	var b strings.Builder
	space := false
	for _, r := range text {
		switch {
		case unicode.IsSpace(r):
			space = b.Len() > 0
			continue
		case hidden(r):
			continue
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		b.WriteRune(r) // an invalid byte arrives as U+FFFD and is kept as such
		if b.Len() > limit {
			break
		}
	}
	return cut(b.String(), limit)
}

// hidden are the characters that change how others look, or do not show at
// all. The joiners stay: Persian and Hindi need them.
func hidden(r rune) bool {
	const zeroWidthNonJoiner, zeroWidthJoiner = '\u200c', '\u200d'
	return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) && r != zeroWidthNonJoiner && r != zeroWidthJoiner
}

// cut shortens text to limit bytes on a rune boundary and shows that it did.
func cut(text string, limit int) string {
	if len(text) <= limit {
		return text
	}
	end := limit - len(ellipsis)
	for end > 0 && !utf8.RuneStart(text[end]) {
		end--
	}
	return strings.TrimRight(text[:end], " ") + ellipsis
}
