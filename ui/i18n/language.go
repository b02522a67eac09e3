package i18n

import (
	"encoding/json"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"github.com/s2sdoctor/s2sdoctor/assets"
)

// English is what the texts are written in.
const English = "en"

// Language is one that the window can speak.
type Language struct {
	// Code is its BCP 47 tag, and the name of its file.
	Code string
	// Name is what it calls itself.
	Name string
}

// Languages are those that there are, in the order of the menu.
var Languages = []Language{
	{English, "English"},
	{"de", "Deutsch"},
	{"es", "Español"},
	{"fr", "Français"},
	{"ja", "日本語"},
	{"pt-BR", "Português (Brasil)"},
	{"vi", "Tiếng Việt"},
}

var (
	current    = English
	registered bool
	known      map[string]bool // the texts that have a translation; nil in English
)

// Current is the language that is spoken.
func Current() string { return current }

// System is the computer's language where the window speaks it, else English.
func System() string { return closest(lang.SystemLocale().String()) }

// closest is the language for a locale: the region does not matter.
func closest(locale string) string {
	for _, l := range Languages {
		if base(l.Code) == base(locale) {
			return l.Code
		}
	}
	return English
}

func base(tag string) string {
	tag, _, _ = strings.Cut(strings.ToLower(tag), "-")
	tag, _, _ = strings.Cut(tag, "_")
	return tag
}

// Known gives a language as it is written here: "DE" is "de"; false when the
// window does not speak it.
func Known(code string) (string, bool) {
	for _, l := range Languages {
		if strings.EqualFold(l.Code, strings.ReplaceAll(code, "_", "-")) {
			return l.Code, true
		}
	}
	return "", false
}

// Use speaks a language from now on; "" is the system's. It is for the start,
// before anything is said: what is on the screen stays as it is.
//
// Fyne speaks the system's language and knows no way to ask for another; so the
// texts are registered under the system's name, whichever language they are in.
func Use(code string) error {
	if code == "" {
		code = System()
	}
	if _, ok := Known(code); !ok {
		return fmt.Errorf("words: there is no language %q", code)
	}
	locale := lang.SystemLocale()
	if code == English && !registered && base(locale.String()) == English {
		return nil // the texts themselves
	}
	texts, err := Texts(code)
	if err != nil {
		return err
	}
	data, err := json.Marshal(texts)
	if err != nil {
		return err
	}
	if err := lang.AddTranslationsForLocale(data, fyne.Locale(locale.LanguageString())); err != nil {
		return fmt.Errorf("words: %s: %w", code, err)
	}
	current, registered, known = code, true, map[string]bool{}
	for english := range texts {
		known[english] = true
	}
	return nil
}

// Texts are all texts of a language by their English. English itself is made of
// the others' keys.
func Texts(code string) (map[string]string, error) {
	name := code
	if code == English {
		name = "de"
	}
	data, err := assets.Translation(name)
	if err != nil {
		return nil, fmt.Errorf("words: %w", err)
	}
	texts := map[string]string{}
	if err := json.Unmarshal(data, &texts); err != nil {
		return nil, fmt.Errorf("words: %s: %w", name, err)
	}
	if code == English {
		for english := range texts {
			texts[english] = english
		}
	}
	return texts, nil
}
