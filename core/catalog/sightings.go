package catalog

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
)

// Strength orders the marks of a text by how much they decide.
type Strength int

// The strengths, weakest first.
const (
	// ByStatus is an HTTP status alone.
	ByStatus Strength = iota
	// ByWords are known words without a code.
	ByWords
	// ByGeneral is a code that wraps others, or that the catalogue does not list.
	ByGeneral
	// BySpecific is a code that the catalogue lists.
	BySpecific
)

// Sighting is one mark in a text that is no answer as it came, or several that
// belong together, such as a code and its wrapper.
type Sighting struct {
	// Start and End are byte offsets in the text.
	Start, End int
	Strength   Strength
	// Signs hold the mark and the part of the text that belongs to it.
	Signs Signs
}

// Sightings returns the marks of a text in their order.
func Sightings(text string) []Sighting {
	var found []Sighting
	for _, find := range []func(string) []Sighting{sightAADSTS, sightDataverse, sightNamed, sightSystem} {
		found = append(found, find(text)...)
	}
	found = append(found, sightWords(text)...)
	slices.SortStableFunc(found, func(a, b Sighting) int { return cmp.Compare(a.Start, b.Start) })
	for i := range found {
		if found[i].Strength != ByWords {
			from := 0
			if i > 0 {
				from = found[i-1].End
			}
			found[i].Signs.Text = around(text, found[i].Start, from)
			found[i].weaken()
		}
	}
	return found
}

// weaken lowers the strength of a code that decides nothing here: a name such as
// "Forbidden" of any service to that of a status.
func (s *Sighting) weaken() {
	if s.Strength != BySpecific || Recognise(s.Signs).Cause != Unknown {
		return
	}
	s.Strength = ByGeneral
	if s.Signs.Graph != "" {
		s.Strength = ByStatus
	}
}

// near is how far apart two codes of one message may be.
const near = 160

// sameMessage reports whether nothing between two places separates messages.
func sameMessage(text string, end, start int) bool {
	return start-end <= near && !strings.Contains(text[end:start], "\n")
}

func sightAADSTS(text string) []Sighting {
	var found []Sighting
	places := aadstsPattern.FindAllStringSubmatchIndex(text, -1)
	if len(places) == 0 {
		places = errorPage.FindAllStringSubmatchIndex(text, -1)
	}
	for _, m := range places {
		code, err := strconv.Atoi(text[m[2]:m[3]])
		if err != nil {
			continue
		}
		if last := len(found) - 1; last >= 0 && sameMessage(text, found[last].End, m[0]) {
			found[last].End = m[3]
			found[last].Signs.AADSTS = append(found[last].Signs.AADSTS, code)
			continue
		}
		found = append(found, Sighting{Start: m[0], End: m[3], Signs: Signs{AADSTS: []int{code}}})
	}
	for i := range found {
		s := &found[i]
		s.Signs.AADSTS = specificFirst(s.Signs.AADSTS)
		s.Strength = BySpecific
		if rank(s.Signs.AADSTS[0]) > 0 {
			s.Strength = ByGeneral
		}
	}
	return found
}

var codeShape = lazyregexp.New(`(?i)(?:^|[^0-9a-z-])(0x8[0-9a-f]{7}|8[0-9a-f]{7}|-2[0-9]{9}|2[0-9]{9})(?:[^0-9a-z-]|$)`)

// sightDataverse finds codes in any form: known ones, and what is written as a
// code, except those of Windows and .NET themselves. Of several in one message the
// first known one counts.
func sightDataverse(text string) []Sighting {
	var found []Sighting
	for from := 0; from < len(text); {
		m := codeShape.FindStringSubmatchIndex(text[from:])
		if m == nil {
			break
		}
		start, end := from+m[2], from+m[3]
		from = end // not past the delimiter: it may begin the next code
		hex, ok := DataverseCode(text[start:end])
		if !ok {
			continue
		}
		s := Sighting{Start: start, End: end, Strength: BySpecific, Signs: Signs{Dataverse: hex}}
		if !knownDataverse(hex) {
			s.Strength = ByGeneral
			if !writtenAsCode(text[start:end]) || foreignCode(hex) || ofSystem(hex) {
				continue
			}
		}
		if last := len(found) - 1; last >= 0 && sameMessage(text, found[last].End, start) {
			found[last].End = end
			if found[last].Strength < s.Strength {
				found[last].Strength, found[last].Signs = s.Strength, s.Signs
			}
			continue
		}
		found = append(found, s)
	}
	return found
}

func writtenAsCode(text string) bool {
	return text[0] == '-' || strings.HasPrefix(strings.ToLower(text), "0x")
}

// foreignCode reports whether a code belongs to .NET (0x8013), to COM (0x8000)
// or to Windows (0x8007).
func foreignCode(hex string) bool {
	for _, facility := range []string{"0x8013", "0x8000", "0x80070"} {
		if strings.HasPrefix(hex, facility) {
			return true
		}
	}
	return false
}

// ofSystem reports whether a code is listed as one of Windows.
func ofSystem(hex string) bool {
	_, listed := data().marks["system:"+strings.ToLower(hex)]
	return listed
}

func knownDataverse(hex string) bool {
	_, known := data().marks["dataverse:"+hex]
	return known || len(data().refined[hex]) > 0
}

// namedCode is a member or parameter that holds a code in words: "error" of
// RFC 6749, "code" of Graph, and what logs make of them.
var namedCode = lazyregexp.New(`(?i)\b(error|code|errorcode|error_code|error[ -]?code)\\*["']?\s{0,4}[:=]\s{0,4}\\*["']?([a-z][a-z_.]{3,79})\b`)

// sightNamed finds the codes in words that the catalogue knows.
func sightNamed(text string) []Sighting {
	var found []Sighting
	for _, m := range namedCode.FindAllStringSubmatchIndex(text, -1) {
		name := text[m[4]:m[5]]
		s := Sighting{Start: m[4], End: m[5], Strength: BySpecific}
		if _, ok := data().marks["oauth:"+name]; ok {
			s.Signs.OAuth, s.Strength = name, ByGeneral
		} else if _, ok := data().marks["graph:"+name]; ok || len(data().refined[name]) > 0 {
			s.Signs.Graph = name
		} else {
			continue
		}
		found = append(found, s)
	}
	return found
}

// sightWords finds the known phrases; where they overlap, the longest.
func sightWords(text string) []Sighting {
	type match struct{ start, end int }
	var found []match
	f := fold(text)
	for _, p := range data().wording {
		for from := 0; ; {
			start, end := p.find(f.text, from)
			if start < 0 {
				break
			}
			found = append(found, match{start, end})
			from = end
		}
	}
	slices.SortStableFunc(found, func(a, b match) int {
		return cmp.Or(cmp.Compare(b.end-b.start, a.end-a.start), cmp.Compare(a.start, b.start))
	})
	var kept []Sighting
	taken := make([]bool, len(f.text))
	for _, m := range found {
		// The longer ones are there already: an overlap shows at one of the ends.
		if taken[m.start] || taken[m.end-1] {
			continue
		}
		for i := m.start; i < m.end; i++ {
			taken[i] = true
		}
		start, end := f.at[m.start], f.end(m.end)
		kept = append(kept, Sighting{Start: start, End: end, Strength: ByWords, Signs: Signs{Text: text[start:end]}})
	}
	return kept
}
