package paste

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// word is one word of a phrase.
type word struct {
	text  string // folded
	start int    // in bytes
	// glued is true where no blank is between this word and the next.
	glued bool
}

// articles are words between the words of a name.
var articles = map[string]bool{
	"the": true, "of": true, "your": true, "our": true, "de": true, "del": true, "do": true, "da": true, "du": true, "des": true, "d": true, "l": true, "la": true, "le": true,
	"is": true, "ist": true, "lautet": true, "est": true, "es": true, "são": true, "は": true, "are": true, "und": true, "and": true, "der": true, "die": true, "das": true,
}

// longIDs are the long forms of "ID".
var longIDs = map[string]string{"identifier": "id", "identificador": "id", "identifiant": "id", "identificatore": "id", "kennung": "id", "identyfikator": "id", "identifikator": "id"}

// splitWords splits a name at separators and at capital letters: "DATAVERSE_ClientID"
// is dataverse, client, id.
func splitWords(phrase string) []word {
	var list []word
	start := -1
	var before rune
	flush := func(end int) {
		if start < 0 {
			return
		}
		text := fold(phrase[start:end])
		if short, ok := longIDs[text]; ok {
			text = short
		}
		if text != "" && !articles[text] {
			list = append(list, word{text: text, start: start, glued: end < len(phrase) && isGlue(phrase[end])})
		} else if len(list) > 0 && end < len(phrase) && !isGlue(phrase[end]) {
			list[len(list)-1].glued = false
		}
		start = -1
	}
	runes := phrase
	for i, r := range runes {
		letter := unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r) || r == 'ー' || r == '々'
		switch {
		case !letter:
			flush(i)
			if len(list) > 0 && (r > '~' || !isGlue(byte(r))) {
				list[len(list)-1].glued = false
			}
		case start < 0:
			start = i
		case unicode.IsUpper(r) && (unicode.IsLower(before) || unicode.IsUpper(before) && lowerNext(phrase[i:])):
			flush(i)
			start = i
		}
		before = r
	}
	flush(len(phrase))
	return list
}

// isGlue reports whether a character joins the words of one name. A letter does: the
// next word begins with a capital one.
func isGlue(c byte) bool {
	return isIdentifier(c) || c >= 0x80 || strings.IndexByte(`-.:/\\$@[]()"'`, c) >= 0
}

// lowerNext reports whether a capital letter begins a word: "I" in "ADIdentity", but
// not "D" in "IDs".
func lowerNext(rest string) bool {
	seen := 0
	for _, r := range rest {
		if seen == 1 && !unicode.IsLower(r) {
			return false
		}
		if seen == 2 {
			return unicode.IsLower(r)
		}
		seen++
	}
	return seen > 2
}

// fold returns lower-case letters without accents.
func fold(s string) string {
	ascii := true
	for i := 0; i < len(s); i++ {
		if s[i] >= 0x80 {
			ascii = false
			break
		}
	}
	if ascii {
		return strings.ToLower(s)
	}
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Mn, r):
			return -1
		case r == 'đ' || r == 'Đ':
			return 'd'
		}
		return unicode.ToLower(r)
	}, norm.NFKD.String(s))
}
