package kit

import (
	"strings"
	"unicode"
)

// breakLines returns text with line breaks where Chinese and Japanese allow them.
// These scripts have no spaces between words: Fyne, which breaks at spaces, leaves
// half a line empty or starts a line with a full stop. fits reports whether a text has
// room in one line. Text in other scripts is returned unchanged and wrapped by Fyne.
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

// pieces returns the smallest parts of a text between which a line may end; a space
// belongs to the part before it.
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

// breaks reports whether a line may end between two characters.
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

// The characters that may not be first or last in a line.
const (
	neverFirst = "、。，．・：；？！」』）】〕》〉’”ーァィゥェォッャュョヮヵヶぁぃぅぇぉっゃゅょゎゕゖ々ゝゞヽヾ…‥〜,.:;?!)]}%"
	neverLast  = "「『（【〔《〈‘“([{"
)

// ideographic reports whether r is a letter or a mark of Chinese or Japanese.
func ideographic(r rune) bool {
	switch {
	case r < 0x2E80:
		return false
	case r >= 0x3000 && r <= 0x30FF, r >= 0xFF00 && r <= 0xFFEF: // punctuation, kana, full width
		return true
	}
	return unicode.In(r, unicode.Han, unicode.Katakana)
}
