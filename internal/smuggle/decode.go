package smuggle

import (
	"encoding/base64"
	"encoding/hex"
	"html"
	"regexp"
	"strconv"
	"strings"
)

var (
	escaped     = regexp.MustCompile(`\\u[0-9a-fA-F]{4}|\\x[0-9a-fA-F]{2}|\\["\\/]|%[0-9a-fA-F]{2}|&#?[0-9a-zA-Z]+;?`)
	base64Run   = regexp.MustCompile(`[A-Za-z0-9+/_-]{16,}`)
	hexRun      = regexp.MustCompile(`(?:[0-9a-fA-F]{2}[-:, ]?){12,}`)
	toStandard  = strings.NewReplacer("-", "+", "_", "/")
	noSeparator = strings.NewReplacer("-", "", ":", "", ",", "", " ", "")
)

// decodings returns the possible meanings of a text: the text with its escapes undone,
// and each decoded run of base64 and hexadecimal. Invisible characters are removed first.
func decodings(text string) []string {
	visible := visible(text)
	var all []string
	if strings.ContainsAny(visible, `\%&`) {
		if plain := escaped.ReplaceAllStringFunc(visible, unescape); plain != visible {
			all = append(all, plain)
		}
	}
	if len(visible) < shortest {
		return all
	}
	for _, run := range base64Run.FindAllString(toStandard.Replace(visible), -1) {
		for phase := range 4 {
			digits := run[min(phase, len(run)):]
			raw, _ := base64.RawStdEncoding.DecodeString(digits[:len(digits)/4*4])
			all = append(all, string(raw))
		}
	}
	for _, run := range hexRun.FindAllString(visible, -1) {
		for phase := range 2 {
			digits := noSeparator.Replace(run)[phase:]
			raw, _ := hex.DecodeString(digits[:len(digits)/2*2])
			all = append(all, string(raw))
		}
	}
	return all
}

// shortest is the length of the shortest run that is decoded: base64 of [Piece]
// characters.
const shortest = 16

func visible(text string) string {
	b := make([]byte, 0, len(text))
	for i := range len(text) {
		if c := text[i]; c >= ' ' && c < 0x7f {
			b = append(b, c)
		}
	}
	return string(b)
}

func unescape(escape string) string {
	switch {
	case escape[0] == '&':
		return html.UnescapeString(strings.TrimSuffix(escape, ";") + ";")
	case escape[0] == '\\' && len(escape) == 2:
		return escape[1:]
	}
	n, _ := strconv.ParseUint(strings.TrimLeft(escape, `\%ux`), 16, 16)
	if n > 0xff {
		return "" // cannot be a part of a secret
	}
	return string([]byte{byte(n)})
}
