package record

import (
	_ "embed"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
)

//go:embed words.txt
var wordList string

// examples are names that the catalogue's own texts use, and that a tenant may
// have, too.
var examples = []string{"contoso", "fabrikam", "anna", "woodgrove"}

// vocabulary are words that identify no tenant: those of the protocols and
// the services, of error pages, and of the catalogue. Lower case.
var vocabulary = sync.OnceValue(func() map[string]bool {
	words := map[string]bool{}
	add := func(text string) {
		for _, w := range word.FindAllString(text, -1) {
			words[strings.ToLower(w)] = true
		}
	}
	for line := range strings.Lines(wordList) {
		if !strings.HasPrefix(line, "#") {
			add(line)
		}
	}
	for status := 100; status < 600; status++ {
		add(http.StatusText(status))
	}
	for _, e := range catalog.All() {
		add(string(e.Cause) + " " + e.Title.String() + " " + e.Meaning.String())
		for _, phrase := range wording(e.Recognise) {
			add(phrase)
		}
	}
	for _, name := range examples {
		delete(words, name)
	}
	return words
})

// phrases are the catalogue's phrases that the other rules would change: with
// quotes, digits, points or underscores in them.
func phrases() *lazyregexp.Pattern { return phrasePattern() }

var phrasePattern = sync.OnceValue(func() *lazyregexp.Pattern {
	var all []string
	for _, e := range catalog.All() {
		for _, phrase := range wording(e.Recognise) {
			if strings.ContainsAny(phrase, "'\"_.<=0123456789") {
				all = append(all, regexp.QuoteMeta(phrase))
			}
		}
	}
	slices.SortFunc(all, func(a, b string) int { return len(b) - len(a) })
	return lazyregexp.New("(?i)" + strings.Join(all, "|"))
})

func wording(m catalog.Marks) []string {
	all := slices.Clone(m.Wording)
	for _, r := range m.Refined {
		all = append(all, r.Wording...)
	}
	return all
}
