package plain

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// MaxText is the longest remote text that is kept, in bytes.
const MaxText = 2 << 10

// MaxName is the longest remote name that is kept, in bytes.
const MaxName = 256

const ellipsis = "…"

// Line returns text as valid UTF-8 on one line, without control, direction and
// invisible characters, at most [MaxText] bytes. Runs of white space become one
// space.
func Line(text string) string { return LineTo(text, MaxText) }

// Name is [Line] for the name of something, at most [MaxName] bytes.
func Name(text string) string { return LineTo(text, MaxName) }

// LineTo is [Line] with a limit of its own, in bytes.
func LineTo(text string, limit int) string {
	var b strings.Builder
	space := false
	for _, r := range text {
		switch {
		case unicode.IsSpace(r):
			space = b.Len() > 0
			continue
		case Hidden(r):
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

// Hidden reports whether a character of a remote text is dropped: it does not
// show at all, or changes how others look. The joiners stay, because Persian and
// Hindi need them; so does U+FFFD, which represents an invalid byte.
func Hidden(r rune) bool {
	const zeroWidthNonJoiner, zeroWidthJoiner = '\u200c', '\u200d'
	switch r {
	case zeroWidthNonJoiner, zeroWidthJoiner, utf8.RuneError:
		return false
	}
	return Invisible(r) || fillers[r] || r >= 0xE0000 && r <= 0xE0FFF
}

// fillers are letters without a shape of their own.
var fillers = map[rune]bool{'\u115f': true, '\u1160': true, '\u3164': true, '\uffa0': true, '\u17b4': true, '\u17b5': true}

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
