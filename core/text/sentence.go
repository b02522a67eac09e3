package text

import (
	"strings"
	"unicode"
)

// Sentence returns t as a sentence, in every language: it begins with a capital
// letter and ends with a full stop. What begins with a host or another name keeps
// that name's letters.
func (t Text) Sentence() Text { return t.Map(sentence) }

func sentence(said string) string {
	said = strings.TrimSpace(said)
	if said == "" {
		return ""
	}
	runes := []rune(said)
	if !beginsWithName(said) {
		runes[0] = unicode.ToUpper(runes[0])
	}
	switch last := runes[len(runes)-1]; {
	case strings.ContainsRune(".!?…。！？", last):
	case unicode.In(last, unicode.Han, unicode.Hiragana, unicode.Katakana):
		runes = append(runes, '。')
	default:
		runes = append(runes, '.')
	}
	return string(runes)
}

// beginsWithName reports whether the first word is a host, an address, a file or an
// identifier: it holds more than letters.
func beginsWithName(said string) bool {
	first, _, _ := strings.Cut(said, " ")
	first = strings.TrimRight(first, ".,:;!?…")
	return strings.ContainsFunc(first, func(r rune) bool { return !unicode.IsLetter(r) && !strings.ContainsRune("'’-–", r) })
}
