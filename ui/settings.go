package ui

import (
	"encoding/json"
	"math"

	"fyne.io/fyne/v2"

	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// The settings that the window saves. They contain nothing about a connection.
const (
	keyTheme = "window.theme"
	keyText  = "window.text"  // in per cent
	keyPlace = "window.place" // a geometry as JSON
)

// geometry is the position and size of the window. It is one setting, so that closing the
// window writes the settings once: Fyne delays a second write, and the end of the program
// would cut it short.
type geometry struct {
	X, Y          int
	Width, Height float32 // in Fyne's units
	Maximised     bool
}

// lastGeometry returns the saved geometry, or else the default size with a position on no
// screen.
func (w *Window) lastGeometry() geometry {
	g := geometry{X: nowhere, Y: nowhere, Width: defaultWidth, Height: defaultHeight}
	_ = json.Unmarshal([]byte(w.app.Preferences().String(keyPlace)), &g) // the defaults stay if it cannot be read
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

// chooseTheme changes the theme and saves it.
func (w *Window) chooseTheme(mode theme.Mode) {
	w.app.Preferences().SetString(keyTheme, string(mode))
	w.useTheme(mode)
	w.win.SetMainMenu(w.mainMenu()) // moves the tick
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

// restorePosition shows the window at its last position, or else in the middle of the
// screen.
func (w *Window) restorePosition() {
	g := w.lastGeometry()
	place := Place{X: g.X, Y: g.Y, Maximised: g.Maximised}
	if w.opts.Width > 0 || w.deps.PutAt == nil || !w.deps.PutAt(place, w.startSize()) {
		w.win.CenterOnScreen()
	}
}

// nowhere is a coordinate outside every screen.
const nowhere = math.MinInt32

// saveGeometry saves size and position. For a maximised window it saves only that it is
// maximised, and keeps the size and position from before.
func (w *Window) saveGeometry() {
	if w.opts.Width > 0 || w.win.FullScreen() {
		return // a size from the command line is not saved
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
