package redact

// gram is the length of a part of a secret that is already too much, in bytes.
const gram = 12

// grams finds texts by all their parts of [gram] bytes, and short texts whole. A
// bit table of the first four bytes keeps the cost of bytes that match nothing to
// one look-up.
type grams struct {
	first []uint64
	parts map[[gram]byte]struct{}
	// short are texts that are found whole, by their first four bytes.
	short map[string][]string
}

// A secret of forty characters has about a thousand parts in all its spellings. A
// table of 8 KiB stays in the processor's cache, and one byte in sixty is looked up
// in vain.
const (
	tableBits = 16
	headBytes = 4
)

func newGrams() *grams {
	return &grams{first: make([]uint64, 1<<tableBits/64), parts: map[[gram]byte]struct{}{}, short: map[string][]string{}}
}

func slot(text string) uint32 {
	n := uint32(text[0]) | uint32(text[1])<<8 | uint32(text[2])<<16 | uint32(text[3])<<24
	return n * 2654435761 >> (32 - tableBits)
}

func (g *grams) mark(text string) {
	at := slot(text)
	g.first[at/64] |= 1 << (at % 64)
}

func (g *grams) marked(text string) bool {
	at := slot(text)
	return g.first[at/64]&(1<<(at%64)) != 0
}

// add makes text one to be found. What is shorter than four bytes once folded is
// not looked for.
func (g *grams) add(text string) {
	if len(text) < headBytes {
		return
	}
	whole := true // no part of it is enough
	for i := 0; i+gram <= len(text); i++ {
		if part := text[i : i+gram]; varied(part) {
			g.mark(part)
			g.parts[[gram]byte([]byte(part))] = struct{}{}
			whole = false
		}
	}
	if whole {
		g.mark(text)
		g.short[text[:headBytes]] = append(g.short[text[:headBytes]], text)
	}
}

func (g *grams) has(part string) bool {
	_, ok := g.parts[[gram]byte([]byte(part))]
	return ok
}

// varied reports whether a part has more than two different bytes: base64 and
// hexadecimal write runs of zeros as runs of one letter, which are everywhere.
func varied(part string) bool {
	var seen [3]byte
	n := 0
next:
	for i := range len(part) {
		for _, c := range seen[:n] {
			if c == part[i] {
				continue next
			}
		}
		if n == len(seen) {
			return true
		}
		seen[n] = part[i]
		n++
	}
	return n > 2
}

// find appends the parts of the original text that hold what is looked for.
func (g *grams) find(found []span, v view) []span {
	text := v.text
	for i := 0; i+headBytes <= len(text); i++ {
		if !g.marked(text[i:]) {
			continue
		}
		for _, short := range g.short[text[i:i+headBytes]] {
			if len(text)-i >= len(short) && text[i:i+len(short)] == short {
				found = append(found, v.span(i, i+len(short)))
			}
		}
		if i+gram <= len(text) && g.has(text[i:i+gram]) {
			end := i + gram
			for end < len(text) && g.has(text[end-gram+1:end+1]) {
				end++
			}
			found = append(found, v.span(i, end))
			i = end - gram
		}
	}
	return found
}

// span is where the bytes from i to before j of the view are in the text.
func (v view) span(i, j int) span { return span{int(v.from[i]), int(v.to[j-1])} }
