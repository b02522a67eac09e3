// Package i18n translates the texts of the window. The English text is the key; a text
// without a translation is shown in English.
//
// Every literal is an argument of [L], [F], [N] or [Key], where a test finds it and
// compares it with the translations. Texts of core are a [text.Text], which keeps its
// template, and are translated by [Text]; texts that are data (of the catalogue, the
// checks, the guide) by [Translate].
//
// In English stay: texts of services and of the system, codes and IDs, and the copied
// report, because they are searched for literally; and the portals' names of the form's
// fields.
package i18n

import (
	"strings"

	"fyne.io/fyne/v2/lang"

	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// V has the values of a template: F("Hello {{.Name}}", V{"Name": "Ana"}).
type V map[string]any

// Key is a text in a table, which is translated later.
type Key string

// Texts of Fyne itself: the menu of an entry, and the end of the main menu.
var _ = []Key{Key("Cut"), Key("Copy"), Key("Paste"), Key("Select all"), Key("Undo"), Key("Redo"), Key("Quit")}

// String returns the translation.
func (k Key) String() string { return L(string(k)) }

// L translates a text.
func L(english string) string { return lang.L(english) }

// F translates a template and inserts the values, which are not translated.
func F(english string, values V) string { return lang.L(english, map[string]any(values)) }

// Text translates a text of core.
func Text(shown text.Text) string { return shown.In(Translate) }

// TextList translates texts of core.
func TextList(texts []text.Text) []string {
	all := make([]string, len(texts))
	for i, shown := range texts {
		all[i] = Text(shown)
	}
	return all
}

// N translates a text with a number, {{.N}} in it. The two forms are separate texts,
// because Fyne chooses plurals by the rules of the system's language.
func N(one, many string, n int) string {
	if singular(current, n) {
		return F(one, V{"N": n})
	}
	return F(many, V{"N": n})
}

// singular reports whether a number takes the first form.
//
// Source: CLDR, cardinal plurals.
func singular(language string, n int) bool {
	switch language {
	case "ja", "vi":
		return false // one form for all
	case "fr", "pt-BR":
		return n == 0 || n == 1
	}
	return n == 1
}

// Translate translates a text that is data, with its {placeholders} unchanged. It returns a text
// without a translation unchanged.
func Translate(english string) string {
	if !known[english] || strings.Contains(english, "{{") {
		return english // data must not be executed as a template
	}
	return lang.L(english)
}
