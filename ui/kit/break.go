package kit

import (
	"strings"
	"unicode"
)

// breakLines breaks lines where Chinese and Japanese may be broken: they write no
// blanks between words, and a toolkit that waits for one leaves half a line empty
// or begins the next with a full stop. fits tells whether a text has room in one
// line. Text in other scripts comes back as it is, for the toolkit.
//
// Source: UAX #14, the classes ID, CJ, CL, NS and OP; JIS X 4051 (kinsoku).
func breakLines(text string, fits func(line string) bool) string {
	if strings.IndexFunc(text, ideographic) < 0 {
		return text
	}
	paragraphs := strings.Split(text, "\n")
	for i, paragraph := range paragraphs {
		paragraphs[i] = breakParagraph(paragraph, fits)
	}
	return strings.Join(paragraphs, "\n")
}

func breakParagraph(text string, fits func(line string) bool) string {
	var all strings.Builder
	line := ""
	for _, piece := range pieces(text) {
		if line != "" && !fits(strings.TrimRight(line+piece, " ")) {
			all.WriteString(strings.TrimRight(line, " ") + "\n")
			line = ""
		}
		line += piece
	}
	return all.String() + line
}

// pieces are the smallest parts of a text between which a line may end; a blank
// belongs to what is before it.
func pieces(text string) []string {
	var all []string
	runes := []rune(text)
	from := 0
	for i := 1; i < len(runes); i++ {
		if breaks(runes[i-1], runes[i]) {
			all = append(all, string(runes[from:i]))
			from = i
		}
	}
	return append(all, string(runes[from:]))
}

// breaks tells whether a line may end between two letters.
func breaks(before, after rune) bool {
	switch {
	case after == ' ', strings.ContainsRune(neverFirst, after), strings.ContainsRune(neverLast, before):
		return false
	case before == ' ':
		return true
	case katakana(before) && katakana(after): // a loanword is hard to read in two
		return false
	}
	return ideographic(before) || ideographic(after)
}

func katakana(r rune) bool { return r >= 0x30A1 && r <= 0x30FE }

// What may not begin a line, and what may not end one.
const (
	neverFirst = "、。，．・：；？！」』）】〕》〉’”ーァィゥェォッャュョヮヵヶぁぃぅぇぉっゃゅょゎゕゖ々ゝゞヽヾ…‥〜,.:;?!)]}%"
	neverLast  = "「『（【〔《〈‘“([{"
)

// ideographic tells letters and marks of Chinese and Japanese.
func ideographic(r rune) bool {
	switch {
	case r < 0x2E80:
		return false
	case r >= 0x3000 && r <= 0x30FF, r >= 0xFF00 && r <= 0xFFEF: // punctuation, kana, full width
		return true
	}
	return unicode.In(r, unicode.Han, unicode.Katakana)
}
