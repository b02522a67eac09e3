package paste

import (
	"strings"
)

// separator returns the length of the separator at i. A weak one also is in
// ordinary text.
func (s *scanner) separator(i int) (weak bool, length int) {
	rest := s.text[i:]
	switch c := rest[0]; c {
	case '=':
		n := 1
		for n < len(rest) && (rest[n] == '=' || rest[n] == '>') {
			n++
		}
		return false, n
	case ':':
		switch {
		case strings.HasPrefix(rest, "://"), len(rest) > 1 && rest[1] == '\\':
			return false, 0
		case strings.HasPrefix(rest, ":="), strings.HasPrefix(rest, "::"):
			return false, 2
		}
		return false, 1
	case '<': // an assignment of R
		if strings.HasPrefix(rest, "<- ") || strings.HasPrefix(rest, "<<- ") {
			return true, strings.IndexByte(rest, '-') + 1
		}
	case '|': // || between the cells of a wiki's table
		return true, len(rest) - len(strings.TrimLeft(rest, "|"))
	case '\t':
		return true, 1
	case '(':
		return false, 1
	case '{':
		if holdsLiteral(rest) {
			return false, 1
		}
	case '-':
		if strings.HasPrefix(rest, "->") {
			return true, 2
		}
		if strings.HasPrefix(rest, "- ") && i > 0 && s.text[i-1] == ' ' {
			return true, 2
		}
	case ' ':
		if strings.HasPrefix(rest, "  ") {
			behind := strings.TrimLeft(rest, " ")
			if behind != "" && strings.ContainsRune("=:|({", rune(behind[0])) || strings.HasPrefix(behind, "->") || strings.HasPrefix(behind, "- ") {
				return false, 0
			}
			return true, len(rest) - len(behind)
		}
	case 0xE2:
		for _, mark := range []string{"– ", "— ", "→ ", "→"} {
			if strings.HasPrefix(rest, mark) {
				return true, len(mark)
			}
		}
	}
	return false, 0
}
