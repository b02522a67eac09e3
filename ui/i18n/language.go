package i18n

import (
	"encoding/json"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"github.com/s2sdoctor/s2sdoctor/assets"
)

// English is the language of the keys.
const English = "en"

// Language is a language of the window.
type Language struct {
	// Code is the BCP 47 tag, and the name of the file of translations.
	Code string
	// Name is its name in the language itself.
	Name string
}

// Languages are all languages, in the order of the menu.
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
	known      map[string]bool // the texts with a translation; nil in English
)

// Current returns the code of the current language.
func Current() string { return current }

// System returns the system's language if the window has it, else English.
func System() string { return closest(lang.SystemLocale().String()) }

// closest returns the language of a locale without its region, else English.
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

// Canonical returns the code of a language in the spelling of [Languages], such as "de" for
// "DE"; false if there is no such language.
func Canonical(code string) (string, bool) {
	for _, l := range Languages {
		if strings.EqualFold(l.Code, strings.ReplaceAll(code, "_", "-")) {
			return l.Code, true
		}
	}
	return "", false
}

// Use changes the language; "" is the system's. It is called before the window is built:
// texts on the screen do not change.
//
// Fyne uses the system's language and has no function to choose another. The texts are
// therefore registered under the system's language, in any language.
func Use(code string) error {
	if code == "" {
		code = System()
	}
	if _, ok := Canonical(code); !ok {
		return fmt.Errorf("i18n: there is no language %q", code)
	}
	if registered && code == current {
		return nil
	}
	locale := lang.SystemLocale()
	if code == English && !registered && base(locale.String()) == English {
		return nil // the texts themselves
	}
	texts, err := Translations(code)
	if err != nil {
		return err
	}
	data, err := json.Marshal(texts)
	if err != nil {
		return err
	}
	if err := lang.AddTranslationsForLocale(data, fyne.Locale(locale.LanguageString())); err != nil {
		return fmt.Errorf("i18n: %s: %w", code, err)
	}
	current, registered, known = code, true, map[string]bool{}
	for english := range texts {
		known[english] = true
	}
	return nil
}

// Translations returns the translations of a language by their English text. For English they
// are the keys of another language.
func Translations(code string) (map[string]string, error) {
	name := code
	if code == English {
		name = "de"
	}
	data, err := assets.Translation(name)
	if err != nil {
		return nil, fmt.Errorf("i18n: %w", err)
	}
	texts := map[string]string{}
	if err := json.Unmarshal(data, &texts); err != nil {
		return nil, fmt.Errorf("i18n: %s: %w", name, err)
	}
	if code == English {
		for english := range texts {
			texts[english] = english
		}
	}
	return texts, nil
}
