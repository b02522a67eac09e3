package redact

import (
	"slices"
	"unicode/utf8"

	"github.com/s2sdoctor/s2sdoctor/core/plain"
)

// shortestRun is how many digits of base64 or of hexadecimal are looked into: those
// of a part of [gram] bytes.
const (
	shortestBase64 = gram * 4 / 3
	shortestHex    = gram * 2
)

// alphabet is a way to write bytes as digits.
type alphabet struct {
	bits     uint       // of a digit
	phases   int        // at how many digits a byte may start
	shortest int        // digits that are looked into
	value    [256]int16 // of a digit, or one of the following
}

const (
	other   = -1 // ends a run of digits
	between = -2 // may be between digits
)

var alphabets = []*alphabet{
	newAlphabet(6, 4, shortestBase64, "\r\n\t ", "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", "-_"),
	newAlphabet(4, 2, shortestHex, "\r\n\t -:,", "0123456789abcdef", "ABCDEF"),
}

// newAlphabet returns an alphabet with digits, of which more are other forms of the
// last ones.
func newAlphabet(bits uint, phases, shortest int, separators, digits, more string) *alphabet {
	a := &alphabet{bits: bits, phases: phases, shortest: shortest}
	for i := range a.value {
		a.value[i] = other
	}
	for i := range separators {
		a.value[separators[i]] = between
	}
	for i := range digits {
		a.value[digits[i]] = int16(i)
	}
	for i := range more {
		a.value[more[i]] = int16(len(digits) - len(more) + i)
	}
	return a
}

// run are digits of a view, with their places.
type run struct {
	digits []byte
	at     []int32
}

// texts calls found for every text that v holds written in digits of a, and letters
// for the visible ASCII of everything else that it holds so: text with other bytes between
// its characters is no text.
func (a *alphabet) texts(v view, letters, found func(view)) {
	var r run
	scratch, visible := newBuilder(0), newBuilder(0)
	flush := func() {
		if len(r.digits) >= a.shortest {
			for phase := range a.phases {
				scratch.reset()
				a.decode(scratch, v, r, phase)
				visible.reset()
				if visible.letters(scratch); len(visible.text) >= gram {
					letters(view{string(visible.text), visible.from, visible.to})
				}
				readable(scratch, found)
			}
		}
		r.digits, r.at = r.digits[:0], r.at[:0]
	}
	for i := range len(v.text) {
		switch value := a.value[v.text[i]]; value {
		case other:
			flush()
		case between:
		default:
			r.digits, r.at = append(r.digits, byte(value)), append(r.at, int32(i))
		}
	}
	flush()
}

// decode adds to b the bytes that a run has from the digit phase on.
func (a *alphabet) decode(b *builder, v view, r run, phase int) {
	var bits, held uint
	first := phase // the digit in which the next byte begins
	for i := phase; i < len(r.digits); i++ {
		if held == 0 {
			first = i
		}
		bits, held = bits<<a.bits|uint(r.digits[i]), held+a.bits
		if held < 8 {
			continue
		}
		held -= 8
		b.text = append(b.text, byte(bits>>held))
		b.from, b.to = append(b.from, v.from[r.at[first]]), append(b.to, v.to[r.at[i]])
		first = i
	}
}

// letters adds what [view.fold] keeps of the ASCII in from.
func (b *builder) letters(from *builder) {
	for i, c := range from.text {
		if c > ' ' && c < 0x7f && !dropped[c] {
			b.text, b.from, b.to = append(b.text, c), append(b.from, from.from[i]), append(b.to, from.to[i])
		}
	}
}

func (b *builder) reset() { b.text, b.from, b.to = b.text[:0], b.from[:0], b.to[:0] }

// readable calls found for the parts of b that are text: [gram] visible characters
// or more, and besides them white space and what does not show. Bytes that are no
// text seldom have so many in a row.
func readable(b *builder, found func(view)) {
	start, visible := 0, 0
	flush := func(end int) {
		if visible >= gram {
			found(view{string(b.text[start:end]), b.from[start:end:end], b.to[start:end:end]})
		}
	}
	for i := 0; i < len(b.text); {
		c, size := b.text[i], 1
		switch {
		case c > ' ' && c < 0x7f:
			visible++
		case c < utf8.RuneSelf: // white space, and the half of UTF-16
		default:
			var r rune
			r, size = utf8.DecodeRune(b.text[i:])
			if unit := b.text[i:min(i+2, len(b.text))]; size == 1 && isBlankUnit(unit) {
				size = len(unit)
			} else if size == 1 || !plain.Blank(r) {
				flush(i)
				start, visible = i+size, 0
			}
		}
		i += size
	}
	flush(len(b.text))
}

// isBlankUnit reports whether two bytes are what does not show in UTF-16: a
// character of Latin-1, such as a soft hyphen, a byte order mark, or a replacement
// character.
func isBlankUnit(unit []byte) bool {
	return len(unit) == 2 && (unit[1] == 0 || unit[0] == 0xff && unit[1] == 0xfe || unit[0] == 0xfd && unit[1] == 0xff)
}

// squeeze drops what does not show, between the characters of an escape too, and
// the line breaks that cut an escape.
func (v view) squeeze() view {
	if !slices.ContainsFunc([]byte(v.text), unusual) {
		return v
	}
	b := newBuilder(len(v.text))
	for i, open := 0, -longestCut; i < len(v.text); {
		r, size := utf8.DecodeRuneInString(v.text[i:])
		switch {
		case r == '\\' || r == '%' || r == '&':
			open = len(b.text)
		case r == '\n' || r == '\r':
			if len(b.text)-open < longestCut {
				i += size
				continue
			}
		case hidden(r):
			i += size
			continue
		}
		b.add(v.text[i:i+size], v, i, i+size)
		i += size
	}
	return b.view()
}

// longestCut is how far behind the beginning of an escape a line break may be in it.
const longestCut = 24

// unusual reports whether a byte may be a part of what squeeze drops.
func unusual(c byte) bool { return c < ' ' && c != '\t' || c >= 0x7f }

func hidden(r rune) bool {
	return r < ' ' && r != '\n' && r != '\r' && r != '\t' || r >= 0x7f && ignored(r) && r != '\u00a0'
}

// ascii drops what is no ASCII. Of a character whose bytes are escaped in different
// layers, one layer shows some bytes without the others, or as a part of another
// character: where a secret is ASCII, neither counts.
func (v view) ascii() view {
	b := newBuilder(len(v.text))
	for i := range len(v.text) {
		if v.text[i] < utf8.RuneSelf {
			b.text, b.from, b.to = append(b.text, v.text[i]), append(b.from, v.from[i]), append(b.to, v.to[i])
		}
	}
	return b.view()
}

func (v view) isASCII() bool {
	return !slices.ContainsFunc([]byte(v.text), func(c byte) bool { return c >= utf8.RuneSelf })
}
