// Package search finds texts by the words of a query, regardless of case and accents.
//
// It promises that a user finds a text by what is easy to type: "prod" finds "Produção",
// "dang" finds "đang", and wide letters are found by narrow ones.
package search

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Query is the words that a text must have. Its zero value has none.
type Query struct{ words []string }

// For returns the query that a user typed.
func For(typed string) Query { return Query{strings.Fields(Fold(typed))} }

// Empty reports whether the query has no words: every text has them.
func (q Query) Empty() bool { return len(q.words) == 0 }

// In reports whether a text has every word. The text must come from [Fold].
func (q Query) In(folded string) bool {
	for _, word := range q.words {
		if !strings.Contains(folded, word) {
			return false
		}
	}
	return true
}

// Fold returns a text without case and accents. The marks of kana stay: they are no
// accents, but make another letter.
func Fold(s string) string {
	if ascii(s) {
		return strings.ToLower(s)
	}
	var b strings.Builder
	for _, r := range norm.NFKD.String(s) {
		switch {
		case unicode.Is(unicode.Mn, r) && r != dakuten && r != handakuten:
			continue
		case letters[r] != "":
			b.WriteString(letters[r])
			continue
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

// The combining marks of kana.
const (
	dakuten    = '\u3099'
	handakuten = '\u309a'
)

// letters are those with a stroke and the like, which Unicode does not take apart.
var letters = map[rune]string{
	'đ': "d", 'Đ': "d", 'ß': "ss", 'ẞ': "ss", 'ø': "o", 'Ø': "o", 'ł': "l", 'Ł': "l", 'æ': "ae", 'Æ': "ae", 'œ': "oe", 'Œ': "oe", 'ı': "i",
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
