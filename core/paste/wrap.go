package paste

import (
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/guid"
	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
)

// The lengths of client secrets in characters: 40 today, 44 as base64 until 2019, 32
// and 34 between.
const (
	shortestSecret = 32
	longestSecret  = 45
)

var (
	partOfGUID = lazyregexp.New(`(?i)[0-9a-f][0-9a-f-]{6,34}=?[ \t]*\n[ \t]*[0-9a-f-]{1,35}[0-9a-f](?:[^0-9a-z-]|$)`)
	plainToken = lazyregexp.New(`^[A-Za-z0-9~._+/=!@#$%^&*?:-]+`)
	proseWord  = lazyregexp.New(`^[A-Z]?[a-z]+[,.!:]?$`)
)

// unwrapIDs joins the two lines of an ID that a mail program wrapped.
func unwrapIDs(text string) string {
	if !strings.Contains(text, "-") {
		return text
	}
	return partOfGUID.ReplaceAllStringFunc(text, func(found string) string {
		first, second, _ := strings.Cut(found, "\n")
		first, second = strings.TrimRight(first, "= \t"), strings.TrimLeft(second, " \t")
		end := len(second)
		for end > 0 && !isIdentifier(second[end-1]) {
			end--
		}
		joined := first + second[:end]
		if len(joined) == 36 && guid.Is(joined) {
			return joined + second[end:] + "\n"
		}
		return found
	})
}

// isWrapped reports whether the next line goes on with a value that a mail program
// wrapped: together they have the length of a secret, and what follows is no word.
func isWrapped(first, next string) bool {
	first = strings.Trim(strings.TrimSpace(first), `"'`)
	next = strings.TrimSpace(next)
	token := plainToken.FindString(next)
	token, _, _ = strings.Cut(token, ";")
	after := strings.TrimLeft(next[len(token):], `"'`)
	switch {
	case first == "" || len(token) < 3 || strings.ContainsAny(first, " \t") || after != "" && after[0] != ';' && after[0] != ',':
		return false
	case len(first) >= shortestSecret, len(first)+len(token) < shortestSecret, len(first)+len(token) > longestSecret:
		return false
	case guid.Is(token), proseWord.MatchString(token), !strings.ContainsAny(first, "0123456789"):
		return false
	}
	return isStrong(first + token)
}
