package ui

import (
	"fyne.io/fyne/v2"

	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
)

// keyLanguage is the setting of the chosen language; if it is missing, the system's
// language applies.
const keyLanguage = "window.language"

// setLanguage sets the language, before any text is created.
func (w *Window) setLanguage() {
	code := w.opts.Language
	if code == "" {
		code = w.app.Preferences().String(keyLanguage)
	}
	if code == "" {
		code = i18n.System()
	}
	if known, ok := i18n.Canonical(code); ok && w.canShow(known) {
		code = known
	} else {
		code = i18n.English
	}
	if err := i18n.Use(code); err != nil {
		fyne.LogError("The window stays in English", err)
	}
}

// canShow reports whether there are letters for a language: the bundled font has the
// letters of all languages except Japanese.
func (w *Window) canShow(code string) bool {
	return code != "ja" || w.deps.CanShow == nil || w.deps.CanShow(code)
}

// findLanguages finds the languages that can be offered, and then offers them. The start
// does not wait for it.
func (w *Window) findLanguages() {
	w.background(func() func() {
		var found []i18n.Language
		for _, l := range i18n.Languages {
			if w.canShow(l.Code) {
				found = append(found, l)
			}
		}
		return func() {
			w.languages = found
			w.win.SetMainMenu(w.mainMenu())
		}
	}, nil)
}

// chooseLanguage saves a language; "" is the system's. It applies to the next window: the
// texts of this window already exist.
func (w *Window) chooseLanguage(code string) {
	p := w.app.Preferences()
	if code == "" {
		p.RemoveValue(keyLanguage)
	} else {
		p.SetString(keyLanguage, code)
	}
	w.win.SetMainMenu(w.mainMenu()) // moves the tick
	w.say(i18n.F("The language changes when {{.Name}} starts the next time.", i18n.V{"Name": Title}), kit.Info)
}

// languageItem returns the menu of languages, each with its own name.
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
