package main

import (
	"errors"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver"
)

// Why there is no window.
var (
	errNoOpenGL  = errors.New("the graphics driver offers no OpenGL 2.1")
	errNoDisplay = errors.New("there is no display to open it on")
)

// appears shows a window and looks whether there is one. Without OpenGL 2.1
// Fyne 2.8 logs, makes no window, and then runs for ever, unseen; without a
// display it panics. Both happen on remote desktops and in virtual machines.
// The error is errNoOpenGL or errNoDisplay; any other panic goes on.
func appears(show func() fyne.Window) (err error) {
	defer func() {
		if p := recover(); p != nil {
			if !notInitialized(p) {
				panic(p)
			}
			err = errNoDisplay
		}
	}()
	native, ok := show().(driver.NativeWindow)
	if !ok {
		return nil // not a driver that has handles to look at
	}
	native.RunNative(func(context any) {
		if !handled(context) {
			err = errNoOpenGL
		}
	})
	return err
}

// notInitialized knows GLFW's panic by its words: its type needs cgo.
func notInitialized(p any) bool { return strings.HasPrefix(fmt.Sprint(p), "NotInitialized") }

// handled tells whether the native window is there. What we do not know we trust.
func handled(context any) bool {
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
