//go:build cgo && !ci

package desktop

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver"
	"fyne.io/fyne/v2/driver/desktop"
	"github.com/go-gl/glfw/v3.4/glfw"
)

// Position returns where the window is; false on Wayland, where a program cannot
// know.
func (w *Window) Position() (Position, bool) {
	native := w.glfw()
	if native == nil {
		return Position{}, false
	}
	x, y := native.GetPos()
	return Position{X: x, Y: y, Maximized: native.GetAttrib(glfw.Maximized) == glfw.True}, true
}

// RequestPosition makes the window of a size open at a position. It returns false if
// that is on no screen. It is called before the window is shown: a window that moves
// afterwards would be seen to jump.
func (w *Window) RequestPosition(p Position, size fyne.Size) bool {
	w.maximize = p.Maximized
	native, ok := w.window.(desktop.Window)
	if !ok || !isReachable(image.Rect(p.X, p.Y, p.X+int(size.Width), p.Y+int(size.Height)), screens()) {
		return false
	}
	native.RequestPosition(p.X, p.Y)
	return true
}

// Restore maximizes the open window if the requested position was maximized.
func (w *Window) Restore() {
	if native := w.glfw(); native != nil && w.maximize {
		native.Maximize()
	}
}

// glfw returns the GLFW window, or nil if it has no position. Fyne can set a position
// but does not return it; while Fyne draws on a window, that is GLFW's current
// context.
func (w *Window) glfw() (native *glfw.Window) {
	if _, wayland := w.context.(driver.WaylandWindowContext); wayland || w.window == nil {
		return nil
	}
	if drawn, ok := w.window.(interface{ RunWithContext(func()) }); ok {
		drawn.RunWithContext(func() { native = glfw.GetCurrentContext() })
	}
	return native
}

// screens returns the work area of each screen.
func screens() (areas []image.Rectangle) {
	for _, m := range glfw.GetMonitors() {
		x, y, width, height := m.GetWorkarea()
		areas = append(areas, image.Rect(x, y, x+width, y+height))
	}
	return areas
}
