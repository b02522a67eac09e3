//go:build cgo && !ci

package main

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver"
	"fyne.io/fyne/v2/driver/desktop"
	"github.com/go-gl/glfw/v3.4/glfw"

	"github.com/s2sdoctor/s2sdoctor/ui"
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

// putAt has the window shown at a place, if that is on a screen. It is called before
// there is one: to move it afterwards would be seen.
func (h *handle) putAt(p ui.Place, size fyne.Size) bool {
	h.fills = p.Maximised
	w, ok := h.window.(desktop.Window)
	if !ok || !reachable(image.Rect(p.X, p.Y, p.X+int(size.Width), p.Y+int(size.Height)), screens()) {
		return false
	}
	w.RequestPosition(p.X, p.Y)
	return true
}

// fill maximises the window that is there now, if it was the last time.
func (h *handle) fill() {
	if w := h.glfw(); w != nil && h.fills {
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

// screens are what each has free for windows.
func screens() (free []image.Rectangle) {
	for _, m := range glfw.GetMonitors() {
		x, y, width, height := m.GetWorkarea()
		free = append(free, image.Rect(x, y, x+width, y+height))
	}
	return free
}
