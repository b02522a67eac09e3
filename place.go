package main

import "image"

// grip is as much of a window's upper edge as one needs to move it by, in pixels.
var grip = image.Pt(80, 24)

// reachable tells whether the upper edge of a window lies on one of the screens: a
// window that was left on a screen that is gone could never be brought back.
func reachable(window image.Rectangle, screens []image.Rectangle) bool {
	edge := image.Rect(window.Min.X, window.Min.Y, window.Max.X, window.Min.Y+grip.Y)
	for _, screen := range screens {
		seen := edge.Intersect(screen)
		if seen.Dx() >= grip.X && seen.Dy() == grip.Y {
			return true
		}
	}
	return false
}
