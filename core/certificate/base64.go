package certificate

import (
	"encoding/base64"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/plain"
)

// fromBase64 decodes both alphabets, with and without padding.
func fromBase64(s string) ([]byte, bool) {
	s = strings.TrimRight(s, "=")
	encoding := base64.RawStdEncoding
	if !strings.ContainsAny(s, "+/") {
		encoding = base64.RawURLEncoding
	} else if strings.ContainsAny(s, "-_") {
		s = strings.NewReplacer("-", "", "_", "").Replace(s)
	}
	data, err := encoding.DecodeString(s)
	return data, err == nil && len(data) > 0
}

func inBase64(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '+' || c == '/' || c == '-' || c == '_' || c == '='
}

// shortestBase64 is the length past which a run of base64 may be a key or a
// certificate.
const shortestBase64 = 100

// base64In returns what the runs of base64 in text decode to: each is one long word,
// or a word and the lines below it that are nothing but base64.
func base64In(text string) [][]byte {
	var all [][]byte
	var run strings.Builder
	flush := func() {
		text := run.String()
		run.Reset()
		// A word on the line above may have been taken for the beginning.
		for _, from := range []int{0, strings.Index(text, "MII"), strings.Index(text, "LS0tLS1CRUdJT")} {
			if from < 0 || len(text)-from < shortestBase64 {
				continue
			}
			if data, ok := fromBase64(text[from:]); ok && worthReading(data) {
				all = append(all, data)
				return
			}
		}
	}
	for line := range strings.SplitSeq(unescape(text), "\n") {
		line = strings.Trim(line, " \t\r\"',;\\`\u00a0>|")
		word, whole := lastWord(line)
		if !whole || strings.HasSuffix(run.String(), "=") {
			flush()
		}
		run.WriteString(word)
		if line == "" || !whole && len(word) < shortestBase64/2 {
			flush()
		}
	}
	flush()
	return all
}

// lastWord returns the longest run of base64 in a line; whole reports that it is the
// line. A sign in front, as in "key=", does not belong to it.
func lastWord(line string) (word string, whole bool) {
	for rest := line; rest != ""; {
		n := 0
		for n < len(rest) && inBase64(rest[n]) {
			n++
		}
		piece := rest[:n]
		if i := strings.LastIndex(strings.TrimRight(piece, "="), "="); i >= 0 {
			piece = piece[i+1:]
		}
		if len(piece) > len(word) {
			word = piece
		}
		rest = rest[min(n+1, len(rest)):]
	}
	return word, word == line
}

// worthReading reports whether decoded bytes can be DER, the text of a PEM file, or
// base64 once more.
func worthReading(data []byte) bool {
	text := plain.Decode(data)
	return data[0] == 0x30 || strings.Contains(text, "BEGIN") || strings.HasPrefix(text, "MII") || strings.HasPrefix(text, "LS0tLS1CRUdJT")
}
