package smuggle

import (
	"strings"
	"sync"
)

// Piece is the number of consecutive characters of a secret that count as a leak.
const Piece = 12

// Leak returns a part of a secret that a text contains, directly or after up to three
// decodings, or "". It ignores blanks, quotes and invisible characters.
func Leak(text, secret string) string { return finderOf(secret).find(text, layers) }

// Plain is [Leak] without decoding, which is much faster.
func Plain(text, secret string) string { return finderOf(secret).find(text, 0) }

// finder finds parts of a secret. It is safe for concurrent use.
type finder struct {
	// parts maps the beginnings of all pieces, folded, to the pieces.
	parts map[[Piece - 2]byte]string

	mu sync.Mutex
	// clean has the texts that were searched and contain no part: most texts are in many
	// reports.
	clean map[string]bool
}

const (
	maxClean     = 1 << 14
	maxCleanText = 1 << 10
)

var finders sync.Map // of *finder, by secret

func finderOf(secret string) *finder {
	if f, ok := finders.Load(secret); ok {
		return f.(*finder)
	}
	f := &finder{parts: map[[Piece - 2]byte]string{}, clean: map[string]bool{}}
	for i := 0; i+Piece <= len(secret); i++ {
		if part := fold(secret[i : i+Piece]); len(part) >= Piece-2 {
			f.parts[[Piece - 2]byte([]byte(part))] = secret[i : i+Piece]
		}
	}
	kept, _ := finders.LoadOrStore(secret, f)
	return kept.(*finder)
}

// find returns a part of the secret that is in a text or in one of its decodings up to
// depth.
func (f *finder) find(text string, depth int) string {
	short := depth == layers && len(text) <= maxCleanText
	if short && f.known(text) {
		return ""
	}
	folded := fold(text)
	for i := 0; i+Piece-2 <= len(folded); i++ {
		if part, ok := f.parts[[Piece - 2]byte([]byte(folded[i:i+Piece-2]))]; ok && strings.Contains(folded[i:], fold(part)) {
			return part
		}
	}
	if depth == 0 {
		return ""
	}
	for _, next := range decodings(text) {
		if part := f.find(next, depth-1); part != "" {
			return part
		}
	}
	if short {
		f.remember(text)
	}
	return ""
}

func (f *finder) known(text string) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.clean[text]
}

func (f *finder) remember(text string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.clean) >= maxClean {
		clear(f.clean)
	}
	f.clean[text] = true
}

// fold removes the characters that do not count: blanks, quotes and invisible characters.
func fold(s string) string {
	b := make([]byte, 0, len(s))
	for i := range len(s) {
		if c := s[i]; c > ' ' && c < 0x7f && c != '\'' && c != '"' && c != '+' && c != '`' {
			b = append(b, c)
		}
	}
	return string(b)
}
