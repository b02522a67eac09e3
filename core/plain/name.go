package plain

import (
	"strconv"
	"strings"
	"unicode"
)

// Limits of the shape of a name, in characters.
const (
	longestName = 60
	longestWord = 24
	mostDigits  = 4 // a year, a number
	mostHumps   = 3 // capitals after small letters: ContosoUat
)

// IsName reports whether s has the shape of a name that people give to things:
// words of letters, each with a short number behind it at most, such as "Contoso
// UAT", "dev-2" or "appuser-missing". A generated secret has not: it mixes digits,
// capitals and signs. A pass phrase cannot be told from a name.
func IsName(s string) bool {
	words := strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(" -_.()&,'", r) })
	if len(words) == 0 || len([]rune(s)) > longestName {
		return false
	}
	for _, word := range words {
		if !isNameWord([]rune(word)) {
			return false
		}
	}
	return true
}

// Called returns s in quotes where it has the shape of a name, and otherwise "of
// that name": for an error about a name that is not known, which may be a secret in
// the wrong place.
func Called(s string) string {
	if IsName(s) {
		return strconv.Quote(s)
	}
	return "of that name"
}

func isNameWord(word []rune) bool {
	letters := len(word)
	for letters > 0 && unicode.IsDigit(word[letters-1]) {
		letters--
	}
	if len(word) > longestWord || len(word)-letters > mostDigits {
		return false
	}
	humps := 0
	for i, r := range word[:letters] {
		if !unicode.IsLetter(r) && !unicode.IsMark(r) {
			return false
		}
		if i > 0 && unicode.IsUpper(r) && unicode.IsLower(word[i-1]) {
			humps++
		}
	}
	return humps <= mostHumps
}
