//go:build e2e

package desktop

import (
	"fmt"
	"image"
	"strconv"
	"strings"
)

// MoveTo moves the inside of the window's frame to a position, as dragging does.
func (w *Window) MoveTo(at image.Point) {
	w.t.Helper()
	w.do("windowmove", "--sync", w.id, strconv.Itoa(at.X), strconv.Itoa(at.Y))
	w.settle()
}

// DoubleClickTitle double-clicks the title of a window whose inside begins at a position.
func (w *Window) DoubleClickTitle(inside image.Point) {
	w.t.Helper()
	w.do("mousemove", "--sync", strconv.Itoa(inside.X+200), strconv.Itoa(inside.Y-8), "click", "--repeat", "2", "--delay", "60", "1")
	w.settle()
}

// Bounds returns the window's position and size for comparisons: xdotool counts the frame
// twice.
func (w *Window) Bounds() image.Rectangle {
	w.t.Helper()
	said, err := w.desktop.run("", "xdotool", "getwindowgeometry", "--shell", w.id)
	if err != nil {
		w.t.Fatal(err)
	}
	values := map[string]int{}
	for line := range strings.Lines(said) {
		var n int
		name, value, _ := strings.Cut(strings.TrimSpace(line), "=")
		if _, err := fmt.Sscan(value, &n); err == nil {
			values[name] = n
		}
	}
	return image.Rect(values["X"], values["Y"], values["X"]+values["WIDTH"], values["Y"]+values["HEIGHT"])
}
