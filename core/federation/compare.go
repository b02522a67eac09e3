package federation

import (
	"strings"
	"unicode/utf8"

	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
)

// part is a piece of an identifier: a name, or one character between names.
var part = lazyregexp.New(`[:/@]|[^:/@]+`)

// Mark returns two identifiers with « » around the characters in which they differ.
// Names that are equal but for upper and lower case are compared letter by letter,
// others as a whole.
func Mark(presented, expected string) (markedPresented, markedExpected string) {
	const longest = 1 << 10
	if len(presented) > longest || len(expected) > longest {
		return presented, expected
	}
	a, b := part.FindAllString(presented, -1), part.FindAllString(expected, -1)
	var left, right marked
	for _, e := range align(a, b) {
		switch {
		case e.a != "" && e.b != "" && e.a != e.b && strings.EqualFold(e.a, e.b):
			markCase(&left, &right, e.a, e.b)
		default:
			left.add(e.a, e.a != e.b)
			right.add(e.b, e.a != e.b)
		}
	}
	return left.String(), right.String()
}

// marked is a text with marks; neighbours share them.
type marked struct {
	strings.Builder
	open bool
}

func (m *marked) add(s string, differs bool) {
	if s == "" {
		return
	}
	if differs != m.open {
		m.WriteString(map[bool]string{true: "«", false: "»"}[differs])
		m.open = differs
	}
	m.Builder.WriteString(s)
}

// String closes the last mark.
func (m *marked) String() string {
	if m.open {
		return m.Builder.String() + "»"
	}
	return m.Builder.String()
}

// markCase marks the letters of two names that differ in case only.
func markCase(left, right *marked, a, b string) {
	x, y := []rune(a), []rune(b)
	if len(x) != len(y) || !utf8.ValidString(a) || !utf8.ValidString(b) {
		left.add(a, true)
		right.add(b, true)
		return
	}
	for i := range x {
		left.add(string(x[i]), x[i] != y[i])
		right.add(string(y[i]), x[i] != y[i])
	}
}

// pair is two parts that belong together; "" is a part that the other side lacks.
type pair struct{ a, b string }

// align pairs the parts of two identifiers by their longest common subsequence, in
// which names that differ in case only count as common.
func align(a, b []string) []pair {
	length := make([][]int, len(a)+1)
	for i := range length {
		length[i] = make([]int, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if strings.EqualFold(a[i], b[j]) {
				length[i][j] = length[i+1][j+1] + 1
			} else {
				length[i][j] = max(length[i+1][j], length[i][j+1])
			}
		}
	}
	var pairs []pair
	i, j := 0, 0
	for i < len(a) && j < len(b) {
		switch {
		case strings.EqualFold(a[i], b[j]):
			pairs = append(pairs, pair{a[i], b[j]})
			i, j = i+1, j+1
		case length[i+1][j] >= length[i][j+1]:
			pairs = append(pairs, pair{a: a[i]})
			i++
		default:
			pairs = append(pairs, pair{b: b[j]})
			j++
		}
	}
	for ; i < len(a); i++ {
		pairs = append(pairs, pair{a: a[i]})
	}
	for ; j < len(b); j++ {
		pairs = append(pairs, pair{b: b[j]})
	}
	return pairs
}
