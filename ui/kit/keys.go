package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// activates reports whether a key presses a button.
func activates(ev *fyne.KeyEvent) bool {
	return ev.Name == fyne.KeyReturn || ev.Name == fyne.KeyEnter || ev.Name == fyne.KeySpace
}

// handleArrow calls move for Up and Down, and reports whether it did.
func handleArrow(ev *fyne.KeyEvent, move func(step int)) bool {
	step := map[fyne.KeyName]int{fyne.KeyUp: -1, fyne.KeyDown: 1}[ev.Name]
	if step == 0 || move == nil {
		return false
	}
	move(step)
	return true
}

// PassKey passes a key that a control does not use on to the window. Fyne drops it: Esc
// would do nothing while a control has the focus.
func PassKey(from fyne.CanvasObject, ev *fyne.KeyEvent) {
	c := canvasOf(from)
	if c == nil {
		return
	}
	if handle := c.OnTypedKey(); handle != nil {
		handle(ev)
	}
}

// PassShortcut passes a shortcut of the window on to it. Fyne does not while a control
// that handles shortcuts has the focus.
func PassShortcut(from fyne.CanvasObject, s fyne.Shortcut) {
	if _, own := s.(*desktop.CustomShortcut); !own {
		return
	}
	if c, ok := canvasOf(from).(fyne.Shortcutable); ok {
		c.TypedShortcut(s)
	}
}

// focus moves the focus to o.
func focus(o fyne.Focusable) {
	object, ok := o.(fyne.CanvasObject)
	if !ok {
		return
	}
	if c := canvasOf(object); c != nil {
		c.Focus(o)
	}
}

func canvasOf(o fyne.CanvasObject) fyne.Canvas {
	app := fyne.CurrentApp()
	if app == nil {
		return nil
	}
	return app.Driver().CanvasForObject(o)
}
