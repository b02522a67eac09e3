package desktop

import (
	"errors"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver"
)

// The errors of [Window.Open].
var (
	ErrNoOpenGL  = errors.New("the graphics driver offers no OpenGL 2.1")
	ErrNoDisplay = errors.New("there is no display to open it on")
)

// Window wraps Fyne's window with its native handle. The zero value has no window:
// file dialogs belong to no window then, and there is no position.
type Window struct {
	window  fyne.Window
	context any // the driver's native context, such as driver.X11WindowContext
	//lint:ignore U1000 used with cgo, in position_glfw.go
	maximize bool // the window was maximized when the program ended
}

// Open creates a window, shows it, and checks that the system opened it. The error is
// ErrNoOpenGL or ErrNoDisplay. Any other panic of create and show is passed on.
//
// Without OpenGL 2.1, as on remote desktops and in virtual machines, Fyne 2.8 writes
// to its log, makes no window, and runs for ever; without a display it panics.
func (w *Window) Open(create func() fyne.Window, show func()) (err error) {
	defer func() {
		if p := recover(); p != nil {
			if !isNotInitialized(p) {
				panic(p)
			}
			err = ErrNoDisplay
		}
	}()
	w.window = create()
	show()
	native, ok := w.window.(driver.NativeWindow)
	if !ok {
		return nil // a driver without handles
	}
	native.RunNative(func(context any) { w.context = context })
	if !hasHandle(w.context) {
		return ErrNoOpenGL
	}
	return nil
}

// isNotInitialized reports whether a panic is GLFW's for a missing display. It
// compares the text because GLFW's type needs cgo.
func isNotInitialized(p any) bool { return strings.HasPrefix(fmt.Sprint(p), "NotInitialized") }

// hasHandle reports whether a native context has a window; true for an unknown type
// of context.
func hasHandle(context any) bool {
	switch c := context.(type) {
	case driver.X11WindowContext:
		return c.WindowHandle != 0
	case driver.WaylandWindowContext:
		return c.WaylandSurface != 0
	case driver.WindowsWindowContext:
		return c.HWND != 0
	case driver.MacWindowContext:
		return c.NSWindow != 0
	}
	return true
}
