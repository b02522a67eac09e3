// Package guid reads the IDs of Entra.
package guid

import (
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
	"github.com/s2sdoctor/s2sdoctor/core/plain"
)

var (
	hyphens = lazyregexp.New(`^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$`)
	naked   = lazyregexp.New(`^[0-9a-f]{32}$`)
)

// Parse reads a GUID in any of the shapes that tools print: with braces or
// parentheses, as urn:uuid:, without hyphens, in capitals. The result is in
// lower case with hyphens.
func Parse(s string) (string, bool) {
	s = strings.ToLower(plain.Unwrap(s))
	s = strings.TrimPrefix(s, "urn:uuid:")
	for _, p := range []struct{ open, close string }{{"{", "}"}, {"(", ")"}} {
		if inner, ok := strings.CutPrefix(s, p.open); ok {
			if inner, ok = strings.CutSuffix(inner, p.close); ok {
				s = plain.Trim(inner)
			}
		}
	}
	if naked.MatchString(s) {
		s = s[:8] + "-" + s[8:12] + "-" + s[12:16] + "-" + s[16:20] + "-" + s[20:]
	}
	return s, hyphens.MatchString(s)
}

// Is reports whether s is a GUID in any of the shapes of [Parse].
func Is(s string) bool {
	_, ok := Parse(s)
	return ok
}

// IsPlain reports whether s is a GUID as URLs and headers have it: with hyphens and
// nothing around, in either case.
func IsPlain(s string) bool { return len(s) == 36 && hyphens.MatchString(strings.ToLower(s)) }

// OnlyZeros reports whether a GUID in the shape of [Parse] was never filled in.
func OnlyZeros(guid string) bool { return strings.Trim(guid, "0-") == "" }
