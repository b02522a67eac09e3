package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// activates tells whether a key presses a button.
func activates(ev *fyne.KeyEvent) bool {
	return ev.Name == fyne.KeyReturn || ev.Name == fyne.KeyEnter || ev.Name == fyne.KeySpace
}

// moves tells of an arrow key, up or down, where somebody listens.
func moves(ev *fyne.KeyEvent, tell func(step int)) bool {
	step := map[fyne.KeyName]int{fyne.KeyUp: -1, fyne.KeyDown: 1}[ev.Name]
	if step == 0 || tell == nil {
		return false
	}
	tell(step)
	return true
}

// PassOn gives a key that a control has no use for to the window: Fyne would
// drop it, and Esc would do nothing as long as anything has the focus.
func PassOn(from fyne.CanvasObject, ev *fyne.KeyEvent) {
	c := canvasOf(from)
	if c == nil {
		return
	}
	if handle := c.OnTypedKey(); handle != nil {
		handle(ev)
	}
}

// PassShortcut gives a shortcut of the window's own to the window. Fyne gives it
// none while something that knows shortcuts has the focus.
func PassShortcut(from fyne.CanvasObject, s fyne.Shortcut) {
	if _, own := s.(*desktop.CustomShortcut); !own {
		return
	}
	if c, ok := canvasOf(from).(fyne.Shortcutable); ok {
		c.TypedShortcut(s)
	}
}

// focus gives o the focus, so that Tab goes on from there.
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
