package ui

import (
	"fyne.io/fyne/v2"

	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
)

// keyLanguage keeps the chosen language; without it the system's is spoken.
const keyLanguage = "window.language"

// speak sets the language, before the first word is made.
func (w *Window) speak() {
	code := w.opts.Language
	if code == "" {
		code = w.app.Preferences().String(keyLanguage)
	}
	if code == "" {
		code = i18n.System()
	}
	if known, ok := i18n.Canonical(code); ok && w.legible(known) {
		code = known
	} else {
		code = i18n.English
	}
	if err := i18n.Use(code); err != nil {
		fyne.LogError("The window stays in English", err)
	}
}

// legible reports whether there are letters for a language: the bundled font has
// all but the Japanese.
func (w *Window) legible(code string) bool {
	return code != "ja" || w.deps.CanShow == nil || w.deps.CanShow(code)
}

// findLanguages looks which languages can be offered, and then offers them. It
// can wait until the window is there.
func (w *Window) findLanguages() {
	w.background(func() func() {
		var found []i18n.Language
		for _, l := range i18n.Languages {
			if w.legible(l.Code) {
				found = append(found, l)
			}
		}
		return func() {
			w.languages = found
			w.win.SetMainMenu(w.mainMenu())
		}
	}, nil)
}

// chooseLanguage remembers a language; "" is the system's. What is on the screen
// stays as it is: the window is made of words that are there already.
func (w *Window) chooseLanguage(code string) {
	p := w.app.Preferences()
	if code == "" {
		p.RemoveValue(keyLanguage)
	} else {
		p.SetString(keyLanguage, code)
	}
	w.win.SetMainMenu(w.mainMenu()) // the tick moves
	w.say(i18n.F("The language changes when {{.Name}} starts the next time.", i18n.V{"Name": Title}), kit.Info)
}

// languageItem is the menu in which a language is chosen, each by its own name.
func (w *Window) languageItem() *fyne.MenuItem {
	chosen := w.app.Preferences().String(keyLanguage)
	choose := func(label, code string) *fyne.MenuItem {
		item := fyne.NewMenuItem(label, func() { w.chooseLanguage(code) })
		item.Checked = code == chosen
		return item
	}
	items := []*fyne.MenuItem{choose(i18n.L("As the system"), ""), fyne.NewMenuItemSeparator()}
	for _, l := range w.languages {
		items = append(items, choose(l.Name, l.Code))
	}
	item := fyne.NewMenuItem(i18n.L("Language"), nil)
	item.ChildMenu = fyne.NewMenu("", items...)
	return item
}
