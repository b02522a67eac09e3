package redact

import (
	"encoding/base64"
	"encoding/hex"
	"strings"
	"unicode/utf16"
)

// spellings are the folded forms in which a secret may be found in a view:
// itself, in hexadecimal, and inside a longer base64 text of either alphabet, as
// UTF-8 and as UTF-16. Of a long one, such as a token, the last are left out: what
// is written in digits is also read, and then found by its parts.
func spellings(plain string) []string {
	out := decodings(plain)
	const long = 256
	if len(plain) > long {
		return out
	}
	add := func(bytes string) {
		lower := hex.EncodeToString([]byte(bytes))
		out = append(out, lower, strings.ToUpper(lower))
		for offset := range 3 {
			for _, enc := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
				out = append(out, foldText(base64At(bytes, offset, enc)))
			}
		}
	}
	add(plain)
	add(utf16le(plain))
	return out
}

// decodings are the secret as it reads when its own "%", "&" and "\\" are taken for
// escapes: undoing the escapes of a text undoes those too.
func decodings(plain string) []string {
	current := identity(plain)
	out := []string{current.fold().text}
	for range rounds {
		next, changed := current.decode()
		if !changed {
			break
		}
		out, current = append(out, next.fold().text), next
	}
	return out
}

// base64At is what plain looks like inside the base64 of a longer text when it
// starts at the given offset modulo 3, less the characters that its neighbours
// decide.
func base64At(plain string, offset int, enc *base64.Encoding) string {
	coded := enc.EncodeToString([]byte(strings.Repeat("\x00", offset) + plain))
	start := (offset*8 + 5) / 6
	end := len(coded)
	if (offset+len(plain))%3 != 0 {
		end--
	}
	return coded[min(start, end):end]
}

func utf16le(plain string) string {
	var b strings.Builder
	for _, unit := range utf16.Encode([]rune(plain)) {
		b.WriteByte(byte(unit))
		b.WriteByte(byte(unit >> 8))
	}
	return b.String()
}
