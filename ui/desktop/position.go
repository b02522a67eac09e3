package desktop

import "image"

// Position is where a window is on the screens.
type Position struct {
	// X and Y are the upper left corner inside the frame, in the system's units.
	X, Y int
	// Maximized reports whether the window fills its screen.
	Maximized bool
}

// minTitleBar is the part of the title bar that must stay visible, in pixels: enough
// to move the window by.
var minTitleBar = image.Pt(80, 24)

// isReachable reports whether enough of a window's upper edge is on one of the
// screens. A window left on a screen that was removed could not be moved back.
func isReachable(window image.Rectangle, screens []image.Rectangle) bool {
	edge := image.Rect(window.Min.X, window.Min.Y, window.Max.X, window.Min.Y+minTitleBar.Y)
	for _, screen := range screens {
		visible := edge.Intersect(screen)
		if visible.Dx() >= minTitleBar.X && visible.Dy() == minTitleBar.Y {
			return true
		}
	}
	return false
}
