//go:build cgo && !ci

package desktop

import "github.com/go-gl/glfw/v3.4/glfw"

// WorkArea returns the size of the primary screen without taskbars and menu bars, in
// the units of a window's size. Fyne has no such function, so it asks GLFW, which
// Fyne has opened the window with. It must be called on the window's goroutine.
func WorkArea() (width, height int, ok bool) {
	m := glfw.GetPrimaryMonitor()
	if m == nil {
		return 0, 0, false
	}
	_, _, width, height = m.GetWorkarea()
	return width, height, width > 0 && height > 0
}
