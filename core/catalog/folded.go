package catalog

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
)

// folded is a text as phrases are looked for in it: in lower case, with plain apostrophes, and with runs of
// white space, of the bars that terminals draw down the side and of the marks that
// mail puts before a line made one blank. Terminals and mail break lines anywhere.
type folded struct {
	text string
	// at holds for each byte of text its offset in the original, and the
	// original's length at the end.
	at []int
}

// logMark is what pipelines print before each line of a message.
var logMark = lazyregexp.New(`(?m)^[ \t]*[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]{8,18}Z?[ \t]|##\[[a-z]{1,16}\]`)

func fold(text string) folded {
	marks := logMark.FindAllStringIndex(text, -1)
	var b strings.Builder
	b.Grow(len(text))
	at := make([]int, 0, len(text)+1)
	blank, newLine := false, true
	for i, r := range text {
		for len(marks) > 0 && i >= marks[0][1] {
			marks = marks[1:]
		}
		marked := len(marks) > 0 && i >= marks[0][0]
		if marked || unicode.IsSpace(r) || isBar(r) || newLine && r == '>' {
			newLine = newLine || r == '\n'
			if !blank {
				b.WriteByte(' ')
				at = append(at, i)
			}
			blank = true
			continue
		}
		blank, newLine = false, false
		lower := unicode.ToLower(r)
		switch r {
		case utf8.RuneError:
			lower = '?'
		case '’', '‘':
			lower = '\'' // as French and Italian messages are written
		}
		b.WriteRune(lower)
		for range utf8.RuneLen(lower) {
			at = append(at, i)
		}
	}
	return folded{b.String(), append(at, len(text))}
}

// isBar reports whether r is drawn next to text: "│" of Terraform's boxes.
func isBar(r rune) bool { return r >= '\u2500' && r <= '\u257f' }

// end returns the offset in the original behind the byte before i.
func (f folded) end(i int) int {
	for last := f.at[i-1]; i < len(f.at); i++ {
		if f.at[i] > last {
			break
		}
	}
	return f.at[min(i, len(f.at)-1)]
}
