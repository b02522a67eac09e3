package kit

import "strings"

// broken breaks a caption into lines that fit, most of them at the most: at
// spaces, and inside a word only where the word alone is too long. What is left
// ends in "…".
func broken(text string, most int, fits func(line string) bool) []string {
	var lines []string
	for len(lines)+1 < most && !fits(text) {
		head, tail := cut(text, fits)
		if head == "" || tail == "" {
			break
		}
		lines = append(lines, head)
		text = tail
	}
	return append(lines, ended(text, fits))
}

// cut takes as many words off the beginning as fit, or else as many letters.
func cut(text string, fits func(string) bool) (head, tail string) {
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

// ended is a text that fits, shortened to end in "…" if it must be.
func ended(text string, fits func(string) bool) string {
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
