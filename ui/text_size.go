package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

func (w *Window) largerText()  { w.chooseText(theme.TextSize.Larger) }
func (w *Window) smallerText() { w.chooseText(theme.TextSize.Smaller) }
func (w *Window) usualText() {
	w.chooseText(func(theme.TextSize) theme.TextSize { return theme.Usual })
}

// addEqualKey makes Ctrl with the key "=" enlarge the text, with or without Shift: many
// keyboards have the plus there, and a menu item has only one key.
func (w *Window) addEqualKey() {
	for _, mod := range []fyne.KeyModifier{0, fyne.KeyModifierShift} {
		key := &desktop.CustomShortcut{KeyName: fyne.KeyEqual, Modifier: fyne.KeyModifierShortcutDefault | mod}
		w.win.Canvas().AddShortcut(key, func(fyne.Shortcut) { w.largerText() })
	}
}

// chooseText changes the size of the text and saves it.
func (w *Window) chooseText(choose func(theme.TextSize) theme.TextSize) {
	t, ok := w.app.Settings().Theme().(*theme.Theme)
	if !ok {
		return
	}
	size := choose(t.Text())
	w.app.Preferences().SetInt(keyText, int(size))
	w.app.Settings().SetTheme(t.With(size))
}
