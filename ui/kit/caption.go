package kit

import "strings"

// wrapCaption breaks a caption into at most most lines that fit: at spaces, and inside
// a word only if the word alone is too long. A text that is still too long ends in "…".
func wrapCaption(text string, most int, fits func(line string) bool) []string {
	var lines []string
	for len(lines)+1 < most && !fits(text) {
		head, tail := splitLine(text, fits)
		if head == "" || tail == "" {
			break
		}
		lines = append(lines, head)
		text = tail
	}
	return append(lines, ellipsize(text, fits))
}

// splitLine splits off as many words as fit, or as many letters if no word fits.
func splitLine(text string, fits func(string) bool) (head, tail string) {
	for i, r := range text {
		if r == ' ' && i > 0 && fits(text[:i]) {
			head, tail = text[:i], text[i+1:]
		}
	}
	if head != "" {
		return head, tail
	}
	for i := range text {
		if i > 0 && fits(text[:i]) {
			head, tail = text[:i], text[i:]
		}
	}
	return head, tail
}

// ellipsize returns text, shortened and ended with "…" if it does not fit.
func ellipsize(text string, fits func(string) bool) string {
	if fits(text) {
		return text
	}
	runes := []rune(text)
	for n := len(runes) - 1; n > 0; n-- {
		if short := strings.TrimRight(string(runes[:n]), " ") + "…"; fits(short) {
			return short
		}
	}
	return "…"
}
