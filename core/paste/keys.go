package paste

import (
	"slices"
	"strings"
	"sync"

	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
)

// meaning is the field of a name, and the application that it belongs to.
type meaning struct {
	field field
	rank  int
	// owner names the application or stage that the name is of, such as "dataverse";
	// or "".
	owner string
	// start is where the name begins in the phrase, in bytes.
	start int
	// whole is true where nothing but the name is in the phrase.
	whole bool
	// tail is true where a stage or number follows the name.
	tail bool
}

type entry struct {
	field field
	rank  int
}

// longestPhrase is the words of the longest name, mostWords how many words of a phrase
// are looked at.
const (
	longestPhrase = 9
	mostWords     = 16
)

// endings are the words with which names end, and the names themselves.
var endings = sync.OnceValue(func() map[string]bool {
	all := map[string]bool{}
	for _, row := range slices.Concat(vocabulary, languages) {
		for name := range strings.SplitSeq(row.names, ",") {
			if list := splitWords(name); len(list) > 0 {
				all[list[len(list)-1].text] = true
			}
		}
	}
	for name := range lexicon() {
		all[name] = true
	}
	return all
})

// lexicon is the vocabulary by squeezed name.
var lexicon = sync.OnceValue(func() map[string]entry {
	all := map[string]entry{}
	for _, row := range slices.Concat(vocabulary, languages) {
		for name := range strings.SplitSeq(row.names, ",") {
			var b strings.Builder
			for _, w := range splitWords(name) {
				b.WriteString(w.text)
			}
			key := b.String()
			if old, ok := all[key]; !ok || old.field != other && row.field == other || row.rank > old.rank && old.field != other {
				all[key] = entry{row.field, row.rank}
			}
		}
	}
	return all
})

// suffixes are names that are long enough to be recognised at the end of a joined
// word such as "myappclientsecret".
const (
	shortestSuffix = 8
	longestWord    = 64
)

// meaningOf returns the meaning of the end of a phrase.
func meaningOf(phrase string) meaning {
	list := splitWords(phrase)
	if len(list) == 0 {
		return meaning{}
	}
	if strings.HasSuffix(phrase, ")") && dated.MatchString(phrase) {
		return withRemark(phrase)
	}
	list = list[max(0, len(list)-mostWords):]
	// "Secret UAT", "client_id_2": the end names the application.
	var tail []string
	for trimmed := list; len(trimmed) > 0; trimmed = trimmed[:len(trimmed)-1] {
		if m, ok := longest(trimmed); ok {
			if before := trimmed[:len(trimmed)-1]; m.field == valueOf && len(before) > 0 && types[trimmed[len(before)].text] {
				// "clientSecret string": a type, and not AWS's "secret string".
				if typed, ok := longest(before); ok && typed.rank == exact && typed.field < userName {
					m = typed
				}
			}
			if !m.whole && len(trimmed) == len(list) {
				if nouns, ok := byNouns(list); ok {
					return nouns
				}
			}
			m.owner = strings.TrimSpace(m.owner + " " + strings.Join(tail, " "))
			m.tail = len(trimmed) < len(list)
			return m
		}
		last := trimmed[len(trimmed)-1].text
		if prepositions[last] && len(tail) > 0 {
			continue // "the app for UAT"
		}
		if !stages[last] && !superseded[last] && !sealed[last] && !types[last] && last != "as" && !current[last] && strings.Trim(last, "0123456789") != "" {
			break
		}
		if !types[last] && last != "as" && !current[last] {
			tail = append([]string{last}, tail...)
		}
	}
	if m, ok := byNouns(list); ok {
		return m
	}
	return withRemark(phrase)
}

// prepositions are between a name and the stage that it is of.
var prepositions = words(`for in on für auf pour sur para en per voor`)

// withRemark returns the meaning of a name with a remark in parentheses, such as
// "Client secret (expires in 2027)". A remark such as "old" makes the value obsolete.
func withRemark(phrase string) meaning {
	phrase = strings.TrimRight(phrase, " :")
	at := strings.LastIndexByte(phrase, '(')
	if at <= 0 || !strings.HasSuffix(phrase, ")") {
		return meaning{}
	}
	m := meaningOf(phrase[:at])
	if m.field == unknown {
		return m
	}
	m.tail = true
	forbidden := forbids.MatchString(phrase[at:])
	for _, w := range splitWords(phrase[at:]) {
		if superseded[w.text] && !forbidden || sealed[w.text] || stages[w.text] {
			m.owner = strings.TrimSpace(m.owner + " " + w.text)
		}
	}
	if forbidden && !isStale(phrase[at:]) {
		m.owner = strings.TrimSpace(m.owner + " old")
	}
	return m
}

// dated is a remark with the date on which a secret ends.
var dated = lazyregexp.New(`(?i)[^\s(]\s*\((?:expires|expiry|expiration|valid|gültig|läuft ab|expire|caduca|expira|verloopt|wygasa|scade)\b[^()]*\d[^()]*\)$`)

// forbids is a remark such as "do not use"; with another word of that kind, as in
// "not expired", it allows.
var forbids = lazyregexp.New(`(?i)\b(?:not|don't|never|nicht|ne pas|no usar|não usar|non usare)\b`)

// unused is a remark that forbids to use a value.
var unused = lazyregexp.New(`(?i)\b(?:(?:do not|don't|must not) use|not (?:in use|used|valid)|no longer (?:used|valid|in use)|nicht (?:mehr )?(?:verwenden|benutzen|nutzen|gültig)|ne (?:pas|plus) utiliser|no usar|não usar|non usare|niet gebruiken)\b`)

// negated is the opposite of a word that marks a value as one that no longer counts.
var negated = lazyregexp.New(`(?i)\b(?:not|isn't|nicht|non|pas|no|não)\s+(?:yet\s+)?[\p{L}]+`)

// isObsolete reports whether a value no longer counts by a remark.
func isObsolete(remark string) bool {
	return unused.MatchString(remark) || isStale(negated.ReplaceAllString(remark, " "))
}

// isStale reports whether a remark marks a value that no longer counts.
func isStale(remark string) bool {
	return slices.ContainsFunc(splitWords(remark), func(w word) bool { return superseded[w.text] })
}

func longest(list []word) (meaning, bool) {
	names := lexicon()
	last := list[len(list)-1]
	for n := min(len(list), longestPhrase); n >= 1 && endings()[last.text]; n-- {
		var b strings.Builder
		for _, w := range list[len(list)-n:] {
			b.WriteString(w.text)
		}
		if e, ok := names[b.String()]; ok {
			return found(list, len(list)-n, e, ""), true
		}
	}
	if len(last.text) > longestWord {
		return meaning{}, false
	}
	for cut := 1; cut+shortestSuffix <= len(last.text); cut++ {
		if e, ok := names[last.text[cut:]]; ok {
			return found(list, len(list)-1, e, last.text[:cut]), true
		}
	}
	// "crmurl": a short name after a known owner.
	for owner := range dataverses {
		if rest, ok := strings.CutPrefix(last.text, owner); ok {
			if e, ok := names[rest]; ok {
				return found(list, len(list)-1, e, owner), true
			}
		}
	}
	return meaning{}, false
}

// found builds a meaning; the words before at, and joined, are its owner.
func found(list []word, at int, e entry, joined string) meaning {
	m := meaning{field: e.field, rank: e.rank, start: list[at].start, whole: true}
	var owner []string
	glued := true
	for i := at - 1; i >= 0; i-- {
		glued = glued && list[i].glued
		text := list[i].text
		known := dataverses[text] || foreigners[text] || stages[text] || superseded[text] || sealed[text]
		switch {
		case glued:
			m.start = list[i].start
		case known:
			m.start = min(m.start, list[i].start)
		case !neutral[text]:
			m.whole = false
		}
		if (glued || known) && !neutral[text] {
			owner = append([]string{text}, owner...)
		}
	}
	for _, w := range list[at:] { // "dataverse url" is Dataverse's
		if dataverses[w.text] {
			owner = append(owner, w.text)
		}
	}
	if joined != "" && !neutral[joined] {
		owner = append(owner, joined)
	}
	m.owner = strings.Join(owner, " ")
	return m
}

// has reports whether a word of an owner is in the set.
func has(owner string, set map[string]bool) bool {
	for w := range strings.FieldsSeq(owner) {
		if set[w] {
			return true
		}
	}
	return false
}
