package ui

import (
	"fyne.io/fyne/v2"

	"s2sdoctor/ui/look"
)

// The settings that the window keeps. Nothing of a connection is among them.
const (
	keyTheme  = "window.theme"
	keyWidth  = "window.width"
	keyHeight = "window.height"
)

func (w *Window) startTheme() look.Mode {
	if w.opts.Theme != look.System {
		return w.opts.Theme
	}
	switch mode := look.Mode(w.app.Preferences().String(keyTheme)); mode {
	case look.Light, look.Dark:
		return mode
	}
	return look.System
}

// chooseTheme changes the theme and remembers it.
func (w *Window) chooseTheme(mode look.Mode) {
	w.app.Preferences().SetString(keyTheme, string(mode))
	w.useTheme(mode)
	w.win.SetMainMenu(w.mainMenu()) // the tick moves
}

func (w *Window) useTheme(mode look.Mode) { w.app.Settings().SetTheme(look.New(mode)) }

func (w *Window) theme() look.Mode {
	if t, ok := w.app.Settings().Theme().(*look.Theme); ok {
		return t.Mode()
	}
	return look.System
}

func (w *Window) startSize() fyne.Size {
	if w.opts.Width > 0 && w.opts.Height > 0 {
		return fyne.NewSize(w.opts.Width, w.opts.Height)
	}
	p := w.app.Preferences()
	return fyne.NewSize(
		max(float32(p.FloatWithFallback(keyWidth, float64(defaultWidth))), leastWidth),
		max(float32(p.FloatWithFallback(keyHeight, float64(defaultHeight))), leastHeight),
	)
}

func (w *Window) keepSize() {
	if w.opts.Width > 0 || w.win.FullScreen() {
		return // a size that was asked for this once is not a wish for the next time
	}
	size := w.win.Canvas().Size()
	w.app.Preferences().SetFloat(keyWidth, float64(size.Width))
	w.app.Preferences().SetFloat(keyHeight, float64(size.Height))
}
