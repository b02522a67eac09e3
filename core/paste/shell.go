package paste

import (
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/plain"
)

// shellWord is one word of a command line, without its quotes.
type shellWord struct {
	text   string
	quoted bool
	// encoded is true where the program encodes the word itself.
	encoded bool
}

// shellWords splits at blanks outside of quotes. Backslashes stay: on Windows they are
// part of paths.
func shellWords(text string) []shellWord {
	var list []shellWord
	var b strings.Builder
	quote, inWord, quoted, closed := rune(0), false, false, false
	flush := func() {
		if inWord {
			encoded := len(list) > 0 && list[len(list)-1].text == "--data-urlencode"
			list = append(list, shellWord{b.String(), quoted, encoded})
		}
		b.Reset()
		inWord, quoted = false, false
	}
	for _, r := range text {
		switch {
		case quote == 0 && (r == '"' || r == '\''):
			quote, inWord = r, true
			quoted = quoted || b.Len() == 0 || strings.HasSuffix(b.String(), "=")
		case quote != 0 && r == quote:
			quote, closed = 0, true
			continue
		case quote == 0 && r == ';' && closed: // the end of the command
			flush()
		case quote == 0 && r == '{' && b.String() == "@": // a table of PowerShell
			b.Reset()
			inWord = false
		case quote == 0 && r == '}' && closed: // its end
			flush()
		case quote == 0 && plain.Blank(r):
			flush()
		default:
			b.WriteRune(r)
			inWord = true
		}
		closed = false
	}
	flush()
	return list
}
