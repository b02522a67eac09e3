//go:build cgo && !ci

package main

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver"
	"github.com/go-gl/glfw/v3.4/glfw"

	"s2sdoctor/ui"
)

// glfwWindow is what Fyne's window is made of. Fyne sets a place and tells none;
// but the window that is drawn on is GLFW's current one. It is nil where Fyne draws
// in another way.
func glfwWindow(w fyne.Window) (found *glfw.Window) {
	if drawn, ok := w.(interface{ RunWithContext(func()) }); ok {
		drawn.RunWithContext(func() { found = glfw.GetCurrentContext() })
	}
	return found
}

// place is where the window stands. Wayland tells nobody.
func (h *handle) place() (ui.Place, bool) {
	w := h.glfw()
	if w == nil {
		return ui.Place{}, false
	}
	x, y := w.GetPos()
	return ui.Place{X: x, Y: y, Maximised: w.GetAttrib(glfw.Maximized) == glfw.True}, true
}

// putAt moves the window to a place, if that is on a screen.
func (h *handle) putAt(p ui.Place) {
	w := h.glfw()
	if w == nil {
		return
	}
	if reachable(frame(w, p), screens()) {
		w.SetPos(p.X, p.Y)
	}
	if p.Maximised {
		w.Maximize()
	}
}

// glfw is the window, where it has a place.
func (h *handle) glfw() *glfw.Window {
	if _, wayland := h.context.(driver.WaylandWindowContext); wayland || h.window == nil {
		return nil
	}
	return glfwWindow(h.window)
}

// frame is all that a window takes at a place.
func frame(w *glfw.Window, p ui.Place) image.Rectangle {
	width, height := w.GetSize()
	left, top, right, bottom := w.GetFrameSize()
	return image.Rect(p.X-left, p.Y-top, p.X+width+right, p.Y+height+bottom)
}

// screens are what each has free for windows.
func screens() (free []image.Rectangle) {
	for _, m := range glfw.GetMonitors() {
		x, y, width, height := m.GetWorkarea()
		free = append(free, image.Rect(x, y, x+width, y+height))
	}
	return free
}
