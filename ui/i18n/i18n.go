// Package i18n says everything that a person reads in the window in their
// language. The English text is the key; what is not translated is shown in
// English, so nothing is ever blank.
//
// Every literal goes through [L], [F], [N] or [Key], which is how a test finds
// it: no word is missing from a language, and none is left over. What core has to
// say comes as a [text.Text], which keeps its template, and goes through [Said];
// texts that come as data (the catalogue's, the checks', the guide's) go through
// [Say].
//
// English on purpose: what somebody else said (an answer's message, a name, an
// error of the system), codes and IDs, and the report that is copied to be sent,
// because they are searched for as they are; and the portals' names of the form's
// fields.
package i18n

import (
	"strings"

	"fyne.io/fyne/v2/lang"

	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// V are the values of a text's places: F("Hello {{.Name}}", V{"Name": "Ana"}).
type V map[string]any

// Key marks a literal that stands in a table and is said later.
type Key string

// The words that Fyne itself shows here: the menu of an entry, and the end of the
// main menu.
var _ = []Key{Key("Cut"), Key("Copy"), Key("Paste"), Key("Select all"), Key("Undo"), Key("Redo"), Key("Quit")}

// String says it.
func (k Key) String() string { return L(string(k)) }

// L says a text.
func L(english string) string { return lang.L(english) }

// F says a text with places. The values are put in as they are.
func F(english string, values V) string { return lang.L(english, map[string]any(values)) }

// Said says what core has to say.
func Said(shown text.Text) string { return shown.In(Say) }

// All says a list of it.
func All(texts []text.Text) []string {
	all := make([]string, len(texts))
	for i, shown := range texts {
		all[i] = Said(shown)
	}
	return all
}

// Error says why something went wrong; what the system says stays as it is.
func Error(err error) string { return Said(text.OfError(err)) }

// N says a text about a number of things, {{.N}} in it. The two forms are texts
// of their own, so that they also hold where Fyne counts in another language.
func N(one, many string, n int) string {
	if singular(current, n) {
		return F(one, V{"N": n})
	}
	return F(many, V{"N": n})
}

// singular tells which numbers take the first form (CLDR, cardinal plurals).
func singular(language string, n int) bool {
	switch language {
	case "ja", "vi":
		return false // one form for all
	case "fr", "pt-BR":
		return n == 0 || n == 1
	}
	return n == 1
}

// Say says a text that came as data, its {places} untouched; one that has no
// translation stays as it is. It has the type of core's hooks.
func Say(english string) string {
	if !known[english] || strings.Contains(english, "{{") {
		return english // never a template that somebody else wrote
	}
	return lang.L(english)
}
