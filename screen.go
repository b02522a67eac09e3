package main

import (
	"errors"
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver"
)

// errNoWindow is when the window was asked for and is not there.
var errNoWindow = errors.New("the graphics driver offers no OpenGL 2.1")

// appears shows a window and looks whether there is one. Without OpenGL 2.1
// Fyne 2.8 logs, makes no window, and then runs for ever, unseen; without a
// display it panics. Both happen on remote desktops and in virtual machines.
func appears(show func() fyne.Window) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("there is no display: %v", p)
		}
	}()
	native, ok := show().(driver.NativeWindow)
	if !ok {
		return nil // not a driver that has handles to look at
	}
	native.RunNative(func(context any) {
		if !handled(context) {
			err = errNoWindow
		}
	})
	return err
}

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

// noScreen says what happened and the three ways on.
func noScreen(err error) string {
	return "S2S Doctor cannot open its window: " + err.Error() + ".\n\n" +
		"What you can do:\n" +
		"1. On a remote desktop or in a virtual machine: switch on 3D acceleration, or install the graphics driver.\n" +
		"2. Use the download with software rendering (softgl).\n" +
		"3. Use s2scheck in a terminal: it makes the same examination with no window."
}
