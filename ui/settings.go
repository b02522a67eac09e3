package ui

import (
	"math"

	"fyne.io/fyne/v2"

	"s2sdoctor/ui/look"
)

// The settings that the window keeps. Nothing of a connection is among them.
const (
	keyTheme  = "window.theme"
	keyText   = "window.text" // in per cent
	keyWidth  = "window.width"
	keyHeight = "window.height"
	keyX      = "window.x"
	keyY      = "window.y"
	keyFills  = "window.maximised"
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

func (w *Window) useTheme(mode look.Mode) {
	text := look.TextSize(w.app.Preferences().Int(keyText))
	w.app.Settings().SetTheme(look.New(mode).With(text))
}

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

// comeBack has the window shown where it was the last time, or else in the middle.
func (w *Window) comeBack() {
	p := w.app.Preferences()
	place := Place{X: p.IntWithFallback(keyX, nowhere), Y: p.IntWithFallback(keyY, nowhere), Maximised: p.Bool(keyFills)}
	if w.opts.Width > 0 || w.deps.PutAt == nil || !w.deps.PutAt(place, w.startSize()) {
		w.win.CenterOnScreen()
	}
}

// nowhere is a place that no screen has.
const nowhere = math.MinInt32

// keepPlace remembers size and place. Of a maximised window it remembers only that:
// what it was before is what it goes back to.
func (w *Window) keepPlace() {
	if w.opts.Width > 0 || w.win.FullScreen() {
		return // a size that was asked for this once is not a wish for the next time
	}
	if w.deps.Place != nil {
		if place, ok := w.deps.Place(); ok {
			w.app.Preferences().SetBool(keyFills, place.Maximised)
			if place.Maximised {
				return
			}
			w.app.Preferences().SetInt(keyX, place.X)
			w.app.Preferences().SetInt(keyY, place.Y)
		}
	}
	size := w.win.Canvas().Size()
	w.app.Preferences().SetFloat(keyWidth, float64(size.Width))
	w.app.Preferences().SetFloat(keyHeight, float64(size.Height))
}
