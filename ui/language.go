package ui

import (
	"fyne.io/fyne/v2"

	"s2sdoctor/ui/widgets"
	"s2sdoctor/ui/words"
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
		code = words.System()
	}
	if known, ok := words.Known(code); ok && w.legible(known) {
		code = known
	} else {
		code = words.English
	}
	if err := words.Use(code); err != nil {
		fyne.LogError("The window stays in English", err)
	}
}

// legible tells whether there are letters for a language: the bundled font has
// all but the Japanese.
func (w *Window) legible(code string) bool {
	return code != "ja" || w.deps.CanShow == nil || w.deps.CanShow(code)
}

// findLanguages looks which languages can be offered, and then offers them. It
// can wait until the window is there.
func (w *Window) findLanguages() {
	w.background(func() func() {
		var found []words.Language
		for _, l := range words.Languages {
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
	w.say(words.F("The language changes when {{.Name}} starts the next time.", words.V{"Name": Title}), widgets.Info)
}

// languageItem is the menu in which a language is chosen, each by its own name.
func (w *Window) languageItem() *fyne.MenuItem {
	chosen := w.app.Preferences().String(keyLanguage)
	choose := func(label, code string) *fyne.MenuItem {
		item := fyne.NewMenuItem(label, func() { w.chooseLanguage(code) })
		item.Checked = code == chosen
		return item
	}
	items := []*fyne.MenuItem{choose(words.L("As the system"), ""), fyne.NewMenuItemSeparator()}
	for _, l := range w.languages {
		items = append(items, choose(l.Name, l.Code))
	}
	item := fyne.NewMenuItem(words.L("Language"), nil)
	item.ChildMenu = fyne.NewMenu("", items...)
	return item
}
