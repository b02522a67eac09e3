//go:build cgo && !ci

package main

import "github.com/go-gl/glfw/v3.4/glfw"

// monitor is how much of the first screen is free for windows, in the units that
// a window is measured in. Fyne does not say; GLFW, which it has opened the
// window with, does. It must be called on the window's goroutine.
func monitor() (width, height int, ok bool) {
	m := glfw.GetPrimaryMonitor()
	if m == nil {
		return 0, 0, false
	}
	_, _, width, height = m.GetWorkarea()
	return width, height, width > 0 && height > 0
}
