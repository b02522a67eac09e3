package ui

import (
	"encoding/json"
	"math"

	"fyne.io/fyne/v2"

	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// The settings that the window keeps. Nothing of a connection is among them.
const (
	keyTheme = "window.theme"
	keyText  = "window.text"  // in per cent
	keyPlace = "window.place" // a geometry as JSON
)

// geometry is where the window was and how large. It is one setting, so that closing
// the window writes the settings once: Fyne delays a second write, which the end of
// the program would cut short.
type geometry struct {
	X, Y          int
	Width, Height float32 // in Fyne's units
	Maximised     bool
}

// lastGeometry returns the saved geometry; where there is none, the default
// size on no screen.
func (w *Window) lastGeometry() geometry {
	g := geometry{X: nowhere, Y: nowhere, Width: defaultWidth, Height: defaultHeight}
	_ = json.Unmarshal([]byte(w.app.Preferences().String(keyPlace)), &g) // what cannot be read stays
	g.Width, g.Height = max(g.Width, leastWidth), max(g.Height, leastHeight)
	return g
}

func (w *Window) startTheme() theme.Mode {
	if w.opts.Theme != theme.System {
		return w.opts.Theme
	}
	switch mode := theme.Mode(w.app.Preferences().String(keyTheme)); mode {
	case theme.Light, theme.Dark:
		return mode
	}
	return theme.System
}

// chooseTheme changes the theme and remembers it.
func (w *Window) chooseTheme(mode theme.Mode) {
	w.app.Preferences().SetString(keyTheme, string(mode))
	w.useTheme(mode)
	w.win.SetMainMenu(w.mainMenu()) // the tick moves
}

func (w *Window) useTheme(mode theme.Mode) {
	text := theme.TextSize(w.app.Preferences().Int(keyText))
	w.app.Settings().SetTheme(theme.New(mode).With(text))
}

func (w *Window) theme() theme.Mode {
	if t, ok := w.app.Settings().Theme().(*theme.Theme); ok {
		return t.Mode()
	}
	return theme.System
}

func (w *Window) startSize() fyne.Size {
	if w.opts.Width > 0 && w.opts.Height > 0 {
		return fyne.NewSize(w.opts.Width, w.opts.Height)
	}
	g := w.lastGeometry()
	return fyne.NewSize(g.Width, g.Height)
}

// comeBack has the window shown where it was the last time, or else in the middle.
func (w *Window) comeBack() {
	g := w.lastGeometry()
	place := Place{X: g.X, Y: g.Y, Maximised: g.Maximised}
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
		return // a size that was given on the command line is not kept
	}
	g := w.lastGeometry()
	if w.deps.Place != nil {
		if place, ok := w.deps.Place(); ok {
			if g.Maximised = place.Maximised; !g.Maximised {
				g.X, g.Y = place.X, place.Y
			}
		}
	}
	if size := w.win.Canvas().Size(); !g.Maximised {
		g.Width, g.Height = size.Width, size.Height
	}
	kept, err := json.Marshal(g)
	if err == nil {
		w.app.Preferences().SetString(keyPlace, string(kept))
	}
}
