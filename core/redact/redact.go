// Package redact removes known secrets from text that others wrote.
//
// A service or a proxy may echo what it was sent in any spelling: escaped for
// JSON, XML, HTML or a URL, in hexadecimal or base64, cut off, with characters
// between that do not show. A [Set] finds a secret in the text as it is and as it
// would be decoded, and replaces the part of the text that holds it. The cost is
// linear in the length of the text.
package redact

import (
	"context"
	"slices"
	"strings"
	"sync"

	"github.com/s2sdoctor/s2sdoctor/core/secret"
)

// Shortest is the shortest secret, in characters, that is looked for. A shorter
// one would be found by chance everywhere.
const Shortest = 6

// Set holds the secrets to remove. The zero value is ready to use and removes
// tokens only. It is safe for concurrent use.
type Set struct {
	mu     sync.RWMutex
	known  []secret.Value
	tables []*grams
}

// Add makes v one of the secrets to remove. Empty and very short ones are
// ignored, see [Shortest].
func (s *Set) Add(v secret.Value) {
	if v.Len() < Shortest {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, old := range s.known {
		if old.Equal(v) {
			return
		}
	}
	table := newGrams()
	v.Use(func(plain string) {
		for _, spelling := range spellings(plain) {
			table.add(spelling)
		}
	})
	s.known, s.tables = append(s.known, v), append(s.tables[:len(s.tables):len(s.tables)], table)
}

// Text is searched in pieces, so that memory does not grow with its length. They
// overlap by more than the longest token.
const (
	piece   = 256 << 10
	overlap = 16 << 10
)

// Text returns text with [secret.Redacted] in the place of every known secret, of
// every part of one that has twelve characters or more, and of every token.
func (s *Set) Text(text string) string {
	clean, _ := s.Clean(context.Background(), text)
	return clean
}

// Clean is [Set.Text] for a long text. It returns the context's error when that
// ends first.
func (s *Set) Clean(ctx context.Context, text string) (string, error) {
	found, err := s.find(ctx, len(text), func(from, to int) string { return text[from:to] })
	if err != nil {
		return "", err
	}
	return replace(text, found), nil
}

// Bytes is [Set.Clean] for a body. It returns the body itself where there is
// nothing to remove: copies of a long one would add up.
func (s *Set) Bytes(ctx context.Context, body []byte) ([]byte, error) {
	found, err := s.find(ctx, len(body), func(from, to int) string { return string(body[from:to]) })
	switch {
	case err != nil:
		return nil, err
	case len(found) == 0:
		return body, nil
	}
	return []byte(replace(string(body), found)), nil
}

// find looks at a text of a length piece by piece; part returns a part of it.
func (s *Set) find(ctx context.Context, length int, part func(from, to int) string) ([]span, error) {
	s.mu.RLock()
	tables := s.tables
	s.mu.RUnlock()
	var found []span
	for at := 0; at < length; at += piece {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		for _, f := range search(tables, part(at, min(at+piece+overlap, length))) {
			found = append(found, span{at + f.from, at + f.to})
		}
	}
	return found, nil
}

// search looks at the text as it is and at each layer below its escapes and its
// encodings.
func search(tables []*grams, text string) []span {
	s := searcher{tables: tables, budget: maxNested * (len(text) + 1<<10)}
	s.look(identity(text), unseen, rounds)
	return s.found
}

// searcher collects what is found in one piece of a text.
type searcher struct {
	tables []*grams
	found  []span
	// budget is how many bytes below encodings are still looked at.
	budget int
}

// maxNested is how many times the length of a text is looked at below encodings.
// Only a text that is made for it has more; what is left of it is removed unseen.
const maxNested = 8

// reading is how characters besides ASCII are read.
type reading int

const (
	unseen    reading = iota // there was no such character so far
	kept                     // as they are; a view without them is looked at too
	asciiOnly                // they are dropped
)

// look searches a view, and depth layers below it.
func (s *searcher) look(v view, how reading, depth int) {
	v = v.squeeze()
	switch {
	case how == asciiOnly:
		v = v.ascii()
	case how == unseen && !v.isASCII() && len(s.tables) > 0:
		how = kept
		s.look(v, asciiOnly, depth)
	}
	s.read(v, how, depth)
	// What a parser drops may be between the characters of a secret, and around it.
	if bare, changed := v.unmarked(); changed {
		s.read(bare, how, depth)
	}
}

// read searches a view, and what is depth layers below it.
func (s *searcher) read(v view, how reading, depth int) {
	if how != asciiOnly { // without them, another word may follow a name
		s.found = findTokens(s.found, v)
	}
	s.search(v.fold())
	if depth == 0 {
		return
	}
	if len(s.tables) > 0 {
		for _, a := range alphabets {
			a.texts(v, s.search, func(below view) { s.below(below, how, depth-1) })
		}
	}
	if next, changed := v.decode(); changed {
		s.look(next, how, depth-1)
	}
}

// search looks for the secrets in a view that is folded.
func (s *searcher) search(folded view) {
	for _, table := range s.tables {
		s.found = table.find(s.found, folded)
	}
}

// below searches a text that was found in an encoding.
func (s *searcher) below(v view, how reading, depth int) {
	if s.budget -= len(v.text); s.budget < 0 {
		s.found = append(s.found, v.span(0, len(v.text)))
		return
	}
	s.look(v, how, depth)
}

// Empty reports whether the set holds no secret.
func (s *Set) Empty() bool {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return len(s.known) == 0
}

// span is a part of the text, from its first byte to after its last.
type span struct{ from, to int }

// replace puts one placeholder where spans touch or overlap.
func replace(text string, spans []span) string {
	if len(spans) == 0 {
		return text
	}
	slices.SortFunc(spans, func(a, b span) int { return a.from - b.from })
	var b strings.Builder
	b.Grow(len(text))
	at := 0
	for i := 0; i < len(spans); {
		from, to := spans[i].from, spans[i].to
		for i++; i < len(spans) && spans[i].from <= to; i++ {
			to = max(to, spans[i].to)
		}
		b.WriteString(text[at:from])
		b.WriteString(secret.Redacted)
		at = to
	}
	b.WriteString(text[at:])
	return b.String()
}
